"""The worker's deliveries with a faster clock, so that a run need not wait out the pauses.

`python -m chaos.fast_worker DATABASE_URL BEGUN`: BEGUN, in seconds since 1970, is when the clock
was right; whoever starts it anew says the same.
"""

import asyncio
import sys
import time
from datetime import UTC, datetime

from seatledger.connectors.port import Connector
from seatledger.connectors.webhook.handle import Sender
from seatledger.connectors.webhook.send import Limits
from seatledger.desk import Desk, utc_now
from seatledger.domain.web_address import read_allowance
from seatledger.domain.webhook import WEBHOOK
from seatledger.ops import log
from seatledger.storage.engine import Database
from seatledger.usecases.webhook_health import note_health
from seatledger.worker.delivering import delivering

SPEED = 30  # a claim of two minutes is one of four seconds
LIMITS = Limits(connect=1.0, total=2.0)  # so an attempt takes less


async def run(url: str, begun: float) -> None:
    def clock() -> datetime:
        return datetime.fromtimestamp(begun + (time.time() - begun) * SPEED, UTC)

    sender = Sender(read_allowance("127.0.0.0/8"), utc_now, limits=LIMITS)
    connectors = {WEBHOOK: Connector(WEBHOOK, sender.handle, after=note_health)}
    async with delivering(Desk(Database(url), clock=clock), connectors):
        await asyncio.Event().wait()


if __name__ == "__main__":
    log.configure("json", "warning")
    asyncio.run(run(sys.argv[1], float(sys.argv[2])))
