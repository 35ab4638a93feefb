"""The queue of granted members for whom no place was free (ibl W26)."""

from seatledger.domain.book import Book
from seatledger.domain.event import Origin
from seatledger.domain.seat import Seat


def seat_waiters(book: Book, pool_id: int, origin: Origin) -> None:
    """Seat who waits, in order of joining, while places are free and the pool takes newcomers."""
    if book.pools[pool_id].closed_to_newcomers(book.now, must_have_started=False):
        return
    for wait in book.waiting(pool_id):
        seat = book.standing(pool_id, wait.learner_id)
        if seat is not None:
            add_source(book, seat, wait.grant_id, origin)
        elif book.pools[pool_id].free > 0:
            book.seat(pool_id, wait.learner_id, origin, direct=False, grants=(wait.grant_id,))
        else:
            continue
        book.stop_waiting(wait)


def add_source(book: Book, seat: Seat, grant_id: int, origin: Origin) -> Seat:
    """Let a grant hold a seat too, unless it is direct: those are left alone (ibl H3)."""
    if seat.direct or grant_id in seat.grants:
        return seat
    return book.change(seat, origin, grants=(*seat.grants, grant_id))
