"""Writes what a batch did to its `Book`: learners, seats, pools and history, in few statements."""

from seatledger.domain.book import Book
from seatledger.storage import events, learners, pools, seats, waits
from seatledger.storage.statement import Statement
from seatledger.storage.unit import Unit


def write(unit: Unit, book: Book) -> None:
    """Write all of it. The number of statements does not depend on how much there is.

    Changed seats go first: ending one makes room under the unique key for its successor.
    """
    changed = [seats.write_row(book.seats[seat_id]) for seat_id in book.changed_seats]
    if changed:
        unit.run(seats.CHANGE, changed_seats=changed)
    parts: dict[str, tuple[Statement, list[dict[str, object]]]] = {
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
        "new_events": (events.ADD, [events.write_row(event) for event in book.events]),
    }
    wanted = {name: part for name, part in parts.items() if part[1]}
    if wanted:
        statements = [statement for statement, _ in wanted.values()]
        unit.run_together(statements, **{name: rows for name, (_, rows) in wanted.items()})
    waits.write(unit, book)
