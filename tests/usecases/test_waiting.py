"""Granted members who wait for a place come before any newcomer, also before the sweep ran."""

from datetime import timedelta

from seatledger.domain.command import AssignSeat, GrantGroup, IfHeld, LapseSeats, SaveGroup
from seatledger.domain.pool import Pool
from seatledger.domain.refusal import Code, Refusal, unknown_group
from seatledger.usecases.questions import list_waits
from tests.support.cast import MANAGER, NOON, OPERATOR, STRANGER
from tests.support.world import World

HOUR = timedelta(hours=1)


def full_pool_with_one_waiting(world: World, size: int) -> tuple[Pool, int]:
    """A pool full of seats that end in an hour, and the member of a group who waits for one."""
    waiter = int(world.assign(world.pool(item_key="elsewhere").id, "waiter")[0].learner.id)
    pool = world.pool(size=size)
    group_id = world.do(SaveGroup(MANAGER, platform_key="acme", name="Team")).group.id
    world.do(GrantGroup(MANAGER, pool_id=pool.id, group_id=group_id))
    world.assign(pool.id, *(f"first{number}" for number in range(size)), end=NOON + HOUR)
    world.do(SaveGroup(MANAGER, group_id=group_id, member_ids=(waiter,)))
    return pool, waiter


def test_places_that_came_free_go_to_who_waits_and_then_to_the_newcomer(world: World) -> None:
    pool, _ = full_pool_with_one_waiting(world, size=2)
    world.now = NOON + HOUR
    world.assign(pool.id, "newcomer")
    assert sorted(world.holders(pool.id)) == ["newcomer", "waiter"]
    world.check()


def test_the_last_place_that_came_free_is_the_waiters(world: World) -> None:
    pool, _ = full_pool_with_one_waiting(world, size=1)
    world.now = NOON + HOUR
    ask = AssignSeat(MANAGER, pool_id=pool.id, email="newcomer@acme.example")
    assert world.code(ask) is Code.POOL_FULL
    assert world.holders(pool.id) == ["waiter"]
    world.check()


def test_who_waits_and_is_named_gets_the_seat_that_waited_for_them(world: World) -> None:
    pool, waiter = full_pool_with_one_waiting(world, size=2)
    world.now = NOON + HOUR
    ask = AssignSeat(MANAGER, pool_id=pool.id, learner_id=waiter, if_held=IfHeld.UPDATE)
    outcomes = world.all(ask, ask)
    assert not any(isinstance(each, Refusal) for each in outcomes)
    assert outcomes[0].seat.id == outcomes[1].seat.id
    assert world.holders(pool.id) == ["waiter"]
    world.check()


def test_who_was_named_waits_no_longer(world: World) -> None:
    pool, waiter = full_pool_with_one_waiting(world, size=1)
    recycle = AssignSeat(
        MANAGER, pool_id=pool.id, learner_id=waiter, end=NOON + 2 * HOUR, recycle=True
    )
    world.do(recycle)
    world.now = NOON + 2 * HOUR
    assert world.do(LapseSeats(OPERATOR)) == 1
    assert world.holders(pool.id) == []
    world.check()


def test_who_joins_a_group_takes_a_place_that_came_free_at_once(world: World) -> None:
    pool, _ = full_pool_with_one_waiting(world, size=2)
    late = world.assign(world.pool(item_key="other").id, "late")[0].learner.id
    group_id = world.do(SaveGroup(MANAGER, platform_key="acme", name="Late")).group.id
    world.now = NOON + HOUR
    world.do(GrantGroup(MANAGER, pool_id=pool.id, group_id=group_id))
    world.do(SaveGroup(MANAGER, group_id=group_id, member_ids=(late,)))
    assert sorted(world.holders(pool.id)) == ["late", "waiter"]
    world.check()


def test_asked_twice_in_one_batch_a_seat_is_created_once(world: World) -> None:
    pool = world.pool(size=2)
    ask = AssignSeat(MANAGER, pool_id=pool.id, email="a@acme.example", if_held=IfHeld.UPDATE)
    assert [each.created for each in world.all(ask, ask)] == [True, False]


def test_who_waits_is_told_to_whoever_reaches_the_group(world: World) -> None:
    pool, waiter = full_pool_with_one_waiting(world, size=1)
    with world.database.read() as unit:
        waits = list_waits(unit, MANAGER.reach, 1, [waiter])
        others = list_waits(unit, MANAGER.reach, 1, [waiter + 1])
        refused = list_waits(unit, STRANGER.reach, 1, [waiter])
    assert not isinstance(waits, Refusal)
    assert [(wait.pool_id, wait.learner_id) for wait in waits] == [(pool.id, waiter)]
    assert (others, refused) == ([], unknown_group())
