"""Who is enrolled by a seat that gives access: in its own item, and in the courses of a program."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Subquery, case, cast, func, literal, null, or_, select, true

from seatledger.domain.actor import Reach
from seatledger.domain.item import ItemKind
from seatledger.storage import items as item_rows
from seatledger.storage.catalog_tables import item_parts
from seatledger.storage.items import Owned
from seatledger.storage.seat_filter import in_force
from seatledger.storage.tables import items, platforms, pools, seats
from seatledger.storage.types import Instant
from seatledger.storage.unit import Unit


def open_courses(
    unit: Unit,
    reach: Reach,
    learner_id: int,
    now: datetime,
    *,
    key: str | None = None,
    org: str | None = None,
    title_contains: str | None = None,
) -> list[Owned]:
    """The courses that a learner's seats open now, by id."""
    opened = best(reach, now, courses_too=True, learner_id=learner_id)
    query = (
        select(*items.c, platforms.c.org, platforms.c.key.label("owner_key"))
        .join_from(items, platforms, platforms.c.id == items.c.platform_id)
        .where(items.c.id.in_(select(opened.c.item_id)))
    )
    if key is not None:
        query = query.where(items.c.key == key)
    if org is not None:
        query = query.where(platforms.c.org == org)
    if title_contains is not None:
        query = query.where(items.c.title.icontains(title_contains, autoescape=True))
    rows = unit.select(query.order_by(items.c.id))
    return [Owned(item_rows.build(row), row.org, row.owner_key) for row in rows]


def best(
    reach: Reach, now: datetime, *, courses_too: bool, learner_id: int | None = None
) -> Subquery:
    """For each platform, learner and item, the seat in force that lasts longest.

    With `courses_too`, the items are courses, those of programs among them; else programs.
    """
    item_id = (
        func.coalesce(item_parts.c.part_id, seats.c.item_id) if courses_too else seats.c.item_id
    )
    end = _earlier(seats.c.ends_at, pools.c.ends_at)
    rank = func.row_number().over(
        partition_by=(seats.c.platform_id, seats.c.learner_id, item_id),
        order_by=(end.is_(None).desc(), end.desc(), seats.c.id),
    )
    query = select(
        seats.c.id.label("row_id"),
        literal(1).label("by_seat"),
        seats.c.platform_id,
        seats.c.learner_id,
        item_id.label("item_id"),
        true().label("active"),
        seats.c.created_at,
        case(
            (seats.c.starts_at < pools.c.starts_at, pools.c.starts_at), else_=seats.c.starts_at
        ).label("starts_at"),
        end.label("ends_at"),
        cast(null(), Instant).label("ended_at"),
        seats.c.metadata,
        rank.label("rank"),
    ).join_from(seats, pools, pools.c.id == seats.c.pool_id)
    query = query.where(*in_force(now))
    platform_id: ColumnElement[int] = seats.c.platform_id
    if learner_id is not None:
        query = query.where(seats.c.learner_id == learner_id)
        # No index has this expression; else SQLite reads the platform's seats, not the learner's.
        platform_id = seats.c.platform_id + 0
    if reach.platform_id is not None:
        query = query.where(platform_id == reach.platform_id)
    if courses_too:
        query = query.outerjoin(item_parts, item_parts.c.item_id == seats.c.item_id).where(
            or_(pools.c.kind == ItemKind.COURSE, item_parts.c.part_id.is_not(None))
        )
    else:
        query = query.where(pools.c.kind == ItemKind.PROGRAM)
    ranked = query.subquery("ranked")
    columns = [column for column in ranked.c if column.name != "rank"]
    return select(*columns).where(ranked.c.rank == 1).subquery("enrolled")


def _earlier(one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
    """The earlier of two ends, where none is never."""
    return case((one.is_(None), other), (other.is_(None), one), (one < other, one), else_=other)
