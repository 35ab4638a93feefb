"""Several writers at once, each with connections of its own, as several processes have."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from seatledger.domain.command import AssignSeat, Command, EndSeat, ShapePool
from seatledger.domain.item import ItemKind
from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.seating import Seated
from seatledger.storage.engine import Database
from seatledger.usecases.carry_out import carry_out
from tests.support.cast import NOON, OPERATOR
from tests.support.world import World

WRITERS = 4


def at_once(url: str, batches: list[list[Command]]) -> list[list[Any]]:
    """Carry out each batch through a database handle of its own, all starting together."""
    barrier = Barrier(len(batches))

    def write(batch: list[Command]) -> list[Any]:
        database = Database(url)
        try:
            barrier.wait(timeout=20)
            return carry_out(database, batch, NOON)
        finally:
            database.close()

    with ThreadPoolExecutor(len(batches)) as threads:
        return list(threads.map(write, batches))


def seated(outcomes: list[list[Any]]) -> list[Seated]:
    return [each for batch in outcomes for each in batch if isinstance(each, Seated)]


def codes(outcomes: list[list[Any]]) -> list[Code]:
    return [each.code for batch in outcomes for each in batch if isinstance(each, Refusal)]


@pytest.fixture
def world(database: Database) -> World:
    return World(database)


def test_a_pool_of_fifty_gives_fifty_seats_to_two_hundred(world: World, database_url: str) -> None:
    pool = world.pool(size=50)
    batches: list[list[Command]] = [
        [
            AssignSeat(OPERATOR, pool_id=pool.id, email=f"w{writer}n{number}@acme.example")
            for number in range(50)
        ]
        for writer in range(WRITERS)
    ]
    outcomes = at_once(database_url, batches)
    assert len(seated(outcomes)) == 50
    assert set(codes(outcomes)) == {Code.POOL_FULL}
    assert world.look(pool.id).free == 0
    world.check()


def test_one_new_person_asked_for_by_all_at_once_is_one_person_with_one_seat(
    world: World, database_url: str
) -> None:
    pool = world.pool(size=50)
    same = AssignSeat(OPERATOR, pool_id=pool.id, email="same@acme.example")
    outcomes = at_once(database_url, [[same]] * WRITERS)
    assert len(seated(outcomes)) == 1
    assert codes(outcomes) == [Code.ALREADY_SEATED] * (WRITERS - 1)
    world.check()


@pytest.mark.parametrize("known", [False, True], ids=["a new learner", "a known learner"])
def test_one_seat_an_item_holds_between_pools_that_are_locked_apart(
    world: World, database_url: str, known: bool
) -> None:
    if known:
        world.assign(world.pool(item_key="elsewhere").id, "same")
    pools = [world.pool(size=5) for _ in range(WRITERS)]
    batches: list[list[Command]] = [
        [AssignSeat(OPERATOR, pool_id=pool.id, email="same@acme.example", one_per_item=True)]
        for pool in pools
    ]
    outcomes = at_once(database_url, batches)
    assert len(seated(outcomes)) == 1
    assert codes(outcomes) == [Code.ALREADY_SEATED] * (WRITERS - 1)
    world.check()


def test_batches_that_want_the_same_pools_and_people_in_other_orders_all_end(
    world: World, database_url: str
) -> None:
    pools = [world.pool(size=40) for _ in range(5)]
    names = [f"p{number}" for number in range(8)]
    batches: list[list[Command]] = []
    for writer in range(WRITERS):
        turned = pools[writer:] + pools[:writer]
        batches.append(
            [
                AssignSeat(OPERATOR, pool_id=pool.id, email=f"{name}@acme.example")
                for name in (names if writer % 2 else reversed(names))
                for pool in turned
            ]
        )
    outcomes = at_once(database_url, batches)
    assert not [each for batch in outcomes for each in batch if isinstance(each, Exception)]
    assert len(seated(outcomes)) == len(pools) * len(names)
    world.check()


def test_a_size_lowered_while_seats_are_taken_never_falls_below_them(
    world: World, database_url: str
) -> None:
    pool = world.pool(size=20)
    held = world.assign(pool.id, *[f"held{number}" for number in range(5)])
    shrink = ShapePool(OPERATOR, pool_id=pool.id, item_kind=ItemKind.COURSE, size=8)
    batches: list[list[Command]] = [
        [AssignSeat(OPERATOR, pool_id=pool.id, email=f"x{n}@acme.example") for n in range(10)],
        [shrink],
        [EndSeat(OPERATOR, seat_id=each.seat.id) for each in held],
        [AssignSeat(OPERATOR, pool_id=pool.id, email=f"y{n}@acme.example") for n in range(10)],
    ]
    outcomes = at_once(database_url, batches)
    assert set(codes(outcomes)) <= {Code.POOL_FULL, Code.SIZE_BELOW_HELD}
    found = world.look(pool.id)
    assert found.held <= found.size
    world.check()
