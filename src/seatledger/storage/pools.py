"""Rows of pools, as the write path locks, adds and changes them."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import BigInteger, Boolean, Integer, Row, Text, insert, select

from seatledger.domain.instant import text
from seatledger.domain.item import Item, ItemKind
from seatledger.domain.moves import rule_of
from seatledger.domain.pool import Pool
from seatledger.domain.window import Window
from seatledger.storage.statement import Columns, Statement
from seatledger.storage.tables import pools
from seatledger.storage.types import Document, Instant
from seatledger.storage.unit import Unit

_BY_ID = """
    SELECT p.id, p.platform_id, p.name, p.size, p.held, p.given, p.ended, p.starts_at, p.ends_at,
           p.active, p.transferable, p.source, p.external_id, p.metadata, p.enrolment_config,
           p.moves, p.moved, p.created_at,
           p.item_id, i.platform_id AS owner_id, i.kind AS item_kind, i.key AS item_key,
           i.title AS item_title, i.slug AS item_slug,
           f.key AS platform_key, f.domains AS platform_domains
    FROM pools p
    JOIN items i ON i.id = p.item_id
    JOIN platforms f ON f.id = p.platform_id
    WHERE p.id IN (SELECT id FROM {wanted})
    ORDER BY p.id
"""
_WANTED = {"wanted": {"id": "bigint"}}
_COLUMNS: Columns = {
    "id": BigInteger,
    "platform_id": BigInteger,
    "name": Text,
    "size": Integer,
    "held": Integer,
    "given": Integer,
    "ended": Integer,
    "starts_at": Instant,
    "ends_at": Instant,
    "active": Boolean,
    "transferable": Boolean,
    "source": Text,
    "external_id": Text,
    "metadata": Document,
    "enrolment_config": Document,
    "moves": Document,
    "moved": Integer,
    "created_at": Instant,
    "item_id": BigInteger,
    "owner_id": BigInteger,
    "item_kind": Text,
    "item_key": Text,
    "item_title": Text,
    "item_slug": Text,
    "platform_key": Text,
    "platform_domains": Document,
}
LOCK = Statement(_BY_ID + "{lock}", rows=_WANTED, locks="p", returns=_COLUMNS)
READ = Statement(_BY_ID, rows=_WANTED, returns=_COLUMNS)

WRITE = Statement(
    """
    UPDATE pools SET
        name = changed_pools.name, size = changed_pools.size, held = changed_pools.held,
        given = changed_pools.given, ended = changed_pools.ended, moved = changed_pools.moved,
        starts_at = changed_pools.starts_at, ends_at = changed_pools.ends_at,
        active = changed_pools.active, source = changed_pools.source,
        metadata = changed_pools.metadata, enrolment_config = changed_pools.enrolment_config,
        moves = changed_pools.moves
    FROM {changed_pools} WHERE pools.id = changed_pools.id
    """,
    rows={
        "changed_pools": {
            "id": "bigint",
            "name": "text",
            "size": "integer",
            "held": "integer",
            "given": "integer",
            "ended": "integer",
            "moved": "integer",
            "starts_at": "timestamptz",
            "ends_at": "timestamptz",
            "active": "boolean",
            "source": "text",
            "metadata": "jsonb",
            "enrolment_config": "jsonb",
            "moves": "jsonb",
        }
    },
)


def lock(unit: Unit, ids: Iterable[int]) -> dict[int, Pool]:
    """The pools that exist among `ids`, locked until the transaction ends, in order of id."""
    wanted = [{"id": pool_id} for pool_id in sorted(set(ids))]
    return {row.id: build(row) for row in unit.rows(LOCK, wanted=wanted)} if wanted else {}


def read(unit: Unit, pool_id: int) -> Pool:
    """A pool as its row is, not locked."""
    return build(unit.rows(READ, wanted=[{"id": pool_id}])[0])


def ids_of(unit: Unit, platform_id: int, kind: ItemKind, item_id: int | None = None) -> list[int]:
    """The pools that a platform has of an item, or of a kind of them; the oldest first."""
    query = select(pools.c.id).where(pools.c.platform_id == platform_id, pools.c.kind == kind)
    if item_id is not None:
        query = query.where(pools.c.item_id == item_id)
    return [row.id for row in unit.select(query.order_by(pools.c.id))]


def ids_after(unit: Unit, pool_id: int, limit: int = 1000) -> list[int]:
    """The next ids of pools, in order."""
    query = select(pools.c.id).where(pools.c.id > pool_id).order_by(pools.c.id).limit(limit)
    return [row.id for row in unit.select(query)]


def write_row(pool: Pool) -> dict[str, Any]:
    """A changed pool as WRITE takes it."""
    return {
        "id": pool.id,
        "name": pool.name,
        "size": pool.size,
        "held": pool.held,
        "given": pool.given,
        "ended": pool.ended,
        "moved": pool.moved,
        "starts_at": text(pool.window.start),
        "ends_at": text(pool.window.end),
        "active": pool.active,
        "source": pool.source,
        "metadata": pool.metadata,
        "enrolment_config": pool.enrolment_config,
        "moves": None if pool.moves is None else pool.moves.facts(),
    }


_NONE_YET = {"held": 0, "given": 0, "ended": 0, "moved": 0}


def add(unit: Unit, *, platform_id: int, item: Item, values: Mapping[str, Any]) -> int:
    """A new pool, empty; answers its id."""
    change = (
        insert(pools)
        .values(platform_id=platform_id, item_id=item.id, kind=item.kind, **_NONE_YET, **values)
        .returning(pools.c.id)
    )
    return int(unit.select(change)[0].id)


def id_by_external(unit: Unit, kind: ItemKind, external_id: str) -> int | None:
    rows = unit.select(
        select(pools.c.id).where(pools.c.kind == kind, pools.c.external_id == external_id)
    )
    return int(rows[0].id) if rows else None


def build(row: Row[Any]) -> Pool:
    return Pool(
        id=row.id,
        platform_id=row.platform_id,
        platform_key=row.platform_key,
        domains=tuple(row.platform_domains),
        item=Item(
            id=row.item_id,
            platform_id=row.owner_id,
            kind=ItemKind(row.item_kind),
            key=row.item_key,
            title=row.item_title,
            slug=row.item_slug,
        ),
        name=row.name,
        size=row.size,
        held=row.held,
        given=row.given,
        ended=row.ended,
        window=Window(row.starts_at, row.ends_at),
        active=row.active,
        transferable=row.transferable,
        source=row.source,
        external_id=row.external_id,
        metadata=row.metadata,
        enrolment_config=row.enrolment_config,
        created=row.created_at,
        moves=None if row.moves is None else rule_of(row.moves),
        moved=row.moved,
    )
