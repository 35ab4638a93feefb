"""The two engines, and the only place that knows which one runs.

SQLite has one writing connection, which also checkpoints, and reading ones that only read;
PostgreSQL has a pool for each. Reads run without a transaction of their own.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    DBAPIError,
    IntegrityError,
    OperationalError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout

from seatledger.storage.statement import First, Spelling, Statement
from seatledger.storage.unit import Unit

BUSY_TIMEOUT_SECONDS = 5
CONNECT_TIMEOUT_SECONDS = 5
READERS = 8
SERIALIZATION_FAILURE, DEADLOCK, READ_ONLY = "40001", "40P01", "25006"
URL_FORMS = "The database URL must be sqlite:///path/to/file or postgresql://user@host/name."


class Conflict(Exception):
    """Another writer was there first (unique key, deadlock …): the work may be tried again."""


class Unavailable(Exception):
    """The database can't be reached, or is locked, full or read-only; nothing was written."""


class Uncertain(Exception):
    """The connection broke during the commit: it is not known whether the work was written."""


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

    def next_ids(self, tables: Sequence[str]) -> str:
        ids = ", ".join(
            f"MAX((SELECT COALESCE(MAX(id), 0) FROM {each}), :last_{each}) + i" for each in tables
        )
        return (
            f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :most) "
            f"SELECT {ids} FROM n"
        )

    def together(self, statements: Sequence[Statement]) -> Sequence[Statement]:
        return statements


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

    def next_ids(self, tables: Sequence[str]) -> str:
        ids = ", ".join(
            f"CASE WHEN i <= :{each} THEN nextval('{each}_id_seq') END" for each in tables
        )
        return f"SELECT {ids} FROM generate_series(1, :most) AS i"

    def together(self, statements: Sequence[Statement]) -> Sequence[Statement]:
        """One statement: all but the last become data-modifying CTEs of it."""
        key = tuple(id(statement) for statement in statements)
        if key not in self._together:
            *first, last = statements
            parts = [f"w{i} AS ({each.unspelled()})" for i, each in enumerate(first)]
            sql = f"WITH {', '.join(parts)} {last.unspelled()}" if parts else last.unspelled()
            rows = {name: columns for each in statements for name, columns in each.rows.items()}
            self._together[key] = Statement(sql, rows=rows)
        return [self._together[key]]


class Database:
    """One ledger's rows. `url` is `sqlite:///path` or `postgresql://…`."""

    def __init__(self, url: str) -> None:
        self.url = _driver_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite:
            self.spelling: Spelling = SqliteSpelling()
            self.writer, self._readers = _sqlite_engines(self.url)
        else:
            self.spelling = PostgresSpelling()
            self.writer, self._readers = _postgres_engines(self.url)

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """One transaction: commits when the block ends well, rolls back otherwise.

        Raises Conflict, Unavailable or Uncertain in place of the driver's errors of those meanings.
        """
        committing = False
        try:
            with self.writer.connect() as connection, connection.begin() as transaction:
                yield Unit(connection, self.spelling)
                committing = True
                transaction.commit()
        except (DBAPIError, PoolTimeout) as error:
            raise _meaning(error, committing=committing) from error

    @contextmanager
    def read(self) -> Iterator[Unit]:
        """Queries only. Raises Unavailable where the database is."""
        try:
            with self._readers.connect() as connection:
                yield Unit(connection, self.spelling)
        except (DBAPIError, PoolTimeout) as error:
            raise _meaning(error, committing=False) from error

    @contextmanager
    def snapshot(self) -> Iterator[Unit]:
        """Queries that all see the ledger as it is at the first of them. Raises Unavailable."""
        with self.read() as unit:
            unit.connection.exec_driver_sql(self.spelling.begin_snapshot)
            try:
                yield unit
            finally:
                unit.connection.exec_driver_sql("ROLLBACK")

    @property
    def is_there(self) -> bool:
        """Whether reading can find anything: not while SQLite would have to make the file first."""
        return not self.is_sqlite or Path(str(self.url.database)).exists()

    def close(self) -> None:
        self._readers.dispose()
        self.writer.dispose()


def _driver_url(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise ValueError(URL_FORMS) from None
    if parsed.get_backend_name() in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() != "sqlite" or parsed.database in {None, "", ":memory:"}:
        raise ValueError(URL_FORMS)
    file = Path(str(parsed.database)).expanduser()
    return parsed.set(drivername="sqlite+pysqlite", database=str(file))


def _sqlite_engines(url: URL) -> tuple[Engine, Engine]:
    arguments = {"timeout": BUSY_TIMEOUT_SECONDS, "check_same_thread": False}
    writer = sqlalchemy.create_engine(
        url, connect_args=arguments, pool_size=1, max_overflow=0, hide_parameters=True
    )
    readers = sqlalchemy.create_engine(
        url,
        connect_args=arguments,
        pool_size=READERS,
        max_overflow=0,
        hide_parameters=True,
        isolation_level="AUTOCOMMIT",
        pool_reset_on_return=None,
    )

    @event.listens_for(writer, "do_connect")
    def make_folder(*_: object) -> None:
        try:
            Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Unavailable(f"{error.filename}: {error.strerror}") from error

    @event.listens_for(writer, "connect")
    def prepare_writer(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(writer, "begin")
    def begin_immediate(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    @event.listens_for(readers, "connect")
    def prepare_reader(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in ("query_only = ON", "wal_autocheckpoint = 0"):
            connection.execute(f"PRAGMA {pragma}")

    return writer, readers


def _postgres_engines(url: URL) -> tuple[Engine, Engine]:
    options = (
        f"-c timezone=UTC -c lock_timeout={BUSY_TIMEOUT_SECONDS}s"
        " -c statement_timeout=60s -c jit=off"
    )
    arguments = {
        "connect_timeout": CONNECT_TIMEOUT_SECONDS,
        "options": f"{options} -c random_page_cost=1.1",
        "application_name": "seatledger",
    }
    # A batch looks up a few rows by key: one plan for all batches, and always by index. Where
    # statistics lag behind a growing table, the planner would rather read and hash all of it.
    by_key = (
        f"{options} -c plan_cache_mode=force_generic_plan"
        " -c enable_hashjoin=off -c enable_mergejoin=off -c enable_seqscan=off"
    )
    writer = sqlalchemy.create_engine(
        url,
        connect_args={**arguments, "options": by_key},
        pool_size=2,
        max_overflow=2,
        pool_timeout=BUSY_TIMEOUT_SECONDS,
        hide_parameters=True,
    )
    readers = sqlalchemy.create_engine(
        url,
        connect_args=arguments,
        pool_size=READERS,
        max_overflow=0,
        hide_parameters=True,
        pool_timeout=BUSY_TIMEOUT_SECONDS,
        isolation_level="AUTOCOMMIT",
        pool_reset_on_return=None,
    )
    return writer, readers


def _meaning(error: DBAPIError | PoolTimeout, *, committing: bool) -> Exception:
    if isinstance(error, PoolTimeout):
        return Unavailable("all database connections are busy")
    broken = error.connection_invalidated
    if committing and broken:
        return Uncertain(str(error.orig))
    state: Any = getattr(error.orig, "sqlstate", None)
    if isinstance(error, IntegrityError) or state in {SERIALIZATION_FAILURE, DEADLOCK}:
        return Conflict(str(error.orig))
    # A bare DatabaseError is SQLite's for a file that is none of its own, or is damaged.
    unusable = isinstance(error, OperationalError) or type(error) is DatabaseError
    if broken or unusable or state == READ_ONLY:
        return Unavailable(str(error.orig))
    return error
