"""Rows of history. Only ever added."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from seatledger.domain.event import Event, EventKind
from seatledger.domain.instant import text
from seatledger.storage.statement import Statement
from seatledger.storage.tables import events as table
from seatledger.storage.unit import Unit

_ROWS = {
    "platform_id": "bigint",
    "pool_id": "bigint",
    "kind": "text",
    "subject_id": "bigint",
    "at": "timestamptz",
    "actor": "text",
    "role": "text",
    "surface": "text",
    "change_type": "text",
    "transaction_id": "text",
    "before": "jsonb",
    "after": "jsonb",
}
_NAMES = ", ".join(f'"{name}"' for name in _ROWS)

ADD = Statement(
    f"INSERT INTO events ({_NAMES}) SELECT {_NAMES} FROM {{new_events}}",
    rows={"new_events": _ROWS},
)


def write_row(event: Event) -> dict[str, Any]:
    """An event as ADD takes it."""
    origin = event.origin
    return {
        "platform_id": event.platform_id,
        "pool_id": event.pool_id,
        "kind": event.kind,
        "subject_id": event.subject_id,
        "at": text(origin.at),
        "actor": origin.actor.name,
        "role": origin.actor.role,
        "surface": origin.actor.surface,
        "change_type": origin.change_type,
        "transaction_id": origin.transaction_id,
        "before": event.before,
        "after": event.after,
    }


def add(unit: Unit, *new: Event) -> None:
    unit.run(ADD, new_events=[write_row(event) for event in new])


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event as history tells it."""

    id: int
    platform_id: int | None
    pool_id: int | None
    kind: EventKind
    subject_id: int
    at: datetime
    actor: str
    role: str
    surface: str
    change_type: str | None
    transaction_id: str | None
    before: dict[str, Any] | None
    after: dict[str, Any]


def of_pool(unit: Unit, pool_id: int, *, after: int = 0, limit: int = 5_000) -> list[Recorded]:
    """The next events of a pool, in order, after the event of id `after`."""
    query = select(table).where(table.c.pool_id == pool_id, table.c.id > after)
    return [_recorded(row) for row in unit.select(query.order_by(table.c.id).limit(limit))]


def stream_of_pool(unit: Unit, pool_id: int) -> Iterator[Recorded]:
    """All events of a pool in order, a page in memory at a time."""
    last = 0
    while page := of_pool(unit, pool_id, after=last):
        yield from page
        last = page[-1].id


def _recorded(row: Row[Any]) -> Recorded:
    return Recorded(
        id=row.id,
        platform_id=row.platform_id,
        pool_id=row.pool_id,
        kind=EventKind(row.kind),
        subject_id=row.subject_id,
        at=row.at,
        actor=row.actor,
        role=row.role,
        surface=row.surface,
        change_type=row.change_type,
        transaction_id=row.transaction_id,
        before=row.before,
        after=row.after,
    )
