"""Statements of the write path: SQL text, made once, with the few words that engines differ in.

A statement takes whole batches: a parameter listed in `rows` is one JSON text that the statement
reads as a table, so that the number of statements never grows with the batch.

    ADD = Statement(
        "INSERT INTO t (a, b) SELECT a, b FROM {new}", rows={"new": {"a": "bigint", "b": "jsonb"}}
    )
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import TextClause
from sqlalchemy import text as sql_text

Columns = Mapping[str, Any]  # names to SQLAlchemy types


@dataclass(frozen=True, slots=True)
class First:
    """For each row before it, the first `:most` rows of `table` that match, joined as `alias`."""

    table: str
    alias: str
    where: str
    order: str


class Spelling(Protocol):
    """What an engine says in its own words."""

    name: str
    begin_snapshot: str
    hold_schema: str

    def rows(self, parameter: str, columns: Mapping[str, str]) -> str:
        """A JSON parameter (an array of objects) as a table of its own name."""

    def lock(self, table: str) -> str:
        """The clause that locks the rows read from `table` until the end of the transaction."""

    def first(self, first: First) -> str:
        """A join with the first few matching rows for each row on the left."""

    def changed(self, table: str) -> str:
        """The rows of `table` that a write of the same round trip has changed, as `changed`."""

    def together(self, statements: "Sequence[Statement]") -> "Sequence[Statement]":
        """Writes that do not touch the same rows, as few statements as the engine can make."""


class Statement:
    """`{name}` stands for a rows parameter, `{lock}` and `{first}` for what those arguments say.

    One that `changes` a table runs after those before it in the same round trip, if it says
    `WHERE {others_done}`; the one behind it, which `sees` that table, joins `{changed}`.
    """

    def __init__(
        self,
        sql: str,
        *,
        rows: Mapping[str, Mapping[str, str]] | None = None,
        locks: str | None = None,
        first: First | None = None,
        returns: Columns | None = None,
        changes: str | None = None,
        sees: str | None = None,
    ) -> None:
        self.rows = rows or {}
        self.changes, self.sees = changes, sees
        self._sql = sql
        self._locks = locks
        self._first = first
        self._returns = returns
        self._spelled: dict[str, TextClause] = {}

    def spell(self, spelling: Spelling) -> TextClause:
        """The statement as the engine reads it, ready to run with typed results."""
        clause = self._spelled.get(spelling.name)
        if clause is None:
            clause = sql_text(self.sql(spelling))
            if self._returns is not None:
                clause = clause.columns(**self._returns)  # type: ignore[assignment]
            self._spelled[spelling.name] = clause
        return clause

    def unspelled(self) -> str:
        return self._sql

    def sql(self, spelling: Spelling) -> str:
        words = {name: spelling.rows(name, columns) for name, columns in self.rows.items()}
        if self._locks is not None:
            words["lock"] = spelling.lock(self._locks)
        if self._first is not None:
            words["first"] = spelling.first(self._first)
        if self.changes is not None:
            words["others_done"] = "true"
        if self.sees is not None:
            words["changed"] = spelling.changed(self.sees)
        return self._sql.format(**words)
