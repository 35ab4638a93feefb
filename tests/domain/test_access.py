"""May they open it? The reasons in order of precedence, and the ways that are weighed."""

from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest

from seatledger.domain.access import Allowed, Denied, Reason, Sought, Way, decide
from seatledger.domain.access_advice import advice
from seatledger.domain.seat import EndReason, SeatState
from seatledger.domain.window import Window
from tests.support.cast import DAY, NOON

TICK = timedelta(microseconds=1)
OPEN = Way(pool_id=7, window=Window(NOON - 5 * DAY, NOON + 5 * DAY), seat_id=1, direct=True)

# Closest to access first: whoever has two of these is told the upper one.
CLOSED = {
    Reason.NOT_STARTED: replace(OPEN, window=Window(NOON + DAY)),
    Reason.POOL_INACTIVE: replace(OPEN, pool_active=False),
    Reason.SUSPENDED: replace(OPEN, state=SeatState.SUSPENDED),
    Reason.WAITING: replace(OPEN, seat_id=None, direct=False),
    Reason.POOL_ENDED: replace(OPEN, window=Window(NOON - 5 * DAY, NOON - DAY)),
    Reason.EXPIRED: replace(OPEN, end=NOON - DAY),
    Reason.SEAT_ENDED: replace(
        OPEN, state=SeatState.ENDED, end_reason=EndReason.REVOKED, end=NOON - DAY
    ),
}
# What stands in the way of one seat, each alone.
OBSTACLES: dict[Reason, dict[str, Any]] = {
    Reason.NOT_STARTED: {"window": Window(NOON + DAY)},
    Reason.POOL_INACTIVE: {"pool_active": False},
    Reason.SUSPENDED: {"state": SeatState.SUSPENDED},
    Reason.POOL_ENDED: {"window": Window(NOON - 5 * DAY, NOON - DAY)},
    Reason.EXPIRED: {"end": NOON - DAY},
    Reason.SEAT_ENDED: {"state": SeatState.ENDED, "end_reason": EndReason.REVOKED},
}


def asked(*ways: Way) -> Allowed | Denied:
    return decide(Sought(3, ways=ways), NOON)


def reason(*ways: Way) -> Reason:
    answer = asked(*ways)
    assert isinstance(answer, Denied)
    return answer.reason


def test_the_list_of_reasons_is_closed_and_in_order() -> None:
    rest = [Reason.NO_SEAT, Reason.UNKNOWN_LEARNER, Reason.UNKNOWN_ITEM]
    assert list(Reason) == [*CLOSED, *rest]


@pytest.mark.parametrize("closed", CLOSED)
def test_each_way_is_closed_for_its_reason(closed: Reason) -> None:
    assert reason(CLOSED[closed]) is closed


@pytest.mark.parametrize(("closer", "farther"), list(combinations(CLOSED, 2)))
def test_of_two_ways_the_one_closer_to_access_is_told(closer: Reason, farther: Reason) -> None:
    assert reason(CLOSED[closer], CLOSED[farther]) is closer
    assert reason(CLOSED[farther], CLOSED[closer]) is closer


# A pool can't both be over and not have started, nor a seat be in two states.
PAIRS = [
    (closer, farther)
    for closer, farther in combinations(OBSTACLES, 2)
    if not OBSTACLES[closer].keys() & OBSTACLES[farther].keys()
]


@pytest.mark.parametrize(("closer", "farther"), PAIRS)
def test_of_two_obstacles_to_one_seat_the_farther_is_told(closer: Reason, farther: Reason) -> None:
    assert reason(replace(OPEN, **OBSTACLES[closer], **OBSTACLES[farther])) is farther


@pytest.mark.parametrize("closed", CLOSED)
def test_an_open_way_beats_each_closed_one(closed: Reason) -> None:
    assert asked(CLOSED[closed], OPEN) == Allowed(3, OPEN)


