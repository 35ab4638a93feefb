"""Empty ledgers for tests: copies of one that was migrated once, made in milliseconds."""

import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Protocol

import psycopg
from sqlalchemy.engine import make_url

Migrate = Callable[[str], None]  # brings the ledger at a URL to the newest schema


class Ledgers(Protocol):
    """Makes databases of one engine; the caller drops what it made."""

    def bare(self) -> str:
        """The URL of a database without any table."""

    def empty(self) -> str:
        """The URL of a ledger of the newest schema, without any row."""

    def drop(self, url: str) -> None: ...


class SqliteLedgers:
    """Files of one folder."""

    def __init__(self, folder: Path, migrate: Migrate) -> None:
        self._folder = folder
        self._migrate = migrate
        self._numbers = count(1)
        self._template: Path | None = None

    def bare(self) -> str:
        return f"sqlite:///{self._folder / f'ledger{next(self._numbers)}.db'}"

    def empty(self) -> str:
        if self._template is None:
            url = self.bare()
            self._migrate(url)
            self._template = _file(url)
        url = self.bare()
        shutil.copyfile(self._template, _file(url))
        return url

    def drop(self, url: str) -> None:
        for suffix in ("", "-wal", "-shm"):
            _file(url).with_name(_file(url).name + suffix).unlink(missing_ok=True)


class PostgresLedgers:
    """Databases of one server, under names that begin with `prefix`."""

    def __init__(self, server_url: str, prefix: str, migrate: Migrate) -> None:
        self._server_url = make_url(server_url)
        self._admin = psycopg.connect(server_url, autocommit=True)
        self._prefix = prefix
        self._migrate = migrate
        self._numbers = count(1)
        self._template: str | None = None

    def bare(self) -> str:
        return self._create("template0")

    def empty(self) -> str:
        if self._template is None:
            url = self.bare()
            self._migrate(url)
            self._template = _name(url)
        return self._create(self._template)

    def drop(self, url: str) -> None:
        self._admin.execute(f'DROP DATABASE IF EXISTS "{_name(url)}" WITH (FORCE)')

    def close(self) -> None:
        self._admin.close()

    def _create(self, template: str) -> str:
        name = f"{self._prefix}_{next(self._numbers)}"
        self._admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        url = self._server_url.set(database=name, password=None)
        return url.render_as_string(hide_password=False)


def _file(url: str) -> Path:
    return Path(str(make_url(url).database))


def _name(url: str) -> str:
    return str(make_url(url).database)
