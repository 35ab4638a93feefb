"""What runs beside the requests: the sweep, which records ends that have come, and jobs.

Nothing depends on the sweep being in time: access stops at the right second without it, and
assigning frees lapsed seats of a full pool by itself.

Jobs are worked off in a lane of their own, a chunk of rows at a time, so that whoever asks for one
seat meanwhile waits no longer than a chunk takes.
"""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from secrets import token_hex

import structlog

from seatledger.desk import Desk
from seatledger.domain.command import LapseSeats
from seatledger.domain.refusal import Refusal
from seatledger.domain.repeat_command import ForgetRepeats
from seatledger.storage.engine import Unavailable, Uncertain
from seatledger.usecases.keep_tokens import SWEEP
from seatledger.usecases.run_jobs import work_once

POLL_SECONDS = 0.5  # between two looks for a job, where there was none
YIELD_SECONDS = 0.01  # between two chunks, where somebody waits for one seat


@asynccontextmanager
async def at_work(desk: Desk, pause_seconds: float) -> AsyncIterator[None]:
    """Do all of it, as long as the block runs. Several processes may."""
    async with sweeping(desk, pause_seconds), working(desk):
        yield


@dataclass(frozen=True, slots=True)
class Did:
    """What one round came to: seats whose end was recorded, and chunks of rows."""

    lapsed: int
    chunks: int


async def once(desk: Desk) -> Did:
    """Do what there is to do now."""
    lapsed = await sweep(desk)
    await forget(desk)
    chunks = 0
    while await asyncio.to_thread(work_once, desk.database, desk.clock(), report_fault):
        chunks += 1
    return Did(lapsed, chunks)


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


@asynccontextmanager
async def working(desk: Desk) -> AsyncIterator[None]:
    """Work jobs off, as long as the block runs; a chunk that was begun is finished."""
    lane = ThreadPoolExecutor(1, thread_name_prefix="jobs")
    task = asyncio.create_task(_work_for_ever(desk, lane))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await asyncio.to_thread(lane.shutdown)


async def _work_for_ever(desk: Desk, lane: ThreadPoolExecutor) -> None:
    loop = asyncio.get_running_loop()
    while True:
        try:
            job = await loop.run_in_executor(
                lane, lambda: work_once(desk.database, desk.clock(), report_fault)
            )
        except (Unavailable, Uncertain):
            structlog.get_logger().warning("jobs wait for the database")
            job = None
        except Exception:  # noqa: BLE001 - what was not done is done at the next turn
            structlog.get_logger().error("jobs failed", exc_info=True)
            job = None
        if job is None:
            await asyncio.sleep(POLL_SECONDS)
        elif desk.writing:
            await asyncio.sleep(YIELD_SECONDS)  # or the next chunk would take the database first


def report_fault(where: str, error: Exception) -> None:
    """Log what nobody planned, for whoever runs the deployment."""
    structlog.get_logger().error("broken", where=where, exc_info=error)
