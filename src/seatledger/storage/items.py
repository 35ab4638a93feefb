"""Rows of items. `(kind, key)` is unique in the whole deployment."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from seatledger.domain.actor import Reach
from seatledger.domain.item import Item, ItemKind
from seatledger.storage.tables import items, platforms, pools
from seatledger.storage.unit import Unit


def by_key(unit: Unit, kind: ItemKind, key: str) -> Item | None:
    rows = unit.select(select(items).where(items.c.kind == kind, items.c.key == key))
    return build(rows[0]) if rows else None


def add(
    unit: Unit, *, platform_id: int, kind: ItemKind, key: str, title: str, created: datetime
) -> Item:
    change = insert(items).values(
        platform_id=platform_id, kind=kind, key=key, title=title, created_at=created
    )
    return build(unit.select(change.returning(*items.c))[0])


def change(unit: Unit, item: Item) -> None:
    values = {"platform_id": item.platform_id, "title": item.title}
    unit.execute(update(items).where(items.c.id == item.id).values(values))


@dataclass(frozen=True, slots=True)
class Owned:
    """An item and the org of the platform that owns it."""

    item: Item
    org: str


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
    query = select(*items.c, platforms.c.org).join_from(
        items, platforms, platforms.c.id == items.c.platform_id
    )
    query = query.where(items.c.kind == kind)
    if reach.platform_id is not None:
        bought = select(pools.c.item_id).where(pools.c.platform_id == reach.platform_id)
        query = query.where((items.c.platform_id == reach.platform_id) | items.c.id.in_(bought))
    if key is not None:
        query = query.where(items.c.key == key)
    if slug is not None:
        query = query.where(func.lower(items.c.slug) == slug.lower())
    if org is not None:
        query = query.where(platforms.c.org == org)
    return [Owned(build(row), row.org) for row in unit.select(query.order_by(items.c.id))]


def build(row: Row[Any]) -> Item:
    return Item(
        id=row.id,
        platform_id=row.platform_id,
        kind=ItemKind(row.kind),
        key=row.key,
        title=row.title,
        slug=row.slug,
    )
