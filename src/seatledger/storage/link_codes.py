"""Rows of codes that were asked for. They lie here for an hour, to be counted, and then go."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from seatledger.domain.actor import Reach
from seatledger.domain.link import Link
from seatledger.domain.link_code import LinkCode
from seatledger.storage.tables import link_codes as table
from seatledger.storage.unit import Unit


def add(unit: Unit, link: Link, address_key: str, digest: str | None, created: datetime) -> None:
    """Note that a code was asked for; without a digest none was mailed."""
    unit.execute(
        insert(table).values(
            platform_id=link.platform_id,
            link_id=link.id,
            address_key=address_key,
            digest=digest,
            tries=0,
            created_at=created,
        )
    )


def newest(unit: Unit, link: Link, address_key: str) -> LinkCode | None:
    """The last code of an address: the only one that may be used."""
    query = (
        select(table)
        .where(table.c.link_id == link.id, table.c.address_key == address_key)
        .order_by(table.c.id.desc())
        .limit(1)
    )
    rows = unit.select(query)
    return LinkCode(rows[0].id, rows[0].digest, rows[0].tries, rows[0].created_at) if rows else None


def asked_since(
    unit: Unit, link: Link, since: datetime, address_key: str | None = None
) -> list[datetime]:
    """When codes of a link (of one address, or of all) were asked for, the oldest first."""
    query = select(table.c.created_at).where(table.c.link_id == link.id, table.c.created_at > since)
    if address_key is not None:
        query = query.where(table.c.address_key == address_key)
    return [row.created_at for row in unit.select(query.order_by(table.c.created_at))]


def count_try(unit: Unit, code: LinkCode) -> None:
    """Note a wrong guess."""
    change = update(table).where(table.c.id == code.id)
    unit.execute(change.values(tries=table.c.tries + 1))


def spend(unit: Unit, code: LinkCode) -> None:
    """Let a code open nothing any more; it still counts."""
    unit.execute(update(table).where(table.c.id == code.id).values(digest=None))


def remove_of_link(unit: Unit, link: Link) -> None:
    unit.execute(delete(table).where(table.c.link_id == link.id))


def remove_of_address(unit: Unit, address_key: str) -> None:
    unit.execute(delete(table).where(table.c.address_key == address_key))


def remove_before(unit: Unit, before: datetime, rows_max: int) -> int:
    """Remove the oldest codes; answers how many."""
    oldest = select(table.c.id).where(table.c.created_at <= before).order_by(table.c.created_at)
    return unit.execute(delete(table).where(table.c.id.in_(oldest.limit(rows_max))))


def of_address(unit: Unit, reach: Reach, address_key: str) -> list[dict[str, Any]]:
    """What is kept of an address, without what could be tried as a code."""
    columns = [column for column in table.c if column.name != "digest"]
    query = select(*columns).where(table.c.address_key == address_key).order_by(table.c.id)
    if reach.platform_id is not None:
        query = query.where(table.c.platform_id == reach.platform_id)
    return [dict(row._mapping) for row in unit.select(query)]
