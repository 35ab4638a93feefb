"""signed=true and /.well-known/jwks.json: answers that a platform can verify by itself."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

import jwt
import pytest
import sqlalchemy
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from seatledger.domain.signing_key import RotateKey
from seatledger.storage.engine import Conflict, Database
from seatledger.storage.key_tables import signing_keys
from seatledger.storage.tables import events
from seatledger.usecases.carry_out import carry_out
from seatledger.usecases.sign_access import Signer, signer_of
from tests.dialects.native.conftest import Native
from tests.support.cast import DAY, MANAGER, NOON, OPERATOR
from tests.support.world import World

ITEM = "course:course-1"
SECOND = timedelta(seconds=1)


def published(native: Native) -> jwt.PyJWKSet:
    """The keys as anybody gets them: without a token."""
    answer = native.client.get("/.well-known/jwks.json")
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "public, max-age=60"
    assert answer.json()["keys"]
    assert all(set(key) == PUBLIC for key in answer.json()["keys"])
    return jwt.PyJWKSet.from_json(answer.text)


PUBLIC = {"kid", "x", "kty", "crv", "alg", "use"}


def verified(native: Native, token: str, **expected: Any) -> dict[str, Any]:
    """What a platform makes of a token at the time of the world. Raises PyJWT's errors."""
    key = published(native)[jwt.get_unverified_header(token)["kid"]]
    expected = {"audience": "acme", "issuer": "seatledger"} | expected
    clock = mock.Mock(wraps=datetime)
    clock.now = lambda tz: native.world.now
    with mock.patch("jwt.api_jwt.datetime", clock):
        claims: dict[str, Any] = jwt.decode(
            token, key, algorithms=["EdDSA"], options={"require": ["exp", "sub", "jti"]}, **expected
        )
    return claims


def signed(native: Native, name: str = "a", **more: Any) -> Any:
    asked = {"learner": f"{name}@acme.example", "item": ITEM, "signed": "true", **more}
    return native.told(200, "GET", "/access", params=asked)


@pytest.fixture
def seat_id(native: Native) -> str:
    """A seat of a@acme.example that ends in a day."""
    pool = native.world.pool(end=NOON + DAY)
    return str(native.world.assign(pool.id, "a")[0].seat.id)


def test_a_signed_yes_is_verified_with_the_published_keys(native: Native, seat_id: str) -> None:
    told = signed(native)
    header = jwt.get_unverified_header(told["token"])
    assert (header["alg"], header["typ"]) == ("EdDSA", "seatledger-access+jwt")
    claims = verified(native, told["token"])
    assert len(claims.pop("jti")) == 32
    at = int(NOON.timestamp())
    assert claims == {
        "iss": "seatledger",
        "sub": told["learner"],
        "aud": "acme",
        "item": ITEM,
        "allow": True,
        "seat": seat_id,
        "iat": at,
        "nbf": at,
        "exp": at + 300,
    }


def test_a_signed_no_says_why(native: Native, seat_id: str) -> None:
    native.world.now = NOON + DAY
    told = signed(native)
    claims = verified(native, told["token"])
    assert (claims["allow"], claims["reason"], claims["seat"]) == (False, "pool_ended", seat_id)


def test_no_answer_about_nobody_is_signed(native: Native, seat_id: str) -> None:
    assert signed(native, "nobody")["token"] is None


def test_an_answer_is_signed_only_on_demand(native: Native, seat_id: str) -> None:
    asked = {"learner": "a@acme.example", "item": ITEM}
    assert "token" not in native.told(200, "GET", "/access", params=asked)
    assert "token" not in native.told(200, "POST", "/access/check", json=asked)
    assert native.client.get("/.well-known/jwks.json").json() == {"keys": []}


def test_two_tokens_of_one_answer_can_be_told_apart(native: Native, seat_id: str) -> None:
    ids = {verified(native, signed(native)["token"])["jti"] for _ in range(2)}
    assert len(ids) == 2


def test_answers_in_a_batch_are_signed_each(native: Native, seat_id: str) -> None:
    questions = [
        {"learner": "a@acme.example", "item": ITEM},
        {"learner": "a@acme.example", "item": "course:nowhere"},
        {"learner": "nobody@acme.example", "item": ITEM},
        {"learner": "?", "item": ITEM},
    ]
    body = {"questions": questions, "signed": True}
    yes, no, nobody, broken = native.told(200, "POST", "/access/check", json=body)["answers"]
    assert verified(native, yes["token"])["allow"] is True
    assert verified(native, no["token"])["reason"] == "unknown_item"
    assert nobody["token"] is None
    assert broken["code"] == "invalid"
    one = native.told(200, "POST", "/access/check", json={**questions[0], "signed": True})
    assert verified(native, one["token"])["seat"] == seat_id


def test_a_token_is_good_until_its_very_second_and_no_longer(native: Native, seat_id: str) -> None:
    token = signed(native)["token"]
    native.world.now = NOON + 299 * SECOND
    assert verified(native, token)["allow"]
    native.world.now = NOON + 300 * SECOND
    with pytest.raises(jwt.ExpiredSignatureError):
        verified(native, token)


