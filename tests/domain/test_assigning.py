"""Assigning a seat: who gets one, who keeps one, and what stands in the way, in which order."""

from dataclasses import replace
from typing import Any

import pytest

from seatledger.domain.book import Book
from seatledger.domain.command import AssignSeat, IfHeld
from seatledger.domain.pool import Pool
from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.seat import EndReason, Seat, SeatState
from seatledger.domain.seating import Seated, assign
from seatledger.domain.window import Window
from tests.support.cast import COURSE, DAY, MANAGER, NOON, book, ended, learner, origin, pool, seat

STRICT: dict[str, Any] = {
    "if_held": IfHeld.REFUSE,
    "one_per_item": True,
    "must_have_started": True,
    "check_domain": True,
}


def ask(to: Book, who: int = 1, domain: str = "acme.example", **fields: Any) -> Seated | Refusal:
    command = AssignSeat(MANAGER, pool_id=7, learner_id=who, **fields)
    return assign(to, command, learner(who, domain), origin())


def given(outcome: Seated | Refusal) -> Seated:
    assert isinstance(outcome, Seated), outcome
    return outcome


def code(outcome: Seated | Refusal) -> Code:
    assert isinstance(outcome, Refusal), outcome
    return outcome.code


def test_a_free_place_becomes_a_live_seat_and_is_counted() -> None:
    world = book(pool())
    seated = given(ask(world))
    assert seated.created
    assert (seated.seat.state, seated.seat.start, seated.seat.end) == (SeatState.LIVE, NOON, None)
    assert (seated.pool.held, seated.pool.free) == (1, 1)
    assert [event.kind for event in world.events] == ["seat_assigned"]


def test_the_last_place_goes_to_the_first_who_asks() -> None:
    world = book(pool(size=1))
    given(ask(world, 1))
    refusal = ask(world, 2)
    assert code(refusal) is Code.POOL_FULL
    assert isinstance(refusal, Refusal)
    assert refusal.details == {"bought": 1, "used": 1, "asked": 1}
    assert "1 bought, 1 in use, 1 asked" in refusal.sentence


def test_a_pool_of_size_zero_has_no_seat_to_give() -> None:
    assert code(ask(book(pool(size=0)))) is Code.POOL_FULL


# Each row stands in the way of every row below it.
OBSTACLES: list[tuple[Code, dict[str, Any], dict[str, Any]]] = [
    (Code.POOL_INACTIVE, {"active": False}, {}),
    (Code.POOL_ENDED, {"window": Window(NOON - 2 * DAY, NOON)}, {}),
    (Code.POOL_NOT_STARTED, {"window": Window(NOON + DAY, None)}, {}),
    (Code.DOMAIN_NOT_ALLOWED, {"domains": ("other.example",)}, {}),
    (Code.END_IN_PAST, {}, {"end": NOON}),
    (Code.END_AFTER_POOL, {"window": Window(NOON - DAY, NOON + DAY)}, {"end": NOON + 2 * DAY}),
]


@pytest.mark.parametrize(("expected", "shape", "fields"), OBSTACLES, ids=lambda v: str(v)[:20])
def test_each_obstacle_refuses_and_changes_nothing(
    expected: Code, shape: dict[str, Any], fields: dict[str, Any]
) -> None:
    world = book(pool(**shape))
    assert code(ask(world, **STRICT, **fields)) is expected
    assert (world.new_seats, world.touched_pools, world.events) == ({}, {}, [])


@pytest.mark.parametrize("first", range(len(OBSTACLES)))
def test_the_earlier_obstacle_is_the_answer(first: int) -> None:
    rows = OBSTACLES[first:]
    shape: dict[str, Any] = {}
    fields: dict[str, Any] = {}
    for _, of_pool, of_command in reversed(rows):
        shape |= of_pool
        fields |= of_command
    held = seat(1, 1, pool(size=1))
    world = book(pool(size=1, held=1, **shape), seats=(held,))
    assert code(ask(world, **STRICT, **fields)) is rows[0][0]


