"""A served ledger on each engine, for the tests of the ibl dialect."""

from collections.abc import Iterator

import pytest

from seatledger.storage.engine import Database
from tests.dialects.ibl.world import Clock, Keys, World, serving, stock
from tests.support.databases import Opened
from tests.support.ledgers import Ledgers


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def stocked(ledgers: Ledgers, databases: Opened) -> Iterator[tuple[str, Keys]]:
    """A ledger with two platforms, and the keys of its callers."""
    url, keys = ledgers.stocked(stock)
    yield url, keys
    databases.close()
    ledgers.drop(url)


@pytest.fixture
def database_url(stocked: tuple[str, Keys]) -> str:
    return stocked[0]


@pytest.fixture
def world(stocked: tuple[str, Keys], database: Database, clock: Clock) -> Iterator[World]:
    with serving(database, stocked[1], clock) as served:
        yield served
