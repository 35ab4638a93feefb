"""Lists of seats, each with its learner and its pool."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, literal_column, select

from seatledger.domain.actor import Reach
from seatledger.domain.learner import Learner
from seatledger.domain.pool import Pool
from seatledger.domain.seating import Seated
from seatledger.storage import cursors, paging, pool_lists, seat_totals
from seatledger.storage import learners as learner_rows
from seatledger.storage.cursors import Followed, Stretch
from seatledger.storage.seat_filter import SeatFilter, ids, narrow
from seatledger.storage.seats import build
from seatledger.storage.tables import learners, seats
from seatledger.storage.unit import Unit

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
    total = seat_totals.total(unit, reach, wanted, now)
    if page.offset >= total:
        return paging.Found(total, [])
    # First which seats, by an index alone where the sort is by id; then those few rows.
    chosen_ids = ids(reach, wanted, now, join_learners=page.field == "email")
    chosen = paging.cut(chosen_ids, SORTS, page).subquery("chosen")
    query = _WHOLE.join(chosen, chosen.c.id == seats.c.id)
    return paging.Found(total, _seated(unit, unit.select(paging.sort(query, SORTS, page)), now))


def get(unit: Unit, reach: Reach, seat_id: int, now: datetime) -> Seated | None:
    """One seat whatever its state, if the reach covers it."""
    query = _WHOLE.where(seats.c.id == seat_id)
    if reach.platform_id is not None:
        query = query.where(seats.c.platform_id == reach.platform_id)
    found = _seated(unit, unit.select(query), now)
    return found[0] if found else None


def by_ids(unit: Unit, reach: Reach, ids: Collection[int], now: datetime) -> dict[int, Seated]:
    """Some seats whatever their state, by id."""
    if not ids:
        return {}
    query = _WHOLE.where(seats.c.id.in_(list(ids)))
    if reach.platform_id is not None:
        query = query.where(seats.c.platform_id == reach.platform_id)
    return {each.seat.id: each for each in _seated(unit, unit.select(query), now)}


def follow(
    unit: Unit, reach: Reach, wanted: SeatFilter, stretch: Stretch, now: datetime
) -> Followed[Seated]:
    """The next seats, by id."""
    query = narrow(_WHOLE, reach, wanted, now, join_learners=False)
    found = cursors.follow(unit, query, seats.c.id, stretch, lambda row: row)
    return Followed(_seated(unit, found.rows, now), found.last_id, found.more)


def of_learners(
    unit: Unit, reach: Reach, wanted: SeatFilter, learner_ids: Collection[int], now: datetime
) -> list[Seated]:
    """All the seats of some learners that the filter lets through, by id."""
    if not learner_ids:
        return []
    query = narrow(_WHOLE, reach, wanted, now, join_learners=False)
    query = query.where(seats.c.learner_id.in_(learner_ids)).order_by(seats.c.id)
    return _seated(unit, unit.select(query), now)


def ending(unit: Unit, reach: Reach, now: datetime, until: datetime, most: int) -> list[Seated]:
    """The live seats whose own end comes first, from now until then."""
    query = _WHOLE.where(
        seats.c.state == literal_column("'live'"), seats.c.ends_at > now, seats.c.ends_at <= until
    )
    if reach.platform_id is not None:
        query = query.where(seats.c.platform_id == reach.platform_id)
    return _seated(unit, unit.select(query.order_by(seats.c.ends_at, seats.c.id).limit(most)), now)


def holders_by_seat(unit: Unit, platform_id: int, ids: Collection[int]) -> dict[int, Learner]:
    """Who holds or held each of a platform's seats."""
    query = _WHOLE.where(seats.c.platform_id == platform_id, seats.c.id.in_(ids))
    rows = unit.select(query) if ids else []
    return {row.id: learner_rows.build(row, "person_") for row in rows}


def holders(reach: Reach, wanted: SeatFilter, now: datetime) -> Select[Any]:
    """The ids of the learners who have such a seat, as a query to be used in another."""
    query = select(seats.c.learner_id).select_from(seats)
    return narrow(query, reach, wanted, now, join_learners=wanted.needs_learners)


_WHOLE = select(*seats.c, *learner_rows.labelled("person_")).join_from(
    seats, learners, learners.c.id == seats.c.learner_id
)


def _seated(unit: Unit, rows: Sequence[Row[Any]], now: datetime) -> list[Seated]:
    pools_by_id: Mapping[int, Pool] = pool_lists.by_ids(unit, {row.pool_id for row in rows}, now)
    return [
        Seated(build(row), learner_rows.build(row, "person_"), pools_by_id[row.pool_id])
        for row in rows
    ]
