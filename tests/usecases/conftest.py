"""Verbs are tested on the platform `acme`, on each engine in turn."""

import pytest

from seatledger.storage.engine import Database
from tests.support.world import World


@pytest.fixture
def world(database: Database) -> World:
    return World(database)
