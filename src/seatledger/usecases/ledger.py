"""The way in to the ledger for whoever runs no event loop: the command line."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from seatledger.domain.command import Command
from seatledger.domain.refusal import Code, Refusal, invalid
from seatledger.storage import schema
from seatledger.storage.engine import Conflict, Database, Unavailable, Uncertain
from seatledger.storage.unit import Unit
from seatledger.usecases.carry_out import ATTEMPTS_MAX, carry_out
from seatledger.usecases.check_ready import NO_LEDGER, NOT_CURRENT
from seatledger.usecases.handlers import HANDLERS

T = TypeVar("T")
Clock = Callable[[], datetime]


def open_ledger(url: str, clock: Clock = lambda: datetime.now(UTC)) -> "Ledger | Refusal":
    """The ledger at a database URL. Nothing is connected to before something is asked."""
    try:
        return Ledger(Database(url), clock)
    except ValueError as error:
        return invalid("database_url", str(error))


class _Refused(Exception):
    """Undoes a transaction of which a part was refused."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.sentence)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Together:
    """One transaction, which several commands and questions share."""

    unit: Unit

    def do(self, command: Command, now: datetime) -> Any:
        """The command's answer; a refusal ends the whole transaction."""
        outcome = HANDLERS[type(command)].verb(self.unit, [command], now)[0]
        if isinstance(outcome, Refusal):
            raise _Refused(outcome)
        return outcome

    def ask(self, question: Callable[..., Any], *arguments: Any) -> Any:
        """The answer to `question(unit, *arguments)`."""
        return question(self.unit, *arguments)


class Ledger:
    """An open ledger. It answers with a value or a Refusal; what nobody planned is raised."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self.clock = clock

    @property
    def single_process(self) -> bool:
        """Whether only one process may serve it."""
        return self._database.is_sqlite

    def do(self, command: Command) -> Any:
        """Carry out a command: its answer, or a Refusal. Answers only after the commit."""
        outcome = carry_out(self._database, [command], self.clock())[0]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def do_together(self, work: Callable[[Together], T]) -> T | Refusal:
        """Do all of `work` in one transaction, or, where a part is refused, nothing of it.

        It is done anew where another writer was there first.
        """
        for _ in range(ATTEMPTS_MAX):
            try:
                with self._database.write() as unit:
                    return work(Together(unit))
            except _Refused as refused:
                return refused.refusal
            except Conflict:
                continue
            except (Uncertain, Unavailable) as error:
                return _unavailable(error)
        return Refusal(Code.UNAVAILABLE, "Others kept writing at the same time; try again.")

    def ask(self, question: Callable[..., T], *arguments: Any) -> T | Refusal:
        """Answer a question (a use case that reads), called as `question(unit, *arguments)`."""

        def answer(database: Database) -> T:
            with database.read() as unit:
                return question(unit, *arguments)

        return self.run(answer)

    def run(self, work: Callable[[Database], T]) -> T | Refusal:
        """Do some other work on the database that only reads."""
        try:
            return work(self._database)
        except Unavailable as error:
            return _unavailable(error)

    def upgrade(self) -> Refusal | None:
        """Bring the schema to this version's: make it, or add what is new."""
        try:
            schema.upgrade(self._database)
        except (Conflict, Uncertain, Unavailable) as error:
            return _unavailable(error)
        except schema.UnknownSchema:
            return Refusal(
                Code.UNAVAILABLE,
                "The schema is not one of this version's: a newer Seatledger may have made it.",
            )
        return None

    def not_ready(self) -> Refusal | None:
        """What stands in the way of using it: nothing there, or a schema that is not current."""
        if not self._database.is_there:
            return Refusal(Code.UNAVAILABLE, NO_LEDGER)
        current = self.run(schema.is_current)
        if isinstance(current, Refusal):
            return current
        return None if current else Refusal(Code.UNAVAILABLE, NOT_CURRENT)

    def is_current(self) -> bool:
        """Whether it can be reached and has this version's schema."""
        return self.not_ready() is None

    def close(self) -> None:
        self._database.close()


def _unavailable(error: Exception) -> Refusal:
    reason = next(iter(str(error).splitlines()), "").strip().rstrip(".")
    return Refusal(Code.UNAVAILABLE, f"The database can't be used: {reason}.")
