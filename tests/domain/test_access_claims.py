"""What a signed answer says, and that it never outlasts what it tells of."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from seatledger.domain.access import Access, Allowed, Denied, Reason, Way
from seatledger.domain.access_claims import claims
from seatledger.domain.signing_key import SHOWN_AFTER, PublicKey
from seatledger.domain.window import Window
from tests.support.cast import DAY, NOON

SECOND = timedelta(seconds=1)
TICK = timedelta(microseconds=1)
AT = int(NOON.timestamp())


def said(access: Access, now: datetime = NOON) -> dict[str, Any] | None:
    return claims(access, issuer="us", platform_key="acme", item="course:c", token_id="j", now=now)


def until(end: datetime | None) -> Allowed:
    return Allowed(3, Way(7, Window(NOON - DAY, end), seat_id=5))


def begins(start: datetime) -> Denied:
    return Denied(Reason.NOT_STARTED, 3, Way(7, Window(start), seat_id=5))


def test_a_yes_says_who_may_open_what_by_which_seat() -> None:
    assert said(until(None)) == {
        "iss": "us",
        "sub": "3",
        "aud": "acme",
        "item": "course:c",
        "allow": True,
        "seat": "5",
        "iat": AT,
        "nbf": AT,
        "exp": AT + 300,
        "jti": "j",
    }


def test_a_no_says_why() -> None:
    told = said(Denied(Reason.NO_SEAT, 3))
    assert told is not None
    assert (told["allow"], told["reason"], told["seat"]) == (False, "no_seat", None)


def test_nothing_is_said_of_nobody() -> None:
    assert said(Denied(Reason.UNKNOWN_LEARNER)) is None


@pytest.mark.parametrize(
    ("end", "seconds"),
    [
        (None, 300),
        (NOON + DAY, 300),
        (NOON + 300 * SECOND, 300),
        (NOON + 300 * SECOND - TICK, 299),
        (NOON + 299 * SECOND, 299),
        (NOON + SECOND, 1),
        (NOON + TICK, 0),
    ],
)
def test_a_token_lives_five_minutes_and_never_past_the_end_of_access(
    end: datetime | None, seconds: int
) -> None:
    told = said(until(end))
    assert told is not None
    assert told["exp"] - told["iat"] == seconds


def test_a_no_is_not_said_past_the_instant_access_begins() -> None:
    told = said(begins(NOON + 2 * SECOND))
    assert told is not None
    assert told["exp"] == AT + 2


def test_a_part_of_a_second_makes_no_token_younger_or_longer() -> None:
    told = said(until(None), NOON + SECOND - TICK)
    assert told is not None
    assert (told["iat"], told["nbf"], told["exp"]) == (AT, AT, AT + 300)


@pytest.mark.parametrize(
    ("retired", "now", "shown"),
    [
        (None, NOON + 99 * DAY, True),
        (NOON, NOON, True),
        (NOON, NOON + SHOWN_AFTER - TICK, True),
        (NOON, NOON + SHOWN_AFTER, False),
    ],
)
def test_a_retired_key_is_shown_until_its_last_token_is_over(
    retired: datetime | None, now: datetime, shown: bool
) -> None:
    key = PublicKey("k", "x", NOON - DAY, retired)
    assert key.is_shown(now) is shown
    assert key.signs is (retired is None)
