"""Lists of seats, each with its learner and its pool."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, or_, select

from seatledger.domain.actor import Reach
from seatledger.domain.item import ItemKind
from seatledger.domain.pool import Pool
from seatledger.domain.seat import SeatState
from seatledger.domain.seating import Seated
from seatledger.storage import learners as learner_rows
from seatledger.storage import paging, pool_lists
from seatledger.storage.json_text import says
from seatledger.storage.seats import build
from seatledger.storage.tables import learners, pools, seats
from seatledger.storage.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatFilter:
    """What a list of seats is narrowed to; None asks nothing.

    `standing` leaves out what has ended; `in_force` also what gives no access now.
    """

    kind: ItemKind | None = None
    seat_id: int | None = None
    pool_id: int | None = None
    learner_id: int | None = None
    email: str | None = None
    live: bool | None = None
    fulfilled: bool | None = None
    direct: bool | None = None
    standing: bool = False
    in_force: bool = False
    metadata: Mapping[str, str] = field(default_factory=dict)


SORTS = {
    "id": seats.c.id,
    "user_id": seats.c.learner_id,
    "email": learners.c.email_key,
    "active": seats.c.state,
    "fulfilled": seats.c.fulfilled,
    "created": seats.c.created_at,
    "modified": seats.c.modified_at,
    "license_id": seats.c.pool_id,
}


def find(
    unit: Unit, reach: Reach, wanted: SeatFilter, page: paging.Page, now: datetime
) -> paging.Found[Seated]:
    """A page of seats, each with its learner and its pool."""
    found = paging.find(unit, _query(reach, wanted, now), SORTS, page, lambda row: row)
    pools_by_id = pool_lists.by_ids(unit, {row.pool_id for row in found.rows}, now)
    return paging.Found(found.total, [_seated(row, pools_by_id) for row in found.rows])


def of_learners(
    unit: Unit, reach: Reach, wanted: SeatFilter, learner_ids: Collection[int], now: datetime
) -> list[Seated]:
    """All the seats of some learners that the filter lets through, by id."""
    query = _query(reach, wanted, now).where(seats.c.learner_id.in_(learner_ids))
    rows = unit.select(query.order_by(seats.c.id)) if learner_ids else []
    pools_by_id = pool_lists.by_ids(unit, {row.pool_id for row in rows}, now)
    return [_seated(row, pools_by_id) for row in rows]


def holders(reach: Reach, wanted: SeatFilter, now: datetime) -> Select[Any]:
    """The ids of the learners who have such a seat, as a query to be used in another."""
    return _query(reach, wanted, now).with_only_columns(
        seats.c.learner_id, maintain_column_froms=True
    )


def _seated(row: Row[Any], pools_by_id: Mapping[int, Pool]) -> Seated:
    return Seated(build(row), learner_rows.build(row, "person_"), pools_by_id[row.pool_id])


def _query(reach: Reach, wanted: SeatFilter, now: datetime) -> Select[Any]:
    query = select(*seats.c, *learner_rows.labelled("person_")).join_from(
        seats, learners, learners.c.id == seats.c.learner_id
    )
    if wanted.kind is not None or wanted.in_force:
        query = query.join(pools, pools.c.id == seats.c.pool_id)
    return query.where(*_conditions(reach, wanted, now))


def _conditions(reach: Reach, wanted: SeatFilter, now: datetime) -> list[ColumnElement[bool]]:
    equal = {
        seats.c.platform_id: reach.platform_id,
        pools.c.kind: wanted.kind,
        seats.c.id: wanted.seat_id,
        seats.c.pool_id: wanted.pool_id,
        seats.c.learner_id: wanted.learner_id,
        learners.c.email_key: wanted.email,
        seats.c.fulfilled: wanted.fulfilled,
        seats.c.direct: wanted.direct,
    }
    conditions = [column == value for column, value in equal.items() if value is not None]
    conditions += [says(seats.c.metadata, key, value) for key, value in wanted.metadata.items()]
    if wanted.live is not None:
        conditions.append((seats.c.state == SeatState.LIVE) == wanted.live)
    if wanted.standing:
        conditions.append(seats.c.state != SeatState.ENDED)
    if wanted.in_force:
        conditions += in_force(now)
    return conditions


def in_force(now: datetime) -> list[ColumnElement[bool]]:
    """What makes a seat, joined with its pool, give access."""
    return [
        seats.c.state == SeatState.LIVE,
        or_(seats.c.ends_at.is_(None), seats.c.ends_at > now),
        pools.c.active,
        pools.c.starts_at <= now,
        or_(pools.c.ends_at.is_(None), pools.c.ends_at > now),
    ]
