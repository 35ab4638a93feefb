"""Record the ends of seats that have come, and seat who waits for the places."""

from collections.abc import Sequence
from datetime import datetime

from seatledger.domain.command import LapseSeats
from seatledger.domain.refusal import Refusal
from seatledger.domain.seating import lapse_due
from seatledger.domain.waiting import seat_waiters
from seatledger.storage import ledger
from seatledger.storage import pools as pool_rows
from seatledger.storage import seats as seat_rows
from seatledger.storage.unit import Unit
from seatledger.usecases.opening import open_book, origin


def lapse_seats(unit: Unit, commands: Sequence[LapseSeats], now: datetime) -> list[int | Refusal]:
    """Each command records at most `seats_max` ends and answers how many."""
    return [_lapse(unit, command, now) for command in commands]


def _lapse(unit: Unit, command: LapseSeats, now: datetime) -> int:
    overdue = seat_rows.overdue(unit, now, command.seats_max)
    pools = pool_rows.lock(unit, (seat.pool_id for seat in overdue))
    still = seat_rows.by_id(unit, (seat.id for seat in overdue)).values()
    book = open_book(unit, now, pools, seats=still, freeing=pools)
    for pool_id in pools:
        lapse_due(book, pool_id, origin(command, now))
        seat_waiters(book, pool_id, origin(command, now))
    ledger.write(unit, book)
    return len(book.changed_seats)