def test_enrolment_comes_before_availability_sqlbi_rule_28() -> None:
    world = book(pool(size=1, held=1), seats=(seat(1, 1, pool()),))
    assert code(ask(world, **STRICT, recycle=True)) is Code.ALREADY_SEATED
    assert world.seats[1].live


@pytest.mark.parametrize("if_held", [IfHeld.UPDATE, IfHeld.KEEP])
def test_asking_again_returns_the_seat_already_held_and_takes_none(if_held: IfHeld) -> None:
    world = book(pool(held=1), seats=(seat(1, 1, pool()),))
    seated = given(ask(world, if_held=if_held))
    assert (seated.seat.id, seated.created, seated.pool.held) == (1, False, 1)
    assert world.new_seats == {}


def test_a_fact_left_out_of_an_update_keeps_its_value() -> None:
    held = seat(1, 1, pool(), fulfilled=True, metadata={"a": 1})
    world = book(pool(held=1), seats=(held,))
    seated = given(ask(world, if_held=IfHeld.UPDATE, metadata={"b": 2}))
    assert (seated.seat.fulfilled, seated.seat.metadata) == (True, {"b": 2})
    assert [event.kind for event in world.events] == ["seat_changed"]
    assert world.events[0].before == {"metadata": {"a": 1}}


def test_an_update_that_changes_nothing_leaves_no_event() -> None:
    world = book(pool(held=1), seats=(seat(1, 1, pool()),))
    given(ask(world, if_held=IfHeld.UPDATE, active=True, fulfilled=False))
    assert world.events == []


def test_switching_a_seat_off_frees_its_place_and_on_again_needs_a_free_one() -> None:
    world = book(pool(size=1, held=1), seats=(seat(1, 1, pool()),))
    off = given(ask(world, if_held=IfHeld.UPDATE, active=False))
    assert (off.seat.state, off.pool.held) == (SeatState.SUSPENDED, 0)
    given(ask(world, 2))
    assert code(ask(world, 1, if_held=IfHeld.UPDATE, active=True)) is Code.POOL_FULL


def test_a_suspended_seat_comes_back_as_the_same_seat() -> None:
    off = seat(1, 1, pool(), state=SeatState.SUSPENDED)
    world = book(pool(), seats=(off,))
    back = given(ask(world, if_held=IfHeld.UPDATE, active=True))
    assert (back.seat.id, back.seat.state, back.pool.held) == (1, SeatState.LIVE, 1)


def test_a_seat_given_switched_off_takes_no_place_even_in_a_full_pool() -> None:
    full = pool(size=1, held=1)
    seated = given(ask(book(full, seats=(seat(1, 2, full),)), active=False))
    assert (seated.seat.state, seated.pool.held) == (SeatState.SUSPENDED, 1)


def test_nothing_is_switched_off_where_places_are_kept_for_good() -> None:
    kept = pool(transferable=False, held=1)
    world = book(kept, seats=(seat(1, 1, kept),))
    assert code(ask(world, if_held=IfHeld.UPDATE, active=False)) is Code.NOT_TRANSFERABLE
    assert code(ask(world, 2, active=False)) is Code.NOT_TRANSFERABLE


@pytest.mark.parametrize(
    ("state", "may"),
    [
        ("live", False),
        ("suspended", True),
        ("ended", True),
        ("lapsed", True),
        ("pool over", True),
    ],
)
def test_a_seat_of_another_pool_of_the_item_blocks_only_while_it_lives(
    state: str, may: bool
) -> None:
    other = pool(id=8)
    held = {
        "live": seat(1, 1, other),
        "suspended": seat(1, 1, other, state=SeatState.SUSPENDED),
        "ended": ended(1, 1, other),
        "lapsed": seat(1, 1, other, end=NOON),
        "pool over": seat(1, 1, other),
    }[state]
    ends = {8: NOON if state == "pool over" else None}
    world = book(pool(), seats=(held,), other_pool_ends=ends)
    outcome = ask(world, **STRICT)
    assert isinstance(outcome, Seated) is may
    assert isinstance(ask(book(pool(), seats=(held,), other_pool_ends=ends)), Seated)


