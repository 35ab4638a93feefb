"""The worker's deliveries with a faster clock, so that a run need not wait out the pauses.

`python -m chaos.fast_worker BEGUN`, with the settings of `seatledger worker`: BEGUN, in seconds
since 1970, is when the clock was right; whoever starts it anew says the same.
"""

import asyncio
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from seatledger.connectors import connectors
from seatledger.connectors.port import Connector
from seatledger.connectors.webhook.handle import Sender
from seatledger.connectors.webhook.send import Limits
from seatledger.desk import Desk, utc_now
from seatledger.domain.delivery import Outcome
from seatledger.domain.web_address import read_allowance
from seatledger.domain.webhook import WEBHOOK
from seatledger.ops import log
from seatledger.ops.settings import Settings
from seatledger.storage.engine import Database
from seatledger.usecases.deliver import CLAIM, Parcel
from seatledger.worker.delivering import delivering

SPEED = 30  # a claim of two minutes is one of four seconds
LIMITS = Limits(connect=1.0, total=2.0)  # so an attempt takes less


def quick(settings: Settings) -> Mapping[str, Connector]:
    """The connectors, of which that of webhooks loses its patience in time.

    Its messages are signed with the time that the receiver's clock shows.
    """
    all_of_them = connectors(settings)
    sender = Sender(read_allowance(settings.webhook_private), limits=LIMITS)

    def handle(parcel: Parcel) -> Outcome:
        return sender.handle(replace(parcel, claimed_until=utc_now() + CLAIM))

    return {**all_of_them, WEBHOOK: replace(all_of_them[WEBHOOK], handle=handle)}


async def run(settings: Settings, begun: float) -> None:
    def clock() -> datetime:
        return datetime.fromtimestamp(begun + (time.time() - begun) * SPEED, UTC)

    desk = Desk(Database(settings.database_url), clock=clock)
    async with delivering(desk, quick(settings)):
        await asyncio.Event().wait()


if __name__ == "__main__":
    log.configure("json", "warning")
    asyncio.run(run(Settings.read(), float(sys.argv[1])))
