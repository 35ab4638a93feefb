"""Which seats wait for their learner to register on the platform of the pool."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, or_, select, tuple_

from seatledger.domain.seat import SeatState
from seatledger.storage.tables import members, seats
from seatledger.storage.unit import Unit


def counts(unit: Unit, pool_ids: Iterable[int], now: datetime) -> dict[int, int]:
    """For each pool, how many of its live seats belong to nobody the platform has as a member."""
    member = select(members.c.learner_id).where(
        members.c.platform_id == seats.c.platform_id,
        members.c.learner_id == seats.c.learner_id,
        members.c.active,
    )
    wanted = list(pool_ids)
    query = (
        select(seats.c.pool_id, func.count().label("pending"))
        .where(
            seats.c.pool_id.in_(wanted),
            seats.c.state == SeatState.LIVE,
            or_(seats.c.ends_at.is_(None), seats.c.ends_at > now),
            ~member.correlate(seats).exists(),
        )
        .group_by(seats.c.pool_id)
    )
    found = dict.fromkeys(wanted, 0)
    for row in unit.select(query) if wanted else []:
        found[row.pool_id] = row.pending
    return found


def members_among(unit: Unit, people: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those of the (platform id, learner id) pairs that are active members."""
    wanted = list(people)
    query = select(members.c.platform_id, members.c.learner_id).where(
        tuple_(members.c.platform_id, members.c.learner_id).in_(wanted), members.c.active
    )
    rows = unit.select(query) if wanted else []
    return {(row.platform_id, row.learner_id) for row in rows}
