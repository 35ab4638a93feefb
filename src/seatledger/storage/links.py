"""Rows of auto-enrolment links. A deleted one stays, for its seats, and is found no more."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, insert, select, update

from seatledger.domain.actor import Reach
from seatledger.domain.link import Link
from seatledger.storage import cursors
from seatledger.storage.cursors import Followed, Stretch
from seatledger.storage.tables import links as table
from seatledger.storage.unit import Unit


def add(
    unit: Unit,
    *,
    platform_id: int,
    pool_id: int,
    token: str,
    quota: int,
    duration_days: int | None,
    auto_reassign: bool,
    created: datetime,
) -> Link:
    change = insert(table).values(
        platform_id=platform_id,
        pool_id=pool_id,
        token=token,
        quota=quota,
        duration_days=duration_days,
        auto_reassign=auto_reassign,
        created_at=created,
    )
    return _build(unit.select(change.returning(table))[0])


def delete(unit: Unit, link: Link, now: datetime) -> None:
    unit.execute(update(table).where(table.c.id == link.id).values(deleted_at=now))


def get(unit: Unit, reach: Reach, link_id: int, *, lock: bool = False) -> Link | None:
    """A link within reach; with `lock`, nobody else uses or deletes it until this is done."""
    return _one(unit, _query(reach).where(table.c.id == link_id), lock)


def by_token(unit: Unit, token: str, *, lock: bool = False) -> Link | None:
    """The link of a token: whoever has that needs no other reach."""
    return _one(unit, _query(Reach(None)).where(table.c.token == token), lock)


def follow(unit: Unit, reach: Reach, pool_id: int | None, stretch: Stretch) -> Followed[Link]:
    """The next links within reach, by id."""
    query = _query(reach)
    if pool_id is not None:
        query = query.where(table.c.pool_id == pool_id)
    return cursors.follow(unit, query, table.c.id, stretch, _build)


def _query(reach: Reach) -> Select[Any]:
    query = select(table).where(table.c.deleted_at.is_(None))
    if reach.platform_id is not None:
        query = query.where(table.c.platform_id == reach.platform_id)
    return query


def _one(unit: Unit, query: Select[Any], lock: bool) -> Link | None:
    rows = unit.select(query.with_for_update() if lock else query)
    return _build(rows[0]) if rows else None


def _build(row: Row[Any]) -> Link:
    return Link(
        id=row.id,
        platform_id=row.platform_id,
        pool_id=row.pool_id,
        token=row.token,
        quota=row.quota,
        duration_days=row.duration_days,
        auto_reassign=row.auto_reassign,
        created=row.created_at,
    )