def test_a_token_never_outlasts_the_access_it_tells_of(native: Native, seat_id: str) -> None:
    native.world.now = NOON + DAY - 60 * SECOND
    token = signed(native)["token"]
    native.world.now = NOON + DAY - SECOND
    assert verified(native, token)["allow"]
    native.world.now = NOON + DAY
    with pytest.raises(jwt.ExpiredSignatureError):
        verified(native, token)


def test_a_token_for_one_platform_is_none_for_another(native: Native, seat_id: str) -> None:
    token = signed(native)["token"]
    with pytest.raises(jwt.InvalidAudienceError):
        verified(native, token, audience="zeta")
    with pytest.raises(jwt.InvalidIssuerError):
        verified(native, token, issuer="somebody")


def altered(token: str) -> str:
    """The same token about somebody else, with the signature it had."""
    header, body, signature = token.split(".")
    claims = json.loads(urlsafe_b64decode(body + "=="))
    forged = urlsafe_b64encode(json.dumps({**claims, "sub": "999"}).encode()).decode()
    return f"{header}.{forged.rstrip('=')}.{signature}"


def of_another_key(token: str) -> str:
    """The same claims under the same key's name, signed by whoever."""
    claims = jwt.decode(token, options={"verify_signature": False})
    header = jwt.get_unverified_header(token)
    key = Ed25519PrivateKey.generate()
    return jwt.encode(claims, key, algorithm="EdDSA", headers={"kid": header["kid"]})


def unsigned(token: str) -> str:
    claims = jwt.decode(token, options={"verify_signature": False})
    header = jwt.get_unverified_header(token)
    return jwt.encode(claims, "", algorithm="none", headers={"kid": header["kid"]})


@pytest.mark.parametrize("forge", [altered, of_another_key, unsigned])
def test_a_forged_token_is_rejected(native: Native, seat_id: str, forge: Any) -> None:
    forged = forge(signed(native)["token"])
    with pytest.raises(jwt.InvalidTokenError):
        verified(native, forged)


def test_a_rotated_key_signs_no_more_and_is_shown_until_its_tokens_are_over(
    native: Native, seat_id: str
) -> None:
    before = signed(native)["token"]
    native.world.now = NOON + SECOND
    new = native.world.do(RotateKey(OPERATOR))
    after = signed(native)["token"]
    assert jwt.get_unverified_header(after)["kid"] == new.id
    assert verified(native, before)["allow"]
    assert verified(native, after)["allow"]
    native.world.now = NOON + 601 * SECOND
    assert [key.key_id for key in published(native).keys] == [new.id]


def test_the_private_part_of_a_retired_key_is_forgotten(native: Native, seat_id: str) -> None:
    signed(native)
    native.world.do(RotateKey(OPERATOR))
    query = sqlalchemy.select(signing_keys).order_by(signing_keys.c.id)
    with native.world.database.read() as unit:
        old, new = unit.select(query)
    assert (old.private, old.retired_at) == (None, NOON)
    assert new.private is not None


def test_making_a_key_is_one_event_without_its_private_part(native: Native, seat_id: str) -> None:
    signed(native)
    signed(native)
    rotated = native.world.do(RotateKey(OPERATOR))
    query = sqlalchemy.select(events).where(events.c.kind == "key_rotated").order_by(events.c.id)
    with native.world.database.read() as unit:
        first, second = unit.select(query)
    assert (first.before, first.actor) == (None, "m")
    assert second.before == first.after
    assert second.after == {"kid": rotated.id}


def test_a_manager_rotates_no_keys(native: Native) -> None:
    assert native.world.code(RotateKey(MANAGER)) == "forbidden"


def test_many_first_uses_at_once_make_one_key(database: Database) -> None:
    World(database)
    with ThreadPoolExecutor(8) as threads:
        signers = list(threads.map(lambda _: signer_of(database, MANAGER, NOON), range(16)))
    assert all(isinstance(each, Signer) for each in signers)
    assert len({each.key_id for each in signers if isinstance(each, Signer)}) == 1
    with database.read() as unit:
        assert len(unit.select(sqlalchemy.select(signing_keys))) == 1


def test_of_many_rotations_at_once_one_key_signs(database: Database) -> None:
    World(database)

    def rotate(_: int) -> Any:
        return carry_out(database, [RotateKey(OPERATOR)], NOON)[0]

    with ThreadPoolExecutor(4) as threads:
        made = [each for each in threads.map(rotate, range(4)) if hasattr(each, "x")]
    assert made
    with database.read() as unit:
        rows = unit.select(sqlalchemy.select(signing_keys))
    assert len([row for row in rows if row.retired_at is None]) == 1
    assert {key.id for key in made} == {row.kid for row in rows}


def test_the_database_itself_lets_only_one_key_sign(native: Native, seat_id: str) -> None:
    signed(native)
    values = {"algorithm": "EdDSA", "kid": "k", "public": "x", "private": "p", "created_at": NOON}
    with pytest.raises(Conflict), native.world.database.write() as unit:
        unit.execute(sqlalchemy.insert(signing_keys).values(values))


def test_a_key_is_never_told_of_by_its_private_part(native: Native, seat_id: str) -> None:
    signer = signer_of(native.world.database, MANAGER, NOON)
    with native.world.database.read() as unit:
        private = unit.select(sqlalchemy.select(signing_keys))[0].private
    assert private not in repr(signer)
    assert private not in native.client.get("/.well-known/jwks.json").text
