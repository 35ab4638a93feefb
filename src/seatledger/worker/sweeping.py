"""The sweep: records the ends that have come, and forgets what was kept long enough.

Nothing depends on it being in time: access stops at the right second without it, and assigning
frees lapsed seats of a full pool by itself.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from secrets import token_hex

import structlog

from seatledger.desk import Desk
from seatledger.domain.command import LapseSeats
from seatledger.domain.refusal import Refusal
from seatledger.domain.repeat_command import ForgetRepeats
from seatledger.usecases.keep_tokens import SWEEP


@asynccontextmanager
async def sweeping(desk: Desk, pause_seconds: float) -> AsyncIterator[None]:
    """Sweep again and again, as long as the block runs."""
    task = asyncio.create_task(_sweep_for_ever(desk, pause_seconds))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _sweep_for_ever(desk: Desk, pause_seconds: float) -> None:
    while True:
        try:
            await sweep(desk)
            await forget(desk)
        except Exception:  # noqa: BLE001 - the next sweep tries again
            structlog.get_logger().error("sweep failed", exc_info=True)
        await asyncio.sleep(pause_seconds)


async def sweep(desk: Desk) -> int:
    """Record all ends that have come; answers how many."""
    lapsed = 0
    sweeper = replace(SWEEP, request_id=f"sweep-{token_hex(8)}")
    while True:
        outcome = await desk.submit(LapseSeats(sweeper))
        if isinstance(outcome, Refusal) or outcome == 0:
            return lapsed
        lapsed += outcome


async def forget(desk: Desk) -> int:
    """Forget all requests with a key that are old enough; answers how many commands they had."""
    forgotten = 0
    while True:
        outcome = await desk.submit(ForgetRepeats(SWEEP))
        if isinstance(outcome, Refusal) or outcome == 0:
            return forgotten
        forgotten += outcome
