"""Doing something again and again, beside everything else."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import structlog


@asynccontextmanager
async def repeating(
    what: str, do: Callable[[], Awaitable[object]], pause_seconds: float
) -> AsyncIterator[None]:
    """Do it with pauses in between, as long as the block runs. What fails is tried again."""
    task = asyncio.create_task(_for_ever(what, do, pause_seconds))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _for_ever(what: str, do: Callable[[], Awaitable[object]], pause_seconds: float) -> None:
    while True:
        try:
            await do()
        except Exception:  # noqa: BLE001 - the next time tries again
            structlog.get_logger().error(f"{what} failed", exc_info=True)
        await asyncio.sleep(pause_seconds)
