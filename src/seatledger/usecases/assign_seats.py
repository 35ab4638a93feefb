"""Give seats: the same path for one and for thousands."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime

from seatledger.domain.actor import Actor
from seatledger.domain.command import AssignSeat
from seatledger.domain.item import ItemKind
from seatledger.domain.learner import Learner
from seatledger.domain.pool import Pool
from seatledger.domain.refusal import Refusal, unknown_pool
from seatledger.domain.seating import Seated, assign
from seatledger.storage import ledger
from seatledger.storage import pools as pool_rows
from seatledger.storage.unit import Unit
from seatledger.usecases.naming import name_people
from seatledger.usecases.opening import Demand, open_book, origin
from seatledger.usecases.registration import tie_to_platforms


def assign_seats(
    unit: Unit, commands: Sequence[AssignSeat], now: datetime
) -> list[Seated | Refusal]:
    """Assign in order; a refusal leaves its neighbours alone.

    Learners are locked where one seat an item is asked, then pools, both in order of id: two
    batches, in whatever process, can't seat one learner twice nor wait for each other in a circle.
    """
    people = name_people(unit, commands, now)
    pools = pool_rows.lock(unit, (command.pool_id for command in commands))
    holders = []
    demand: dict[int, Demand] = defaultdict(Demand)
    for command, learner in zip(commands, people.named, strict=True):
        pool = pools.get(command.pool_id)
        if pool is None or isinstance(learner, Refusal):
            continue
        demand[pool.id].places += 1
        demand[pool.id].recycled += command.recycle
        if learner.id not in people.new:
            holders.append((pool, learner.id))
    book = open_book(
        unit,
        now,
        pools,
        holders=holders,
        demand=demand,
        seat_ids=people.seat_ids,
        links=_recycled_by_link(commands),
    )

    def decide(command: AssignSeat, learner: Learner | Refusal) -> Seated | Refusal:
        pool = reached(pools.get(command.pool_id), command.by, command.item_kind)
        if isinstance(pool, Refusal):
            return pool
        if isinstance(learner, Refusal):
            return learner
        outcome = assign(book, command, learner, origin(command, now))
        if isinstance(outcome, Seated) and learner.id in people.new:
            book.new_learners[learner.id] = learner
        return outcome

    outcomes = list(map(decide, commands, people.named))
    ledger.write(unit, book)
    tie_to_platforms(unit, commands, outcomes, now)
    return outcomes


def _recycled_by_link(commands: Sequence[AssignSeat]) -> dict[int, int]:
    """The links that lend these seats, and how many of theirs may make way."""
    recycled: dict[int, int] = Counter()
    for command in commands:
        if command.link_id is not None:
            recycled[command.link_id] += command.recycle
    return recycled


def reached(pool: Pool | None, actor: Actor, kind: ItemKind | None) -> Pool | Refusal:
    """The pool, unless it is missing, a stranger's or of another kind: all alike (I8)."""
    if pool is None or not actor.reach.covers(pool.platform_id):
        return unknown_pool()
    return pool if kind in {None, pool.item.kind} else unknown_pool()
