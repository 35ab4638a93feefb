"""The program on an empty ledger, and on one with a platform."""

import pytest

from tests.support.program import Program


@pytest.fixture
def seatledger(database_url: str) -> Program:
    """On a ledger without any row, on each engine in turn."""
    return Program(database_url)


@pytest.fixture
def acme(seatledger: Program) -> Program:
    """On a ledger with one platform, `acme`."""
    seatledger.answer("platform", "create", "acme", "--org", "acme-org", "--name", "Acme")
    return seatledger


@pytest.fixture
def pool_id(acme: Program) -> int:
    """A pool of two seats, of the platform `acme`."""
    opened = acme.answer(
        "pool", "create", "--platform", "acme", "--item", "course:c-1", "--size", 2
    )
    return int(opened["pool_id"])
