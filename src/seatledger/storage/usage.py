"""Adds up what the events of pools did: for each day, and for all that is before a moment.

The database does the adding, so that nobody else waits for a long history; what an event counts
for is the domain's to say (`usage.Turn`).
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Select,
    case,
    cast,
    func,
    or_,
    select,
)

from seatledger.domain.event import EventKind
from seatledger.domain.past import Counted
from seatledger.domain.seat import EndReason
from seatledger.domain.usage import Day, turns
from seatledger.storage.tables import events, pools
from seatledger.storage.unit import Unit

SHAPES = (EventKind.POOL_OPENED, EventKind.POOL_SHAPED)
TURNS = (
    EventKind.SEAT_ASSIGNED,
    EventKind.SEAT_SUSPENDED,
    EventKind.SEAT_RESUMED,
    EventKind.SEAT_ENDED,
)


NAMES = ("places", "assigned", "ended", "size")


def by_day(
    unit: Unit, since: date, *, pool_id: int | None = None, platform_id: int | None = None
) -> list[Day]:
    """All that was before a day, as one, and then what each day did to a pool or a whole platform.

    Within a pool the order is that of the numbers: where the clocks of two processes differ,
    an event counts as late as the latest before it.
    """
    one_pool = pool_id is not None
    scope = events.c.pool_id == pool_id if one_pool else events.c.platform_id == platform_id
    cuts = (
        select(events.c.pool_id, func.min(events.c.seq).label("seq"))
        .where(scope, events.c.at >= datetime.combine(since, time(), UTC))
        .group_by(events.c.pool_id)
        .cte("cuts")
    )
    cut = events.c.pool_id == cuts.c.pool_id
    earlier = _told(scope).outerjoin(cuts, cut)
    earlier = earlier.where(or_(cuts.c.seq.is_(None), events.c.seq < cuts.c.seq))
    (opening,) = unit.select(_sums(earlier.cte("earlier"), NAMES))
    latest = func.max(events.c.at).over(partition_by=events.c.pool_id, order_by=events.c.seq)
    later = _told(scope).add_columns(latest.label("at"))
    later = later.join(cuts, cut & (events.c.seq >= cuts.c.seq))
    found = unit.select(_days(later.cte("later"), one_pool=one_pool))
    before = Day(None, opening.places, opening.places, *map(int, opening[1:]))
    days = [_day(row, int(opening.places)) for row in found]
    return [before, *sorted(days, key=lambda each: each.day or date.min)]


def counted(unit: Unit, pool_id: int, before: int) -> Counted:
    """What the events of a pool add up to that are numbered below `before`."""
    told = _told(events.c.pool_id == pool_id, events.c.seq < before).cte("told")
    (row,) = unit.select(_sums(told, ("places", "assigned", "ended", "moved")))
    return Counted(*map(int, row))


def _days(told: CTE, *, one_pool: bool) -> Select[Any]:
    """The sums of each day, and the most places that were taken after any of its events."""
    order = [told.c.seq] if one_pool else [told.c.at, told.c.seq]  # of one they are the same
    so_far = func.sum(told.c.places).over(order_by=order, rows=(None, 0))
    running = select(told, so_far.label("taken")).cte("running")
    day = func.date(running.c.at)
    most = func.max(running.c.taken).label("most")
    return _sums(running, NAMES).add_columns(day.label("day"), most).group_by(day)


def _sums(told: CTE, names: Sequence[str]) -> Select[Any]:
    return select(*(func.coalesce(func.sum(told.c[name]), 0).label(name) for name in names))


def _told(*where: ColumnElement[bool]) -> Select[Any]:
    """What each event counts for."""
    return (
        select(
            events.c.seq,
            _places().label("places"),
            _one(events.c.kind == EventKind.SEAT_ASSIGNED).label("assigned"),
            _one(events.c.kind == EventKind.SEAT_ENDED).label("ended"),
            _one(
                (events.c.kind == EventKind.SEAT_ENDED)
                & (events.c.after["reason"].as_string() == EndReason.PASSED_ON)
            ).label("moved"),
            (_size(events.c.after) - _size(events.c.before)).label("size"),
        )
        .join_from(events, pools, pools.c.id == events.c.pool_id)
        .where(events.c.kind.in_([*SHAPES, *TURNS]), *where)
    )


def _places() -> ColumnElement[int]:
    """The places that an event took; negative where it freed some."""
    # Documents are slow to look into: only where there is something to be seen.
    was = case(
        (events.c.kind == EventKind.SEAT_ASSIGNED, ""), else_=events.c.before["state"].as_string()
    )
    reason = case(
        (events.c.kind == EventKind.SEAT_ENDED, events.c.after["reason"].as_string()), else_=""
    )
    pool = case((pools.c.transferable, "t"), else_="f")
    said = was + " " + events.c.after["state"].as_string() + " " + reason + " " + pool
    ways = {
        f"{each.was or ''} {each.now} {each.reason or ''} {'t' if each.transferable else 'f'}": each
        for each in turns()
    }
    return case(
        {way: each.places for way, each in ways.items() if each.places}, value=said, else_=0
    )


def _size(facts: ColumnElement[Any]) -> ColumnElement[int]:
    size = func.coalesce(cast(facts["size"].as_string(), Integer), 0)
    return case((events.c.kind.in_(SHAPES), size), else_=0)


def _one(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _day(row: Any, opening: int) -> Day:
    return Day(
        day=date.fromisoformat(str(row.day)),
        places=int(row.places),
        most=opening + int(row.most),
        assigned=int(row.assigned),
        ended=int(row.ended),
        size=int(row.size),
    )
