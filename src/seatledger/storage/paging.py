"""Pages of lists: sorted, with ties broken by id, and counted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Row, Select, func, select

from seatledger.storage.unit import Unit

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page:
    """`number` counts from 1; `sort` is a field name of the list, "-" in front for descending."""

    number: int
    size: int
    sort: str = "id"

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """One page of a list, and how many rows the whole list has."""

    total: int
    rows: list[T]


def find(
    unit: Unit,
    query: Select[Any],
    sorts: Mapping[str, ColumnElement[Any]],
    page: Page,
    build: Callable[[Row[Any]], T],
    ties: Sequence[ColumnElement[Any]] = (),
) -> Found[T]:
    """The page of the query. The sort must be one of `sorts`, as `sortable` tells beforehand.

    Where `id` does not tell all rows apart, `ties` do.
    """
    total = unit.count(select(func.count()).select_from(query.order_by(None).subquery()))
    if page.offset >= total:
        return Found(total, [])
    name = page.sort.removeprefix("-")
    first, then = sorts[name], sorts["id"]
    if page.sort.startswith("-"):
        first, then, ties = first.desc(), then.desc(), [tie.desc() for tie in ties]
    order = [first] if name == "id" else [first, then]
    rows = unit.select(query.order_by(*order, *ties).limit(page.size).offset(page.offset))
    return Found(total, [build(row) for row in rows])


def sortable(sorts: Mapping[str, Any], sort: str) -> bool:
    return sort.removeprefix("-") in sorts
