"""Rows of signing keys: at most one signs, which the schema holds against writers at once."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from seatledger.domain.signing_key import PublicKey
from seatledger.storage.key_tables import signing_keys as table
from seatledger.storage.unit import Unit

ALGORITHM = "EdDSA"


def everyone(unit: Unit) -> list[PublicKey]:
    """All keys there ever were, the oldest first."""
    return [_build(row) for row in unit.select(select(table).order_by(table.c.id))]


def signing(unit: Unit) -> tuple[PublicKey, str] | None:
    """The key that signs, with its private part; None before the first use."""
    rows = unit.select(select(table).where(table.c.retired_at.is_(None)))
    return (_build(rows[0]), rows[0].private) if rows else None


def retire(unit: Unit, key: PublicKey, now: datetime) -> None:
    """Let a key sign no more, and forget its private part."""
    change = update(table).where(table.c.kid == key.id, table.c.retired_at.is_(None))
    unit.execute(change.values(retired_at=now, private=None))


def add(unit: Unit, key: PublicKey, private: str) -> int:
    """Write a new key that signs. Another that does so already, or at once, is a Conflict."""
    change = insert(table).values(
        algorithm=ALGORITHM, kid=key.id, public=key.x, private=private, created_at=key.created
    )
    return int(unit.select(change.returning(table.c.id))[0].id)


def _build(row: Row[Any]) -> PublicKey:
    return PublicKey(row.kid, row.public, row.created_at, row.retired_at)
