"""Works jobs off in a lane of their own, a chunk of rows at a time, so that whoever asks for one
seat meanwhile waits no longer than a chunk takes."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress

import structlog

from seatledger.desk import Desk
from seatledger.storage.engine import Unavailable, Uncertain
from seatledger.usecases.run_jobs import work_once
from seatledger.worker.faults import report_fault

POLL_SECONDS = 0.5  # between two looks for a job, where there was none
YIELD_SECONDS = 0.01  # between two chunks, where somebody waits for one seat


async def work_off(desk: Desk) -> int:
    """Do all there is to do; answers how many chunks that were."""
    chunks = 0
    while await asyncio.to_thread(work_once, desk.database, desk.clock(), report_fault):
        chunks += 1
    return chunks


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
