"""People are told of an end that comes near, and of a course not begun: in time, and once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from seatledger.domain.command import ChangeEnd, EndSeat, ShapePool
from seatledger.domain.invitation_command import MarkUndeliverable, WithdrawInvitation
from seatledger.domain.item import ItemKind
from seatledger.domain.notice import GiveNotices
from seatledger.domain.people_command import CreatePlatform, ReportProgress
from seatledger.storage.engine import Database
from seatledger.storage.tables import events
from seatledger.usecases.carry_out import carry_out
from seatledger.usecases.keep_tokens import SWEEP
from tests.support.cast import DAY, MANAGER, NOON, OPERATOR
from tests.support.world import World
from tests.usecases.invitations import course, inviting, offering, redeeming

SOON = NOON + 10 * DAY
THREE = GiveNotices(SWEEP, days=(30, 7, 1), reminder_days=14, invitation_days=7)


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    world = World(database)
    yield world
    world.check()


def look(world: World, command: GiveNotices = THREE) -> list[tuple[str, int, int]]:
    """Give all notices that are due; each as (kind, seat, days)."""
    with world.database.read() as unit:
        before = unit.select(select(events.c.id).order_by(events.c.id.desc()).limit(1))[0].id
    for _ in range(100):
        if world.do(command) == 0:
            break
    else:
        raise AssertionError("notices do not come to an end")
    query = select(events).where(events.c.id > before).order_by(events.c.id)
    with world.database.read() as unit:
        return [(row.kind, row.subject_id, row.after["days"]) for row in unit.select(query)]


def seat(world: World, end: datetime | None = None, **pool: Any) -> int:
    return world.assign(world.pool(**pool).id, "ada", end=end)[0].seat.id


def test_each_notice_comes_when_its_day_has_come_and_once(world: World) -> None:
    mine = seat(world, end=NOON + 60 * DAY)
    told = {}
    for day in range(61):
        world.now = NOON + day * DAY
        if found := look(world):
            told[day] = found
    assert told == {
        30: [("seat_expiring", mine, 30)],
        53: [("seat_expiring", mine, 7)],
        59: [("seat_expiring", mine, 1)],
    }


@pytest.mark.parametrize(
    ("looked_at", "days"),
    [
        pytest.param(NOON + 29 * DAY, None, id="nothing is due"),
        pytest.param(NOON + 31 * DAY, 29, id="one was missed: late is better than never"),
        pytest.param(NOON + 55 * DAY, 5, id="two were missed: the later one tells it all"),
        pytest.param(NOON + 59.5 * DAY, 1, id="all were missed: the last one"),
        pytest.param(NOON + 60 * DAY, None, id="it has ended: too late"),
    ],
)
def test_after_a_time_without_a_worker_one_notice_is_enough(
    world: World, looked_at: datetime, days: int | None
) -> None:
    mine = seat(world, end=NOON + 60 * DAY)
    world.now = looked_at
    assert look(world) == ([] if days is None else [("seat_expiring", mine, days)])
    assert look(world) == []


@pytest.mark.parametrize(
    ("seat_end", "pool_end", "told"),
    [
        (None, None, False),
        (SOON, None, True),
        (None, SOON, True),
        (SOON, NOON + 99 * DAY, True),
        (NOON + 99 * DAY, SOON, True),
        (NOON + 99 * DAY, NOON + 99 * DAY, False),
    ],
)
def test_the_end_is_the_seats_or_its_pools_whichever_comes_first(
    world: World, seat_end: datetime | None, pool_end: datetime | None, told: bool
) -> None:
    mine = seat(world, end=seat_end)
    world.do(ShapePool(OPERATOR, pool_id=1, end=pool_end))
    world.now = NOON + 4 * DAY
    assert look(world) == ([("seat_expiring", mine, 6)] if told else [])


def test_who_was_given_less_than_a_week_is_not_told_that_a_week_is_left(world: World) -> None:
    mine = seat(world, end=NOON + 3 * DAY)
    assert look(world) == []
    world.now = NOON + 2 * DAY
    assert look(world) == [("seat_expiring", mine, 1)]


def test_a_new_end_is_told_of_anew(world: World) -> None:
    mine = seat(world, end=SOON)
    world.now = NOON + 3 * DAY
    assert look(world) == [("seat_expiring", mine, 7)]
    world.do(ChangeEnd(OPERATOR, seat_id=mine, end=NOON + 50 * DAY))
    assert look(world) == []
    world.now = NOON + 43 * DAY
    assert look(world) == [("seat_expiring", mine, 7)]


@pytest.mark.parametrize(
    ("ahead", "days"),
    [
        (9 * DAY, 9),
        (9 * DAY - timedelta(microseconds=1), 9),
        (9 * DAY + timedelta(microseconds=1), 10),
        (timedelta(hours=20), 1),
        (timedelta(microseconds=1), 1),
    ],
)
def test_the_days_are_those_that_are_left_of_which_the_last_may_have_begun(
    world: World, ahead: timedelta, days: int
) -> None:
    mine = seat(world)
    world.now = NOON + 100 * DAY
    world.do(ShapePool(OPERATOR, pool_id=1, end=world.now + ahead))
    assert look(world) == [("seat_expiring", mine, days)]


def test_of_many_at_once_each_gets_the_latest_notice_alone(world: World) -> None:
    pool = world.pool(size=12)
    given = world.assign(pool.id, *(f"p{number}" for number in range(12)))
    world.now = NOON + 100 * DAY
    world.do(ShapePool(OPERATOR, pool_id=1, end=world.now + timedelta(hours=20)))
    told = look(world, GiveNotices(SWEEP, days=(30, 7, 1), at_once=5))
    assert told == [("seat_expiring", each.seat.id, 1) for each in given]


def test_of_what_has_no_access_nobody_is_told(world: World) -> None:
    ended, other = seat(world, end=SOON), seat(world, end=SOON, item_key="course-2")
    world.do(EndSeat(OPERATOR, seat_id=ended))
    world.do(ShapePool(OPERATOR, pool_id=2, active=False))
    world.now = NOON + 4 * DAY
    assert look(world) == []
    world.do(ShapePool(OPERATOR, pool_id=2, active=True))
    assert look(world) == [("seat_expiring", other, 6)]


def test_no_days_are_no_notices(world: World) -> None:
    seat(world, end=SOON)
    world.now = NOON + 4 * DAY
    assert look(world, GiveNotices(SWEEP)) == []


def test_workers_at_the_same_time_tell_each_once(world: World) -> None:
    pool = world.pool(size=40)
    world.assign(pool.id, *(f"p{number}" for number in range(40)), end=SOON)
    world.now = NOON + 4 * DAY
    command = GiveNotices(SWEEP, days=(7,), at_once=7)

    def work(_: int) -> None:
        while carry_out(world.database, [command], world.now)[0]:
            pass

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(work, range(4)))
    query = select(events.c.subject_id).where(events.c.kind == "seat_expiring")
    with world.database.read() as unit:
        told = [row.subject_id for row in unit.select(query)]
    assert len(told) == len(set(told)) == 40


def report(world: World, email: str, item: str = "course-1") -> None:
    world.do(
        ReportProgress(
            MANAGER,
            platform_key="acme",
            email=email,
            item_kind=ItemKind.COURSE,
            item_key=item,
            percent=0,
        )
    )


def test_who_has_not_begun_is_reminded_once(world: World) -> None:
    ada, bob = (each.seat.id for each in world.assign(world.pool().id, "ada", "bob"))
    report(world, "bob@acme.example")
    world.now = NOON + 14 * DAY - timedelta(seconds=1)
    assert look(world) == []
    world.now = NOON + 14 * DAY
    assert look(world) == [("seat_reminded", ada, 14)]
    world.now = NOON + 20 * DAY
    assert look(world) == []
    assert ada != bob


def test_a_reminder_that_is_late_says_how_many_days_have_passed(world: World) -> None:
    world.assign(world.pool().id, "ada", "bob")
    report(world, "bob@acme.example")
    course(world, "course-9")
    world.do(inviting("cy", item_key="course-9"))
    world.now = NOON + 20 * DAY - timedelta(seconds=1)
    assert [(kind, days) for kind, _, days in look(world)] == [
        ("seat_reminded", 19),
        ("invitation_reminded", 19),
    ]


def test_where_no_progress_is_ever_reported_nobody_is_reminded(world: World) -> None:
    world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    world.assign(world.pool(platform_key="zeta", item_key="course-2").id, "ada")
    world.assign(world.pool().id, "bob")
    report(world, "bob@acme.example")
    world.now = NOON + 15 * DAY
    assert look(world) == []


def test_a_reminder_that_is_a_month_late_is_not_given(world: World) -> None:
    world.assign(world.pool().id, "ada", "bob")
    report(world, "bob@acme.example")
    world.now = NOON + 45 * DAY
    assert look(world) == []


def test_an_invitation_that_nobody_takes_up_is_told_of_again_once(world: World) -> None:
    course(world)
    ada = world.do(inviting("ada")).invitation
    world.do(inviting("bob", source="fair"))
    world.do(redeeming("bob"))
    world.do(offering(3))
    world.now = NOON + 7 * DAY - timedelta(seconds=1)
    assert look(world) == []
    world.now = NOON + 7 * DAY
    assert look(world) == [("invitation_reminded", ada.id, 7)]
    world.now = NOON + 8 * DAY
    assert look(world) == []


@pytest.mark.parametrize(
    "why",
    ["it has ended", "it was withdrawn", "mail to it comes back", "it is a month late"],
)
def test_of_an_invitation_that_is_no_use_nobody_is_reminded(world: World, why: str) -> None:
    course(world)
    end = NOON + 6 * DAY if why == "it has ended" else None
    ada = world.do(inviting("ada", end=end)).invitation
    if why == "it was withdrawn":
        world.do(WithdrawInvitation(MANAGER, kind=ItemKind.COURSE, invitation_id=ada.id))
    if why == "mail to it comes back":
        world.do(MarkUndeliverable(OPERATOR, invitation_id=ada.id, why="No such mailbox."))
    world.now = NOON + (38 if why == "it is a month late" else 8) * DAY
    assert look(world) == []
