"""A ledger to measure on: one platform, its manager's token, and learners who are known already.

What is asked of the ledger goes the way of every other write; only the mass of learners (and of
seats, in `crowd.py`) is put into the tables directly.
"""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from typing import Any

from sqlalchemy import func, insert, select

from bench.calls import DOMAIN, PLATFORM
from seatledger.domain.command import AssignSeat, Command, OpenPool
from seatledger.domain.item import ItemKind
from seatledger.domain.people_command import CreatePlatform, CreateToken
from seatledger.domain.pool import Pool
from seatledger.domain.refusal import Refusal
from seatledger.storage.engine import Database
from seatledger.storage.schema import upgrade
from seatledger.storage.tables import learners, pools, seats
from seatledger.usecases.carry_out import carry_out
from seatledger.usecases.keep_tokens import SHELL

POOL_SIZE = 10_000_000
CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Site:
    """`url` is the database; learner n of `learners` has the id `first_learner` + n."""

    url: str
    platform_id: int
    token: str
    first_learner: int
    learners: int
    numbers: "count[int]"

    def open_pools(self, number: int = 1, size: int = POOL_SIZE) -> list[Pool]:
        """New pools, each of a new item, with ids that follow each other."""
        database = Database(self.url)
        try:
            return [_do(database, _pool(next(self.numbers), size)) for _ in range(number)]
        finally:
            database.close()

    def pool_ids(self) -> list[int]:
        """All pools there are, by id."""
        database = Database(self.url)
        try:
            with database.read() as unit:
                return [row.id for row in unit.select(select(pools.c.id).order_by(pools.c.id))]
        finally:
            database.close()

    def at(self, url: str) -> "Site":
        """The same site in a copy of its database."""
        return replace(self, url=url)

    def held(self, pool_ids: list[int]) -> int:
        """How many places of some pools are taken. Raises where counters and seats disagree."""
        database = Database(self.url)
        try:
            with database.read() as unit:
                counted = unit.count(
                    select(func.count()).where(
                        seats.c.pool_id.in_(pool_ids), seats.c.state == "live"
                    )
                )
                held = unit.count(select(func.sum(pools.c.held)).where(pools.c.id.in_(pool_ids)))
        finally:
            database.close()
        assert held == counted, f"{held} places are held by {counted} seats"
        return held

    def settle(self) -> None:
        """Refresh PostgreSQL's statistics, as autovacuum does within a minute of such growth."""
        database = Database(self.url)
        try:
            if not database.is_sqlite:  # which has no autovacuum
                with database.read() as unit:
                    unit.connection.exec_driver_sql("ANALYZE")
        finally:
            database.close()

    def variables(self, *, now: datetime) -> dict[str, Any]:
        """What the three writes need besides a pool, its item and a learner."""
        return {
            "platform": self.platform_id,
            "first": self.first_learner,
            "now": now.isoformat(),
            "facts": self.facts(),
        }

    def facts(self) -> str:
        """What the ledger itself records of a seat, as JSON."""
        pool = self.open_pools()[0]
        database = Database(self.url)
        try:
            given = AssignSeat(SHELL, pool_id=pool.id, learner_id=self.first_learner)
            return json.dumps(_do(database, given).seat.facts())
        finally:
            database.close()


def make(url: str, number_of_learners: int) -> Site:
    """Make the ledger at the URL of an empty database."""
    database = Database(url)
    try:
        upgrade(database)
        create = CreatePlatform(SHELL, key=PLATFORM, org=PLATFORM, name="Acme", domains=(DOMAIN,))
        platform = _do(database, create)
        minted = _do(database, CreateToken(SHELL, name="office", platform_key=PLATFORM))
        first = _add_learners(database, number_of_learners)
    finally:
        database.close()
    return Site(url, platform.id, minted.text, first, number_of_learners, count(1))


def _add_learners(database: Database, number: int) -> int:
    """Add learners; answers the id of the first. The others follow it."""
    now = datetime.now(UTC)
    with database.write() as unit:
        for start in range(0, number, CHUNK):
            rows = [_learner(n, now) for n in range(start, min(start + CHUNK, number))]
            unit.connection.execute(insert(learners), rows)
    with database.read() as unit:
        first, last = (
            unit.count(select(function(learners.c.id))) for function in (func.min, func.max)
        )
    assert last - first + 1 == number
    return first


def _learner(n: int, now: datetime) -> dict[str, Any]:
    email = f"learner{n}@{DOMAIN}"
    return {
        "email_key": email,
        "email": email,
        "name": f"Learner {n}",
        "registered": False,
        "created_at": now,
    }


def item_key(n: int) -> str:
    """The key of the item of the n-th pool of a site, from 1."""
    return f"course-{n}"


def _pool(n: int, size: int) -> OpenPool:
    return OpenPool(
        SHELL,
        platform_key=PLATFORM,
        item_kind=ItemKind.COURSE,
        item_key=item_key(n),
        item_title=f"Course {n}",
        size=size,
    )


def _do(database: Database, command: Command) -> Any:
    outcome = carry_out(database, [command], datetime.now(UTC))[0]
    if isinstance(outcome, Refusal):
        raise RuntimeError(f"the ledger refused what it was prepared with: {outcome.sentence}")
    if isinstance(outcome, Exception):
        raise outcome
    return outcome
