"""Writes what a batch did to its `Book`: learners, seats, pools and history, in few statements."""

from seatledger.domain.book import Book
from seatledger.storage import events, learners, link_seats, pools, seats, waits
from seatledger.storage.unit import Unit, Writes


def write(unit: Unit, book: Book) -> None:
    """Write all of it. The number of statements does not depend on how much there is.

    Changed seats go first: ending one makes room under the unique key for its successor.
    """
    changed = [seats.write_row(book.seats[seat_id]) for seat_id in book.changed_seats]
    if changed:
        unit.run(seats.CHANGE, changed_seats=changed)
    waits.write(unit, book)
    parts: Writes = {
        "new_learners": (
            learners.ADD,
            [learners.write_row(learner) for learner in book.new_learners.values()],
        ),
        "new_seats": (
            seats.ADD,
            [seats.write_row(book.seats[seat_id]) for seat_id in book.new_seats],
        ),
        "changed_pools": (
            pools.WRITE,
            [pools.write_row(book.pools[pool_id]) for pool_id in book.touched_pools],
        ),
    }
    unit.postpone({**parts, **link_seats.writes(book)})
    events.add(unit, *book.events)
