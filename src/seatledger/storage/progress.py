"""Rows of progress: how far learners have come in items, as each platform was told."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Double, select

from seatledger.domain.actor import Reach
from seatledger.domain.event import Event
from seatledger.domain.instant import text
from seatledger.domain.progress import Progress
from seatledger.storage import events
from seatledger.storage.learners import KNOWN
from seatledger.storage.statement import Columns, Statement
from seatledger.storage.tables import progress as table
from seatledger.storage.types import Instant
from seatledger.storage.unit import Unit, Writes

Key = tuple[int, int, int]  # platform, learner, item

# Whom and what each report is about: somebody whom the platform knows, and an item that it owns or
# has a pool of; null where there is nobody or nothing.
SUBJECTS = Statement(
    f"""
    WITH w AS (SELECT * FROM {{reports}})
    SELECT w.nth,
        COALESCE(
            (SELECT l.id FROM learners l WHERE l.id = w.id AND {KNOWN}),
            (SELECT l.id FROM learners l WHERE l.email_key = w.email_key AND {KNOWN})
        ) AS learner_id,
        (SELECT i.id FROM items i
         WHERE i.kind = w.item_kind AND i.key = w.item_key
             AND (i.platform_id = w.platform_id
                  OR EXISTS (SELECT 1 FROM pools p
                             WHERE p.item_id = i.id AND p.platform_id = w.platform_id))
        ) AS item_id
    FROM w
    """,
    rows={
        "reports": {
            "nth": "bigint",
            "platform_id": "bigint",
            "id": "bigint",
            "email_key": "text",
            "item_kind": "text",
            "item_key": "text",
        }
    },
    returns={"nth": BigInteger, "learner_id": BigInteger, "item_id": BigInteger},
)

_KEY = {"platform_id": "bigint", "learner_id": "bigint", "item_id": "bigint"}
_SAYS = {
    "percent": "double precision",
    "completed_at": "timestamptz",
    "last_opened_at": "timestamptz",
    "reported_at": "timestamptz",
    "updated_at": "timestamptz",
}
_RETURNS: Columns = {
    **dict.fromkeys(_KEY, BigInteger),
    "percent": Double,
    **dict.fromkeys(("completed_at", "last_opened_at", "reported_at"), Instant),
}
_SELECT = f"""
    SELECT {", ".join(f"g.{name}" for name in _RETURNS)} FROM {{wanted}}
    JOIN progress g ON g.platform_id = wanted.platform_id
        AND g.learner_id = wanted.learner_id AND g.item_id = wanted.item_id
    ORDER BY g.platform_id, g.learner_id, g.item_id
"""
READ = Statement(_SELECT, rows={"wanted": _KEY}, returns=_RETURNS)
LOCK = Statement(_SELECT + "{lock}", rows={"wanted": _KEY}, locks="g", returns=_RETURNS)

_NAMES = ", ".join((*_KEY, *_SAYS))
ADD = Statement(
    f"""
    INSERT INTO progress ({_NAMES}) SELECT {_NAMES} FROM {{new_progress}}
    ORDER BY platform_id, learner_id, item_id
    """,
    rows={"new_progress": {**_KEY, **_SAYS}},
)
CHANGE = Statement(
    f"""
    UPDATE progress SET {", ".join(f"{name} = changed_progress.{name}" for name in _SAYS)}
    FROM {{changed_progress}}
    WHERE progress.platform_id = changed_progress.platform_id
        AND progress.learner_id = changed_progress.learner_id
        AND progress.item_id = changed_progress.item_id
    """,
    rows={"changed_progress": {**_KEY, **_SAYS}},
)


def subjects(unit: Unit, reports: Sequence[Mapping[str, Any]]) -> dict[int, Any]:
    """By `nth`, the `learner_id` and `item_id` that each report is about, as far as known."""
    return {row.nth: row for row in unit.rows(SUBJECTS, reports=reports)} if reports else {}


def read(unit: Unit, keys: Iterable[Key]) -> dict[Key, Progress]:
    """What was reported last."""
    return _find(unit, READ, keys)


def lock(unit: Unit, keys: Iterable[Key]) -> dict[Key, Progress]:
    """The same, locked until the transaction ends, in order of key."""
    return _find(unit, LOCK, keys)


def write(
    unit: Unit,
    before: Mapping[Key, Progress],
    after: Mapping[Key, Progress],
    history: Sequence[Event],
    now: datetime,
) -> None:
    """Write what stands `after`, where `before` was locked, and what history tells of it."""
    parts: Writes = {
        "new_progress": (ADD, [_row(key, after[key], now) for key in after.keys() - before.keys()]),
        "changed_progress": (
            CHANGE,
            [_row(key, after[key], now) for key in after.keys() & before.keys()],
        ),
    }
    unit.postpone(parts)
    events.add(unit, *history)


def of_learners(unit: Unit, reach: Reach, learner_ids: Collection[int]) -> dict[Key, Progress]:
    """All that was reported of some learners, within a reach."""
    if not learner_ids:
        return {}
    query = select(table).where(table.c.learner_id.in_(learner_ids))
    if reach.platform_id is not None:
        query = query.where(table.c.platform_id == reach.platform_id)
    return {_key(row): _build(row) for row in unit.select(query)}


def _find(unit: Unit, statement: Statement, keys: Iterable[Key]) -> dict[Key, Progress]:
    wanted = [dict(zip(_KEY, key, strict=True)) for key in sorted(set(keys))]
    rows = unit.rows(statement, wanted=wanted) if wanted else []
    return {_key(row): _build(row) for row in rows}


def _row(key: Key, progress: Progress, now: datetime) -> dict[str, Any]:
    return {
        **dict(zip(_KEY, key, strict=True)),
        "percent": progress.percent,
        "completed_at": text(progress.completed),
        "last_opened_at": text(progress.last_opened),
        "reported_at": text(progress.at or now),
        "updated_at": text(now),
    }


def _key(row: Any) -> Key:
    return row.platform_id, row.learner_id, row.item_id


def _build(row: Any) -> Progress:
    return Progress(row.percent, row.completed_at, row.last_opened_at, row.reported_at)
