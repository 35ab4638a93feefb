"""Gathers concurrent commands into one transaction.

While a batch commits, newcomers queue; when it is done, they are the next batch. There is no timer:
an idle desk answers at once, a busy one batches by itself. The queue is bounded.

    submit ─┐                       ┌─ thread: one transaction ─┐
    submit ─┼─▶ queue ─▶ one batch ─┤  lock, load, decide, write │─▶ commit ─▶ each its own outcome
    submit ─┘                       └───────────────────────────┘
"""

import asyncio
from collections import deque
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any, Generic, TypeAlias, TypeVar

from seatledger.domain.actor import Actor
from seatledger.domain.command import Command
from seatledger.domain.people_command import CountRequest
from seatledger.domain.rate import Allowance
from seatledger.domain.refusal import Code, Refusal
from seatledger.storage.engine import Database, Unavailable
from seatledger.usecases.carry_out import carry_out
from seatledger.usecases.check_access import Access, AccessAsked, check_access
from seatledger.usecases.handlers import HANDLERS
from seatledger.usecases.keep_tokens import authenticate
from seatledger.usecases.recall import Recalled, recall

T = TypeVar("T")
HOT_BATCH_MAX = 256  # look-ups in one query
PATIENCE_SECONDS = 10.0
Entry: TypeAlias = tuple[T, "asyncio.Future[Any]", float]  # since when it waits
Clock = Callable[[], datetime]
Observe = Callable[[str, int], None]

_TOO_MUCH = Refusal(Code.OVERLOADED, "Too much is asked at once; try again in a moment.")
_NOT_TRIED = Refusal(Code.UNAVAILABLE, "The database does not answer; nothing was tried.")
_STUCK = Refusal(
    Code.UNAVAILABLE,
    "The database does not answer: look whether the change was made before repeating it.",
)


def utc_now() -> datetime:
    return datetime.now(UTC)


class Lane(Generic[T]):
    """Work of one sort, a batch at a time, in a thread of its own.

    Only neighbours of the same `kind` share a batch, and at most `batch_max(item)` of them. Who
    waits longer than `patience` seconds for the database is told so; the work itself goes on.
    """

    def __init__(
        self,
        name: str,
        work: Callable[[Sequence[T]], Sequence[Any]],
        *,
        kind: Callable[[T], Hashable],
        batch_max: Callable[[T], int],
        queue_max: int,
        observe: Observe,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self._name = name
        self._work = work
        self._kind = kind
        self._batch_max = batch_max
        self._queue_max = queue_max
        self._observe = observe
        self._patience = patience
        self._queue: deque[Entry[T]] = deque()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._pump: asyncio.Task[None] | None = None
        self._watch: asyncio.TimerHandle | None = None
        self._closing = False

    async def submit(self, item: T) -> Any:
        """The outcome of `item`; a Refusal at once where the queue is full or the lane closes."""
        if self._closing or len(self._queue) >= self._queue_max:
            return _TOO_MUCH
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Any] = loop.create_future()
        self._queue.append((item, future, loop.time()))
        if self._pump is None or self._pump.done():
            self._pump = loop.create_task(self._serve())
        return await future

    @property
    def waiting(self) -> int:
        return len(self._queue)

    @property
    def busy(self) -> bool:
        return self._pump is not None and not self._pump.done()

    async def close(self) -> None:
        """Take no more, and finish what was taken."""
        self._closing = True
        if self._pump is not None:
            await self._pump
        self._thread.shutdown()

    async def _serve(self) -> None:
        while self._queue:
            batch = self._next_batch()
            items = [item for item, *_ in batch]
            self._observe(self._name, len(items))
            try:
                outcomes = await self._outcomes(batch, items)
            except Exception as error:  # noqa: BLE001 - handed to whoever waits
                outcomes = [error] * len(items)
            for (_, future, _), outcome in zip(batch, outcomes, strict=True):
                _settle(future, outcome)
            self._refuse_waiting(since=asyncio.get_running_loop().time() - self._patience)

    async def _outcomes(self, batch: "Sequence[Entry[T]]", items: Sequence[T]) -> Sequence[Any]:
        """What the work answers, however long it takes; meanwhile nobody waits too long for it."""
        loop = asyncio.get_running_loop()
        working = loop.run_in_executor(self._thread, self._work, items)
        self._watch = loop.call_later(self._patience, self._lose_patience, batch)
        try:
            return await working
        finally:
            self._watch.cancel()

    def _lose_patience(self, batch: "Sequence[Entry[T]]") -> None:
        """Tell who waits too long; again after the same time, for those who came meanwhile."""
        loop = asyncio.get_running_loop()
        for _, future, _ in batch:
            _settle(future, _STUCK)
        self._refuse_waiting(since=loop.time())
        self._watch = loop.call_later(self._patience, self._lose_patience, batch)

    def _refuse_waiting(self, since: float) -> None:
        """Send away, untried, who waits since then or longer."""
        while self._queue and self._queue[0][2] <= since:
            _settle(self._queue.popleft()[1], _NOT_TRIED)

    def _next_batch(self) -> "list[Entry[T]]":
        first = self._queue.popleft()
        batch = [first]
        others: list[Entry[T]] = []
        kind, limit = self._kind(first[0]), self._batch_max(first[0])
        while self._queue and len(batch) < limit:
            entry = self._queue.popleft()
            (batch if self._kind(entry[0]) == kind else others).append(entry)
        self._queue.extendleft(reversed(others))
        return batch


