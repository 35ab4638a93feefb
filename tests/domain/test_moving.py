"""Passing a seat on to another learner."""

from dataclasses import replace
from typing import Any

import pytest

from seatledger.domain.book import Book
from seatledger.domain.event import EventKind
from seatledger.domain.group import Wait
from seatledger.domain.learner import Learner
from seatledger.domain.moves import MoveRule, Moves
from seatledger.domain.moving import move
from seatledger.domain.moving_command import MoveSeat
from seatledger.domain.progress import NOT_STARTED, Progress
from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.seat import EndReason, Seat, SeatState
from seatledger.domain.window import Window
from tests.support.cast import DAY, MANAGER, NOON, book, ended, learner, origin, pool, seat

ALWAYS = MoveRule(Moves.ALWAYS)


def limited(**limits: Any) -> MoveRule:
    return MoveRule(Moves.LIMITED, **limits)


def moved(
    of: Book, to: Learner | None = None, progress: Progress = NOT_STARTED, **how: Any
) -> Seat | Refusal:
    """Seat 1, of learner 1, passed to learner 2."""
    command = MoveSeat(MANAGER, seat_id=1, **how)
    return move(of, command, of.seats[1], to or learner(2), progress, origin())


def given(outcome: Seat | Refusal) -> Seat:
    assert isinstance(outcome, Seat), outcome
    return outcome


def refused(outcome: Seat | Refusal) -> Refusal:
    assert isinstance(outcome, Refusal), outcome
    return outcome


def world(held: Seat | None = None, *others: Seat, **shape: Any) -> Book:
    of = pool(**shape)
    seats = (held or seat(1, 1, of), *others)
    keep = sum(each.live or not of.transferable for each in seats)
    return book(replace(of, held=keep, given=len(seats)), seats=seats)


def test_one_seat_ends_and_another_takes_its_place() -> None:
    of = world(size=1)
    new = given(moved(of))
    old = of.seats[1]
    assert (old.state, old.reason, old.end, old.moved_to) == (
        SeatState.ENDED,
        EndReason.PASSED_ON,
        NOON,
        new.id,
    )
    assert (new.state, new.learner_id, new.start, new.moved_from) == (SeatState.LIVE, 2, NOON, 1)
    assert of.pools[7].counters == (1, 2, 1, 1)


def test_history_says_so_on_both() -> None:
    of = world()
    new = given(moved(of))
    left, came = of.events
    assert (left.kind, left.subject_id) == (EventKind.SEAT_ENDED, 1)
    assert (left.after["reason"], left.after["moved_to"]) == ("passed_on", new.id)
    assert (came.kind, came.subject_id) == (EventKind.SEAT_ASSIGNED, new.id)
    assert (came.after["moved_from"], came.after["learner_id"]) == (1, 2)


def test_a_place_that_is_kept_for_good_goes_along_and_is_not_counted_twice() -> None:
    of = world(size=1, transferable=False, moves=ALWAYS)
    given(moved(of))
    assert of.pools[7].counters == (1, 2, 1, 1)


@pytest.mark.parametrize(
    ("keep_end", "own_end"), [(True, NOON + DAY), (False, None)], ids=["its own", "the pool's"]
)
def test_the_end_goes_along_unless_it_is_to_follow_the_pool(keep_end: bool, own_end: Any) -> None:
    of = world(seat(1, 1, pool(), end=NOON + DAY))
    assert given(moved(of, keep_end=keep_end)).end == own_end


def test_what_is_said_of_the_first_learner_stays_with_them() -> None:
    notes = {"metadata": {"staff": "7"}, "fulfilled": True, "grants": (3,), "direct": False}
    new = given(moved(world(seat(1, 1, pool(), redirect_to="https://x.example", **notes))))
    assert (new.metadata, new.fulfilled, new.grants, new.direct) == ({}, False, (), True)
    assert new.redirect_to == "https://x.example"


def test_nobody_who_waits_gets_in_between() -> None:
    full = pool(size=1, held=1, given=1)
    of = book(full, seats=(seat(1, 1, full),), waits=[Wait(1, 7, grant_id=3, learner_id=5)])
    given(moved(of))
    assert of.standing(7, 5) is None
    assert [wait.learner_id for wait in of.waiting(7)] == [5]


def test_who_waits_first_gets_what_came_free_and_then_has_a_seat_already() -> None:
    full = pool(size=2, held=2, given=2)
    seats = (seat(1, 1, full), seat(9, 9, full, end=NOON))
    of = book(full, seats=seats, waits=[Wait(1, 7, grant_id=3, learner_id=2)])
    assert refused(moved(of)).code is Code.ALREADY_SEATED
    assert of.standing(7, 2) is not None


def test_who_waited_and_gets_it_waits_no_longer() -> None:
    full = pool(size=1, held=1, given=1)
    of = book(full, seats=(seat(1, 1, full),), waits=[Wait(1, 7, grant_id=3, learner_id=2)])
    given(moved(of))
    assert [wait.learner_id for wait in of.ended_waits] == [2]


@pytest.mark.parametrize(
    ("theirs", "reason", "held"),
    [
        ({"state": SeatState.SUSPENDED}, EndReason.REVOKED, 1),
        ({"end": NOON}, EndReason.LAPSED, 1),
        ({"state": SeatState.SUSPENDED, "end": NOON}, EndReason.LAPSED, 1),
    ],
    ids=["suspended", "lapsed", "both"],
)
def test_a_seat_of_theirs_that_gives_nothing_makes_way(
    theirs: dict[str, Any], reason: EndReason, held: int
) -> None:
    of = world(None, seat(2, 2, pool(), **theirs))
    new = given(moved(of))
    assert of.standing(7, 2) == new
    assert (of.seats[2].reason, of.pools[7].held) == (reason, held)


