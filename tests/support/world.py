"""A ledger to act on: commands carried out as surfaces do it, at a time that the test sets."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from seatledger.domain.actor import Reach
from seatledger.domain.command import AssignSeat, Command, OpenPool
from seatledger.domain.item import ItemKind
from seatledger.domain.people_command import CreatePlatform
from seatledger.domain.pool import Pool
from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.seating import Seated
from seatledger.storage.engine import Database
from seatledger.usecases import questions
from seatledger.usecases.carry_out import carry_out
from seatledger.usecases.verify import verify
from tests.support.cast import NOON, OPERATOR

T = TypeVar("T")


class World:
    """The platform `acme` (id 1) on an empty ledger; `now` is noon until moved."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.now: datetime = NOON
        self.do(
            CreatePlatform(OPERATOR, key="acme", org="ACME", name="Acme", domains=("acme.example",))
        )

    def all(self, *commands: Command) -> list[Any]:
        """Carry out commands of one kind as one batch."""
        outcomes = carry_out(self.database, commands, self.now)
        for outcome in outcomes:
            if isinstance(outcome, Exception):
                raise outcome
        return outcomes

    def do(self, command: Command) -> Any:
        """Carry out a command that must succeed."""
        outcome = self.all(command)[0]
        assert not isinstance(outcome, Refusal), outcome
        return outcome

    def refusal(self, command: Command) -> Refusal:
        """Carry out a command that must be refused."""
        outcome = self.all(command)[0]
        assert isinstance(outcome, Refusal), outcome
        return outcome

    def code(self, command: Command) -> Code:
        return self.refusal(command).code

    def pool(self, size: int = 10, **fields: Any) -> Pool:
        fields = {
            "platform_key": "acme",
            "item_kind": ItemKind.COURSE,
            "item_key": "course-1",
            "item_title": "Course 1",
        } | fields
        opened: Pool = self.do(OpenPool(OPERATOR, size=size, **fields))
        return opened

    def assign(self, pool_id: int, *names: str, **fields: Any) -> list[Seated]:
        """Seat `name`@acme.example for each name, in one batch."""
        commands = [
            AssignSeat(OPERATOR, pool_id=pool_id, email=f"{name}@acme.example", **fields)
            for name in names
        ]
        outcomes = self.all(*commands)
        for outcome in outcomes:
            assert isinstance(outcome, Seated), outcome
        return outcomes

    def look(self, pool_id: int) -> Pool:
        with self.database.read() as unit:
            found = questions.get_pool(unit, Reach(None), pool_id, self.now)
        assert isinstance(found, Pool)
        return found

    def holders(self, pool_id: int) -> Sequence[str]:
        """Who holds a live seat of the pool, by the first part of the address."""
        wanted = questions.SeatFilter(pool_id=pool_id, live=True)
        with self.database.read() as unit:
            found = questions.list_seats(
                unit, Reach(None), wanted, questions.Page(1, 100_000), self.now
            )
        assert not isinstance(found, Refusal)
        return [seated.learner.email.partition("@")[0] for seated in found.rows]

    def check(self) -> None:
        """The whole ledger keeps its promises."""
        report = verify(self.database)
        assert report.ok, report.offenders
