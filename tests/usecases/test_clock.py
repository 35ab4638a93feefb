"""Time at its edges: the boundary instant, a clock that steps back, the leap day, summer time.

Time is an argument, so nothing here waits; each engine compares instants in its own way.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from seatledger.domain.actor import Reach
from seatledger.domain.command import AssignSeat, ChangeEnd, EndSeat, IfHeld, LapseSeats, ShapePool
from seatledger.domain.item import ItemKind
from seatledger.domain.people_command import CountRequest
from seatledger.domain.rate import Allowance
from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.seat import SeatState
from seatledger.usecases import questions
from tests.support.cast import DAY, MANAGER, NOON, OPERATOR
from tests.support.world import World

TICK = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
BERLIN = ZoneInfo("Europe/Berlin")


def gives_access(world: World, seat_id: int) -> bool:
    """What the domain says of the seat, which the rows must say too."""
    wanted = questions.SeatFilter(seat_id=seat_id, in_force=True)
    with world.database.read() as unit:
        found = questions.list_seats(unit, Reach(None), wanted, questions.Page(1, 10), world.now)
        seated = questions.get_seat(unit, Reach(None), seat_id, world.now)
    assert not isinstance(found, Refusal)
    assert not isinstance(seated, Refusal)
    in_force = seated.seat.in_force(seated.pool, world.now)
    assert in_force is bool(found.rows)
    return in_force


@pytest.mark.parametrize(
    ("now", "access"),
    [
        pytest.param(NOON - TICK, False, id="just before the pool starts"),
        pytest.param(NOON, True, id="when it starts"),
        pytest.param(NOON + DAY - TICK, True, id="just before the seat ends"),
        pytest.param(NOON + DAY, False, id="when the seat ends"),
    ],
)
def test_a_seat_opens_from_the_instant_of_the_start_to_before_that_of_the_end(
    world: World, now: datetime, access: bool
) -> None:
    pool = world.pool(start=NOON, end=NOON + 2 * DAY)
    seat = world.assign(pool.id, "a", end=NOON + DAY)[0].seat
    world.now = now
    assert gives_access(world, seat.id) is access


@pytest.mark.parametrize("before", [TICK, timedelta(0)])
def test_a_pool_takes_newcomers_until_before_the_instant_of_its_end(
    world: World, before: timedelta
) -> None:
    pool = world.pool(end=NOON + DAY)
    seat = world.assign(pool.id, "a")[0].seat
    ask = AssignSeat(MANAGER, pool_id=pool.id, email="b@acme.example")
    world.now = NOON + DAY - before
    if before:
        world.do(ask)
    else:
        assert world.code(ask) is Code.POOL_ENDED
    assert gives_access(world, seat.id) is bool(before)


@pytest.mark.parametrize(
    ("end", "code"),
    [
        (NOON - TICK, Code.END_IN_PAST),
        (NOON, Code.END_IN_PAST),
        (NOON + TICK, None),
        (NOON + DAY, None),
        (NOON + DAY + TICK, Code.END_AFTER_POOL),
    ],
)
def test_a_new_seat_ends_after_now_and_not_after_its_pool(
    world: World, end: datetime, code: Code | None
) -> None:
    pool = world.pool(end=NOON + DAY)
    ask = AssignSeat(MANAGER, pool_id=pool.id, email="a@acme.example", end=end)
    outcome = world.all(ask)[0]
    assert (outcome.code if isinstance(outcome, Refusal) else None) is code


def test_the_last_place_comes_free_in_the_instant_its_seat_ends_and_not_before(
    world: World,
) -> None:
    pool = world.pool(size=1)
    world.assign(pool.id, "a", end=NOON + HOUR)
    ask = AssignSeat(MANAGER, pool_id=pool.id, email="b@acme.example")
    world.now = NOON + HOUR - TICK
    assert world.code(ask) is Code.POOL_FULL
    assert world.look(pool.id).free == 0
    world.now = NOON + HOUR
    assert world.look(pool.id).free == 1
    world.do(ask)
    assert world.holders(pool.id) == ["b"]
    world.check()


def test_moving_an_end_to_this_instant_ends_the_seat_now(world: World) -> None:
    pool = world.pool(size=1)
    seat = world.assign(pool.id, "a")[0].seat
    moved = world.do(ChangeEnd(MANAGER, seat_id=seat.id, end=NOON))
    assert (moved.seat.state, moved.pool.free) == (SeatState.ENDED, 1)
    assert not gives_access(world, seat.id)
    world.check()


def test_what_ended_stays_ended_when_the_clock_steps_back_an_hour(world: World) -> None:
    pool = world.pool(size=2, start=NOON - DAY)
    lapsed, taken = (each.seat for each in world.assign(pool.id, "a", "b", end=NOON + HOUR))
    world.now = NOON + HOUR
    world.do(EndSeat(MANAGER, seat_id=taken.id))
    assert world.do(LapseSeats(OPERATOR)) == 1
    world.now = NOON
    assert not gives_access(world, lapsed.id)
    assert not gives_access(world, taken.id)
    assert world.look(pool.id).free == 2
    world.check()


def test_work_goes_on_after_the_clock_stepped_back_an_hour(world: World) -> None:
    pool = world.pool(size=2, start=NOON - DAY)
    first, second = (each.seat for each in world.assign(pool.id, "a", "b"))
    world.now = NOON - HOUR
    assert gives_access(world, first.id)
    ended = world.do(EndSeat(MANAGER, seat_id=first.id)).seat
    assert (ended.state, ended.end) == (SeatState.ENDED, NOON - HOUR)
    world.assign(pool.id, "c")
    assert world.code(AssignSeat(MANAGER, pool_id=pool.id, email="d@acme.example")) is (
        Code.POOL_FULL
    )
    world.do(ChangeEnd(MANAGER, seat_id=second.id, end=NOON - HOUR))
    world.do(ShapePool(OPERATOR, pool_id=pool.id, item_kind=ItemKind.COURSE, size=1))
    assert world.holders(pool.id) == ["c"]
    world.check()


def test_a_clock_that_stepped_back_an_hour_shuts_nobody_out_for_an_hour(world: World) -> None:
    ask = CountRequest(MANAGER, per_minute=2)
    world.all(ask, ask)
    assert world.code(ask) is Code.RATE_LIMITED
    world.now = NOON - HOUR
    assert world.all(ask) == [Allowance(per_minute=2, remaining=1, seconds=60)]


def test_the_leap_day_is_a_day_like_any_other(world: World) -> None:
    eve, leap, after = (datetime(2028, *day, tzinfo=UTC) for day in ((2, 28), (2, 29), (3, 1)))
    world.now = eve
    pool = world.pool(size=1, start=leap, end=after)
    seat = world.assign(pool.id, "a")[0].seat
    access = {}
    for now in (leap - TICK, leap, leap + DAY - TICK, after):
        world.now = now
        access[now] = gives_access(world, seat.id)
    assert list(access.values()) == [False, True, True, False]
    world.check()


def test_an_end_in_the_hour_that_comes_twice_is_the_one_its_offset_says(world: World) -> None:
    world.now = datetime(2026, 10, 25, 0, 0, tzinfo=UTC)
    summer = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=0)
    winter = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1)
    pool = world.pool(size=2)
    early = world.assign(pool.id, "a", end=summer)[0].seat
    late = world.assign(pool.id, "b", end=winter)[0].seat
    world.now = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert (gives_access(world, early.id), gives_access(world, late.id)) == (False, True)
    world.now = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert not gives_access(world, late.id)
    assert world.do(LapseSeats(OPERATOR)) == 2
    world.check()


def test_a_window_over_the_night_that_loses_an_hour_is_as_long_as_it_is(world: World) -> None:
    start = datetime(2026, 3, 29, 0, 0, tzinfo=BERLIN)
    world.now = datetime(2026, 3, 28, 12, tzinfo=UTC)
    pool = world.pool(size=1, start=start, end=datetime(2026, 3, 30, 0, 0, tzinfo=BERLIN))
    seat = world.assign(pool.id, "a")[0].seat
    found = world.look(pool.id).window
    assert found.end is not None
    assert found.end - found.start == timedelta(hours=23)
    world.now = datetime(2026, 3, 29, 22, 0, tzinfo=UTC) - TICK
    assert gives_access(world, seat.id)
    world.now += TICK
    assert not gives_access(world, seat.id)


def test_the_same_instant_in_another_offset_is_the_same_end(world: World) -> None:
    end = datetime(2026, 6, 1, 0, 0, tzinfo=UTC)
    pool = world.pool(size=1, end=end)
    spelled = end.astimezone(ZoneInfo("Asia/Kathmandu"))
    seated = world.assign(pool.id, "a", end=spelled)[0]
    assert seated.seat.end is None, "an end that is the pool's follows the pool"
    again = AssignSeat(
        MANAGER, pool_id=pool.id, email="a@acme.example", end=spelled, if_held=IfHeld.KEEP
    )
    assert world.do(again).seat == seated.seat
