"""Loads the `Book` for a batch: everything its decisions may ask about, in a few statements."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from seatledger.domain.book import Book
from seatledger.domain.command import Command
from seatledger.domain.event import Origin
from seatledger.domain.pool import Pool
from seatledger.domain.seat import Seat
from seatledger.storage import link_seats as link_seat_rows
from seatledger.storage import seats as seat_rows
from seatledger.storage import waits as wait_rows
from seatledger.storage.unit import Unit


def origin(command: Command, now: datetime) -> Origin:
    """The authorship of a command, for history."""
    return Origin(command.by, now, command.change_type, command.transaction_id, command.silent)


@dataclass(slots=True)
class Demand:
    """How many places a batch may ask of a pool, and how many of them by recycling."""

    places: int = 0
    recycled: int = 0


def open_book(
    unit: Unit,
    now: datetime,
    pools: Mapping[int, Pool],
    *,
    holders: Iterable[tuple[Pool, int]] = (),
    seats: Iterable[Seat] = (),
    demand: Mapping[int, Demand] | None = None,
    freeing: Iterable[int] = (),
    seat_ids: Sequence[int] = (),
    new_seats: int = 0,
    links: Mapping[int, int] | None = None,
) -> Book:
    """The book of locked `pools`, with the standing seats of `holders` (pool, learner id).

    `demand` is what may be asked of each pool. For pools that are short of it, seats that may make
    way are loaded; for those and for the ones `freeing` names, also who waits for a place. Seats
    can be made of `seat_ids`, and of `new_seats` ids more; those for who waits come on top. `links`
    are those that lend, with how many of their seats may be recycled.
    """
    demand = demand or {}
    short = {
        pool_id: wanted for pool_id, wanted in demand.items() if pools[pool_id].free < wanted.places
    }
    waits = wait_rows.of_pools(unit, {*short, *freeing})
    asked = [*holders, *((pools[wait.pool_id], wait.learner_id) for wait in waits)]
    standing, pool_ends = seat_rows.standing(
        unit, ((pool.platform_id, learner_id, pool.item.id) for pool, learner_id in asked)
    )
    in_line = Counter(wait.pool_id for wait in waits)  # they sit down before any newcomer
    due = seat_rows.due(
        unit, {pool_id: short[pool_id].places + in_line[pool_id] for pool_id in short}, now
    )
    oldest = seat_rows.oldest(unit, {pool_id: short[pool_id].recycled for pool_id in short})
    libraries, lent = link_seat_rows.libraries(unit, links, now) if links else ({}, [])
    return Book(
        now,
        pools.values(),
        [*standing, *due, *oldest, *lent, *seats],
        seat_ids=[*seat_ids, *unit.new_ids(seats=new_seats + len(waits))["seats"]],
        waits=waits,
        other_pool_ends=pool_ends,
        libraries=libraries,
    )
