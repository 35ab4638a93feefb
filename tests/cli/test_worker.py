"""`seatledger worker`: what servers need not do."""

import signal
import time
from datetime import UTC, datetime, timedelta

import pytest
from litestar.testing import TestClient

from seatledger.app import create_app
from seatledger.domain.job import JobKind
from seatledger.ops.settings import Settings
from seatledger.storage.engine import Database
from tests.support.jobs import asked, job, look
from tests.support.program import Program, start
from tests.support.world import World

LOOKS_MAX = 1_200
STOP_SECONDS_MAX = 30


@pytest.fixture
def lapsed(database: Database) -> World:
    """A ledger with a seat whose end has come, which nobody has recorded yet."""
    world = World(database)
    pool = world.pool()
    end = datetime.now(UTC) - timedelta(days=1)
    world.now = end - timedelta(days=1)
    world.assign(pool.id, "old", end=end)
    return world


def test_once_does_what_there_is_and_says_what_it_came_to(lapsed: World, database_url: str) -> None:
    program = Program(database_url)
    job(lapsed, 1, JobKind.IMPORT, asked("ada", "bob"))
    assert program.answer("worker", "--once") == {"lapsed": 1, "chunks": 1, "delivered": 0}
    assert (
        program("worker", "--once").out
        == "Seats lapsed: 0; chunks of rows: 0; deliveries tried: 0.\n"
    )
    assert lapsed.holders(1) == ["ada", "bob"]
    lapsed.check()


def test_servers_leave_it_to_the_worker_where_they_are_told_to(
    lapsed: World, database_url: str
) -> None:
    job(lapsed, 1, JobKind.IMPORT, asked("ada"))
    with TestClient(create_app(Settings(database_url=database_url, worker="apart"))) as client:
        assert client.get("/readyz").status_code == 200
    assert Program(database_url).answer("worker", "--once") == {
        "lapsed": 1,
        "chunks": 1,
        "delivered": 0,
    }


def test_it_works_on_what_comes_until_it_is_told_to_stop(lapsed: World, database_url: str) -> None:
    process = start(database_url, "worker")
    try:
        made = job(lapsed, 1, JobKind.IMPORT, asked("ada", "bob"))
        for _ in range(LOOKS_MAX):
            if look(lapsed.database, made.id).over:
                break
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        out, _ = process.communicate(timeout=STOP_SECONDS_MAX)
    finally:
        process.kill()
    assert (process.returncode, out) == (0, "The worker is at work.\n")
    assert lapsed.holders(1) == ["ada", "bob"]
    assert Program(database_url).answer("worker", "--once") == {
        "lapsed": 0,
        "chunks": 0,
        "delivered": 0,
    }
