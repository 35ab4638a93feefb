"""The ledger that is hurt: a platform with a token, pools, learners and groups."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

from chaos.tongues import email
from seatledger.domain.actor import Reach
from seatledger.domain.command import AssignSeat, SaveGroup
from seatledger.domain.people_command import CreateToken
from seatledger.domain.refusal import Refusal
from seatledger.domain.seating import Seated
from seatledger.storage.engine import Database
from seatledger.storage.schema import upgrade
from seatledger.usecases import questions
from seatledger.usecases.verify import Report as Verified
from seatledger.usecases.verify import verify
from tests.support.cast import OPERATOR
from tests.support.world import World

EVERYTHING = questions.Page(1, 10_000_000)


@dataclass(frozen=True)
class Bought:
    """A pool, and the ids of the learners who are known to its platform already."""

    id: int
    learner_ids: dict[int, int]


class Ledger:
    """Set up and looked at beside the servers, with connections of its own."""

    def __init__(self, url: str) -> None:
        self.url = url
        with self._open() as database:
            upgrade(database)
            self._world = World(database)
            self._world.now = datetime.now(UTC) - timedelta(days=1)
            self.token = str(self._world.do(CreateToken(OPERATOR, name="root", operator=True)).text)
        self._numbers = count(1)

    @contextmanager
    def world(self) -> Iterator[World]:
        """The world as it is now, by new connections: the last ones may have been hurt."""
        with self._open() as database:
            self._world.database = database
            yield self._world

    def manager_token(self) -> str:
        """A token of the platform, whose requests are counted where the vendor counts them."""
        create = CreateToken(OPERATOR, name="office", platform_key="acme")
        with self.world() as world:
            return str(world.do(create).text)

    def pool(self, size: int, learners: int = 0) -> Bought:
        """A pool of an item of its own; learners 1 to `learners` hold a seat elsewhere."""
        number = next(self._numbers)
        with self.world() as world:
            pool = world.pool(size=size, item_key=f"course-{number}", item_title="Course")
            if not learners:
                return Bought(pool.id, {})
            known = world.pool(size=learners, item_key=f"known-{number}", item_title="Known")
            people = range(1, learners + 1)
            seated = world.all(
                *(
                    AssignSeat(OPERATOR, pool_id=known.id, email=email(pool.id, learner))
                    for learner in people
                )
            )
        ids = [each.learner.id for each in seated]
        return Bought(pool.id, dict(zip(people, ids, strict=True)))

    def group(self, pool: Bought, *members: int) -> int:
        """The id of a new group of some learners of a pool."""
        ids = tuple(pool.learner_ids[member] for member in members)
        save = SaveGroup(OPERATOR, platform_key="acme", name="Team", member_ids=ids)
        with self.world() as world:
            return int(world.do(save).group.id)

    def seats(self, pool_id: int) -> list[Seated]:
        """All seats that a pool ever had."""
        wanted = questions.SeatFilter(pool_id=pool_id)
        with self._open() as database, database.read() as unit:
            found = questions.list_seats(unit, Reach(None), wanted, EVERYTHING, datetime.now(UTC))
        assert not isinstance(found, Refusal)
        return list(found.rows)

    def verify(self) -> Verified:
        with self._open() as database:
            return verify(database)

    @contextmanager
    def _open(self) -> Iterator[Database]:
        database = Database(self.url)
        try:
            yield database
        finally:
            database.close()
