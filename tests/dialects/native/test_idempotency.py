"""Idempotency-Key: a write that is asked twice is done once, and answered as it was."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy

from seatledger.domain.people_command import CreatePlatform, CreateToken, DeleteToken
from seatledger.domain.repeat_command import KEPT_FOR
from seatledger.storage.tables import repeats
from tests.dialects.native.conftest import Native
from tests.dialects.native.writes import Stage, ask, everything, operations, staged
from tests.support.cast import DAY, OPERATOR

KEY = {"Idempotency-Key": "8e03978e-40d5-43dd-bc93-6894a57f9324"}
SEAT = ("POST", "/seats")


@pytest.fixture
def on(native: Native) -> Stage:
    return staged(native)


def replayed(answer: Any) -> bool:
    return bool(answer.headers.get("idempotent-replayed") == "true")


@pytest.mark.parametrize("operation", operations(), ids=" ".join)
def test_every_write_is_done_once_and_told_twice(
    native: Native, on: Stage, operation: tuple[str, str]
) -> None:
    first = ask(native, operation, on, headers=KEY)
    assert (first.status_code < 300, replayed(first)) == (True, False), first.text
    after = everything(native, "repeats")
    second = ask(native, operation, on, headers=KEY)
    assert second.status_code == first.status_code
    told_once = re.compile(
        r'"(text|secret)":"([0-9a-f]{64}|whsec_[^"]+)"'
    )  # a token's, a webhook's
    assert second.text == told_once.sub(r'"\1":null', first.text)
    assert second.headers.get("etag") == first.headers.get("etag")
    assert second.headers["content-type"] == first.headers["content-type"]
    assert replayed(second)
    assert everything(native, "repeats") == after


def test_without_a_key_nothing_is_kept(native: Native, on: Stage) -> None:
    ask(native, SEAT, on)
    assert everything(native)["repeats"] == []


def test_the_same_request_with_another_key_is_another_request(native: Native, on: Stage) -> None:
    ask(native, ("DELETE", "/seats/{seat_id}"), on, headers={"Idempotency-Key": "a"})
    again = ask(native, ("DELETE", "/seats/{seat_id}"), on, headers={"Idempotency-Key": "b"})
    assert (again.status_code, again.json()["code"]) == (409, "seat_ended")


def test_the_answer_is_the_old_one_whatever_happened_since(native: Native, on: Stage) -> None:
    first = ask(native, SEAT, on, headers=KEY)
    native.told(200, "DELETE", f"/seats/{first.json()['id']}")
    native.world.now += DAY
    second = ask(native, SEAT, on, headers=KEY)
    assert replayed(second)
    assert second.json() == first.json()
    assert second.json()["state"] == "live"


def test_a_refusal_is_repeated_though_the_request_would_be_granted_by_now(native: Native) -> None:
    pool = native.world.pool(size=1)
    (seated,) = native.world.assign(pool.id, "ada")
    body = {"pool": str(pool.id), "email": "bob@acme.example"}
    refused = native.problem("pool_full", "POST", "/seats", json=body, headers=KEY)
    native.told(200, "DELETE", f"/seats/{seated.seat.id}")
    again = native.ask("POST", "/seats", json=body, headers=KEY)
    assert again.json() == refused
    assert replayed(again)
    assert native.told(201, "POST", "/seats", json=body, headers={"Idempotency-Key": "new"})


def changed(**change: Any) -> Callable[[Native, Stage], Any]:
    """The good request of a new seat, with something else in it."""

    def send(native: Native, on: Stage) -> Any:
        request: dict[str, Any] = {
            "method": "POST",
            "path": "/seats",
            "json": {"pool": str(on.pool), "email": "bob@acme.example"},
        }
        return native.ask(**{**request, **change}, headers=KEY)

    return send


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(changed(json={"pool": "1", "email": "cleo@acme.example"}), id="body"),
        pytest.param(changed(json=None), id="no body"),
        pytest.param(changed(path="/seats?dry_run=false"), id="query"),
        pytest.param(changed(path="/pools"), id="path"),
        pytest.param(changed(method="PUT"), id="method"),
        pytest.param(changed(path="/pools/999999999", method="PATCH"), id="what does not exist"),
    ],
)
def test_another_request_with_the_same_key_is_refused_before_anything_is_judged(
    native: Native, on: Stage, other: Callable[[Native, Stage], Any]
) -> None:
    ask(native, SEAT, on, headers=KEY)
    before = everything(native)
    answer = other(native, on)
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert answer.json()["field"] == "Idempotency-Key"
    assert answer.headers["content-type"] == "application/problem+json"
    assert everything(native) == before


@pytest.mark.parametrize(
    "key",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"k" * 256, id="256 characters"),
        pytest.param(b"two words", id="a space"),
        pytest.param("schl\u00fcssel".encode("latin-1"), id="no ASCII"),
        pytest.param(b"a\x7f", id="a control character"),
    ],
)
def test_a_key_that_is_none_is_refused_and_nothing_is_done(
    native: Native, on: Stage, key: bytes
) -> None:
    before = everything(native)
    headers: Any = {"Idempotency-Key": key}
    answer = ask(native, SEAT, on, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert answer.json()["field"] == "Idempotency-Key"
    assert everything(native) == before


@pytest.mark.parametrize("key", ["k", "k" * 255, '"8e03978e"', "!~"])
def test_any_visible_text_of_255_characters_is_a_key(native: Native, on: Stage, key: str) -> None:
    for expected in (False, True):
        assert replayed(ask(native, SEAT, on, headers={"Idempotency-Key": key})) is expected


def test_a_key_of_another_platform_is_another_key(native: Native, on: Stage) -> None:
    world = native.world
    world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    stranger = world.do(CreateToken(OPERATOR, name="z", platform_key="zeta")).text
    first = ask(native, SEAT, on, headers=KEY)
    body = {"pool": str(on.pool), "email": "bob@acme.example"}
    for token, status in ((stranger, 404), (native.operator, 200)):
        answer = native.ask("POST", "/seats", token, json=body, headers=KEY)
        assert (answer.status_code, replayed(answer)) == (status, False)
        assert replayed(native.ask("POST", "/seats", token, json=body, headers=KEY))
    assert ask(native, SEAT, on, headers=KEY).json() == first.json()


def test_a_key_belongs_to_the_platform_and_outlives_its_token(native: Native, on: Stage) -> None:
    first = ask(native, SEAT, on, headers=KEY)
    native.world.do(DeleteToken(OPERATOR, name="m", platform_key="acme"))
    body = {"pool": str(on.pool), "email": "bob@acme.example"}
    assert native.ask("POST", "/seats", json=body, headers=KEY).status_code == 401
    fresh = native.world.do(CreateToken(OPERATOR, name="m2", platform_key="acme")).text
    again = native.ask("POST", "/seats", fresh, json=body, headers=KEY)
    assert (again.json(), replayed(again)) == (first.json(), True)


@pytest.mark.parametrize("body", [b"{", b'{"pool": "1", "email": "\\u0000"}', b'{"pool": 1}'])
def test_a_request_that_was_never_tried_may_be_mended_under_its_key(
    native: Native, on: Stage, body: bytes
) -> None:
    assert native.ask("POST", "/seats", content=body, headers=KEY).status_code == 400
    done = ask(native, SEAT, on, headers=KEY)
    assert (done.status_code, replayed(done)) == (201, False)


def test_a_read_takes_no_key_into_account(native: Native, on: Stage) -> None:
    for _ in range(2):
        answer = native.ask("GET", f"/seats/{on.seat}", headers=KEY)
        assert (answer.status_code, replayed(answer)) == (200, False)
    assert everything(native)["repeats"] == []


def test_a_body_past_the_limit_is_too_large_with_a_key_as_without(native: Native) -> None:
    body = b'{"pool": "' + b"1" * 11_000_000 + b'"}'
    for headers in ({}, KEY):
        answer = native.ask("POST", "/seats", content=body, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_a_key_is_kept_for_thirty_days(native: Native, on: Stage) -> None:
    ask(native, SEAT, on, headers=KEY)
    native.world.now += KEPT_FOR
    assert replayed(ask(native, SEAT, on, headers=KEY))


def test_an_outcome_that_another_version_wrote_is_not_carried_out_again(
    native: Native, on: Stage
) -> None:
    ask(native, SEAT, on, headers=KEY)
    with native.world.database.write() as unit:
        unit.execute(sqlalchemy.update(repeats).values(outcome='{"type":"Gone","value":{}}'))
    after = everything(native, "repeats")
    answer = ask(native, SEAT, on, headers=KEY)
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert everything(native, "repeats") == after
