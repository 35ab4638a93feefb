"""PostgreSQL: its words, its connections, and how a unit's statements get to it."""

import re
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache, partial
from typing import Any, cast

import psycopg
import sqlalchemy
from psycopg.rows import namedtuple_row
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.exc import DBAPIError

from seatledger.storage.statement import First, Statement

BUSY_TIMEOUT_SECONDS = 5
CONNECT_TIMEOUT_SECONDS = 5
READERS = 8
IDS_AT_ONCE = 256
PARAMETER = re.compile(r"(?<![:\w]):(\w+)")


class PostgresSpelling:
    name = "postgresql"
    begin_snapshot = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    hold_schema = "SELECT pg_advisory_xact_lock(7328528345)"  # any number that others don't use

    def __init__(self) -> None:
        self._together: dict[tuple[int, ...], Statement] = {}

    def rows(self, parameter: str, columns: Mapping[str, str]) -> str:
        fields = ", ".join(f"{name} {type_}" for name, type_ in columns.items())
        return f"jsonb_to_recordset(CAST(:{parameter} AS jsonb)) AS {parameter}({fields})"

    def lock(self, table: str) -> str:
        return f"FOR NO KEY UPDATE OF {table}"

    def first(self, first: First) -> str:
        return (
            f"JOIN LATERAL (SELECT {first.table}.* FROM {first.table} WHERE {first.where} "
            f"ORDER BY {first.order} LIMIT :most) AS {first.alias} ON true"
        )

    def changed(self, table: str) -> str:
        return f"{table}_changed AS changed"

    def together(self, statements: Sequence[Statement]) -> Sequence[Statement]:
        """One statement: all but the last become data-modifying CTEs of it."""
        key = tuple(id(statement) for statement in statements)
        if key not in self._together:
            *first, last = statements
            parts: dict[str, str] = {}
            for number, each in enumerate(first):
                name = f"w{number}" if each.changes is None else f"{each.changes}_changed"
                parts[name] = _part(each, after=parts)
            said = ", ".join(f"{name} AS ({part})" for name, part in parts.items())
            sql = f"WITH {said} {last.unspelled()}" if parts else last.unspelled()
            rows = {name: columns for each in statements for name, columns in each.rows.items()}
            self._together[key] = Statement(sql, rows=rows, sees=last.sees)
        return [self._together[key]]


def _part(statement: Statement, after: Iterable[str]) -> str:
    """A write as a CTE. The order of CTEs is nobody's promise: counting what one did makes it."""
    if statement.changes is None:
        return f"{statement.unspelled()} RETURNING 1"
    done = " AND ".join(f"(SELECT count(*) FROM {name}) >= 0" for name in after) or "true"
    return statement.unspelled().replace("{others_done}", done) + " RETURNING *"


SPELLING = PostgresSpelling()


class Stock:
    """Ids taken from the sequences ahead of need, for all transactions of this process.

    What is left when the process ends, or a connection is made anew, is never given: ids have gaps.
    """

    def __init__(self) -> None:
        self._ids: dict[str, list[int]] = defaultdict(list)
        self._lock = threading.Lock()

    def take(self, table: str, count: int, draw: Callable[[int], list[int]]) -> list[int]:
        """So many ids, ascending. Where there are too few, `draw` gets as many as it is told."""
        with self._lock:
            given, self._ids[table] = self._ids[table][:count], self._ids[table][count:]
        lacking = count - len(given)
        if lacking:  # drawn without the lock: a database that hangs holds up only who asks it
            fresh = draw(max(lacking, IDS_AT_ONCE))
            given += fresh[:lacking]
            with self._lock:
                self._ids[table] += fresh[lacking:]
        return sorted(given)

    def forget(self) -> None:
        """Give none of those that are left: a server that crashed may give them again."""
        with self._lock:
            self._ids.clear()


