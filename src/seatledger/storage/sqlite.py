"""SQLite: its words, its connections, and how a unit's statements get to it.

One connection writes, which also checkpoints; the others only read.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import TextClause, event
from sqlalchemy import text as sql_text
from sqlalchemy.engine import URL, Connection, CursorResult, Engine

from seatledger.storage.meaning import Unavailable
from seatledger.storage.statement import First, Statement

BUSY_TIMEOUT_SECONDS = 5
READERS = 8


class SqliteSpelling:
    name = "sqlite"
    begin_snapshot = "BEGIN"
    hold_schema = "SELECT 1"  # BEGIN IMMEDIATE holds it already

    def rows(self, parameter: str, columns: Mapping[str, str]) -> str:
        fields = ", ".join(f"json_extract(value, '$.{name}') AS {name}" for name in columns)
        return f"(SELECT {fields} FROM json_each(:{parameter})) AS {parameter}"

    def lock(self, table: str) -> str:
        return ""  # BEGIN IMMEDIATE holds the only write lock already

    def first(self, first: First) -> str:
        return (
            f"JOIN {first.table} {first.alias} ON {first.alias}.id IN (SELECT {first.table}.id "
            f"FROM {first.table} WHERE {first.where} ORDER BY {first.order} LIMIT :most)"
        )

    def changed(self, table: str) -> str:
        return f"{table} AS changed"

    def together(self, statements: Sequence[Statement]) -> Sequence[Statement]:
        return statements


SPELLING = SqliteSpelling()


class SqliteWire:
    """Statements go through SQLAlchemy, which gives SQLite's texts and numbers their types."""

    spelling = SPELLING

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._last_ids: dict[str, int] = {}

    def execute(self, statement: Statement, parameters: Mapping[str, Any]) -> CursorResult[Any]:
        return self._connection.execute(statement.spell(SPELLING), dict(parameters))

    def new_ids(self, counts: Mapping[str, int]) -> dict[str, list[int]]:
        """The ids after the highest: nobody else can be given them while this unit writes."""
        return {table: self._after_highest(table, count) for table, count in counts.items()}

    def _after_highest(self, table: str, count: int) -> list[int]:
        if count == 0:
            return []
        highest = int(self._connection.execute(_highest(table)).scalar_one())
        first = max(highest, self._last_ids.get(table, 0)) + 1
        self._last_ids[table] = first + count - 1  # perhaps not written when ids are asked again
        return list(range(first, first + count))


@cache
def _highest(table: str) -> TextClause:
    return sql_text(f"SELECT COALESCE(MAX(id), 0) FROM {table}")


class SqliteEngine:
    """A ledger in a file, which is made when it is first written."""

    spelling = SPELLING

    def __init__(self, url: URL) -> None:
        self.writer, self.readers = _writer(url), _readers(url)

    def wire(self, connection: Connection) -> SqliteWire:
        return SqliteWire(connection)


def _writer(url: URL) -> Engine:
    writer = sqlalchemy.create_engine(
        url, connect_args=_arguments(), pool_size=1, max_overflow=0, hide_parameters=True
    )

    @event.listens_for(writer, "do_connect")
    def make_folder(*_: object) -> None:
        try:
            Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Unavailable(f"{error.filename}: {error.strerror}") from error

    @event.listens_for(writer, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(writer, "begin")
    def begin_immediate(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return writer


def _readers(url: URL) -> Engine:
    readers = sqlalchemy.create_engine(
        url,
        connect_args=_arguments(),
        pool_size=READERS,
        max_overflow=0,
        hide_parameters=True,
        isolation_level="AUTOCOMMIT",
        pool_reset_on_return=None,
    )

    @event.listens_for(readers, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in ("query_only = ON", "wal_autocheckpoint = 0"):
            connection.execute(f"PRAGMA {pragma}")

    return readers


def _arguments() -> dict[str, Any]:
    return {"timeout": BUSY_TIMEOUT_SECONDS, "check_same_thread": False}
