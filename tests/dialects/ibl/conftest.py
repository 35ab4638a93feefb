"""A served ledger on each engine, for the tests of the ibl dialect."""

from collections.abc import Iterator

import pytest

from tests.dialects.ibl.world import Clock, World, serving


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(database_url: str, clock: Clock) -> Iterator[World]:
    with serving(database_url, clock) as served:
        yield served
