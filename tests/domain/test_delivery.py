"""What becomes of a delivery after one more attempt."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seatledger.domain.delivery import (
    AGE_MAX,
    ATTEMPTS_MAX,
    PAUSE_MAX,
    Delivery,
    DeliveryState,
    Done,
    Refused,
    Retry,
    verdict,
)
from tests.support.cast import NOON

FRESH = Delivery(
    id=1,
    platform_id=1,
    subscription_id=1,
    seq=1,
    message_id=None,
    order_key="seat:1",
    state=DeliveryState.WAITING,
    attempts=0,
    due=NOON,
    log=(),
    created=NOON,
    settled=None,
)
LATE = Retry("busy")


def test_what_was_taken_is_delivered() -> None:
    assert verdict(FRESH, Done(), NOON, 0).state is DeliveryState.DELIVERED


def test_what_is_refused_is_dead_at_once() -> None:
    assert verdict(FRESH, Refused("gone"), NOON, 0).state is DeliveryState.DEAD


@pytest.mark.parametrize(
    ("attempts", "seconds"),
    [(0, 5), (1, 20), (2, 80), (3, 320), (4, 1280), (5, 5120), (6, 20480), (7, 28800), (12, 28800)],
)
def test_the_pauses_grow_fourfold_up_to_eight_hours(attempts: int, seconds: int) -> None:
    tried = replace(FRESH, attempts=attempts)
    assert verdict(tried, LATE, NOON, 0).due == NOON + timedelta(seconds=seconds)


def test_chance_takes_away_up_to_half_of_a_pause() -> None:
    assert verdict(FRESH, LATE, NOON, 1).due == NOON + timedelta(seconds=2.5)


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        pytest.param(timedelta(seconds=60), 60, id="later than the pause: as asked"),
        pytest.param(timedelta(seconds=1), 5, id="sooner than the pause: the pause"),
        pytest.param(timedelta(0), 5, id="at once: the pause"),
        pytest.param(timedelta(seconds=-7), 5, id="in the past: the pause"),
    ],
)
def test_the_other_side_may_ask_for_a_longer_pause(asked: timedelta, seconds: int) -> None:
    due = verdict(FRESH, Retry("busy", after=asked), NOON, 0).due
    assert due == NOON + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("attempts", "age", "state"),
    [
        (ATTEMPTS_MAX - 2, timedelta(0), DeliveryState.WAITING),
        (ATTEMPTS_MAX - 1, timedelta(0), DeliveryState.DEAD),
        (0, AGE_MAX - timedelta(seconds=5), DeliveryState.WAITING),
        (0, AGE_MAX - timedelta(seconds=4), DeliveryState.DEAD),
    ],
)
def test_it_is_given_up_after_so_many_attempts_or_days(
    attempts: int, age: timedelta, state: DeliveryState
) -> None:
    assert verdict(replace(FRESH, attempts=attempts), LATE, NOON + age, 0).state is state


@given(
    st.floats(0, 1, exclude_max=True),
    st.none() | st.timedeltas(timedelta(days=-999), timedelta(days=999_999)),
)
def test_each_comes_to_its_end(chance: float, asked: timedelta | None) -> None:
    delivery, now = FRESH, NOON
    for attempt in range(ATTEMPTS_MAX):
        meant = verdict(delivery, Retry("no", after=asked), now, chance)
        if meant.state is DeliveryState.DEAD:
            break
        assert now < meant.due <= NOON + AGE_MAX
        assert asked is not None or meant.due - now <= PAUSE_MAX
        delivery, now = replace(delivery, attempts=attempt + 1), meant.due
    assert meant.state is DeliveryState.DEAD
