"""Rows of progress: how far learners have come in items, as each platform was told."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, insert, select, update

from seatledger.domain.actor import Reach
from seatledger.domain.progress import Progress
from seatledger.storage.tables import progress as table
from seatledger.storage.unit import Unit

Key = tuple[int, int, int]  # platform, learner, item


def lock(unit: Unit, key: Key) -> Progress | None:
    """What was reported last, locked until the transaction ends."""
    rows = unit.select(select(table).where(_is(key)).with_for_update())
    return _build(rows[0]) if rows else None


def add(unit: Unit, key: Key, progress: Progress, now: datetime) -> None:
    platform_id, learner_id, item_id = key
    values = {"platform_id": platform_id, "learner_id": learner_id, "item_id": item_id}
    unit.execute(insert(table).values(**values, **_values(progress, now)))


def change(unit: Unit, key: Key, progress: Progress, now: datetime) -> None:
    unit.execute(update(table).where(_is(key)).values(_values(progress, now)))


def of_learners(unit: Unit, reach: Reach, learner_ids: Collection[int]) -> dict[Key, Progress]:
    """All that was reported of some learners, within a reach."""
    if not learner_ids:
        return {}
    query = select(table).where(table.c.learner_id.in_(learner_ids))
    if reach.platform_id is not None:
        query = query.where(table.c.platform_id == reach.platform_id)
    rows = unit.select(query)
    return {(row.platform_id, row.learner_id, row.item_id): _build(row) for row in rows}


def _is(key: Key) -> Any:
    columns = (table.c.platform_id, table.c.learner_id, table.c.item_id)
    return and_(*(column == value for column, value in zip(columns, key, strict=True)))


def _values(progress: Progress, now: datetime) -> dict[str, Any]:
    return {
        "percent": progress.percent,
        "completed_at": progress.completed,
        "updated_at": now,
    }


def _build(row: Row[Any]) -> Progress:
    return Progress(row.percent, row.completed_at)
