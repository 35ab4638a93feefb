"""Folding history, and what an audit finds where rows and history part."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from seatledger.domain.book import Book
from seatledger.domain.event import Event, EventKind
from seatledger.domain.history import fold
from seatledger.domain.invariants import audit
from seatledger.domain.pool import Pool
from seatledger.domain.seat import EndReason, Seat, SeatState
from tests.support.cast import book, learner, origin, pool


@dataclass(frozen=True)
class Told:
    id: int
    kind: EventKind
    subject_id: int
    before: Any
    after: Any


def story(*, transferable: bool = True) -> tuple[Pool, list[Seat], list[Event]]:
    """Two seats taken, one ended, its place taken again; and the opening before it all."""
    opened = pool(transferable=transferable, size=3)
    world: Book = book(opened)
    first = world.seat(7, learner(1), origin())
    world.seat(7, learner(2), origin())
    world.end(first, EndReason.REVOKED, origin())
    world.seat(7, learner(1), origin())
    opening = Event(EventKind.POOL_OPENED, origin(), 1, 7, 7, None, opened.facts())
    return world.pools[7], list(world.seats.values()), [opening, *world.events]


def found(of: Pool, seats: list[Seat], events: list[Event]) -> list[str]:
    told = [
        Told(number, event.kind, event.subject_id, event.before, event.after)
        for number, event in enumerate(events, 1)
    ]
    count, faults = audit(of, seats, fold(told))
    assert count == len(seats)
    return [fault.invariant for fault in faults]


def moved_story(*, transferable: bool = True) -> tuple[Pool, list[Seat], list[Event]]:
    """A pool of one, whose only place was passed on twice."""
    opened = pool(transferable=transferable, size=1)
    world: Book = book(opened)
    seat = world.seat(7, learner(1), origin())
    seat = world.pass_on(seat, learner(2), origin(), end=None)
    world.pass_on(seat, learner(3), origin(), end=None)
    opening = Event(EventKind.POOL_OPENED, origin(), 1, 7, 7, None, opened.facts())
    return world.pools[7], list(world.seats.values()), [opening, *world.events]


@pytest.mark.parametrize("transferable", [True, False])
def test_a_place_that_was_passed_on_is_counted_once(transferable: bool) -> None:
    of, seats, events = moved_story(transferable=transferable)
    assert (of.held, of.given, of.ended, of.moved) == (1, 3, 2, 2)
    assert found(of, seats, events) == []


@pytest.mark.parametrize("transferable", [True, False])
def test_what_the_book_does_passes_the_audit(transferable: bool) -> None:
    of, seats, events = story(transferable=transferable)
    assert (of.held, of.given, of.ended) == (2 if transferable else 3, 3, 1)
    assert found(of, seats, events) == []


Tamper = Callable[[Pool, list[Seat], list[Event]], tuple[Pool, list[Seat], list[Event]]]


@pytest.mark.parametrize(
    ("invariant", "tamper"),
    [
        ("I1", lambda p, s, e: (replace(p, size=1), s, e)),
        ("I2", lambda p, s, e: (replace(p, held=1), s, e)),
        ("I2", lambda p, s, e: (replace(p, given=2), s, e)),
        ("I2", lambda p, s, e: (replace(p, ended=0), s, e)),
        ("I3", lambda p, s, e: (p, [replace(each, learner_id=1) for each in s], e)),
        ("I4", lambda p, s, e: (p, s, [*e, e[3]])),
        ("I5", lambda p, s, e: (p, [replace(s[0], metadata={"a": 1}), *s[1:]], e)),
        ("I5", lambda p, s, e: (replace(p, name="Other"), s, e)),
        ("I5", lambda p, s, e: (p, s[:-1], e)),
        ("I6", lambda p, s, e: (p, s, e[:-1])),
        ("I6", lambda p, s, e: (p, s, e[1:])),
        (
            "I6",
            lambda p, s, e: (p, s, [*e[:3], replace(e[3], before={"state": "suspended"}), e[4]]),
        ),
    ],
)
def test_the_audit_finds_what_was_tampered_with(invariant: str, tamper: Tamper) -> None:
    assert invariant in found(*tamper(*story()))


def test_taking_more_places_than_there_are_is_found_in_history_itself() -> None:
    of, seats, events = story()
    small = replace(events[0], after={**events[0].after, "size": 1})
    assert "I1" in found(of, seats, [small, *events[1:]])


def test_an_ended_seat_is_final() -> None:
    world = book(pool())
    taken = world.end(world.seat(7, learner(1), origin()), EndReason.REVOKED, origin())
    assert taken.state is SeatState.ENDED
    with pytest.raises(AssertionError, match="final"):
        world.end(taken, EndReason.REVOKED, origin())


@pytest.mark.parametrize("transferable", [True, False])
@pytest.mark.parametrize(
    ("invariant", "tamper"),
    [
        ("I2", lambda p, s, e: (replace(p, moved=1), s, e)),
        ("I2", lambda p, s, e: (p, [s[0], replace(s[1], moved_from=None), s[2]], e)),
        ("I2", lambda p, s, e: (p, [replace(s[0], reason=EndReason.REVOKED), *s[1:]], e)),
        ("I5", lambda p, s, e: (p, [replace(s[0], moved_to=99), *s[1:]], e)),
        ("I1", lambda p, s, e: (p, s, [*e[:2], e[3], e[2], *e[4:]])),
    ],
)
def test_the_audit_finds_moves_that_were_tampered_with(
    invariant: str, tamper: Tamper, transferable: bool
) -> None:
    assert invariant in found(*tamper(*moved_story(transferable=transferable)))
