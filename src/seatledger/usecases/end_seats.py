"""Take seats back, and move their ends."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from seatledger.domain.book import Book
from seatledger.domain.command import ChangeEnd, EndSeat
from seatledger.domain.ending import move_end, revoke
from seatledger.domain.event import Origin
from seatledger.domain.refusal import Refusal, unknown_seat
from seatledger.domain.seat import Seat, SeatState
from seatledger.domain.seating import Seated
from seatledger.domain.version import changed_meanwhile
from seatledger.storage import learners as learner_rows
from seatledger.storage import ledger
from seatledger.storage import pools as pool_rows
from seatledger.storage import seats as seat_rows
from seatledger.storage.unit import Unit
from seatledger.usecases.assign_seats import reached
from seatledger.usecases.opening import open_book, origin

C = TypeVar("C", EndSeat, ChangeEnd)


def end_seats(unit: Unit, commands: Sequence[EndSeat], now: datetime) -> list[Seated | Refusal]:
    """Take seats back. Without `only_in_force`, an ended seat counts as unknown (ibl W19)."""

    def decide(book: Book, command: EndSeat, seat: Seat, origin: Origin) -> Seat | Refusal:
        pool = reached(book.pools[seat.pool_id], command.by, command.item_kind)
        if isinstance(pool, Refusal) or command.pool_id not in {None, seat.pool_id}:
            return unknown_seat()
        if seat.state is SeatState.ENDED and not command.only_in_force:
            return unknown_seat()
        return revoke(
            book, seat, origin, only_in_force=command.only_in_force, reason=command.reason
        )

    return _change(unit, commands, now, decide)


def change_ends(unit: Unit, commands: Sequence[ChangeEnd], now: datetime) -> list[Seated | Refusal]:
    """Move the ends of seats."""

    def decide(book: Book, command: ChangeEnd, seat: Seat, origin: Origin) -> Seat | Refusal:
        if isinstance(reached(book.pools[seat.pool_id], command.by, command.item_kind), Refusal):
            return unknown_seat()
        return move_end(book, seat, command.end, origin)

    return _change(unit, commands, now, decide)


def _change(
    unit: Unit,
    commands: Sequence[C],
    now: datetime,
    decide: Callable[[Book, C, Seat, Origin], Seat | Refusal],
) -> list[Seated | Refusal]:
    """Lock the pools of the seats, look at the seats again, and decide in order."""
    ids = [command.seat_id for command in commands]
    pools = pool_rows.lock(unit, (seat.pool_id for seat in seat_rows.by_id(unit, ids).values()))
    seats = seat_rows.by_id(unit, ids)
    learners = learner_rows.by_ids(unit, {seat.learner_id for seat in seats.values()})
    book = open_book(unit, now, pools, seats=seats.values(), freeing=pools)

    def outcome(command: C) -> Seated | Refusal:
        seat = book.seats.get(command.seat_id)
        if seat is None or not command.by.reach.covers(seat.platform_id):
            return unknown_seat()
        changed = changed_meanwhile(seat.facts(), command.if_version) or decide(
            book, command, seat, origin(command, now)
        )
        if isinstance(changed, Refusal):
            return changed
        return Seated(changed, learners[seat.learner_id], book.pools[seat.pool_id])

    outcomes = [outcome(command) for command in commands]
    ledger.write(unit, book)
    return outcomes
