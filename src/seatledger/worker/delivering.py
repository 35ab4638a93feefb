"""Delivers what has happened to whom it concerns: many at a time, none of which holds up another.

Reading history, taking deliveries and noting outcomes take turns in one thread; the connectors do
their work in others. What was taken by a process that is gone is tried again by another.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from secrets import SystemRandom
from time import monotonic

import structlog

from seatledger.connectors.port import Connector
from seatledger.desk import Desk
from seatledger.domain.delivery import Outcome, Retry
from seatledger.storage.engine import Conflict, Unavailable, Uncertain
from seatledger.usecases import deliver
from seatledger.usecases.deliver import Parcel, Settled, Tried
from seatledger.usecases.relay import Relay
from seatledger.worker.faults import apart, report_fault

THREADS = 32
POLL_SECONDS = 0.5  # between two looks, where there was nothing to do
YIELD_SECONDS = 0.01  # between two turns, where somebody waits for one seat
STOP_SECONDS = 5  # for what is under way when the process is told to stop

Observe = Callable[[str, str], None]

_random = SystemRandom()


def ignore(_connector: str, _state: str) -> None:
    """For whoever counts nothing."""


class Courier:
    """One process's share of the deliveries."""

    def __init__(
        self, desk: Desk, connectors: Mapping[str, Connector], observe: Observe = ignore
    ) -> None:
        self._desk = desk
        self._observe = observe
        self._connectors = connectors
        expand = {name: each.expand for name, each in connectors.items()}
        self._relay = Relay(desk.database, expand, report_fault)
        self._after = {
            name: each.after for name, each in connectors.items() if each.after is not None
        }
        self._rows = ThreadPoolExecutor(1, thread_name_prefix="outbox")
        self._hands = ThreadPoolExecutor(THREADS, thread_name_prefix="delivery")
        self._under_way: set[asyncio.Task[None]] = set()
        self._busy: Counter[int] = Counter()
        self._tried: list[Tried] = []
        self._news = asyncio.Event()
        self.settled = 0

    async def turn(self) -> bool:
        """Note what came of deliveries, read on, begin new ones. Whether there was any of it."""
        loop = asyncio.get_running_loop()
        self._news.clear()
        tried, self._tried = self._tried, []
        try:
            found = await loop.run_in_executor(self._rows, self._turn, tried)
        except BaseException:
            self._tried += tried  # nothing of the turn is certain: it is noted at the next
            raise
        self.settled += len(tried)
        read, parcels = found
        for parcel in parcels:
            self._busy[parcel.subscription.id] += 1
            task = loop.create_task(self._carry(parcel))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
        return bool(tried or read or parcels)

    def _turn(self, tried: list[Tried]) -> tuple[int, list[Parcel]]:
        self._settle(tried)
        database, now = self._desk.database, self._desk.clock()
        read = self._read_on(now)
        room = THREADS - len(self._under_way)
        taken = deliver.take(database, self._busy, room, now, self._connectors)
        return read, apart("packing", lambda some: deliver.pack(database, some, now), taken)

    def _settle(self, tried: list[Tried]) -> None:
        for each in apart("settling", self._note, tried):
            self._observe(each.tried.parcel.subscription.connector, each.state)

    def _note(self, tried: Sequence[Tried]) -> list[Settled]:
        if not tried:
            return []
        return deliver.settle(self._desk.database, tried, self._after, self._desk.clock())

    def _read_on(self, now: datetime) -> int:
        try:
            return self._relay.once(now)
        except (Unavailable, Uncertain, Conflict):
            raise
        except Exception as error:  # noqa: BLE001 - what waits already is delivered all the same
            report_fault("reading on", error)
            return 0

    async def _carry(self, parcel: Parcel) -> None:
        loop = asyncio.get_running_loop()
        begun = monotonic()
        try:
            outcome = await loop.run_in_executor(self._hands, self._handle, parcel)
        finally:
            self._busy[parcel.subscription.id] -= 1
        seconds = round(monotonic() - begun, 3)
        chance = _random.random()
        self._tried.append(Tried(parcel, outcome, self._desk.clock(), seconds, chance))
        self._news.set()

    def _handle(self, parcel: Parcel) -> Outcome:
        try:
            return self._connectors[parcel.subscription.connector].handle(parcel)
        except Exception as error:  # noqa: BLE001 - it counts as a failed attempt
            report_fault(f"delivery {parcel.delivery.id}", error)
            return Retry("Something went wrong here; the log tells what.")

    async def wait(self) -> None:
        """Until a delivery is through, or it is time to look again."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), POLL_SECONDS)

    @property
    def idle(self) -> bool:
        return not self._under_way and not self._tried

    async def stop(self) -> None:
        """Begin nothing more, and note what comes to its end in time."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=STOP_SECONDS)
        if self._tried:
            with suppress(Unavailable, Uncertain, Conflict):
                await asyncio.to_thread(self._settle, self._tried)
        self._hands.shutdown(wait=False, cancel_futures=True)
        await asyncio.to_thread(self._rows.shutdown)


@asynccontextmanager
async def delivering(
    desk: Desk, connectors: Mapping[str, Connector], observe: Observe = ignore
) -> AsyncIterator[None]:
    """Deliver, as long as the block runs; `observe` gets each attempt's connector and state."""
    courier = Courier(desk, connectors, observe)
    task = asyncio.create_task(_deliver_for_ever(desk, courier))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await courier.stop()


async def _deliver_for_ever(desk: Desk, courier: Courier) -> None:
    while True:
        try:
            busy = await courier.turn()
        except (Unavailable, Uncertain, Conflict):
            structlog.get_logger().warning("deliveries wait for the database")
            busy = False
        except Exception:  # noqa: BLE001 - what was not done is done at the next turn
            structlog.get_logger().error("deliveries failed", exc_info=True)
            busy = False
        if not busy:
            await courier.wait()
        elif desk.writing:
            await asyncio.sleep(YIELD_SECONDS)


async def deliver_due(desk: Desk, connectors: Mapping[str, Connector]) -> int:
    """Deliver all that is due now; answers how many attempts that took."""
    courier = Courier(desk, connectors)
    try:
        while await courier.turn() or not courier.idle:
            if not courier.idle:
                await courier.wait()
    finally:
        await courier.stop()
    return courier.settled
