"""Rows of the words that platforms have for messages."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from seatledger.domain.item import ItemKind
from seatledger.domain.message import MessageKind
from seatledger.domain.message_text import OwnWording
from seatledger.domain.message_type import MessageType
from seatledger.storage.message_tables import message_templates as table
from seatledger.storage.unit import Unit


def of_platform(unit: Unit, platform_id: int) -> dict[MessageType, OwnWording]:
    """All that a platform says in its own words."""
    rows = unit.select(select(table).where(table.c.platform_id == platform_id))
    return {own.type: own for own in map(build, rows)}


def lock(unit: Unit, platform_id: int, type_: MessageType) -> OwnWording | None:
    """What a platform says of one type, locked until the transaction ends."""
    query = select(table).where(
        table.c.platform_id == platform_id,
        table.c.kind == type_.kind,
        table.c.item_kind == (type_.item_kind or ""),
    )
    rows = unit.select(query.with_for_update())
    return build(rows[0]) if rows else None


def add(unit: Unit, platform_id: int, type_: MessageType, now: datetime) -> OwnWording:
    """The standard words, to be changed. Another who does so at once is a Conflict."""
    row = unit.select(
        insert(table)
        .values(
            platform_id=platform_id,
            kind=type_.kind,
            item_kind=type_.item_kind or "",
            enabled=True,
            created_at=now,
            modified_at=now,
        )
        .returning(*table.c)
    )[0]
    return build(row)


def write(unit: Unit, own: OwnWording) -> None:
    values = {
        "enabled": own.enabled,
        "subject": own.subject,
        "text": own.text,
        "html": own.html,
        "modified_at": own.modified,
    }
    unit.execute(update(table).where(table.c.id == own.id).values(values))


def remove(unit: Unit, own: OwnWording) -> None:
    unit.execute(delete(table).where(table.c.id == own.id))


def build(row: Row[Any]) -> OwnWording:
    return OwnWording(
        id=row.id,
        platform_id=row.platform_id,
        type=MessageType(MessageKind(row.kind), ItemKind(row.item_kind) if row.item_kind else None),
        enabled=row.enabled,
        subject=row.subject,
        text=row.text,
        html=row.html,
        created=row.created_at,
        modified=row.modified_at,
    )
