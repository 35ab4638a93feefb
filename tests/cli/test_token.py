"""`seatledger token`."""

import re
from datetime import UTC, datetime

import pytest

from seatledger.domain.actor import Actor, Role
from seatledger.domain.refusal import Refusal
from seatledger.storage.engine import Database
from seatledger.usecases.keep_tokens import authenticate
from tests.support.program import Program

TOKEN = re.compile(r"[0-9a-f]{64}")


def who(database: Database, token: str, now: datetime | None = None) -> Actor | Refusal:
    """Whom the interfaces take the bearer of a token for."""
    with database.read() as unit:
        return authenticate(unit, [(token, "test")], now or datetime.now(UTC))[0]


def test_an_operators_token_opens_every_platform(acme: Program, database: Database) -> None:
    made = acme.answer("token", "create", "--role", "operator", "--name", "night watch")
    assert set(made) == {"token"}
    assert TOKEN.fullmatch(made["token"])
    actor = who(database, made["token"])
    assert isinstance(actor, Actor)
    assert (actor.name, actor.role, actor.platform_id) == ("night watch", Role.OPERATOR, None)


def test_a_managers_token_opens_its_platform(acme: Program, database: Database) -> None:
    made = acme.answer(
        "token", "create", "--role", "manager", "--platform", "acme", "--name", "mira"
    )
    actor = who(database, made["token"])
    assert isinstance(actor, Actor)
    assert (actor.name, actor.role, actor.platform_key) == ("mira", Role.MANAGER, "acme")


def test_people_get_the_token_alone_so_that_it_can_be_piped(seatledger: Program) -> None:
    made = seatledger("token", "create", "--role", "operator", "--name", "watch")
    assert made.exit_code == 0
    assert TOKEN.fullmatch(made.out.removesuffix("\n"))


@pytest.mark.parametrize(
    ("expires", "instant"),
    [
        ("2027-01-31", datetime(2027, 1, 31, tzinfo=UTC)),
        ("2027-01-31T18:00:00", datetime(2027, 1, 31, 18, tzinfo=UTC)),
        ("2027-01-31T18:00:00Z", datetime(2027, 1, 31, 18, tzinfo=UTC)),
        ("2027-01-31T18:00:00+02:00", datetime(2027, 1, 31, 16, tzinfo=UTC)),
    ],
)
def test_a_token_stops_when_it_expires(
    seatledger: Program, database: Database, expires: str, instant: datetime
) -> None:
    made = seatledger.answer(
        "token", "create", "--role", "operator", "--name", "guest", "--expires", expires
    )
    before = instant.replace(year=2026)
    assert isinstance(who(database, made["token"], before), Actor)
    assert isinstance(who(database, made["token"], instant), Refusal)


def test_tokens_are_listed_without_their_texts(acme: Program) -> None:
    texts = [
        acme.answer("token", "create", "--role", "operator", "--name", "watch")["token"],
        acme.answer(
            *("token", "create", "--role", "manager", "--platform", "acme", "--name", "mira"),
            *("--expires", "2027-01-31"),
        )["token"],
    ]
    listed = acme.answer("token", "list")
    assert [set(each) for each in listed] == [
        {"name", "role", "platform_key", "expires", "created"}
    ] * 2
    assert [
        (each["name"], each["role"], each["platform_key"], each["expires"]) for each in listed
    ] == [("watch", "operator", None, None), ("mira", "manager", "acme", "2027-01-31T00:00:00Z")]
    assert not any(text in acme("token", "list").out for text in texts)


def test_a_deleted_token_stops_at_once(acme: Program, database: Database) -> None:
    made = acme.answer(
        "token", "create", "--role", "manager", "--platform", "acme", "--name", "mira"
    )
    assert acme.answer("token", "delete", "mira", "--platform", "acme") == {"name": "mira"}
    assert isinstance(who(database, made["token"]), Refusal)
    assert acme.answer("token", "list") == []


def test_without_a_platform_an_operators_token_is_meant(acme: Program) -> None:
    acme.answer("token", "create", "--role", "operator", "--name", "mira")
    acme.answer("token", "create", "--role", "manager", "--platform", "acme", "--name", "mira")
    assert acme("token", "delete", "mira").out == "Token mira is deleted.\n"
    assert [each["role"] for each in acme.answer("token", "list")] == ["manager"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["create", "--role", "operator", "--name", "watch"], "taken"),
        (["create", "--role", "operator", "--name", " "], "invalid"),
        (["create", "--role", "manager", "--platform", "zeta", "--name", "m"], "unknown_platform"),
        (["delete", "nobody"], "unknown_token"),
        (["delete", "watch", "--platform", "acme"], "unknown_token"),
        (["delete", "watch", "--platform", "zeta"], "unknown_platform"),
    ],
)
def test_a_refusal_makes_and_deletes_nothing(
    acme: Program, arguments: list[str], code: str
) -> None:
    acme.answer("token", "create", "--role", "operator", "--name", "watch")
    assert acme.refusal("token", *arguments) == code
    assert [each["name"] for each in acme.answer("token", "list")] == ["watch"]


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["--role", "manager", "--name", "m"], "a manager's token needs --platform"),
        (["--role", "operator", "--platform", "acme", "--name", "o"], "has no platform"),
        (["--role", "owner", "--name", "o"], "--role"),
        (["--name", "o"], "--role"),
        (["--role", "operator"], "--name"),
        (["--role", "operator", "--name", "o", "--expires", "soon"], "'soon' is neither a date"),
        (["--role", "operator", "--name", "o", "--expires", "2027-02-30"], "neither a date"),
        (["--role", "operator", "--name", "o", "--expires", "0001-01-01T00:00+05"], "neither"),
    ],
)
def test_wrong_usage_is_told_and_makes_nothing(
    acme: Program, arguments: list[str], hint: str
) -> None:
    assert hint in acme.wrong_usage("token", "create", *arguments)
    assert acme.answer("token", "list") == []