@pytest.mark.parametrize(
    ("sought", "told"),
    [
        (Sought(3), Denied(Reason.NO_SEAT, 3)),
        (Sought(None), Denied(Reason.UNKNOWN_LEARNER)),
        (Sought(3, item_known=False), Denied(Reason.UNKNOWN_ITEM, 3)),
        (Sought(None, item_known=False), Denied(Reason.UNKNOWN_ITEM)),
    ],
)
def test_without_any_way_it_is_told_what_is_missing(sought: Sought, told: Denied) -> None:
    assert decide(sought, NOON) == told


def test_an_end_that_came_is_told_alike_before_and_after_it_is_recorded() -> None:
    unrecorded = replace(OPEN, end=NOON)
    recorded = replace(unrecorded, state=SeatState.ENDED, end_reason=EndReason.LAPSED)
    assert reason(unrecorded) is reason(recorded) is Reason.EXPIRED


@pytest.mark.parametrize("cause", [each for each in EndReason if each is not EndReason.LAPSED])
def test_whatever_else_ended_a_seat_it_is_over(cause: EndReason) -> None:
    over = replace(OPEN, state=SeatState.ENDED, end_reason=cause, end=NOON)
    assert reason(over) is Reason.SEAT_ENDED


@pytest.mark.parametrize(
    ("way", "told"),
    [
        (replace(OPEN, window=Window(NOON)), None),
        (replace(OPEN, window=Window(NOON + TICK)), Reason.NOT_STARTED),
        (replace(OPEN, window=Window(NOON - DAY, NOON)), Reason.POOL_ENDED),
        (replace(OPEN, window=Window(NOON - DAY, NOON + TICK)), None),
        (replace(OPEN, end=NOON), Reason.EXPIRED),
        (replace(OPEN, end=NOON + TICK), None),
        (replace(OPEN, window=Window(NOON, NOON)), Reason.POOL_ENDED),
    ],
)
def test_a_way_opens_and_closes_at_the_very_instant(way: Way, told: Reason | None) -> None:
    assert way.obstacle(NOON) is told


@pytest.mark.parametrize(
    ("ends", "chosen"),
    [((NOON + DAY, None), 1), ((None, None), 0), ((NOON + 2 * DAY, NOON + DAY), 0)],
)
def test_of_several_open_ways_the_one_that_lasts_longest_answers(
    ends: tuple[None, None], chosen: int
) -> None:
    ways = [Way(7, Window(NOON - DAY), seat_id=n, end=end) for n, end in enumerate(ends)]
    assert asked(*ways) == Allowed(3, ways[chosen])


def test_access_ends_with_the_seat_or_its_pool_whichever_comes_first() -> None:
    assert OPEN.until == NOON + 5 * DAY
    assert replace(OPEN, end=NOON + DAY).until == NOON + DAY


def test_of_several_that_begin_the_first_is_told_and_when() -> None:
    late, soon = (replace(OPEN, window=Window(NOON + days * DAY)) for days in (3, 2))
    answer = asked(late, soon)
    assert isinstance(answer, Denied)
    assert (answer.way, answer.next, answer.since) == (soon, NOON + 2 * DAY, None)


@pytest.mark.parametrize("closed", [Reason.POOL_ENDED, Reason.EXPIRED, Reason.SEAT_ENDED])
def test_of_several_that_are_over_the_last_is_told_and_since_when(closed: Reason) -> None:
    recent, way = CLOSED[closed], CLOSED[closed]
    if closed is Reason.POOL_ENDED:
        way = replace(way, window=Window(NOON - 5 * DAY, NOON - 2 * DAY))
    else:
        way = replace(way, end=NOON - 2 * DAY)
    answer = asked(way, recent)
    assert isinstance(answer, Denied)
    assert (answer.way, answer.next, answer.since) == (recent, None, NOON - DAY)


@pytest.mark.parametrize("each", Reason)
def test_each_reason_says_what_both_can_do_in_whole_sentences(each: Reason) -> None:
    can = advice(Denied(each, 3, CLOSED.get(each)))
    for sentence in (can.learner_can, can.manager_can):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert "None" not in sentence
        assert "{" not in sentence
