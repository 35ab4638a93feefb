"""What somebody wants to know first about a platform: what was bought, what ends, what is full."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from seatledger.domain.actor import Reach
from seatledger.domain.learner import Learner
from seatledger.domain.pool import Pool
from seatledger.domain.refusal import Refusal
from seatledger.domain.seating import Seated
from seatledger.storage import holder_lists, pool_lists, seat_lists
from seatledger.storage import platforms as platform_rows
from seatledger.storage.holder_lists import Holding
from seatledger.storage.paging import Page
from seatledger.storage.pool_lists import PoolFilter
from seatledger.storage.seat_filter import SeatFilter
from seatledger.storage.unit import Unit
from seatledger.usecases.cursor_questions import Known, get_learner

POOLS_MAX = 1_000
SOON = timedelta(days=60)
SEATS_SOON = timedelta(days=14)
ENDING_SEATS_MAX = 8


@dataclass(frozen=True, slots=True)
class Overview:
    """`pools` are those that are not over, the fullest first; sums are over them alone.

    `ending` are seats whose own end comes soon, the first first.
    """

    pools: tuple[Pool, ...]
    over: int
    ending: tuple[Seated, ...]
    now: datetime

    @property
    def size(self) -> int:
        return sum(pool.size for pool in self.pools)

    @property
    def held(self) -> int:
        return sum(pool.held for pool in self.pools)

    @property
    def free(self) -> int:
        return sum(pool.free for pool in self.pools if pool.active)

    @property
    def ending_pools(self) -> list[Pool]:
        """The pools that end soon, the first first."""
        soon = [each for each in self.pools if each.window.has_ended(self.now + SOON)]
        return sorted(soon, key=lambda pool: (pool.window.end or self.now, pool.id))

    @property
    def nearly_full(self) -> list[Pool]:
        return [each for each in self.pools if is_nearly_full(each)]


def is_nearly_full(pool: Pool) -> bool:
    """Whether a tenth of the places is free at most, or the very last one."""
    return pool.size > 0 and pool.free <= max(1, pool.size // 10)


def overview(unit: Unit, reach: Reach, now: datetime) -> Overview:
    """What there is within a reach; of very many pools, the POOLS_MAX newest."""
    page = Page(number=1, size=POOLS_MAX, sort="-id")
    every = pool_lists.find(unit, reach, PoolFilter(), page, now).rows
    pools = [pool for pool in every if not pool.window.has_ended(now)]
    pools.sort(key=lambda pool: (-(pool.held / max(pool.size, 1)), pool.id))
    ending = seat_lists.ending(unit, reach, now, now + SEATS_SOON, ENDING_SEATS_MAX)
    return Overview(tuple(pools), len(every) - len(pools), tuple(ending), now)


@dataclass(frozen=True, slots=True)
class Person:
    """A learner with all their seats, the newest first, and their progress in each item."""

    known: Known
    holdings: tuple[Holding, ...]

    @property
    def learner(self) -> Learner:
        return self.known.learner


def get_person(unit: Unit, reach: Reach, learner_id: int, now: datetime) -> Person | Refusal:
    """A learner whom the reach knows, with what they hold and held there."""
    known = get_learner(unit, reach, learner_id)
    if isinstance(known, Refusal):
        return known
    wanted = SeatFilter(learner_id=learner_id)
    (holdings,) = holder_lists.holdings(unit, reach, wanted, [learner_id], now).values()
    return Person(known, tuple(reversed(holdings)))


@dataclass(frozen=True, slots=True)
class PlatformRow:
    """A platform and the places of its pools that are not over."""

    id: int
    key: str
    name: str
    pools: int
    size: int
    held: int


def list_platform_rows(unit: Unit, reach: Reach, now: datetime) -> list[PlatformRow]:
    """All platforms within reach, by name."""
    counted = pool_lists.places_by_platform(unit, now)
    rows = [
        PlatformRow(each.id, each.key, each.name, *counted.get(each.id, (0, 0, 0)))
        for each in platform_rows.everyone(unit)
        if reach.covers(each.id)
    ]
    return sorted(rows, key=lambda row: (row.name.casefold(), row.id))
