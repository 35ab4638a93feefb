"""The sweep forgets requests with a key once they are thirty days old."""

from datetime import timedelta

import pytest

from seatledger.desk import Desk
from seatledger.domain.people_command import CreatePlatform
from seatledger.domain.repeat import Repeat
from seatledger.domain.repeat_command import KEPT_FOR
from seatledger.storage.engine import Database
from seatledger.usecases.once import Replayed
from seatledger.worker.sweeping import forget
from tests.support.cast import NOON, OPERATOR

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def test_all_that_is_old_is_forgotten_and_nothing_else(database: Database) -> None:
    now = NOON
    desk = Desk(database, clock=lambda: now)
    command = CreatePlatform(
        OPERATOR, key="acme", org="ACME", name="Acme", repeat=Repeat(0, "k", 1, "f")
    )
    await desk.submit(command)
    now = NOON + KEPT_FOR
    assert await forget(desk) == 0
    assert isinstance(await desk.submit(command), Replayed)
    assert await desk.recall(0, "k") is not None
    now += timedelta(microseconds=1)
    assert await forget(desk) == 1
    assert await desk.recall(0, "k") is None
    await desk.close()
