"""Ledgers for tests: copies of one that was made once, in milliseconds."""

import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any, Protocol, TypeVar

import psycopg
from sqlalchemy.engine import make_url

T = TypeVar("T")
Migrate = Callable[[str], None]  # brings the ledger at a URL to the newest schema


class Ledgers(Protocol):
    """Makes databases of one engine; the caller drops what it made."""

    def bare(self) -> str:
        """The URL of a database without any table."""

    def empty(self) -> str:
        """The URL of a ledger of the newest schema, without any row."""

    def stocked(self, stock: Callable[[str], T]) -> tuple[str, T]:
        """The URL of a ledger with the rows that `stock` wrote, once, and what it answered."""

    def drop(self, url: str) -> None: ...


class SqliteLedgers:
    """Files of one folder, whose names are used again."""

    def __init__(self, folder: Path, migrate: Migrate) -> None:
        self._folder = folder
        self._migrate = migrate
        self._numbers = count(1)
        self._stocks: dict[Callable[[str], Any], tuple[Path, Any]] = {}
        self._free: list[str] = []

    def bare(self) -> str:
        if self._free:
            return self._free.pop()
        return f"sqlite:///{self._folder / f'ledger{next(self._numbers)}.db'}"

    def empty(self) -> str:
        return self._copy(self._migrate, self.bare)[0]

    def stocked(self, stock: Callable[[str], T]) -> tuple[str, T]:
        return self._copy(stock, self.empty)

    def _copy(self, stock: Callable[[str], T], before: Callable[[], str]) -> tuple[str, T]:
        if stock not in self._stocks:
            first = before()
            self._stocks[stock] = _file(first), stock(first)
        file, told = self._stocks[stock]
        url = self.bare()
        shutil.copyfile(file, _file(url))
        return url, told

    def drop(self, url: str) -> None:
        for suffix in ("", "-wal", "-shm"):
            _file(url).with_name(_file(url).name + suffix).unlink(missing_ok=True)
        self._free.append(url)


class PostgresLedgers:
    """Databases of one server, under names that begin with `prefix`.

    One that was a ledger and still has its schema is emptied and used again: that takes a tenth of
    the time that a new copy does.
    """

    def __init__(self, server_url: str, prefix: str, migrate: Migrate) -> None:
        self._server_url = make_url(server_url)
        self._admin = psycopg.connect(server_url, autocommit=True)
        self._prefix = prefix
        self._migrate = migrate
        self._numbers = count(1)
        self._template: str | None = None
        self._stocks: dict[Callable[[str], Any], tuple[str, Any]] = {}
        self._used: dict[str, Reusable] = {}
        self._free: list[str] = []

    def bare(self) -> str:
        return self._create("template0")

    def empty(self) -> str:
        if self._free:
            return self._free.pop()
        if self._template is None:
            url = self.bare()
            self._migrate(url)
            self._template = _name(url)
        url = self._create(self._template)
        self._used[url] = Reusable(url)
        return url

    def stocked(self, stock: Callable[[str], T]) -> tuple[str, T]:
        url = self.empty()
        if stock in self._stocks:
            rows, told = self._stocks[stock]
            self._used[url].write(rows)
        else:
            told = stock(url)
            self._stocks[stock] = self._used[url].rows(), told
        return url, told

    def drop(self, url: str) -> None:
        ledger = self._used.get(url)
        if ledger is not None and ledger.emptied():
            self._free.append(url)
            return
        if ledger is not None:
            self._used.pop(url).close()
        self._admin.execute(f'DROP DATABASE IF EXISTS "{_name(url)}" WITH (FORCE)')

    def close(self) -> None:
        for ledger in self._used.values():
            ledger.close()
        self._admin.close()

    def _create(self, template: str) -> str:
        name = f"{self._prefix}_{next(self._numbers)}"
        self._admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        url = self._server_url.set(database=name, password=None)
        return url.render_as_string(hide_password=False)


USES_MAX = 200  # rows that were deleted take room until then

# What a test may have done to the schema, or to the settings of the database.
SHAPE = """
    SELECT (SELECT count(*) FROM pg_class), (SELECT max(oid::bigint) FROM pg_class),
           (SELECT count(*) FROM pg_constraint), (SELECT max(oid::bigint) FROM pg_constraint),
           (SELECT count(*) FROM pg_trigger WHERE tgenabled = 'O'),
           (SELECT count(*) FROM pg_attribute), (SELECT count(*) FROM pg_db_role_setting),
           (SELECT version_num FROM alembic_version)
"""
EMPTY = """
    DO $$
    DECLARE it record; filled boolean;
    BEGIN
        PERFORM pg_terminate_backend(pid, 5000) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid();
        SET session_replication_role = replica; -- no key keeps a row that others refer to
        FOR it IN SELECT relname, relkind FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S')
            AND relname <> 'alembic_version'
        LOOP
            IF it.relkind = 'S' THEN
                PERFORM setval(it.relname::regclass, 1, false);
            ELSE
                EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', it.relname) INTO filled;
                IF filled THEN EXECUTE format('DELETE FROM %I', it.relname); END IF;
            END IF;
        END LOOP;
        SET session_replication_role = origin;
    END $$
"""
TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = "
ROWS_OF = """
    SELECT format('INSERT INTO %1$I SELECT * FROM jsonb_populate_recordset(NULL::%1$I, %2$L);',
                  '{0}', jsonb_agg(to_jsonb(it)))
    FROM {0} AS it HAVING count(*) > 0
"""
NUMBER_OF = "SELECT format('SELECT setval(%L, %s, %L);', '{0}', last_value, is_called) FROM {0}"


class Reusable:
    """A ledger that may be emptied, as long as it is as it was made."""

    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url, autocommit=True)
        self._shape = self._look()
        self._uses = 1

    def emptied(self) -> bool:
        """Empty it. False where that is not all there is to do."""
        self._uses += 1
        try:
            if self._uses > USES_MAX or self._look() != self._shape:
                return False
            self._connection.execute(EMPTY)
        except psycopg.Error:
            return False
        return True

    def rows(self) -> str:
        """Statements that write all there is into an empty ledger."""
        asked = [
            query.format(name)
            for kind, query in (("r", ROWS_OF), ("S", NUMBER_OF))
            for (name,) in self._connection.execute(f"{TABLES} '{kind}'").fetchall()
            if name != "alembic_version"
        ]
        told = [row[0] for query in asked for row in self._connection.execute(query.encode())]
        return f"BEGIN; SET LOCAL session_replication_role = replica; {' '.join(told)} COMMIT"

    def write(self, rows: str) -> None:
        self._connection.execute(rows.encode())

    def close(self) -> None:
        self._connection.close()

    def _look(self) -> object:
        return self._connection.execute(SHAPE).fetchone()


def _file(url: str) -> Path:
    return Path(str(make_url(url).database))


def _name(url: str) -> str:
    return str(make_url(url).database)
