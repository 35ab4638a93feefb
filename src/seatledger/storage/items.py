"""Rows of items. `(kind, key)` is unique in the whole deployment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Label, Row, Select, delete, func, insert, select, update

from seatledger.domain.actor import Reach
from seatledger.domain.item import Item, ItemKind
from seatledger.storage import cursors
from seatledger.storage.catalog_tables import enrolments, item_parts
from seatledger.storage.cursors import Stretch
from seatledger.storage.invitation_tables import access_requests, invitations
from seatledger.storage.tables import items, platforms, pools, progress
from seatledger.storage.unit import Unit


def by_key(unit: Unit, kind: ItemKind, key: str) -> Item | None:
    rows = unit.select(select(items).where(items.c.kind == kind, items.c.key == key))
    return build(rows[0]) if rows else None


def by_keys(unit: Unit, kind: ItemKind, keys: Iterable[str]) -> dict[str, Item]:
    rows = unit.select(select(items).where(items.c.kind == kind, items.c.key.in_(list(keys))))
    return {row.key: build(row) for row in rows}


def by_ids(unit: Unit, ids: Iterable[int]) -> dict[int, Item]:
    rows = unit.select(select(items).where(items.c.id.in_(list(ids))))
    return {row.id: build(row) for row in rows}


def within(unit: Unit, reach: Reach, kind: ItemKind, keys: Iterable[str]) -> dict[str, Item]:
    """By key, those of the items that a platform owns or has a pool of."""
    query = _within(reach).where(items.c.kind == kind, items.c.key.in_(list(keys)))
    return {row.key: build(row) for row in unit.select(query)}


def add(
    unit: Unit, *, platform_id: int, kind: ItemKind, key: str, title: str, created: datetime
) -> Item:
    change = insert(items).values(
        platform_id=platform_id, kind=kind, key=key, title=title, created_at=created
    )
    return build(unit.select(change.returning(*items.c))[0])


def change(unit: Unit, item: Item) -> None:
    values = {
        "platform_id": item.platform_id,
        "title": item.title,
        "slug": item.slug,
        "enabled": item.enabled,
        "details": dict(item.details),
    }
    unit.execute(update(items).where(items.c.id == item.id).values(values))


def in_use(unit: Unit, item_id: int) -> bool:
    """Whether a pool, a program, an enrolment, an invitation … stands on it."""
    users = (
        select(pools.c.id).where(pools.c.item_id == item_id),
        select(item_parts.c.item_id).where(item_parts.c.part_id == item_id),
        select(enrolments.c.id).where(enrolments.c.item_id == item_id),
        select(progress.c.item_id).where(progress.c.item_id == item_id),
        select(invitations.c.id).where(invitations.c.item_id == item_id),
        select(access_requests.c.id).where(access_requests.c.item_id == item_id),
    )
    return any(unit.select(each.limit(1)) for each in users)


def remove(unit: Unit, item_id: int) -> None:
    """Delete an item that is not in use."""
    unit.execute(delete(item_parts).where(item_parts.c.item_id == item_id))
    unit.execute(delete(items).where(items.c.id == item_id))


@dataclass(frozen=True, slots=True)
class Owned:
    """An item and the org and key of the platform that owns it."""

    item: Item
    org: str
    platform_key: str = ""


def find(
    unit: Unit,
    reach: Reach,
    kind: ItemKind,
    *,
    key: str | None = None,
    slug: str | None = None,
    org: str | None = None,
) -> list[Owned]:
    """The items that a platform owns or has a pool of, by id."""
    query = _within(reach).where(items.c.kind == kind)
    if key is not None:
        query = query.where(items.c.key == key)
    if slug is not None:
        query = query.where(func.lower(items.c.slug) == slug.lower())
    if org is not None:
        query = query.where(platforms.c.org == org)
    return [_owned(row) for row in unit.select(query.order_by(items.c.id))]


def bought(
    unit: Unit, platform_ids: Iterable[int], item_ids: Iterable[int]
) -> set[tuple[int, int]]:
    """Of these platforms and items, the pairs where the platform has a pool of the item."""
    query = select(pools.c.platform_id, pools.c.item_id).where(
        pools.c.platform_id.in_(list(platform_ids)), pools.c.item_id.in_(list(item_ids))
    )
    return {(row.platform_id, row.item_id) for row in unit.select(query.distinct())}


def follow(
    unit: Unit, reach: Reach, kind: ItemKind | None, stretch: Stretch
) -> cursors.Followed[Owned]:
    """The next of them, of one kind or of all."""
    query = _within(reach)
    if kind is not None:
        query = query.where(items.c.kind == kind)
    return cursors.follow(unit, query, items.c.id, stretch, _owned)


def _within(reach: Reach) -> Select[Any]:
    query = select(*items.c, platforms.c.org, platforms.c.key.label("owner_key")).join_from(
        items, platforms, platforms.c.id == items.c.platform_id
    )
    if reach.platform_id is None:
        return query
    bought = select(pools.c.item_id).where(pools.c.platform_id == reach.platform_id)
    return query.where((items.c.platform_id == reach.platform_id) | items.c.id.in_(bought))


def _owned(row: Row[Any]) -> Owned:
    return Owned(build(row), row.org, row.owner_key)


def labelled(prefix: str) -> list[Label[Any]]:
    """The columns that `build` reads, under names that don't clash with those of other tables."""
    return [column.label(prefix + column.name) for column in items.c]


def build(row: Row[Any], prefix: str = "") -> Item:
    said = row._mapping
    return Item(
        id=said[f"{prefix}id"],
        platform_id=said[f"{prefix}platform_id"],
        kind=ItemKind(said[f"{prefix}kind"]),
        key=said[f"{prefix}key"],
        title=said[f"{prefix}title"],
        slug=said[f"{prefix}slug"],
        enabled=said[f"{prefix}enabled"],
        details=said[f"{prefix}details"] or {},
    )
