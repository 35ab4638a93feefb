"""What a list of seats may be narrowed to, and what that asks of the rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    literal_column,
    not_,
    or_,
    select,
    true,
)

from seatledger.domain.actor import Reach
from seatledger.domain.item import ItemKind
from seatledger.domain.seat import SeatState
from seatledger.storage.json_text import says
from seatledger.storage.learner_lists import is_called
from seatledger.storage.tables import learners, pools, seats


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatFilter:
    """What a list of seats is narrowed to; None asks nothing.

    `standing` leaves out what has ended; `in_force` also what gives no access now. `called` is how
    a word of the holder's name, their address or their username begins.
    """

    kind: ItemKind | None = None
    seat_id: int | None = None
    pool_id: int | None = None
    learner_id: int | None = None
    email: str | None = None
    called: str | None = None
    live: bool | None = None
    fulfilled: bool | None = None
    direct: bool | None = None
    standing: bool = False
    in_force: bool = False
    metadata: Mapping[str, str] = field(default_factory=dict)

    @property
    def states(self) -> frozenset[SeatState]:
        """The states a seat may be in."""
        states = frozenset(SeatState)
        if self.live is not None:
            live = frozenset({SeatState.LIVE})
            states = live if self.live else states - live
        if self.standing:
            states -= {SeatState.ENDED}
        if self.in_force:
            states &= {SeatState.LIVE}
        return states

    @property
    def needs_learners(self) -> bool:
        """Whether who holds a seat must be looked at."""
        return self.email is not None or self.called is not None

    @property
    def names_somebody(self) -> bool:
        return self.learner_id is not None or self.email is not None

    @property
    def asks_only_pool_and_state(self) -> bool:
        """Whether the counters of pools tell how many there are."""
        named = (self.seat_id, self.learner_id, self.email, self.called)
        others = (*named, self.fulfilled, self.direct)
        return not self.metadata and all(other is None for other in others)


def narrow(
    query: Select[Any], reach: Reach, wanted: SeatFilter, now: datetime, *, join_learners: bool
) -> Select[Any]:
    """A query from `seats`, joined with their pools and narrowed to what the filter lets through.

    Whoever has not joined the learners says whether to.
    """
    if join_learners:
        query = query.join(learners, learners.c.id == seats.c.learner_id)
    of_pool = pool_conditions(pools, reach, replace(wanted, pool_id=None), now)
    query = query.join(pools, pools.c.id == seats.c.pool_id)
    return query.where(*_seat_conditions(reach, wanted, now), *of_pool)


def ids(
    reach: Reach, wanted: SeatFilter, now: datetime, *, join_learners: bool = False
) -> Select[Any]:
    """The ids of the seats that the filter lets through.

    A deep page skips many of them: then one look at each seat's pool costs more than reading the
    seats. So where it can be all seats of a platform, the pools to leave out are asked for once.
    """
    query = select(seats.c.id).select_from(seats)
    join_learners = join_learners or wanted.needs_learners
    if not wanted.asks_only_pool_and_state:
        return narrow(query, reach, wanted, now, join_learners=join_learners)
    if join_learners:
        query = query.join(learners, learners.c.id == seats.c.learner_id)
    left_out = _left_out(reach, wanted, now)
    return query.where(*_seat_conditions(reach, wanted, now), seats.c.pool_id.not_in(left_out))


def _left_out(reach: Reach, wanted: SeatFilter, now: datetime) -> Select[Any]:
    """The pools whose seats the filter leaves out, among those that the query comes across."""
    theirs = pools.alias("theirs")
    query = select(theirs.c.id).where(not_(and_(*pool_conditions(theirs, reach, wanted, now))))
    if wanted.pool_id is not None:
        return query.where(theirs.c.id == wanted.pool_id)
    if reach.platform_id is not None:
        return query.where(theirs.c.platform_id == reach.platform_id)
    return query


def pool_conditions(
    table: FromClause, reach: Reach, wanted: SeatFilter, now: datetime
) -> list[ColumnElement[bool]]:
    """What the filter asks of the pool of a seat; `table` is `pools` by one name or another."""
    equal = {
        table.c.platform_id: reach.platform_id,
        table.c.kind: wanted.kind,
        table.c.id: wanted.pool_id,
    }
    conditions = [column == value for column, value in equal.items() if value is not None]
    return [true(), *conditions, *(opens(table, now) if wanted.in_force else [])]


def in_force(now: datetime) -> list[ColumnElement[bool]]:
    """What makes a seat, joined with its pool, give access."""
    return [seats.c.state == SeatState.LIVE, *_unlapsed(now), *opens(pools, now)]


def opens(table: FromClause, now: datetime) -> list[ColumnElement[bool]]:
    """What makes a pool's live seats give access."""
    return [
        table.c.active,
        table.c.starts_at <= now,
        or_(table.c.ends_at.is_(None), table.c.ends_at > now),
    ]


def _seat_conditions(reach: Reach, wanted: SeatFilter, now: datetime) -> list[ColumnElement[bool]]:
    # A seat is of its pool's platform: of one pool's seats it need not be asked again, and their
    # index does not say it.
    platform_id = reach.platform_id if wanted.pool_id is None else None
    pool_id: ColumnElement[int] = seats.c.pool_id
    if wanted.names_somebody:
        # A few seats by their learner: an engine without statistics must not read the pool instead.
        pool_id, platform_id = pool_id + literal_column("0"), None
    equal: dict[ColumnElement[Any], object] = {
        seats.c.platform_id: platform_id,
        seats.c.id: wanted.seat_id,
        pool_id: wanted.pool_id,
        seats.c.learner_id: wanted.learner_id,
        learners.c.email_key: wanted.email,
        seats.c.fulfilled: wanted.fulfilled,
        seats.c.direct: wanted.direct,
    }
    conditions = [column == value for column, value in equal.items() if value is not None]
    if wanted.called is not None:
        conditions.append(is_called(wanted.called))
    conditions += [says(seats.c.metadata, key, value) for key, value in wanted.metadata.items()]
    if wanted.states != frozenset(SeatState):
        conditions.append(seats.c.state.in_(sorted(wanted.states)))
    return conditions + (_unlapsed(now) if wanted.in_force else [])


def _unlapsed(now: datetime) -> list[ColumnElement[bool]]:
    return [or_(seats.c.ends_at.is_(None), seats.c.ends_at > now)]
