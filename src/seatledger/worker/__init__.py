"""What runs beside the requests: the sweep, jobs, and the delivery of what has happened."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from seatledger.connectors.port import Connector
from seatledger.desk import Desk
from seatledger.worker.delivering import deliver_due, delivering
from seatledger.worker.jobs import work_off, working
from seatledger.worker.sweeping import forget, sweep, sweeping


@asynccontextmanager
async def at_work(
    desk: Desk, connectors: Mapping[str, Connector], pause_seconds: float
) -> AsyncIterator[None]:
    """Do all of it, as long as the block runs. Several processes may."""
    async with sweeping(desk, pause_seconds), working(desk), delivering(desk, connectors):
        yield


@dataclass(frozen=True, slots=True)
class Did:
    """What one round came to: seats whose end was recorded, chunks of rows, deliveries tried."""

    lapsed: int
    chunks: int
    delivered: int


async def once(desk: Desk, connectors: Mapping[str, Connector]) -> Did:
    """Do what there is to do now."""
    lapsed = await sweep(desk)
    await forget(desk)
    return Did(lapsed, await work_off(desk), await deliver_due(desk, connectors))
