"""Lists that are read on from where the last page ended: no counting, no skipping, no page twice.

Sorted by an id that only grows, so that what others write meanwhile moves nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Row, Select

from seatledger.storage.unit import Unit

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stretch:
    """The next `limit` rows behind the one whose id is `after`; ids begin at 1.

    With `backwards` the newest come first, and `after` 0 is before all of them.
    """

    after: int
    limit: int
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class Followed(Generic[T]):
    """Some rows of a list, the id (or number) of the last of them, and whether more follow."""

    rows: list[T]
    last_id: int
    more: bool


def follow(
    unit: Unit,
    query: Select[Any],
    key: ColumnElement[int],
    stretch: Stretch,
    build: Callable[[Row[Any]], T],
) -> Followed[T]:
    """The stretch of the query, whose rows must have `key` under its own name."""
    rows = list(unit.select(_following(query, key, stretch).limit(stretch.limit + 1)))
    kept = rows[: stretch.limit]
    last = getattr(kept[-1], str(key.key)) if kept else stretch.after
    return Followed([build(row) for row in kept], last, len(rows) > stretch.limit)


def _following(query: Select[Any], key: ColumnElement[int], stretch: Stretch) -> Select[Any]:
    if not stretch.backwards:
        return query.where(key > stretch.after).order_by(key)
    behind = query.where(key < stretch.after) if stretch.after else query
    return behind.order_by(key.desc())
