"""How many seats a list has: told by the counters of pools wherever the filter allows it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, case, func, literal_column, select

from seatledger.domain.actor import Reach
from seatledger.domain.seat import SeatState
from seatledger.storage import paging
from seatledger.storage.seat_filter import SeatFilter, ids, pool_conditions
from seatledger.storage.tables import pools, seats
from seatledger.storage.unit import Unit

# A partial index is only used where its condition is seen in the statement's own text.
_IS_LIVE: ColumnElement[bool] = seats.c.state == literal_column("'live'")


def total(unit: Unit, reach: Reach, wanted: SeatFilter, now: datetime) -> int:
    """How many seats the filter lets through.

    What asks for more than pools and states (an address, a flag) is counted row by row.
    """
    if not wanted.states:
        return 0
    if wanted.asks_only_pool_and_state:
        return unit.count(_by_counters(reach, wanted, now))
    return paging.count(unit, ids(reach, wanted, now))


def _by_counters(reach: Reach, wanted: SeatFilter, now: datetime) -> Select[Any]:
    counters = _counters(pools)
    of_pool = sum((counters[state] for state in sorted(wanted.states)), literal_column("0"))
    there: ColumnElement[int] = func.coalesce(func.sum(of_pool), 0)
    if wanted.in_force:
        there = there - _lapsed(reach, wanted, now)
    return select(there).where(*pool_conditions(pools, reach, wanted, now))


def _counters(table: FromClause) -> dict[SeatState, ColumnElement[int]]:
    """How many seats of a pool are in each state (I2)."""
    keeping = table.c.ended - table.c.moved  # what was passed on keeps no place, whatever the pool
    live = case((table.c.transferable, table.c.held), else_=table.c.held - keeping)
    return {
        SeatState.LIVE: live,
        SeatState.SUSPENDED: table.c.given - table.c.ended - live,
        SeatState.ENDED: table.c.ended,
    }


def _lapsed(reach: Reach, wanted: SeatFilter, now: datetime) -> ColumnElement[int]:
    """Seats whose own end has come and is not recorded yet: few, since the sweep records it."""
    theirs = pools.alias("theirs")
    return (
        select(func.count())
        .select_from(seats)
        .join(theirs, theirs.c.id == seats.c.pool_id)
        .where(_IS_LIVE, seats.c.ends_at <= now, *pool_conditions(theirs, reach, wanted, now))
        .scalar_subquery()
    )