# Each stands in the way by itself; of several, the first is told.
OBSTACLES: dict[Code, dict[str, Any]] = {
    Code.POOL_INACTIVE: {"active": False},
    Code.POOL_ENDED: {"window": Window(NOON - 5 * DAY, NOON)},
    Code.SEAT_ENDED: {"held": {"state": SeatState.SUSPENDED}},
    Code.MOVE_NOT_ALLOWED: {"moves": MoveRule(Moves.NEVER)},
    Code.DOMAIN_NOT_ALLOWED: {"domains": ("else.example",)},
    Code.ALREADY_SEATED: {"others": True},
}


def blocked(*obstacles: Code) -> Book:
    shape: dict[str, Any] = {}
    for code in obstacles:
        shape |= OBSTACLES[code]
    held, others = shape.pop("held", {}), shape.pop("others", False)
    theirs = [seat(2, 2, pool())] if others else []
    return world(seat(1, 1, pool(), **held), *theirs, **shape)


@pytest.mark.parametrize("code", OBSTACLES)
def test_each_obstacle_is_refused_by_its_name_and_changes_nothing(code: Code) -> None:
    of = blocked(code)
    before = of.pools[7]
    assert refused(moved(of, check_domain=True)).code is code
    assert (of.pools[7], of.events) == (before, [])


@pytest.mark.parametrize("first", range(len(OBSTACLES)))
def test_of_several_obstacles_the_first_is_told(first: int) -> None:
    codes = list(OBSTACLES)[first:]
    assert refused(moved(blocked(*codes), check_domain=True)).code is codes[0]
    assert codes == sorted(codes, key=list(Code).index)


@pytest.mark.parametrize(
    "held",
    [ended(1, 1, pool()), seat(1, 1, pool(), end=NOON)],
    ids=["ended", "lapsed and not recorded yet"],
)
def test_what_is_over_has_no_place_to_pass_on(held: Seat) -> None:
    assert refused(moved(world(held))).code is Code.SEAT_ENDED


def test_a_seat_can_not_pass_to_who_holds_it() -> None:
    assert refused(moved(world(), learner(1))).code is Code.ALREADY_SEATED


def test_a_seat_of_another_pool_of_the_item_stands_in_the_way_only_where_one_is_asked() -> None:
    other = pool(id=8, held=1, given=1)
    mine = pool(held=1, given=1)
    seats = (seat(1, 1, mine), seat(2, 2, other))
    assert refused(moved(book(mine, other, seats=seats), one_per_item=True)).code is (
        Code.ALREADY_SEATED
    )
    given(moved(book(mine, other, seats=seats)))


@pytest.mark.parametrize(
    ("rule", "shape", "progress", "details"),
    [
        (MoveRule(Moves.NEVER), {}, 0, {"rule": "never"}),
        (
            limited(days_after_start=2, progress_max=10, per_pool_max=1),
            {"moved": 1},
            50,
            {"rule": "days_after_start", "allowed": 2, "passed": 2},
        ),
        (
            limited(progress_max=10, per_pool_max=1),
            {"moved": 1},
            10.5,
            {"rule": "progress_max", "allowed": 10, "reached": 10.5},
        ),
        (
            limited(per_pool_max=1),
            {"moved": 1},
            0,
            {"rule": "per_pool_max", "allowed": 1, "made": 1},
        ),
        (limited(per_pool_max=0), {}, 0, {"rule": "per_pool_max", "allowed": 0, "made": 0}),
    ],
    ids=lambda value: value.get("rule") if isinstance(value, dict) else None,
)
def test_the_refusal_names_the_first_limit_in_the_way_and_its_numbers(
    rule: MoveRule, shape: dict[str, Any], progress: float, details: dict[str, Any]
) -> None:
    refusal = refused(moved(world(moves=rule, **shape), progress=Progress(progress)))
    assert (refusal.code, dict(refusal.details)) == (Code.MOVE_NOT_ALLOWED, details)
    for number in (value for name, value in details.items() if name != "rule"):
        assert f"{number:g}" in refusal.sentence


@pytest.mark.parametrize(
    ("rule", "shape", "progress"),
    [
        (limited(days_after_start=3), {}, Progress(100)),
        (limited(days_after_start=1), {"window": Window(NOON - DAY / 2, None)}, NOT_STARTED),
        (limited(days_after_start=1), {"window": Window(NOON + DAY, None)}, NOT_STARTED),
        (limited(progress_max=10), {"moved": 99}, Progress(10)),
        (limited(per_pool_max=2), {"moved": 1}, Progress(100)),
    ],
    ids=[
        "within the days",
        "days count from the pool's start where that is later",
        "the pool has not started",
        "up to the progress",
        "up to so many moves",
    ],
)
def test_within_its_limits_a_seat_passes_on(
    rule: MoveRule, shape: dict[str, Any], progress: Progress
) -> None:
    given(moved(world(moves=rule, **shape), progress=progress))


def test_who_has_completed_the_item_has_come_all_the_way() -> None:
    of = world(moves=limited(progress_max=99))
    assert refused(moved(of, progress=Progress(40, completed=NOON))).details["reached"] == 100


def test_days_are_up_at_the_second() -> None:
    of = world(moves=limited(days_after_start=2))
    of.now = NOON - DAY / 86_400
    given(moved(of))
