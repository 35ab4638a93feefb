"""Usage: what an event counts for, how days make steps, and when a pool will be full."""

from datetime import date, timedelta
from typing import Any

import pytest

from seatledger.domain.event import EventKind
from seatledger.domain.pool import Pool
from seatledger.domain.refusal import Refusal
from seatledger.domain.run_out import run_out
from seatledger.domain.seat import EndReason, SeatState
from seatledger.domain.usage import STEPS_MAX, Day, Span, Step, Turn, Used, spans, turns, use
from seatledger.domain.window import Window
from tests.support.cast import DAY, NOON, book, learner, origin, pool, seat

LIVE, SUSPENDED, ENDED = SeatState
TODAY = NOON.date()  # a Sunday


@pytest.mark.parametrize(
    ("was", "now", "reason", "transferable", "places"),
    [
        (None, LIVE, None, True, 1),
        (None, LIVE, None, False, 1),
        (None, SUSPENDED, None, True, 0),
        (LIVE, SUSPENDED, None, True, -1),
        (SUSPENDED, LIVE, None, True, 1),
        (LIVE, ENDED, EndReason.REVOKED, True, -1),
        (LIVE, ENDED, EndReason.LAPSED, True, -1),
        (LIVE, ENDED, EndReason.RECYCLED, True, -1),
        (LIVE, ENDED, EndReason.PASSED_ON, True, -1),
        (SUSPENDED, ENDED, EndReason.REVOKED, True, 0),
        (LIVE, ENDED, EndReason.LAPSED, False, 0),  # what is not transferable stays used
        (LIVE, ENDED, EndReason.PASSED_ON, False, -1),  # its successor takes the place
    ],
)
def test_an_event_counts_for_the_places_it_takes(
    was: SeatState | None,
    now: SeatState,
    reason: EndReason | None,
    transferable: bool,
    places: int,
) -> None:
    turn = Turn(was, now, reason, transferable)
    assert turn.places == places
    assert turn in turns()


@pytest.mark.parametrize("transferable", [True, False])
def test_all_that_a_book_does_is_a_turn_and_counts_as_the_book_counts(transferable: bool) -> None:
    of = pool(transferable=transferable, size=5, held=1, given=1)
    world = book(of, seats=(seat(50, 9, of),))
    world.end(world.seats[50], EndReason.LAPSED, origin())
    first = world.seat(7, learner(1), origin())
    world.seat(7, learner(2), origin())
    world.pass_on(first, learner(3), origin(), end=None)
    if transferable:
        world.suspend(world.seats[102], origin())
        world.resume(world.seats[102], origin())
        world.suspend(world.seats[102], origin())
        world.end(world.seats[102], EndReason.REVOKED, origin())
    happened = [
        Turn(
            (event.before or {}).get("state"),
            event.after["state"],
            event.after["reason"] if event.kind is EventKind.SEAT_ENDED else None,
            transferable,
        )
        for event in world.events
    ]
    assert set(happened) <= set(turns())
    assert 1 + sum(turn.places for turn in happened) == world.pools[7].held


def on(offset: int, **counts: int) -> Day:
    """A day before today, on which nothing happened but what is named."""
    plain = {"places": 0, "most": 0, "assigned": 0, "ended": 0, "size": 0}
    return Day(TODAY - timedelta(days=offset), **(plain | counts))


BEFORE = Day(None, places=2, most=3, assigned=3, ended=1, size=10)


@pytest.mark.parametrize(
    ("days", "used"),
    [
        ([], (0, 0, 0, 0, 0)),
        ([BEFORE], (10, 2, 2, 0, 0)),
        ([BEFORE, on(9, places=1, most=3, assigned=1)], (10, 3, 3, 0, 0)),
        ([BEFORE, on(1, places=2, most=4, assigned=2)], (10, 4, 4, 2, 0)),
        ([BEFORE, on(1, places=0, most=3, assigned=1, ended=1)], (10, 2, 3, 1, 1)),
        ([BEFORE, on(1, places=-2, most=1, ended=2)], (10, 0, 2, 0, 2)),
        ([BEFORE, on(1, places=-1, most=1), on(0, places=1, most=2)], (10, 2, 2, 0, 0)),
        ([BEFORE, on(1, most=2, size=-5)], (5, 2, 2, 0, 0)),
    ],
)
def test_a_step_tells_its_end_and_what_went_on_in_it(
    days: list[Day], used: tuple[int, ...]
) -> None:
    span = Span(TODAY - timedelta(days=1), TODAY)
    assert use([span], days) == [Used(span, *used)]


