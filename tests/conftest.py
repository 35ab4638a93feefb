"""What every test may ask for: a ledger on each engine.

PostgreSQL is one server for the whole run. With several test processes the controlling one starts
it and tells the others where it is; a single process starts it when the first test asks.
"""

import logging
import os
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from seatledger.storage.engine import Database
from seatledger.storage.schema import upgrade
from tests.support import postgres
from tests.support.apps import Routed
from tests.support.databases import Opened
from tests.support.ledgers import Ledgers, PostgresLedgers, SqliteLedgers

ROUTED, OPENED = Routed(), Opened()
SERVER = pytest.StashKey[postgres.Server]()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """In the controlling process, before a test process starts (a hook of pytest-xdist)."""
    node.workerinput["postgres"] = _server_of(node.config)


def pytest_unconfigure(config: pytest.Config) -> None:
    if SERVER in config.stash:
        config.stash[SERVER].stop()


def _server_of(config: pytest.Config) -> dict[str, str]:
    """Where this process's server is (`url`), or why there is none (`error`)."""
    if SERVER not in config.stash:
        try:
            config.stash[SERVER] = postgres.start()
        except postgres.NoPostgres as error:
            return {"error": str(error)}
    return {"url": config.stash[SERVER].url}


@pytest.fixture(autouse=True)
def log_set_up_as_before() -> Iterator[None]:
    """An application sets up the log of the process; after the test it is as it was."""
    loggers = [logging.getLogger(name) for name in (None, "uvicorn", "uvicorn.access")]
    before = [(each, each.level, each.handlers[:], each.propagate) for each in loggers]
    yield
    for each, level, handlers, propagate in before:
        each.setLevel(level)
        each.handlers[:] = handlers
        each.propagate = propagate
    structlog.reset_defaults()


@pytest.fixture(autouse=True)
def routes_built_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Applications that a test makes have routes that were built for an earlier one."""
    with ROUTED.lending(monkeypatch):
        yield


@pytest.fixture(autouse=True)
def databases(monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """Databases that a test opens were open for an earlier one; after the test they are closed."""
    with OPENED.lending(monkeypatch):
        yield OPENED


@pytest.fixture(scope="session")
def postgres_url(pytestconfig: pytest.Config) -> str:
    """The maintenance database of the run's server; where none can run, tests fail, not skip."""
    told: dict[str, str] | None = getattr(pytestconfig, "workerinput", {}).get("postgres")
    server = told or _server_of(pytestconfig)
    if "error" in server:
        pytest.fail(server["error"], pytrace=False)
    return server["url"]


@pytest.fixture(scope="session")
def sqlite_ledgers(tmp_path_factory: pytest.TempPathFactory) -> SqliteLedgers:
    return SqliteLedgers(tmp_path_factory.mktemp("ledgers"), _migrate)


@pytest.fixture(scope="session")
def postgresql_ledgers(postgres_url: str) -> Iterator[PostgresLedgers]:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    ledgers = PostgresLedgers(postgres_url, f"ledger_{worker}", _migrate)
    yield ledgers
    ledgers.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def ledgers(request: pytest.FixtureRequest) -> Ledgers:
    """A maker of databases, on each engine in turn, for tests that need several."""
    maker: Ledgers = request.getfixturevalue(f"{request.param}_ledgers")
    return maker


@pytest.fixture
def database_url(ledgers: Ledgers, databases: Opened) -> Iterator[str]:
    """An empty ledger of the newest schema, on each engine in turn."""
    url = ledgers.empty()
    yield url
    databases.close()
    ledgers.drop(url)


@pytest.fixture
def bare_database_url(ledgers: Ledgers) -> Iterator[str]:
    """A database without any table, on each engine in turn."""
    url = ledgers.bare()
    yield url
    ledgers.drop(url)


@pytest.fixture
def database(database_url: str, databases: Opened) -> Database:
    """An open, empty ledger, on each engine in turn."""
    return databases.take(database_url)


def _migrate(url: str) -> None:
    database = Database(url)
    upgrade(database)
    database.close()
