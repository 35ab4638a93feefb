"""Pass seats on from one learner to another."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from seatledger.domain.learner import Learner
from seatledger.domain.moving import Moved, move
from seatledger.domain.moving_command import MoveSeat
from seatledger.domain.pool import Pool
from seatledger.domain.progress import NOT_STARTED, Progress
from seatledger.domain.refusal import Refusal, unknown_seat
from seatledger.domain.seat import Seat
from seatledger.domain.seating import Seated
from seatledger.domain.version import changed_meanwhile
from seatledger.storage import learners as learner_rows
from seatledger.storage import ledger
from seatledger.storage import pools as pool_rows
from seatledger.storage import progress as progress_rows
from seatledger.storage import seats as seat_rows
from seatledger.storage.unit import Unit
from seatledger.usecases.naming import name_people
from seatledger.usecases.opening import Demand, open_book, origin
from seatledger.usecases.registration import tie_to_platforms


def move_seats(unit: Unit, commands: Sequence[MoveSeat], now: datetime) -> list[Moved | Refusal]:
    """Move in order; a refusal leaves its neighbours alone.

    Locks are taken as in assigning: learners where one seat an item is asked, then pools by id.
    The seats are looked at again once their pools are locked: of two moves, or a move and an end,
    the second finds what the first did.
    """
    people = name_people(unit, commands, now)
    ids = [command.seat_id for command in commands]
    pools = pool_rows.lock(unit, (seat.pool_id for seat in seat_rows.by_id(unit, ids).values()))
    seats = seat_rows.by_id(unit, ids)
    holders = learner_rows.by_ids(unit, {seat.learner_id for seat in seats.values()})
    newcomers = []
    demand: dict[int, Demand] = {}
    for command, learner in zip(commands, people.named, strict=True):
        if command.seat_id in seats and isinstance(learner, Learner):
            pool = pools[seats[command.seat_id].pool_id]
            demand[pool.id] = Demand(places=1)  # none is taken, but who waits for one comes first
            if learner.id not in people.new:
                newcomers.append((pool, learner.id))
    book = open_book(
        unit,
        now,
        pools,
        holders=newcomers,
        demand=demand,
        seats=seats.values(),
        freeing=pools,
        seat_ids=people.seat_ids,
    )
    come = _progress(unit, seats.values(), pools)

    def decide(command: MoveSeat, learner: Learner | Refusal) -> Moved | Refusal:
        seat = book.seats[command.seat_id] if command.seat_id in seats else None
        if seat is None or not command.by.reach.covers(seat.platform_id):
            return unknown_seat()
        if isinstance(learner, Refusal):
            return learner
        by = origin(command, now)
        given = changed_meanwhile(seat.facts(), command.if_version) or move(
            book, command, seat, learner, come.get(seat.id, NOT_STARTED), by
        )
        if isinstance(given, Refusal):
            return given
        if learner.id in people.new:
            book.new_learners[learner.id] = learner
        pool = book.pools[seat.pool_id]
        left = Seated(book.seats[seat.id], holders[seat.learner_id], pool)
        return Moved(left, Seated(given, learner, pool, created=True))

    outcomes = list(map(decide, commands, people.named))
    ledger.write(unit, book)
    given = [each.given if isinstance(each, Moved) else each for each in outcomes]
    tie_to_platforms(unit, commands, given, now)
    return outcomes


def _progress(unit: Unit, seats: Iterable[Seat], pools: Mapping[int, Pool]) -> dict[int, Progress]:
    """How far the holders have come, by seat, where the pool's rule asks."""
    asked = {
        seat.id: (seat.platform_id, seat.learner_id, seat.item_id)
        for seat in seats
        if pools[seat.pool_id].move_rule.progress_max is not None
    }
    found = progress_rows.read(unit, asked.values())
    return {seat_id: found[key] for seat_id, key in asked.items() if key in found}
