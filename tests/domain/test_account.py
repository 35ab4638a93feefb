"""Accounts, sessions and tries: the rules, without a clock."""

from datetime import timedelta

import pytest

from seatledger.domain import tries
from seatledger.domain.account import NOBODY, Account, Session, wrong_password
from seatledger.domain.actor import Role
from tests.support.cast import NOON

MIRA = Account(
    7,
    "mira@acme.example",
    "Mira",
    Role.MANAGER,
    (1, 3),
    active=True,
    has_password=True,
    created=NOON,
)
MINUTE = timedelta(minutes=1)


def test_nobody_reaches_nothing() -> None:
    assert not any(NOBODY.reach.covers(platform_id) for platform_id in range(1, 100))


def test_a_manager_acts_on_one_of_their_platforms_or_on_none() -> None:
    on_first, on_none = MIRA.actor(1, "acme"), MIRA.actor()
    assert (on_first.reach.covers(1), on_first.reach.covers(3)) == (True, False)
    assert not any(on_none.reach.covers(platform_id) for platform_id in range(1, 100))
    assert (on_first.name, on_first.surface, on_first.account_id) == ("Mira", "console", 7)


def test_history_keeps_neither_name_nor_address() -> None:
    told = str(MIRA.facts())
    assert "mira" not in told.casefold()


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("x" * 11, "at least 12"),
        ("", "at least 12"),
        ("y" * 201, "at most 200"),
        ("aaaaaaaaaaaa", "easy to guess"),
        ("abcabcabcabc", "easy to guess"),
        ("Mira@Acme.Example1", "easy to guess"),
        ("correct horse", None),
        ("пароль длинный", None),
    ],
)
def test_what_a_password_may_be(password: str, fault: str | None) -> None:
    refusal = wrong_password(password, MIRA.email)
    assert (refusal is None) == (fault is None)
    assert refusal is None or (fault or "") in refusal.sentence


@pytest.mark.parametrize(
    ("seen", "now", "over"),
    [
        (0, 0, False),
        (0, 8 * 60 - 1, False),
        (0, 8 * 60, True),
        (7 * 24 * 60 - 1, 7 * 24 * 60 - 1, False),
        (7 * 24 * 60 - 1, 7 * 24 * 60, True),
    ],
)
def test_when_a_session_is_over(seen: int, now: int, over: bool) -> None:
    session = Session(1, MIRA, "", NOON, NOON + seen * MINUTE)
    assert session.over(NOON + now * MINUTE) is over


@pytest.mark.parametrize(
    ("minutes", "most", "seconds"),
    [
        ([], 2, 0),
        ([-1], 2, 0),
        ([-2, -1], 2, 13 * 60),
        ([-3, -2, -1], 2, 13 * 60),
        ([-15, -1], 2, 0),
        ([-14, -1], 2, 60),
        ([600, -1], 2, 0),  # the clock stepped back
    ],
)
def test_how_long_to_wait_for_one_more_try(minutes: list[int], most: int, seconds: int) -> None:
    standing = tries.standing([NOON + each * MINUTE for each in minutes], NOON)
    assert tries.seconds_to_wait(standing, most, NOON) == seconds
