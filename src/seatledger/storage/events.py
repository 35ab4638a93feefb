"""Rows of history. Only ever added.

Within its platform each has a number, `seq`: 1, 2, 3 … without a gap, in the order of the commits.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from seatledger.domain.event import Event, EventKind
from seatledger.domain.instant import text
from seatledger.domain.invariants import Numbering
from seatledger.storage.statement import Statement
from seatledger.storage.tables import event_counters
from seatledger.storage.tables import events as table
from seatledger.storage.unit import Unit

OF_NONE = 0  # the counter of what happens on no platform
_ROWS = {
    "platform_id": "bigint",
    "pool_id": "bigint",
    "kind": "text",
    "subject_id": "bigint",
    "at": "timestamptz",
    "actor": "text",
    "role": "text",
    "surface": "text",
    "request_id": "text",
    "change_type": "text",
    "transaction_id": "text",
    "before": "jsonb",
    "after": "jsonb",
    "silent": "boolean",
}
_NAMES = ", ".join(_ROWS)
_NEW_NAMES = ", ".join(f"new_events.{name}" for name in _ROWS)

# The row of the counter stays locked until the commit, so that no number is there before the one
# below it is. Hence it is the last thing to be locked, counters in order of platform: whoever waits
# for a number waits for somebody who has all they need.
COUNT = Statement(
    """
    INSERT INTO event_counters (platform_id, last)
    SELECT platform_id, added FROM {new_counts} WHERE {others_done} ORDER BY platform_id
    ON CONFLICT (platform_id) DO UPDATE SET last = event_counters.last + excluded.last
    """,
    rows={"new_counts": {"platform_id": "bigint", "added": "bigint"}},
    changes="event_counters",
)
ADD = Statement(
    f"""
    INSERT INTO events (seq, {_NAMES})
    SELECT changed.last - new_events.still_to_come, {_NEW_NAMES}
    FROM {{new_events}} JOIN {{changed}} ON changed.platform_id = new_events.counter
    ORDER BY new_events.still_to_come DESC
    """,
    rows={"new_events": {**_ROWS, "counter": "bigint", "still_to_come": "bigint"}},
    sees="event_counters",
)


def write_row(event: Event) -> dict[str, Any]:
    """An event as ADD takes it, but for its number."""
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
        "request_id": origin.actor.request_id,
        "change_type": origin.change_type,
        "transaction_id": origin.transaction_id,
        "before": event.before,
        "after": event.after,
        "silent": origin.silent,
    }


def add(unit: Unit, *new: Event) -> None:
    """Tell events, in order. They are written when the transaction ends."""
    unit.history += map(write_row, new)


def settle(unit: Unit) -> None:
    """Number and write what the transaction tells; nothing of it may follow."""
    told, unit.history = unit.history, []
    still_to_come: dict[int, int] = defaultdict(int)
    for row in reversed(told):
        row["counter"] = row["platform_id"] or OF_NONE
        row["still_to_come"] = still_to_come[row["counter"]]
        still_to_come[row["counter"]] += 1
    counts = [{"platform_id": counter, "added": n} for counter, n in sorted(still_to_come.items())]
    unit.finish({"new_counts": (COUNT, counts), "new_events": (ADD, told)})


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event as history tells it."""

    id: int
    seq: int
    platform_id: int | None
    pool_id: int | None
    kind: EventKind
    subject_id: int
    at: datetime
    actor: str
    role: str
    surface: str
    request_id: str | None
    change_type: str | None
    transaction_id: str | None
    before: dict[str, Any] | None
    after: dict[str, Any]
    silent: bool


def of_pool(unit: Unit, pool_id: int, *, after: int = 0, limit: int = 5_000) -> list[Recorded]:
    """The next events of a pool, in order, after the event numbered `after`."""
    query = select(table).where(table.c.pool_id == pool_id, table.c.seq > after)
    return [build(row) for row in unit.select(query.order_by(table.c.seq).limit(limit))]


def stream_of_pool(unit: Unit, pool_id: int) -> Iterator[Recorded]:
    """All events of a pool in order, a page in memory at a time."""
    last = 0
    while page := of_pool(unit, pool_id, after=last):
        yield from page
        last = page[-1].seq


def last_number(unit: Unit, platform_id: int) -> int:
    """The number of a platform's last event; 0 before the first."""
    query = select(event_counters.c.last).where(event_counters.c.platform_id == platform_id)
    rows = unit.select(query)
    return int(rows[0].last) if rows else 0


def numbering(unit: Unit) -> list[Numbering]:
    """Each counter, and the numbers that were given by it."""
    counter = func.coalesce(table.c.platform_id, OF_NONE)
    query = select(
        counter.label("platform_id"),
        func.count().label("events"),
        func.count(table.c.seq.distinct()).label("numbers"),
        func.min(table.c.seq).label("first"),
        func.max(table.c.seq).label("last"),
    ).group_by(counter)
    told = {row.platform_id: row for row in unit.select(query)}
    lasts = {row.platform_id: row.last for row in unit.select(select(event_counters))}
    return [
        Numbering(
            platform_id,
            counted=lasts.get(platform_id, 0),
            events=row.events if row else 0,
            gapless=row is None or (row.first == 1 and row.events == row.numbers == row.last),
        )
        for platform_id in sorted(told.keys() | lasts.keys())
        for row in [told.get(platform_id)]
    ]


def build(row: Row[Any]) -> Recorded:
    return Recorded(
        id=row.id,
        seq=row.seq,
        platform_id=row.platform_id,
        pool_id=row.pool_id,
        kind=EventKind(row.kind),
        subject_id=row.subject_id,
        at=row.at,
        actor=row.actor,
        role=row.role,
        surface=row.surface,
        request_id=row.request_id,
        change_type=row.change_type,
        transaction_id=row.transaction_id,
        before=row.before,
        after=row.after,
        silent=row.silent,
    )