class PostgresWire:
    """Statements go to psycopg directly and are prepared: it gives their results types, and what
    SQLAlchemy does for each of them takes longer than the statement."""

    spelling = SPELLING

    def __init__(self, connection: Connection, stock: Stock) -> None:
        self._connection = connection
        self._stock = stock
        self._driver: psycopg.Connection[Any] = cast(
            "psycopg.Connection[Any]", connection.connection.driver_connection
        )
        self._cursor = self._driver.cursor(row_factory=namedtuple_row)

    def execute(self, statement: Statement, parameters: Mapping[str, Any]) -> psycopg.Cursor[Any]:
        return self._run(_as_psycopg(statement), parameters)

    def new_ids(self, counts: Mapping[str, int]) -> dict[str, list[int]]:
        """Ids of the stock, which nobody else is given, whether or not this unit commits."""
        return {
            table: self._stock.take(table, count, partial(self._draw, table))
            for table, count in counts.items()
        }

    def _draw(self, table: str, count: int) -> list[int]:
        sql = f"SELECT nextval('{table}_id_seq') FROM generate_series(1, %(count)s)"
        return [row[0] for row in self._run(sql.encode(), {"count": count}).fetchall()]

    def _run(self, sql: bytes, parameters: Mapping[str, Any]) -> psycopg.Cursor[Any]:
        try:
            return self._cursor.execute(sql, parameters, prepare=True)
        except psycopg.Error as error:
            raise self._told(error, sql) from error

    def _told(self, error: psycopg.Error, sql: bytes) -> BaseException:
        """The error as SQLAlchemy would tell it."""
        lost = self._driver.closed
        if lost:
            self._let_sqlalchemy_see()
        return DBAPIError.instance(
            sql.decode(),
            None,
            error,
            psycopg.Error,
            hide_parameters=True,
            connection_invalidated=lost,
            dialect=self._connection.dialect,
        )

    def _let_sqlalchemy_see(self) -> None:
        """Where one connection is lost, it renews all, before others find theirs lost too."""
        with suppress(DBAPIError):
            self._connection.exec_driver_sql("SELECT 1")


@cache
def _as_psycopg(statement: Statement) -> bytes:
    """A statement with its parameters as psycopg marks them. There are as many as constants."""
    sql = statement.sql(SPELLING).replace("%", "%%")
    return PARAMETER.sub(r"%(\1)s", sql).encode()


class PostgresEngine:
    """A ledger on a server. A pool of connections for writing, and one for reading."""

    spelling = SPELLING

    def __init__(self, url: URL) -> None:
        self.writer, self.readers = _writer(url), _readers(url)
        self._stock = Stock()

        @event.listens_for(self.writer, "connect")
        def begin_anew(*_: object) -> None:
            self._stock.forget()

    def wire(self, connection: Connection) -> PostgresWire:
        return PostgresWire(connection, self._stock)


def _writer(url: URL) -> Engine:
    # A batch looks up a few rows by key: one plan for all batches, and always by index. Where
    # statistics lag behind a growing table, the planner would rather read and hash all of it.
    by_key = (
        "-c plan_cache_mode=force_generic_plan"
        " -c enable_hashjoin=off -c enable_mergejoin=off -c enable_seqscan=off"
    )
    return sqlalchemy.create_engine(
        url,
        connect_args=_arguments(by_key),
        pool_size=2,
        max_overflow=2,
        pool_timeout=BUSY_TIMEOUT_SECONDS,
        hide_parameters=True,
    )


def _readers(url: URL) -> Engine:
    return sqlalchemy.create_engine(
        url,
        connect_args=_arguments("-c random_page_cost=1.1"),
        pool_size=READERS,
        max_overflow=0,
        hide_parameters=True,
        pool_timeout=BUSY_TIMEOUT_SECONDS,
        isolation_level="AUTOCOMMIT",
        pool_reset_on_return=None,
    )


def _arguments(planning: str) -> dict[str, Any]:
    options = (
        f"-c timezone=UTC -c lock_timeout={BUSY_TIMEOUT_SECONDS}s"
        " -c statement_timeout=60s -c jit=off"
    )
    return {
        "connect_timeout": CONNECT_TIMEOUT_SECONDS,
        "options": f"{options} {planning}",
        "application_name": "seatledger",
    }
