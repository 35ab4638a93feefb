"""How often a caller may ask: the window slides, and nobody waits longer than told."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seatledger.domain.rate import (
    Allowance,
    Hits,
    allowance,
    one_more,
    seconds_to_wait,
    standing,
)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def hit(*seconds: float) -> Hits:
    hits: Hits = []
    for each in seconds:
        hits = one_more(hits, at(each))
    return hits


@pytest.mark.parametrize(
    ("hits", "now", "wait"),
    [
        pytest.param((), 0, 0, id="the first"),
        pytest.param((0, 0), 0, 0, id="the last that is allowed"),
        pytest.param((0, 0, 0), 0, 60, id="one too many"),
        pytest.param((0, 20, 40), 40, 20, id="until the oldest leaves"),
        pytest.param((0, 0, 40), 59.999, 1, id="never zero while it must wait"),
        pytest.param((0, 0, 0), 60, 0, id="sixty seconds later"),
        pytest.param((0.05, 0.05, 0.05), 60.05, 1, id="a hit leaves a tick late, never early"),
        pytest.param((0.05, 0.05, 0.05), 60.1, 0, id="but not later than that"),
        pytest.param((0, 1, 2, 3), 3, 58, id="until there is room, where the limit was lowered"),
    ],
)
def test_three_a_minute(hits: tuple[float, ...], now: float, wait: int) -> None:
    assert seconds_to_wait(standing(hit(*hits), at(now)), at(now), 3) == wait


@pytest.mark.parametrize(
    ("hits", "now", "remaining", "seconds"),
    [
        pytest.param((), 0, 3, 0, id="nothing was asked"),
        pytest.param((0,), 0, 2, 60, id="one was asked just now"),
        pytest.param((0, 20), 25, 1, 35, id="there is more when the oldest leaves"),
        pytest.param((0, 20, 40), 40, 0, 20, id="none is left: how long to wait"),
        pytest.param((0, 1, 2, 3), 3, 0, 58, id="none, where the limit was lowered"),
    ],
)
def test_what_is_left_of_three_a_minute(
    hits: tuple[float, ...], now: float, remaining: int, seconds: int
) -> None:
    left = allowance(standing(hit(*hits), at(now)), at(now), 3)
    assert left == Allowance(3, remaining, seconds)


def test_hits_of_one_moment_are_one_entry() -> None:
    assert len(hit(0, 0, 0, 0.01, 0.09)) == 2


def test_a_window_never_has_more_entries_than_ticks() -> None:
    hits: Hits = []
    for number in range(3000):
        now = at(number * 0.04)
        hits = one_more(standing(hits, now), now)
    assert len(hits) <= 601


@given(st.lists(st.floats(0, 30), min_size=1, max_size=60), st.integers(min_value=1, max_value=6))
def test_no_sixty_seconds_see_more_than_allowed(pauses: list[float], per_minute: int) -> None:
    hits: Hits = []
    allowed: list[datetime] = []
    now = NOON
    for pause in pauses:
        now += timedelta(seconds=pause)
        hits = standing(hits, now)
        wait = seconds_to_wait(hits, now, per_minute)
        if wait:
            assert 1 <= wait <= 61
            later = now + timedelta(seconds=wait)
            assert seconds_to_wait(standing(hits, later), later, per_minute) == 0
        else:
            hits = one_more(hits, now)
            allowed.append(now)
    for start in allowed:
        assert sum(start <= each < start + timedelta(seconds=60) for each in allowed) <= per_minute
