"""Rows of platforms."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Label, Row, insert, select, update

from seatledger.domain.actor import Reach
from seatledger.domain.platform import Platform
from seatledger.storage import cursors
from seatledger.storage.cursors import Followed, Stretch
from seatledger.storage.tables import platforms as table
from seatledger.storage.unit import Unit


def by_key(unit: Unit, key: str) -> Platform | None:
    return _one(unit, table.c.key == key)


def by_keys(unit: Unit, keys: Iterable[str]) -> dict[str, Platform]:
    rows = unit.select(select(table).where(table.c.key.in_(list(keys))))
    return {row.key: build(row) for row in rows}


def by_org(unit: Unit, org: str) -> Platform | None:
    return _one(unit, table.c.org == org)


def by_id(unit: Unit, platform_id: int) -> Platform | None:
    return _one(unit, table.c.id == platform_id)


def lock(unit: Unit, platform_id: int) -> None:
    """Lock one until the transaction ends, against others who do the same."""
    query = select(table.c.id).where(table.c.id == platform_id)
    unit.select(query.with_for_update(key_share=True))


def by_ids(unit: Unit, ids: Iterable[int]) -> dict[int, Platform]:
    rows = unit.select(select(table).where(table.c.id.in_(list(ids))))
    return {row.id: build(row) for row in rows}


def everyone(unit: Unit) -> list[Platform]:
    return [build(row) for row in unit.select(select(table).order_by(table.c.id))]


def follow(unit: Unit, reach: Reach, stretch: Stretch) -> Followed[Platform]:
    """The next platforms within reach, by id."""
    query = select(table)
    if reach.platform_id is not None:
        query = query.where(table.c.id == reach.platform_id)
    return cursors.follow(unit, query, table.c.id, stretch, build)


def add(
    unit: Unit,
    *,
    key: str,
    org: str,
    name: str,
    email: str,
    domains: tuple[str, ...],
    created: datetime,
) -> Platform:
    row = unit.select(
        insert(table)
        .values(key=key, org=org, name=name, email=email, domains=list(domains), created_at=created)
        .returning(*table.c)
    )[0]
    return build(row)


def change(unit: Unit, platform: Platform) -> None:
    values = {
        "key": platform.key,
        "name": platform.name,
        "email": platform.email,
        "domains": list(platform.domains),
        "learning_url": platform.learning_url,
        "studio_url": platform.studio_url,
        "portal_url": platform.portal_url,
    }
    unit.execute(update(table).where(table.c.id == platform.id).values(values))


def _one(unit: Unit, condition: ColumnElement[bool]) -> Platform | None:
    rows = unit.select(select(table).where(condition))
    return build(rows[0]) if rows else None


def labelled(prefix: str) -> list[Label[Any]]:
    """The columns that `build` reads, under names that don't clash with those of other tables."""
    return [column.label(prefix + column.name) for column in table.c]


def build(row: Row[Any], prefix: str = "") -> Platform:
    said = row._mapping
    return Platform(
        id=said[f"{prefix}id"],
        key=said[f"{prefix}key"],
        org=said[f"{prefix}org"],
        name=said[f"{prefix}name"],
        email=said[f"{prefix}email"],
        domains=tuple(said[f"{prefix}domains"]),
        created=said[f"{prefix}created_at"],
        learning_url=said[f"{prefix}learning_url"],
        studio_url=said[f"{prefix}studio_url"],
        portal_url=said[f"{prefix}portal_url"],
    )
