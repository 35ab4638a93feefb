"""Two worlds for the whole way: an empty ledger with a manager's token, on either engine."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from seatledger.domain.people_command import CreateToken
from seatledger.domain.pool import Pool
from seatledger.storage.engine import Database
from tests.support.cast import OPERATOR
from tests.support.ledgers import Ledgers
from tests.support.world import World


@dataclass
class Ledger:
    """A ledger that a server may be started on: its URL, its manager's token, its world."""

    url: str
    token: str
    world: World

    def pool(self, size: int) -> Pool:
        return self.world.pool(size=size)


def _open(ledgers: Ledgers) -> Iterator[Ledger]:
    url = ledgers.empty()
    database = Database(url)
    world = World(database)
    minted = world.do(CreateToken(OPERATOR, name="office", platform_key="acme"))
    yield Ledger(url, minted.text, world)
    database.close()
    ledgers.drop(url)


@pytest.fixture
def ledger(ledgers: Ledgers) -> Iterator[Ledger]:
    """On each engine in turn."""
    yield from _open(ledgers)


@pytest.fixture
def postgresql_ledger(postgresql_ledgers: Ledgers) -> Iterator[Ledger]:
    yield from _open(postgresql_ledgers)
