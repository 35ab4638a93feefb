"""Lists of seats: what the counters tell is what the rows are, and pages are read by index."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from seatledger.domain.actor import Reach
from seatledger.domain.command import (
    ChangeEnd,
    EndSeat,
    GrantGroup,
    IfHeld,
    LapseSeats,
    RemoveGrant,
    SaveGroup,
    ShapePool,
)
from seatledger.domain.item import ItemKind
from seatledger.domain.people_command import CreatePlatform
from seatledger.domain.seat import SeatState
from seatledger.domain.seating import Seated
from seatledger.storage import seat_lists
from seatledger.storage.engine import Database
from seatledger.storage.paging import Found, Page
from seatledger.storage.seat_filter import SeatFilter
from tests.support.cast import OPERATOR
from tests.support.world import World

HOUR = timedelta(hours=1)
ALL = 100_000
ACME = Reach(1)


def seats(
    world: World, wanted: SeatFilter, page: Page | None = None, reach: Reach = ACME
) -> Found[Seated]:
    with world.database.read() as unit:
        return seat_lists.find(unit, reach, wanted, page or Page(1, ALL), world.now)


def passes(seated: Seated, wanted: SeatFilter, world: World, reach: Reach) -> bool:
    """What the filter says, told without SQL."""
    seat, pool = seated.seat, seated.pool
    return (
        reach.platform_id in {None, seat.platform_id}
        and wanted.pool_id in {None, pool.id}
        and wanted.kind in {None, pool.item.kind}
        and wanted.learner_id in {None, seated.learner.id}
        and wanted.live in {None, seat.live}
        and wanted.fulfilled in {None, seat.fulfilled}
        and (not wanted.standing or seat.state is not SeatState.ENDED)
        and (not wanted.in_force or seat.in_force(pool, world.now))
    )


@pytest.fixture
def world(database: Database) -> World:
    """Pools of each sort, and seats that came and went in every way there is."""
    world = World(database)
    world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta", domains=()))
    lent = world.pool(size=4)
    kept = world.pool(size=9, transferable=False, item_key="kept")
    elsewhere = world.pool(size=9, platform_key="zeta", item_key="zeta")
    program = world.pool(size=9, item_kind=ItemKind.PROGRAM, item_key="program")
    for pool in (elsewhere, program):
        world.assign(pool.id, "a", "b")
    shut, over, later = (world.pool(item_key=key) for key in ("shut", "over", "later"))
    for pool in (shut, over, later):
        world.assign(pool.id, "a", "b")
    _use(world, lent.id)
    world.assign(kept.id, "a", "b", end=world.now + HOUR)
    world.assign(kept.id, "c")
    _shape(world, shut.id, active=False)
    _shape(world, over.id, end=world.now + HOUR)
    _shape(world, later.id, start=world.now + 9 * HOUR)
    world.now += 2 * HOUR
    world.do(LapseSeats(OPERATOR))
    world.assign(lent.id, "g", end=world.now + HOUR)  # with g's, three ends that nobody records
    world.assign(kept.id, "e", "f", end=world.now + HOUR)
    world.now += 2 * HOUR
    return world


def _use(world: World, pool_id: int) -> None:
    """Seats of a transferable pool of 4: taken back, suspended, resumed, recycled, granted."""
    a, b, _ = world.assign(pool_id, "a", "b", "c")
    world.do(EndSeat(OPERATOR, seat_id=a.seat.id))
    world.do(ChangeEnd(OPERATOR, seat_id=b.seat.id, end=world.now + HOUR))
    world.assign(pool_id, "c", active=False, if_held=IfHeld.UPDATE)
    world.assign(pool_id, "a")
    world.assign(pool_id, "c", active=True, if_held=IfHeld.UPDATE, fulfilled=True)
    world.assign(pool_id, "d")
    world.assign(pool_id, "e", recycle=True)
    ids = (a.learner.id, world.assign(pool_id, "f", active=False)[0].learner.id)
    team = world.do(SaveGroup(OPERATOR, platform_key="acme", name="T", member_ids=ids))
    grant = world.do(GrantGroup(OPERATOR, pool_id=pool_id, group_id=team.group.id))
    world.do(RemoveGrant(OPERATOR, grant_id=grant.grant.id))
    world.assign(pool_id, "c", active=False, if_held=IfHeld.UPDATE)


def _shape(world: World, pool_id: int, **changes: Any) -> None:
    world.do(ShapePool(OPERATOR, pool_id=pool_id, item_kind=ItemKind.COURSE, **changes))


FILTERS = [
    SeatFilter(),
    SeatFilter(standing=True),
    SeatFilter(in_force=True),
    SeatFilter(live=True),
    SeatFilter(live=False),
    SeatFilter(live=False, standing=True),
    SeatFilter(live=False, in_force=True),
    SeatFilter(kind=ItemKind.COURSE),
    SeatFilter(kind=ItemKind.COURSE, in_force=True),
    SeatFilter(kind=ItemKind.PROGRAM, standing=True),
    SeatFilter(kind=ItemKind.USER),
    SeatFilter(fulfilled=True),
    SeatFilter(learner_id=2),
    SeatFilter(learner_id=2, pool_id=1, standing=True),
    SeatFilter(fulfilled=False, in_force=True),
    *(SeatFilter(pool_id=pool_id, in_force=True) for pool_id in range(1, 9)),
    *(SeatFilter(pool_id=pool_id, standing=True) for pool_id in range(1, 9)),
    *(SeatFilter(pool_id=pool_id, kind=ItemKind.COURSE) for pool_id in range(1, 9)),
]


def test_the_total_of_a_list_is_the_number_of_its_rows(world: World) -> None:
    everything = seats(world, SeatFilter(), reach=Reach(None)).rows
    states = {seated.seat.state for seated in everything}
    assert states == set(SeatState)
    for reach in (Reach(None), ACME, Reach(2)):
        for wanted in FILTERS:
            found = seats(world, wanted, reach=reach)
            told = [each.seat.id for each in everything if passes(each, wanted, world, reach)]
            assert [each.seat.id for each in found.rows] == told, (reach, wanted)
            assert found.total == len(told), (reach, wanted)
    world.check()


@pytest.mark.parametrize("sort", sorted(seat_lists.SORTS))
@pytest.mark.parametrize("way", ["", "-"])
def test_pages_follow_each_other_in_every_sort(world: World, sort: str, way: str) -> None:
    for wanted in (SeatFilter(), SeatFilter(in_force=True), SeatFilter(email="b@acme.example")):
        whole = seats(world, wanted, Page(1, ALL, way + sort))
        assert len(whole.rows) == whole.total > 0
        pages = [
            seats(world, wanted, Page(number, 3, way + sort)).rows
            for number in range(1, whole.total // 3 + 3)
        ]
        ids = [each.seat.id for page in pages for each in page]
        assert ids == [each.seat.id for each in whole.rows]


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (SeatFilter(kind=ItemKind.COURSE), "ix_seats_platform_id"),
        (SeatFilter(kind=ItemKind.COURSE, in_force=True), "ix_seats_platform_id"),
        (SeatFilter(pool_id=1, standing=True), "ix_seats_pool_id"),
        (SeatFilter(pool_id=1, in_force=True), "ix_seats_pool_id"),
    ],
)
@pytest.mark.parametrize("sort", ["id", "-id"])
def test_a_page_skips_in_the_index_alone_and_sorts_nothing(
    world: World, wanted: SeatFilter, index: str, sort: str
) -> None:
    plan = _plan(world, wanted, Page(2, 1, sort))
    name = r"COVERING INDEX" if world.database.is_sqlite else r"Index Only Scan( Backward)? using"
    assert re.search(rf"{name} {index}", plan), plan
    # PostgreSQL may sort the few rows of the page; nothing is sorted before it is cut.
    before_the_cut = plan if world.database.is_sqlite else plan.partition("Limit")[2]
    assert not re.search(r"Sort|MATERIALIZE seats", before_the_cut), plan


@pytest.mark.parametrize("reach", [ACME, Reach(None)])
@pytest.mark.parametrize("pool_id", [1, None])
def test_the_seats_of_somebody_are_found_by_them_not_by_reading_the_pool(
    world: World, reach: Reach, pool_id: int | None
) -> None:
    wanted = SeatFilter(pool_id=pool_id, email="b@acme.example", kind=ItemKind.COURSE)
    plan = _plan(world, wanted, Page(1, 3), reach)
    assert "ix_seats_learner_id" in plan, plan


def _plan(world: World, wanted: SeatFilter, page: Page, reach: Reach = ACME) -> str:
    """How the engine answers a page, were there many rows."""
    asked: list[tuple[str, Any]] = []

    def note(_c: Any, _k: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    with world.database.read() as unit:
        event.listen(unit.connection, "before_cursor_execute", note)
        seat_lists.find(unit, reach, wanted, page, world.now)
    ((statement, parameters),) = [each for each in asked if "LIMIT" in each[0]]
    explain = "EXPLAIN QUERY PLAN" if world.database.is_sqlite else "EXPLAIN"
    with world.database.read() as unit:
        if not world.database.is_sqlite:
            unit.connection.exec_driver_sql("VACUUM (FULL, ANALYZE) seats, pools, learners")
            unit.connection.exec_driver_sql("SET enable_seqscan = off")
            unit.connection.exec_driver_sql("SET enable_bitmapscan = off")
        rows: Sequence[Any] = unit.connection.exec_driver_sql(
            f"{explain} {statement}", parameters
        ).fetchall()
        if not world.database.is_sqlite:
            unit.connection.exec_driver_sql("RESET ALL")
    return "\n".join(str(row[-1]) for row in rows)
