"""Several writers who move, end and give the same seats at once."""

import pytest

from seatledger.domain.command import AssignSeat, ChangeEnd, Command, EndSeat
from seatledger.domain.item import ItemKind
from seatledger.domain.moves import MoveRule, Moves
from seatledger.domain.moving import Moved
from seatledger.domain.moving_command import MoveSeat
from seatledger.domain.people_command import ReportProgress
from seatledger.domain.progress import Reported
from seatledger.domain.refusal import Code
from seatledger.domain.seating import Seated
from seatledger.storage.engine import Database
from tests.storage.test_parallel_writers import at_once, codes
from tests.support.cast import DAY, NOON, OPERATOR
from tests.support.world import World

ROUNDS = 5


@pytest.fixture
def world(database: Database) -> World:
    return World(database)


def to(person: str, seat_id: int) -> MoveSeat:
    return MoveSeat(OPERATOR, seat_id=seat_id, email=f"{person}@acme.example")


@pytest.mark.parametrize("transferable", [True, False])
def test_of_several_moves_of_one_seat_at_once_one_wins(
    world: World, database_url: str, transferable: bool
) -> None:
    rule = MoveRule(Moves.ALWAYS)
    pool = world.pool(size=1, transferable=transferable, moves=rule)
    (seated,) = world.assign(pool.id, "a")
    for turn in range(ROUNDS):
        seat_id = seated.seat.id
        outcomes = at_once(database_url, [[to(f"t{turn}w{each}", seat_id)] for each in range(4)])
        (moved,) = [each for (each,) in outcomes if isinstance(each, Moved)]
        assert codes(outcomes) == [Code.SEAT_ENDED] * 3
        seated = moved.given
    assert world.look(pool.id).counters == (1, ROUNDS + 1, ROUNDS, ROUNDS)
    world.check()


def test_of_a_move_and_an_end_at_once_one_wins(world: World, database_url: str) -> None:
    pool = world.pool(size=ROUNDS)
    for turn in range(ROUNDS):
        seat_id = world.assign(pool.id, f"a{turn}")[0].seat.id
        end: Command = EndSeat(OPERATOR, seat_id=seat_id, only_in_force=True)
        outcomes = at_once(database_url, [[to(f"b{turn}", seat_id)], [end]])
        assert [isinstance(each, Moved | Seated) for (each,) in outcomes].count(True) == 1
        assert codes(outcomes) == [Code.SEAT_ENDED]
    world.check()


def test_the_last_move_that_a_pool_allows_is_made_once(world: World, database_url: str) -> None:
    pool = world.pool(size=4, moves=MoveRule(Moves.LIMITED, per_pool_max=1))
    seats = world.assign(pool.id, *"abcd")
    outcomes = at_once(database_url, [[to(f"x{each.seat.id}", each.seat.id)] for each in seats])
    assert codes(outcomes) == [Code.MOVE_NOT_ALLOWED] * 3
    assert world.look(pool.id).moved == 1
    world.check()


def test_one_person_given_a_seat_and_passed_another_at_once_has_one(
    world: World, database_url: str
) -> None:
    for turn in range(ROUNDS):
        pool = world.pool(size=2)
        seat_id = world.assign(pool.id, "a")[0].seat.id
        give = AssignSeat(OPERATOR, pool_id=pool.id, email=f"new{turn}@acme.example")
        outcomes = at_once(database_url, [[to(f"new{turn}", seat_id)], [give]])
        assert codes(outcomes) == [Code.ALREADY_SEATED]
    world.check()


def test_moves_in_circles_through_several_pools_all_end(world: World, database_url: str) -> None:
    pools = [world.pool(size=4) for _ in range(4)]
    seats = [world.assign(pool.id, *"abcd") for pool in pools]
    batches: list[list[Command]] = []
    for writer in range(4):
        order = range(4) if writer % 2 else reversed(range(4))
        batches.append([to(f"w{writer}p{each}", seats[each][writer].seat.id) for each in order])
    batches.append([ChangeEnd(OPERATOR, seat_id=seats[0][0].seat.id, end=NOON + DAY)])
    outcomes = at_once(database_url, batches)
    assert all(isinstance(each, Moved) for batch in outcomes[:4] for each in batch)
    world.check()


def test_reports_of_the_same_learners_in_other_orders_all_end(
    world: World, database_url: str
) -> None:
    ids = [each.learner.id for each in world.assign(world.pool(size=20).id, *"abcdefghij")]
    batches: list[list[Command]] = [
        [
            ReportProgress(
                OPERATOR,
                platform_key="acme",
                learner_id=learner_id,
                item_kind=ItemKind.COURSE,
                item_key="course-1",
                percent=writer,
            )
            for learner_id in (ids if writer % 2 else reversed(ids))
        ]
        for writer in range(4)
    ]
    for _ in range(ROUNDS):
        outcomes = at_once(database_url, batches)
        assert all(isinstance(each, Reported) for batch in outcomes for each in batch)
