"""The deeds, each a patch of the running program. None is ever part of it."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import text

from seatledger import desk
from seatledger.ops.settings import Settings
from seatledger.storage import engine
from seatledger.storage.engine import Database, Unavailable
from seatledger.storage.postgresql import PostgresSpelling
from seatledger.storage.unit import Unit
from seatledger.usecases import assign_seats, questions
from seatledger.usecases.handlers import HANDLERS

LATE_SECONDS = 0.1
STALE_SECONDS = 0.5
UNLIMITED = 1_000_000_000


def drop_the_lock() -> None:
    """Decide on pools that others may change at the same time."""
    _put(PostgresSpelling, "lock", lambda honest: lambda self, table: "")


def answer_before_the_commit() -> None:
    """Tell the outcome of a transaction that is undone, and do it for good a little later."""
    later = ThreadPoolExecutor(1)

    def hasty(honest: Any) -> Any:
        def for_good(*arguments: Any) -> None:
            time.sleep(LATE_SECONDS)
            honest(*arguments)

        def carry_out(database: Database, commands: Sequence[Any], now: datetime) -> list[Any]:
            with database.writer.connect() as connection, connection.begin() as transaction:
                unit = Unit(connection, database.wire(connection))
                outcomes: list[Any] = HANDLERS[type(commands[0])].verb(unit, commands, now)
                transaction.rollback()
            later.submit(for_good, database, commands, now)
            return outcomes

        return carry_out

    _put(desk, "carry_out", hasty)


def forget_who_is_seated() -> None:
    """Never see the seat a learner holds, so that a repetition gives another."""

    def blind(honest: Any) -> Any:
        def assign(book: Any, command: Any, learner: Any, origin: Any) -> Any:
            book._standing.pop((command.pool_id, learner.id), None)
            book._of_item.clear()
            return honest(book, command, learner, origin)

        return assign

    def without_the_unique_key(honest: Any) -> Any:
        def init(self: Database, url: str) -> None:
            honest(self, url)
            with self.write() as unit:
                unit.execute(text("DROP INDEX IF EXISTS uq_seats_standing"))

        return init

    _put(assign_seats, "assign", blind)
    _put(Database, "__init__", without_the_unique_key)


def answer_from_memory() -> None:
    """Show pools as they were half a second ago."""
    remembered: dict[int, tuple[float, Any]] = {}

    def forgetful(honest: Any) -> Any:
        def get_pool(unit: Unit, reach: Any, pool_id: int, now: datetime) -> Any:
            at, pool = remembered.get(pool_id, (0.0, None))
            if time.monotonic() - at > STALE_SECONDS:
                pool = honest(unit, reach, pool_id, now)
                remembered[pool_id] = time.monotonic(), pool
            return pool

        return get_pool

    _put(questions, "get_pool", forgetful)


def never_come_back() -> None:
    """Stay unavailable after the database was gone once."""
    gone: list[Exception] = []

    def sulking(honest: Any) -> Any:
        @contextmanager
        def write(self: Database) -> Iterator[Unit]:
            if gone:
                raise Unavailable("gone once")
            try:
                with honest(self) as unit:
                    yield unit
            except Unavailable as error:
                gone.append(error)
                raise

        return write

    _put(Database, "write", sulking)


def let_errors_through() -> None:
    """Give no meaning to the driver's errors."""
    _put(engine, "meaning", lambda honest: lambda error, committing: error)


def wait_for_ever() -> None:
    """Let callers wait as long as the database does."""
    _set(patience_seconds=UNLIMITED)


def take_everything() -> None:
    """Read bodies of any size, and let any number wait."""
    _set(body_bytes_max=UNLIMITED, queue_max=UNLIMITED)


def _set(**changes: Any) -> None:
    """Change settings, whatever the environment says."""
    honest = Settings.read
    _put(Settings, "read", lambda _: lambda *asked: replace(honest(*asked), **changes))


def _put(owner: Any, name: str, patch: Callable[[Any], Any]) -> None:
    """Put in place of something what `patch` makes of it."""
    setattr(owner, name, patch(getattr(owner, name)))


DEEDS: Mapping[str, Callable[[], None]] = {
    deed.__name__: deed
    for deed in (
        drop_the_lock,
        answer_before_the_commit,
        forget_who_is_seated,
        answer_from_memory,
        never_come_back,
        let_errors_through,
        wait_for_ever,
        take_everything,
    )
}
