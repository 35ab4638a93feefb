"""Deciding who gets a seat."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from seatledger.domain.book import Book
from seatledger.domain.command import AssignSeat, IfHeld, Unset
from seatledger.domain.ending import lapse
from seatledger.domain.event import Origin
from seatledger.domain.learner import Learner
from seatledger.domain.moving_command import MoveSeat
from seatledger.domain.platform import allows_address
from seatledger.domain.pool import Pool
from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.seat import EndReason, Seat, SeatState
from seatledger.domain.waiting import seat_waiters


@dataclass(frozen=True, slots=True)
class Seated:
    """A seat with its holder and its pool, as they are after the change."""

    seat: Seat
    learner: Learner
    pool: Pool
    created: bool = False


def assign(book: Book, command: AssignSeat, learner: Learner, origin: Origin) -> Seated | Refusal:
    """Seat the learner, or update or keep the seat they hold, or say why not."""
    pool = book.pools[command.pool_id]
    make_way(book, pool.id, origin)
    held = book.standing(pool.id, learner.id)
    if held is not None and held.lapsed(book.now):
        lapse(book, held, origin)
        held = None
    if held is not None and command.if_held is not IfHeld.REFUSE:
        outcome: Seat | Refusal = held
        if command.if_held is IfHeld.UPDATE:
            outcome = _update(book, held, command, origin)
    else:
        outcome = _newcomer(book, command, learner, held, origin)
    if isinstance(outcome, Refusal):
        return outcome
    created = held is None or outcome.id != held.id
    return Seated(outcome, learner, book.pools[pool.id], created=created)


def _newcomer(
    book: Book, command: AssignSeat, learner: Learner, suspended: Seat | None, origin: Origin
) -> Seat | Refusal:
    pool = book.pools[command.pool_id]
    live = command.active is not False
    refusal = (
        pool.closed_to_newcomers(book.now, command.must_have_started)
        or wrong_domain(pool, command, learner)
        or _wrong_end(pool, command.end, book.now)
        or seated_already(book, pool, command, learner)
        or (_not_suspendable(pool) if not live else None)
        or (_room(book, command, origin) if live else None)
    )
    if refusal is not None:
        return refusal
    if suspended is not None:
        book.end(suspended, EndReason.REVOKED, origin)
    own_end = None if command.end == pool.window.end else command.end
    seat = book.seat(
        pool.id,
        learner,
        origin,
        state=SeatState.LIVE if live else SeatState.SUSPENDED,
        end=own_end,
        direct=command.direct is not False,
        fulfilled=command.fulfilled is True,
        redirect_to=None if isinstance(command.redirect_to, Unset) else command.redirect_to,
        metadata=None if isinstance(command.metadata, Unset) else command.metadata,
        link_id=command.link_id,
    )
    seat_waiters(book, pool.id, origin)  # the newcomer, for one, waits no longer
    return book.seats[seat.id]


def _update(book: Book, held: Seat, command: AssignSeat, origin: Origin) -> Seat | Refusal:
    pool = book.pools[held.pool_id]
    if command.active is True and not held.live:
        refusal = pool.closed_to_newcomers(book.now, command.must_have_started) or _full(pool)
        if refusal is not None:
            return refusal
        held = book.resume(held, origin)
    elif command.active is False and held.live:
        if refusal := _not_suspendable(pool):
            return refusal
        held = book.suspend(held, origin)
    given: Mapping[str, Any] = {
        "fulfilled": command.fulfilled,
        "redirect_to": command.redirect_to,
        "metadata": command.metadata,
    }
    changes = {name: value for name, value in given.items() if not isinstance(value, Unset)}
    if command.direct is not False:
        changes["direct"] = True
    held = book.change(held, origin, **changes)
    seat_waiters(book, pool.id, origin)
    return held


def _room(book: Book, command: AssignSeat, origin: Origin) -> Refusal | None:
    """See that a place is free for a newcomer, if need be by recycling the oldest seat."""
    pool = book.pools[command.pool_id]
    library = None if command.link_id is None else book.libraries[command.link_id]
    if pool.free > 0 and not (library and library.is_full):
        return None
    if command.recycle and pool.transferable:
        for seat in book.live_seats(pool.id):
            if library is None or seat.id in library.oldest:
                book.end(seat, EndReason.RECYCLED, origin)
                return None
    return _no_seat(pool)


def _full(pool: Pool) -> Refusal | None:
    if pool.free > 0:
        return None
    return _no_seat(pool)


def _no_seat(pool: Pool) -> Refusal:
    return Refusal(
        Code.POOL_FULL,
        f"No seat is free in pool {pool.id}: {pool.size} bought, {pool.held} in use, 1 asked.",
        details={"bought": pool.size, "used": pool.held, "asked": 1},
    )


def make_way(book: Book, pool_id: int, origin: Origin) -> None:
    """In a full pool, let what has lapsed make way; who waits sits down before any newcomer.

    That comes before everything else: the newcomer may be one of those who wait.
    """
    if book.pools[pool_id].free == 0:
        lapse_due(book, pool_id, origin)
        seat_waiters(book, pool_id, origin)


def lapse_due(book: Book, pool_id: int, origin: Origin) -> None:
    """Record the ends that have come among the loaded seats of a pool."""
    for seat in book.live_seats(pool_id):
        if seat.lapsed(book.now):
            lapse(book, seat, origin)


def wrong_domain(pool: Pool, command: AssignSeat | MoveSeat, learner: Learner) -> Refusal | None:
    """Whether the learner's address keeps them from a seat of the pool."""
    if not command.check_domain or not pool.transferable:
        return None
    if allows_address(pool.domains, learner.email):
        return None
    return Refusal(
        Code.DOMAIN_NOT_ALLOWED,
        f"Seats of pool {pool.id} go only to addresses in: {', '.join(pool.domains)}.",
        field="email",
    )


def _wrong_end(pool: Pool, end: datetime | None, now: datetime) -> Refusal | None:
    if end is None:
        return None
    if end <= now:
        return Refusal(Code.END_IN_PAST, "The end must lie in the future.", field="end")
    return pool.beyond(end)


def seated_already(
    book: Book, pool: Pool, command: AssignSeat | MoveSeat, learner: Learner
) -> Refusal | None:
    """Whether a seat that the learner holds keeps them from another."""
    for seat in book.seats_of_item(pool.item.id, learner.id):
        if not seat.live or seat.lapsed(book.now):
            continue
        ends = book.pool_end(seat.pool_id)
        pool_over = ends is not None and ends <= book.now
        if seat.pool_id == pool.id or (command.one_per_item and not pool_over):
            return Refusal(
                Code.ALREADY_SEATED,
                f"{learner.email} already holds seat {seat.id} of pool {seat.pool_id}.",
                field="email",
            )
    return None


def _not_suspendable(pool: Pool) -> Refusal | None:
    if pool.transferable:
        return None
    return Refusal(
        Code.NOT_TRANSFERABLE,
        f"Pool {pool.id} is not transferable: its seats keep their places.",
        field="active",
    )