def _may_share(command: Command) -> bool:
    return HANDLERS[type(command)].batched and not command.dry_run


def _settle(future: "asyncio.Future[Any]", outcome: Any) -> None:
    if future.done():
        return  # whoever waited has gone; the change stands
    if isinstance(outcome, Exception):
        future.set_exception(outcome)
    else:
        future.set_result(outcome)


class Desk:
    """The way in to the ledger for everything that runs in an event loop."""

    def __init__(
        self,
        database: Database,
        *,
        clock: Clock = utc_now,
        batch_max: int = 32,
        queue_max: int = 2000,
        readers: int = 4,
        patience: float = PATIENCE_SECONDS,
        observe: Observe = lambda lane, size: None,
    ) -> None:
        self.database = database
        self.clock = clock
        self._writes: Lane[Command] = Lane(
            "writes",
            lambda commands: carry_out(database, commands, clock()),
            kind=lambda command: (type(command), command.dry_run),
            batch_max=lambda command: batch_max if _may_share(command) else 1,
            queue_max=queue_max,
            observe=observe,
            patience=patience,
        )
        hot: dict[str, Any] = {
            "kind": lambda _: None,
            "batch_max": lambda _: HOT_BATCH_MAX,
            "queue_max": queue_max,
            "observe": observe,
            "patience": patience,
        }
        self._tokens: Lane[tuple[str, str]] = Lane(
            "tokens", lambda asked: self._look(authenticate, asked), **hot
        )
        self._access: Lane[AccessAsked] = Lane(
            "access", lambda asked: self._look(check_access, asked), **hot
        )
        self._repeats: Lane[tuple[int, str]] = Lane(
            "repeats", lambda asked: self._look(recall, asked), **hot
        )
        self._rates: Lane[CountRequest] = Lane(
            "rates", lambda commands: carry_out(database, commands, clock()), **hot
        )
        self._readers = ThreadPoolExecutor(readers, thread_name_prefix="reads")
        self._reading = 0
        self._reading_max = queue_max
        self._patience = patience

    async def submit(self, command: Command) -> Any:
        """Carry out a command: its answer, or a Refusal. Answers only after the commit."""
        return await self._writes.submit(command)

    async def ask(self, question: Callable[..., Any], *arguments: Any) -> Any:
        """Answer a question (a use case that reads), called as `question(unit, *arguments)`."""
        return await self._read(self._ask, question, arguments)

    async def run(self, work: Callable[[Database], T]) -> T | Refusal:
        """Do some other work on the database, beside the readers."""
        outcome: T | Refusal = await self._read(work, self.database)
        return outcome

    async def authenticate(self, token: str, surface: str) -> Actor | Refusal:
        """Who a token speaks for. Concurrent look-ups share one query; nothing is remembered."""
        actor: Actor | Refusal = await self._tokens.submit((token, surface))
        return actor

    async def check_access(self, asked: AccessAsked) -> Access | Refusal:
        """Whether a person may open an item. Concurrent questions share one query."""
        answer: Access | Refusal = await self._access.submit(asked)
        return answer

    async def recall(self, platform_id: int, key: str) -> Recalled | Refusal | None:
        """What came of the request of a key; None where there was none. Many share one query."""
        known: Recalled | Refusal | None = await self._repeats.submit((platform_id, key))
        return known

    async def admit(self, actor: Actor, per_minute: int) -> Allowance | Refusal | None:
        """Count a request of a platform's manager; a Refusal where the minute's are used up.

        0 is no limit, and operators have none: None.
        """
        if per_minute == 0 or actor.platform_id is None:
            return None
        command = CountRequest(actor, per_minute=per_minute)
        counted: Allowance | Refusal = await self._rates.submit(command)
        return counted

    @property
    def waiting(self) -> int:
        """How many commands wait for their batch."""
        return self._writes.waiting

    @property
    def writing(self) -> bool:
        """Whether any command waits, or is being carried out."""
        return self._writes.busy

    async def close(self) -> None:
        """Finish what was taken, then let the database go."""
        for lane in (self._writes, self._tokens, self._access, self._repeats, self._rates):
            await lane.close()
        self._readers.shutdown()
        self.database.close()

    async def _read(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """What `work` answers; a Refusal where too many read already, or it takes too long."""
        if self._reading >= self._reading_max:
            return _TOO_MUCH
        given_up = False
        self._reading += 1
        reading = asyncio.get_running_loop().run_in_executor(
            self._readers, lambda: None if given_up else work(*arguments)
        )
        reading.add_done_callback(self._has_read)
        done, _ = await asyncio.wait({reading}, timeout=self._patience)
        given_up = not done
        return reading.result() if done else _NOT_TRIED

    def _has_read(self, reading: "asyncio.Future[Any]") -> None:
        self._reading -= 1
        if not reading.cancelled():
            reading.exception()  # of who gave up, nobody else would look at it

    def _look(self, question: Callable[..., Any], asked: Sequence[Any]) -> Sequence[Any]:
        answers = self._ask(question, (asked, self.clock()))
        return [answers] * len(asked) if isinstance(answers, Refusal) else answers

    def _ask(self, question: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        try:
            with self.database.read() as unit:
                return question(unit, *arguments)
        except Unavailable:
            return Refusal(Code.UNAVAILABLE, "The ledger can't be read now.")
