"""Taking seats back and moving their ends."""

from datetime import datetime
from typing import Any

import pytest

from seatledger.domain.book import Book
from seatledger.domain.ending import move_end, revoke
from seatledger.domain.group import Wait
from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.seat import EndReason, Seat, SeatState
from seatledger.domain.window import Window
from tests.support.cast import DAY, NOON, book, ended, origin, pool, seat


def world(held: Seat, **shape: Any) -> Book:
    return book(pool(held=int(held.live), **shape), seats=(held,))


def test_ending_a_seat_frees_it_for_the_next_learner() -> None:
    of = world(seat(1, 1, pool()))
    taken = revoke(of, of.seats[1], origin(), only_in_force=True)
    assert isinstance(taken, Seat)
    assert (taken.state, taken.reason, taken.end) == (SeatState.ENDED, EndReason.REVOKED, NOON)
    assert (of.pools[7].held, of.standing(7, 1)) == (0, None)


def test_who_waits_is_seated_as_soon_as_a_place_comes_free() -> None:
    full = pool(size=1, held=1)
    of = book(full, seats=(seat(1, 1, full),), waits=[Wait(1, 7, grant_id=3, learner_id=2)])
    revoke(of, of.seats[1], origin(), only_in_force=True)
    successor = of.standing(7, 2)
    assert successor is not None
    assert (successor.direct, successor.grants, of.pools[7].held) == (False, (3,), 1)
    assert [wait.learner_id for wait in of.ended_waits] == [2]


@pytest.mark.parametrize("only_in_force", [True, False])
def test_a_seat_of_a_pool_that_is_not_transferable_cant_be_taken_back(only_in_force: bool) -> None:
    of = world(seat(1, 1, pool()), transferable=False)
    refusal = revoke(of, of.seats[1], origin(), only_in_force=only_in_force)
    assert isinstance(refusal, Refusal)
    assert refusal.code is Code.NOT_TRANSFERABLE


@pytest.mark.parametrize(
    ("held", "shape"),
    [
        (ended(1, 1, pool()), {}),
        (seat(1, 1, pool(), end=NOON), {}),
        (seat(1, 1, pool(), state=SeatState.SUSPENDED), {}),
        (seat(1, 1, pool()), {"active": False}),
        (seat(1, 1, pool()), {"window": Window(NOON - DAY, NOON)}),
    ],
    ids=["ended", "lapsed", "suspended", "pool off", "pool over"],
)
def test_what_gives_no_access_is_over_for_who_asks_for_seats_in_force(
    held: Seat, shape: dict[str, Any]
) -> None:
    of = world(held, **shape)
    for refusal in (
        revoke(of, of.seats[1], origin(), only_in_force=True),
        move_end(of, of.seats[1], NOON + DAY, origin()),
    ):
        assert isinstance(refusal, Refusal)
        assert refusal.code is Code.SEAT_ENDED
    assert of.events == []


def test_a_suspended_seat_can_be_taken_back_and_frees_nothing() -> None:
    of = world(seat(1, 1, pool(), state=SeatState.SUSPENDED))
    assert isinstance(revoke(of, of.seats[1], origin(), only_in_force=False), Seat)
    assert of.pools[7].held == 0


@pytest.mark.parametrize("end", [NOON, NOON - DAY, NOON - 1000 * DAY])
def test_an_end_that_has_come_ends_the_seat_at_that_end_sqlbi_rule_32(end: datetime) -> None:
    of = world(seat(1, 1, pool()))
    moved = move_end(of, of.seats[1], end, origin())
    assert isinstance(moved, Seat)
    assert (moved.state, moved.reason, moved.end) == (SeatState.ENDED, EndReason.LAPSED, end)
    assert of.pools[7].held == 0


@pytest.mark.parametrize(
    ("end", "own"),
    [(NOON + DAY, NOON + DAY), (NOON + 5 * DAY, None)],
    ids=["before the pool's", "the pool's"],
)
def test_an_end_may_move_up_to_the_pools_sqlbi_rule_34(end: datetime, own: datetime | None) -> None:
    of = world(seat(1, 1, pool(), end=NOON + 3 * DAY))
    moved = move_end(of, of.seats[1], end, origin())
    assert isinstance(moved, Seat)
    assert (moved.end, moved.end_within(of.pools[7])) == (own, end)


def test_an_end_after_the_pools_is_refused_and_never_capped_sqlbi_o9() -> None:
    of = world(seat(1, 1, pool()))
    refusal = move_end(of, of.seats[1], NOON + 6 * DAY, origin())
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.field) == (Code.END_AFTER_POOL, "end")


def test_ends_dont_move_where_places_are_kept_for_good_sqlbi_rule_30() -> None:
    of = world(seat(1, 1, pool()), transferable=False)
    refusal = move_end(of, of.seats[1], NOON + DAY, origin())
    assert isinstance(refusal, Refusal)
    assert refusal.code is Code.NOT_TRANSFERABLE
