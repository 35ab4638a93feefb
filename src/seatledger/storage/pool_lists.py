"""Lists of pools, with filters and pages."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from seatledger.domain.actor import Reach
from seatledger.domain.item import ItemKind
from seatledger.domain.pool import Pool
from seatledger.storage import cursors, paging
from seatledger.storage.cursors import Followed, Stretch
from seatledger.storage.json_text import says
from seatledger.storage.pools import build
from seatledger.storage.tables import items, platforms, pools, seats
from seatledger.storage.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolFilter:
    """What a list of pools is narrowed to; None asks nothing.

    `item_key_end` is a whole item key, or what stands behind a `+` in one. Pools that are
    `open_at` an instant are switched on, and not over then; they may not have begun.
    """

    kind: ItemKind | None = None
    pool_id: int | None = None
    item_id: int | None = None
    item_key: str | None = None
    item_key_end: str | None = None
    name: str | None = None
    name_contains: str | None = None
    source: str | None = None
    active: bool | None = None
    external_id: str | None = None
    open_at: datetime | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)


SORTS = {
    "id": pools.c.id,
    "name": pools.c.name,
    "count": pools.c.size,
    "size": pools.c.size,
    "created": pools.c.created_at,
    "started": pools.c.starts_at,
    "expired": pools.c.ends_at,
    "active": pools.c.active,
    "source": pools.c.source,
    "external_id": pools.c.external_id,
    "course_id": items.c.key,
    "program_key": items.c.key,
    "platform_key": platforms.c.key,
}


def find(
    unit: Unit, reach: Reach, wanted: PoolFilter, page: paging.Page, now: datetime
) -> paging.Found[Pool]:
    """A page of pools. Places whose seats have lapsed count as free, recorded or not."""
    query = _query(now).where(*_conditions(reach, wanted))
    return paging.find(unit, query, SORTS, page, build)


def follow(
    unit: Unit, reach: Reach, wanted: PoolFilter, stretch: Stretch, now: datetime
) -> Followed[Pool]:
    """The next pools, by id."""
    query = _query(now).where(*_conditions(reach, wanted))
    return cursors.follow(unit, query, pools.c.id, stretch, build)


def get(unit: Unit, reach: Reach, pool_id: int, now: datetime) -> Pool | None:
    """One pool, if the reach covers it."""
    wanted = PoolFilter(pool_id=pool_id)
    rows = unit.select(_query(now).where(*_conditions(reach, wanted)))
    return build(rows[0]) if rows else None


def by_ids(unit: Unit, ids: Iterable[int], now: datetime) -> dict[int, Pool]:
    """Pools by id, for rows that were found within a reach already."""
    wanted = list(ids)
    rows = unit.select(_query(now).where(pools.c.id.in_(wanted))) if wanted else []
    return {row.id: build(row) for row in rows}


def of_items(
    unit: Unit, reach: Reach, item_ids: Collection[int], now: datetime
) -> dict[int, list[Pool]]:
    """The pools of each item, by id."""
    found: dict[int, list[Pool]] = {item_id: [] for item_id in item_ids}
    query = _query(now).where(*_conditions(reach, PoolFilter()), pools.c.item_id.in_(item_ids))
    for row in unit.select(query.order_by(pools.c.id)) if item_ids else []:
        found[row.item_id].append(build(row))
    return found


def places_by_platform(unit: Unit, now: datetime) -> dict[int, tuple[int, int, int]]:
    """Of each platform: its pools that are not over, how many places they have, how many taken."""
    query = (
        select(
            pools.c.platform_id,
            func.count().label("pools"),
            func.sum(pools.c.size).label("size"),
            func.sum(pools.c.held).label("held"),
        )
        .where(or_(pools.c.ends_at.is_(None), pools.c.ends_at > now))
        .group_by(pools.c.platform_id)
    )
    return {
        row.platform_id: (row.pools, int(row.size), int(row.held)) for row in unit.select(query)
    }


def _query(now: datetime) -> Select[Any]:
    lapsed = (
        select(func.count())
        .where(
            seats.c.pool_id == pools.c.id,
            seats.c.state == "live",
            seats.c.ends_at.is_not(None),
            seats.c.ends_at <= now,
            pools.c.transferable,
        )
        .correlate(pools)
        .scalar_subquery()
    )
    own = [column for column in pools.c if column.name not in {"held", "kind"}]
    return (
        select(
            *own,
            (pools.c.held - lapsed).label("held"),
            items.c.platform_id.label("owner_id"),
            items.c.kind.label("item_kind"),
            items.c.key.label("item_key"),
            items.c.title.label("item_title"),
            items.c.slug.label("item_slug"),
            platforms.c.key.label("platform_key"),
            platforms.c.domains.label("platform_domains"),
        )
        .join_from(pools, items, items.c.id == pools.c.item_id)
        .join(platforms, platforms.c.id == pools.c.platform_id)
    )


def _conditions(reach: Reach, wanted: PoolFilter) -> list[ColumnElement[bool]]:
    equal = {
        pools.c.platform_id: reach.platform_id,
        pools.c.kind: wanted.kind,
        pools.c.id: wanted.pool_id,
        pools.c.item_id: wanted.item_id,
        items.c.key: wanted.item_key,
        pools.c.name: wanted.name,
        pools.c.source: wanted.source,
        pools.c.active: wanted.active,
        pools.c.external_id: wanted.external_id,
    }
    conditions = [column == value for column, value in equal.items() if value is not None]
    if wanted.item_key_end is not None:
        conditions.append(key_ends(items.c.key, wanted.item_key_end))
    if wanted.name_contains is not None:
        conditions.append(pools.c.name.icontains(wanted.name_contains, autoescape=True))
    if wanted.open_at is not None:
        conditions.append(pools.c.active)
        conditions.append(or_(pools.c.ends_at.is_(None), pools.c.ends_at > wanted.open_at))
    conditions += [says(pools.c.metadata, key, value) for key, value in wanted.metadata.items()]
    return conditions


def key_ends(key: ColumnElement[str], end: str) -> ColumnElement[bool]:
    """Whether a key is `end`, or has it behind a `+`. Not LIKE, blind to case on SQLite."""
    behind = func.substr(key, func.length(key) - len(end))
    return or_(key == end, (func.length(key) > len(end)) & (behind == f"+{end}"))
