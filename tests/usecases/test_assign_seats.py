"""Assigning on real databases: one path for one and for many."""

import pytest
import sqlalchemy

from seatledger.domain.command import AssignSeat, IfHeld
from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.seating import Seated
from seatledger.storage.tables import learners
from tests.support.cast import DAY, MANAGER, NOON, OPERATOR, STRANGER
from tests.support.statements import noted
from tests.support.world import World


def test_an_unknown_address_makes_an_unregistered_learner_with_a_live_seat(world: World) -> None:
    pool = world.pool()
    (seated,) = world.assign(pool.id, "new", name="New Person")
    assert (seated.learner.name, seated.learner.registered) == ("New Person", False)
    assert seated.seat.live
    world.check()


def test_one_person_whatever_the_spelling_ibl_w17(world: World) -> None:
    pool = world.pool()
    asks = [
        AssignSeat(OPERATOR, pool_id=pool.id, email=email, if_held=IfHeld.KEEP)
        for email in ("Ann@Acme.example", " ann@acme.EXAMPLE ", "ann@acme.example")
    ]
    first = world.do(asks[0])
    again = world.all(*asks)
    assert {seated.seat.id for seated in again} == {first.seat.id}
    assert again[0].learner.email == "Ann@Acme.example"
    assert world.look(pool.id).held == 1


def test_two_new_spellings_in_one_batch_are_one_new_learner(world: World) -> None:
    pool = world.pool()
    first, second = world.all(
        AssignSeat(OPERATOR, pool_id=pool.id, email="Bob@acme.example"),
        AssignSeat(OPERATOR, pool_id=pool.id, email="bob@acme.example"),
    )
    assert first.learner.email == "Bob@acme.example"
    assert isinstance(second, Refusal)
    assert second.code is Code.ALREADY_SEATED
    world.check()


def test_a_refused_command_leaves_its_neighbours_alone_and_no_learner_behind(world: World) -> None:
    pool = world.pool(size=1)
    outcomes = world.all(
        AssignSeat(OPERATOR, pool_id=pool.id, email="nonsense"),
        AssignSeat(OPERATOR, pool_id=999, email="a@acme.example"),
        AssignSeat(OPERATOR, pool_id=pool.id, email="b@acme.example"),
        AssignSeat(OPERATOR, pool_id=pool.id, email="c@acme.example"),
        AssignSeat(OPERATOR, pool_id=pool.id),
    )
    codes = [each.code if isinstance(each, Refusal) else "seated" for each in outcomes]
    assert codes == ["invalid", "unknown_pool", "seated", "pool_full", "invalid"]
    assert [each.field for each in outcomes if isinstance(each, Refusal)][::3] == ["email", "email"]
    with world.database.read() as unit:
        assert unit.count(sqlalchemy.select(sqlalchemy.func.count()).select_from(learners)) == 1
    world.check()


def test_the_id_decides_where_an_address_came_along_ibl_g3(world: World) -> None:
    pool = world.pool()
    (ann,) = world.assign(pool.id, "ann")
    other = world.pool(item_key="course-2")
    seated = world.do(
        AssignSeat(OPERATOR, pool_id=other.id, learner_id=ann.learner.id, email="b@acme.example")
    )
    assert seated.learner == ann.learner


def test_a_manager_finds_by_id_only_who_is_known_to_the_platform_ibl_w18(world: World) -> None:
    pool = world.pool()
    (ann,) = world.assign(pool.id, "ann")
    mine = AssignSeat(MANAGER, pool_id=pool.id, learner_id=ann.learner.id, if_held=IfHeld.KEEP)
    assert world.do(mine).seat.id == ann.seat.id
    foreign = AssignSeat(STRANGER, pool_id=pool.id, learner_id=ann.learner.id)
    assert world.code(foreign) is Code.UNKNOWN_POOL
    unknown = AssignSeat(MANAGER, pool_id=pool.id, learner_id=9999)
    assert world.code(unknown) is Code.UNKNOWN_LEARNER


def test_a_strangers_pool_answers_as_if_it_did_not_exist(world: World) -> None:
    pool = world.pool()
    strange = world.refusal(AssignSeat(STRANGER, pool_id=pool.id, email="a@acme.example"))
    unknown = world.refusal(AssignSeat(STRANGER, pool_id=999, email="a@acme.example"))
    assert strange == unknown


def test_recycling_more_than_once_in_a_batch_takes_the_oldest_each_time(world: World) -> None:
    pool = world.pool(size=3)
    world.assign(pool.id, "a", "b", "c")
    world.now = NOON + DAY
    world.assign(pool.id, "d", "e", recycle=True)
    assert world.holders(pool.id) == ["c", "d", "e"]
    world.check()


def test_lapsed_seats_make_room_before_any_sweep(world: World) -> None:
    pool = world.pool(size=2)
    world.assign(pool.id, "a", "b", end=NOON + DAY)
    world.now = NOON + DAY
    assert world.look(pool.id).free == 2
    world.assign(pool.id, "c", "d")
    assert world.holders(pool.id) == ["c", "d"]
    world.check()


def test_a_place_of_a_pool_that_is_not_transferable_stays_taken(world: World) -> None:
    pool = world.pool(size=1, transferable=False)
    world.assign(pool.id, "a", end=NOON + DAY)
    world.now = NOON + DAY
    late = AssignSeat(OPERATOR, pool_id=pool.id, email="b@acme.example", recycle=True)
    assert world.code(late) is Code.POOL_FULL
    assert world.look(pool.id).held == 1
    world.check()


def test_one_seat_an_item_holds_across_pools_within_a_batch(world: World) -> None:
    one, two = world.pool(), world.pool()
    first, second = world.all(
        AssignSeat(OPERATOR, pool_id=one.id, email="a@acme.example", one_per_item=True),
        AssignSeat(OPERATOR, pool_id=two.id, email="a@acme.example", one_per_item=True),
    )
    assert isinstance(first, Seated)
    assert second.code is Code.ALREADY_SEATED


@pytest.mark.parametrize("lacking", [False, True], ids=["places enough", "full and recycling"])
def test_the_number_of_statements_does_not_grow_with_the_batch(world: World, lacking: bool) -> None:
    counts = []
    for number, length in enumerate((1, 1000)):
        pool = world.pool(size=1 if lacking else 5000)
        if lacking:
            world.assign(pool.id, f"first{number}")
        names = [f"n{number}-{each}" for each in range(length)]
        with noted(world.database) as statements:
            world.assign(pool.id, *names, recycle=lacking)
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 14
    world.check()
