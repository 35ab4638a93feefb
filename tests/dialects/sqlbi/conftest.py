"""A served ledger on each engine, with one license manager: acme, of the domain acme.example."""

from collections.abc import Iterator

import pytest

from seatledger.storage.engine import Database
from tests.dialects.sqlbi.world import Clock, World, serving
from tests.support.ledgers import Ledgers


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(database: Database, clock: Clock) -> Iterator[World]:
    """A ledger of the test's own."""
    with serving(database, clock) as served:
        served.platform("acme", "acme.example")
        yield served


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def shared_world(request: pytest.FixtureRequest) -> Iterator[World]:
    """A ledger that the tests of a module share, for long tables of what changes nothing."""
    ledgers: Ledgers = request.getfixturevalue(f"{request.param}_ledgers")
    url = ledgers.empty()
    database = Database(url)
    with serving(database, Clock()) as served:
        served.platform("acme", "acme.example")
        yield served
    database.close()
    ledgers.drop(url)
