"""What runs beside the requests: the sweep, notices, jobs, and deliveries of what happened."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from seatledger.connectors import connectors
from seatledger.desk import Desk
from seatledger.ops.settings import Settings
from seatledger.worker.delivering import Observe, deliver_due, delivering, ignore
from seatledger.worker.jobs import work_off, working
from seatledger.worker.noticing import notice, noticing
from seatledger.worker.sweeping import forget, sweep, sweeping


@asynccontextmanager
async def at_work(desk: Desk, settings: Settings, observe: Observe = ignore) -> AsyncIterator[None]:
    """Do all of it, as long as the block runs. Several processes may."""
    async with (
        sweeping(desk, settings.sweep_seconds),
        noticing(desk, settings),
        working(desk),
        delivering(desk, connectors(settings), observe),
    ):
        yield


@dataclass(frozen=True, slots=True)
class Did:
    """What one round came to: seats whose end was recorded, chunks of rows, deliveries tried."""

    lapsed: int
    chunks: int
    delivered: int


async def once(desk: Desk, settings: Settings) -> Did:
    """Do what there is to do now."""
    lapsed = await sweep(desk)
    await forget(desk)
    chunks = await work_off(desk)
    await notice(desk, settings)
    return Did(lapsed, chunks, await deliver_due(desk, connectors(settings)))
