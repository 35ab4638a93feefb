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
    """The next `limit` rows behind the one whose id is `after`; ids begin at 1."""

    after: int
    limit: int


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
    following = query.where(key > stretch.after).order_by(key).limit(stretch.limit + 1)
    rows = list(unit.select(following))
    kept = rows[: stretch.limit]
    last = getattr(kept[-1], str(key.key)) if kept else stretch.after
    return Followed([build(row) for row in kept], last, len(rows) > stretch.limit)