def test_steps_follow_on_each_other() -> None:
    asked = spans(TODAY - timedelta(days=2), TODAY, Step.DAY, TODAY)
    assert isinstance(asked, list)
    days = [BEFORE, on(2, places=1, most=4, assigned=2, ended=1), on(0, places=-3, most=2, ended=3)]
    told = [(each.held, each.most_held, each.assigned, each.ended) for each in use(asked, days)]
    assert told == [(3, 4, 2, 1), (3, 3, 0, 0), (0, 3, 0, 3)]


def days_of(*pairs: tuple[str, str]) -> list[Span]:
    return [Span(date.fromisoformat(first), date.fromisoformat(last)) for first, last in pairs]


@pytest.mark.parametrize(
    ("first", "last", "step", "cut"),
    [
        (
            "2026-02-27",
            "2026-03-01",
            "day",
            [("02-27", "02-27"), ("02-28", "02-28"), ("03-01",) * 2],
        ),
        ("2026-02-19", "2026-03-01", "week", [("02-19", "02-22"), ("02-23", "03-01")]),
        ("2026-02-23", "2026-02-25", "week", [("02-23", "02-25")]),
        (
            "2026-01-31",
            "2026-03-01",
            "month",
            [("01-31", "01-31"), ("02-01", "02-28"), ("03-01",) * 2],
        ),
    ],
)
def test_steps_are_cut_at_calendar_weeks_and_months(
    first: str, last: str, step: str, cut: list[tuple[str, str]]
) -> None:
    found = spans(date.fromisoformat(first), date.fromisoformat(last), Step(step), TODAY)
    assert found == days_of(*((f"2026-{begin}", f"2026-{end}") for begin, end in cut))


@pytest.mark.parametrize(
    ("step", "first", "steps"),
    [("day", "2026-01-31", 30), ("week", "2025-12-01", 13), ("month", "2025-04-01", 12)],
)
def test_without_a_beginning_the_last_few_steps_are_shown(
    step: str, first: str, steps: int
) -> None:
    found = spans(None, None, Step(step), TODAY)
    assert isinstance(found, list)
    assert (found[0].first, found[-1].last) == (date.fromisoformat(first), TODAY)
    assert len(found) == steps


@pytest.mark.parametrize(
    ("first", "last", "step", "field"),
    [
        (None, TODAY + timedelta(days=1), "day", "to"),
        (TODAY, TODAY - timedelta(days=1), "day", "from"),
        (TODAY - timedelta(days=STEPS_MAX), None, "day", "step"),
        (date.min, None, "month", "step"),
    ],
)
def test_steps_that_cannot_be_shown_are_refused(
    first: date | None, last: date | None, step: str, field: str
) -> None:
    refused = spans(first, last, Step(step), TODAY)
    assert isinstance(refused, Refusal)
    assert refused.field == field


def test_the_most_steps_and_the_ends_of_time_are_shown() -> None:
    most = spans(TODAY - timedelta(days=STEPS_MAX - 1), None, Step.DAY, TODAY)
    assert isinstance(most, list)
    assert len(most) == STEPS_MAX
    for step in Step:
        assert spans(None, date.min, step, TODAY) == [Span(date.min, date.min)]
        assert spans(date.max, date.max, step, date.max) == [Span(date.max, date.max)]


OLD: dict[str, Any] = {"created": NOON - 60 * DAY, "window": Window(NOON - 60 * DAY, None)}


@pytest.mark.parametrize(
    ("of", "net", "expected"),
    [
        (pool(**OLD, size=100, held=60), 28, TODAY + timedelta(days=40)),
        (pool(**OLD, size=100, held=60), 56, TODAY + timedelta(days=20)),
        (pool(**OLD, size=100, held=99), 27, TODAY + timedelta(days=2)),
        (pool(**OLD, size=100, held=60), 0, "No more places"),
        (pool(**OLD, size=100, held=60), -3, "No more places"),
        (pool(**OLD, size=100, held=100), 28, "full already"),
        (pool(**OLD, size=2_000_000, held=1), 1, "not within 3650 days"),
        (pool(**{**OLD, "created": NOON - 27 * DAY}, size=100), 28, "less than 28 days"),
        (pool(**{**OLD, "window": Window(NOON - DAY, NOON)}, size=100), 28, "has ended"),
        (pool(**{**OLD, "window": Window(NOON, NOON + 9 * DAY)}, size=100), 28, "ends before"),
    ],
)
def test_running_out_is_estimated_from_the_last_28_whole_days(
    of: Pool, net: int, expected: date | str
) -> None:
    beside = [Day(None, 7, 7, 7, 0, 9), on(29, places=5), on(0, places=5)]
    estimate = run_out(of, [*beside, on(28, places=net - 1), on(1, places=1)], NOON)
    assert estimate.method == "linear, net change a day over the last 28 days"
    if isinstance(expected, date):
        assert (estimate.date, estimate.why) == (expected, None)
    else:
        assert estimate.date is None
        assert expected in str(estimate.why)
