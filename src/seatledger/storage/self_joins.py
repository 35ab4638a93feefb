"""Rows that say whether people may join a platform by themselves; none means no."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from seatledger.storage.catalog_tables import self_joins as table
from seatledger.storage.unit import Unit


@dataclass(frozen=True, slots=True)
class SelfJoin:
    """The setting of one platform, when it was first made, and when last changed."""

    platform_id: int
    allowed: bool
    created: datetime
    modified: datetime


def get(unit: Unit, platform_id: int) -> SelfJoin | None:
    rows = unit.select(select(table).where(table.c.platform_id == platform_id))
    if not rows:
        return None
    row = rows[0]
    return SelfJoin(row.platform_id, row.allowed, row.created_at, row.modified_at)


def add(unit: Unit, setting: SelfJoin) -> None:
    unit.execute(insert(table).values(platform_id=setting.platform_id, **_values(setting)))


def change(unit: Unit, setting: SelfJoin) -> None:
    mine = table.c.platform_id == setting.platform_id
    unit.execute(update(table).where(mine).values(_values(setting)))


def _values(setting: SelfJoin) -> dict[str, object]:
    return {
        "allowed": setting.allowed,
        "created_at": setting.created,
        "modified_at": setting.modified,
    }
