"""A unit of work: the statements of one transaction. `engine.Database` opens and commits it."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Executable, Row, Select
from sqlalchemy import text as sql_text
from sqlalchemy.engine import Connection

from seatledger.storage.statement import Spelling, Statement

Rows = Sequence[Row[Any]]


class Unit:
    """Runs statements on one connection. Parameters that a statement reads as rows are lists."""

    def __init__(self, connection: Connection, spelling: Spelling) -> None:
        self.connection = connection
        self._spelling = spelling
        self._last_ids: dict[str, int] = {}

    def rows(self, statement: Statement, **parameters: Any) -> Rows:
        """The rows a statement answers with."""
        bound = _bind(statement, parameters)
        return self.connection.execute(statement.spell(self._spelling), bound).fetchall()

    def run(self, statement: Statement, **parameters: Any) -> int:
        """Run a statement for its effect; answers how many rows it touched."""
        bound = _bind(statement, parameters)
        return self.connection.execute(statement.spell(self._spelling), bound).rowcount

    def select(self, query: Executable) -> Rows:
        """The rows of a query built by hand: lists with filters, and writes that answer."""
        return self.connection.execute(query).fetchall()

    def execute(self, change: Executable) -> int:
        """Run a change built by hand; answers how many rows it touched."""
        return self.connection.execute(change).rowcount

    def run_together(self, statements: Sequence[Statement], **parameters: Any) -> None:
        """Run several writes as one, in one round trip where the engine can.

        They must not touch the same rows, nor see each other's work. Each takes the parameters
        that it names.
        """
        for together in self._spelling.together(statements):
            mine = {name: parameters[name] for name in together.rows}
            self.run(together, **mine)

    def count(self, query: Select[Any]) -> int:
        return int(self.connection.execute(query).scalar_one())

    def new_ids(self, **counts: int) -> dict[str, list[int]]:
        """So many fresh ids of each table, ascending, in one statement."""
        most = max(counts.values())
        if most == 0:
            return {table: [] for table in counts}
        tables = tuple(counts)
        query = sql_text(self._spelling.next_ids(tables))
        last = {f"last_{table}": self._last_ids.get(table, 0) for table in tables}
        rows = self.connection.execute(query, {**counts, **last, "most": most}).fetchall()
        ids = {table: [row[at] for row in rows[: counts[table]]] for at, table in enumerate(tables)}
        self._last_ids |= {table: given[-1] for table, given in ids.items() if given}
        return ids


def _bind(statement: Statement, parameters: dict[str, Any]) -> dict[str, Any]:
    if not statement.rows:
        return parameters
    return {
        name: msgspec.json.encode(value).decode() if name in statement.rows else value
        for name, value in parameters.items()
    }
