"""Pages of lists: sorted, with ties broken by id, and counted."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Row, Select, func, select

from seatledger.storage.unit import Unit

T = TypeVar("T")
Sorts = Mapping[str, ColumnElement[Any]]  # has "id"; others are fields of the list


@dataclass(frozen=True, slots=True)
class Page:
    """`number` counts from 1; `sort` is a field name of the list, "-" in front for descending."""

    number: int
    size: int
    sort: str = "id"

    @property
    def field(self) -> str:
        return self.sort.removeprefix("-")

    @property
    def descending(self) -> bool:
        return self.sort.startswith("-")

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """One page of a list, and how many rows the whole list has."""

    total: int
    rows: list[T]

    def pages(self, size: int) -> int:
        """How many pages of that size the list has."""
        return -(-self.total // size)


def find(
    unit: Unit,
    query: Select[Any],
    sorts: Sorts,
    page: Page,
    build: Callable[[Row[Any]], T],
    ties: Sequence[ColumnElement[Any]] = (),
) -> Found[T]:
    """The page of the query. The sort must be one of `sorts`, as `sortable` tells beforehand.

    Where `id` does not tell all rows apart, `ties` do.
    """
    total = count(unit, query)
    if page.offset >= total:
        return Found(total, [])
    return Found(total, [build(row) for row in unit.select(cut(query, sorts, page, ties))])


def count(unit: Unit, query: Select[Any]) -> int:
    """How many rows the query has."""
    return unit.count(select(func.count()).select_from(query.order_by(None).subquery()))


def cut(
    query: Select[Any], sorts: Sorts, page: Page, ties: Sequence[ColumnElement[Any]] = ()
) -> Select[Any]:
    """The query, sorted, and of its rows those of the page."""
    return sort(query, sorts, page, ties).limit(page.size).offset(page.offset)


def sort(
    query: Select[Any], sorts: Sorts, page: Page, ties: Sequence[ColumnElement[Any]] = ()
) -> Select[Any]:
    """The query, sorted as the page asks."""
    order = [sorts[page.field], *([] if page.field == "id" else [sorts["id"]]), *ties]
    return query.order_by(*(column.desc() if page.descending else column for column in order))


def sortable(sorts: Container[str], sort: str) -> bool:
    return sort.removeprefix("-") in sorts
