"""Deciding when a seat ends."""

from datetime import datetime

from seatledger.domain.book import Book
from seatledger.domain.event import Origin
from seatledger.domain.pool import Pool
from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.seat import EndReason, Seat, SeatState
from seatledger.domain.waiting import seat_waiters


def lapse(book: Book, seat: Seat, origin: Origin) -> Seat:
    """Record that a seat's own end has come."""
    return book.end(seat, EndReason.LAPSED, origin, end=seat.end)


def revoke(
    book: Book,
    seat: Seat,
    origin: Origin,
    *,
    only_in_force: bool,
    reason: EndReason = EndReason.REVOKED,
) -> Seat | Refusal:
    """Take a seat back (SQLBI rules 37–41; ibl W19)."""
    pool = book.pools[seat.pool_id]
    refusal = _not_transferable(pool) or _over(seat, pool, book.now if only_in_force else None)
    if refusal is not None:
        return refusal
    ended = book.end(seat, reason, origin)
    seat_waiters(book, pool.id, origin)
    return ended


def move_end(book: Book, seat: Seat, end: datetime, origin: Origin) -> Seat | Refusal:
    """Give a seat another end; one that has come ends it now (SQLBI rules 30–36)."""
    pool = book.pools[seat.pool_id]
    refusal = (
        _not_transferable(pool)
        or _over(seat, pool, book.now)
        or (pool.beyond(end) if end > book.now else None)
    )
    if refusal is not None:
        return refusal
    if end <= book.now:
        ended = book.end(seat, EndReason.LAPSED, origin, end=end)
        seat_waiters(book, pool.id, origin)
        return ended
    return book.change(seat, origin, end=None if end == pool.window.end else end)


def _not_transferable(pool: Pool) -> Refusal | None:
    if pool.transferable:
        return None
    return Refusal(
        Code.NOT_TRANSFERABLE, f"Pool {pool.id} is not transferable: its seats keep their places."
    )


def _over(seat: Seat, pool: Pool, now: datetime | None) -> Refusal | None:
    """Ended; or, where `now` is given, no longer in force."""
    if seat.state is not SeatState.ENDED and (now is None or seat.in_force(pool, now)):
        return None
    return Refusal(Code.SEAT_ENDED, f"Seat {seat.id} is over and stays as it is.")