def test_two_items_are_independent() -> None:
    other = pool(id=8, item=replace(COURSE, id=2))
    world = book(pool(), seats=(seat(1, 1, other),))
    given(ask(world, **STRICT))


@pytest.mark.parametrize("transferable", [True, False])
def test_after_a_seat_lapsed_its_learner_may_sit_again_on_a_new_one(transferable: bool) -> None:
    of = pool(size=2, held=1, transferable=transferable)
    world = book(of, seats=(seat(1, 1, of, end=NOON - DAY),))
    seated = given(ask(world, **STRICT))
    assert seated.seat.id == 101
    assert (world.seats[1].state, world.seats[1].reason) == (SeatState.ENDED, EndReason.LAPSED)
    assert world.seats[1].end == NOON - DAY
    assert seated.pool.held == (1 if transferable else 2)


def test_a_full_pool_first_frees_what_has_lapsed() -> None:
    full = pool(size=1, held=1)
    world = book(full, seats=(seat(1, 2, full, end=NOON),))
    assert given(ask(world)).pool.held == 1
    assert world.seats[1].reason is EndReason.LAPSED


class TestRecycling:
    """SQLBI rules 23 to 28."""

    def full(self, **shape: Any) -> tuple[Pool, tuple[Seat, ...]]:
        of = pool(size=2, held=2, **shape)
        older = seat(2, 2, of, start=NOON - 3 * DAY)
        return of, (seat(1, 1, of), older)

    def test_the_oldest_makes_way_and_the_counts_stay(self) -> None:
        of, seats = self.full()
        world = book(of, seats=seats)
        assert given(ask(world, 3, recycle=True)).pool.held == 2
        assert (world.seats[2].state, world.seats[2].reason) == ("ended", EndReason.RECYCLED)
        assert world.seats[1].live

    def test_ties_are_broken_by_id(self) -> None:
        of = pool(size=2, held=2)
        world = book(of, seats=(seat(2, 2, of), seat(1, 1, of)))
        given(ask(world, 3, recycle=True))
        assert (world.seats[1].live, world.seats[2].live) == (False, True)

    def test_nobody_loses_anything_while_a_place_is_free(self) -> None:
        of = pool(size=2, held=1)
        world = book(of, seats=(seat(1, 1, of),))
        given(ask(world, 3, recycle=True))
        assert world.seats[1].live

    def test_places_that_are_kept_for_good_are_not_recycled(self) -> None:
        of, seats = self.full(transferable=False)
        assert code(ask(book(of, seats=seats), 3, recycle=True)) is Code.POOL_FULL

    def test_a_failed_call_revokes_nothing(self) -> None:
        of, seats = self.full()
        world = book(of, seats=seats)
        assert code(ask(world, 3, recycle=True, end=NOON)) is Code.END_IN_PAST
        assert all(each.live for each in world.seats.values())


def test_an_end_equal_to_the_pools_follows_the_pool_sqlbi_o38() -> None:
    of = pool()
    assert given(ask(book(of), end=of.window.end)).seat.end is None


@pytest.mark.parametrize(
    ("domains", "address", "allowed"),
    [
        (("acme.example",), "acme.example", True),
        (("acme.example",), "ACME.example", True),
        (("ACME.example",), "acme.example", True),
        (("acme.example",), "eu.acme.example", False),
        (("acme.example", "b.example"), "b.example", True),
        ((), "anywhere.example", True),
    ],
)
def test_domains_are_compared_exactly_and_without_case_sqlbi_rule_13(
    domains: tuple[str, ...], address: str, allowed: bool
) -> None:
    outcome = ask(book(pool(domains=domains)), domain=address, check_domain=True)
    assert isinstance(outcome, Seated) is allowed


def test_a_pool_that_is_not_transferable_takes_any_address_sqlbi_rule_11() -> None:
    world = book(pool(transferable=False))
    given(ask(world, domain="far.example", check_domain=True))
