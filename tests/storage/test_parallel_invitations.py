"""Several processes' worth of people who redeem, invite and ask at the same moment (ibl W44)."""

from typing import Any

import pytest

from seatledger.domain.command import Command
from seatledger.domain.invitation_command import InviteMany, RequestAccess
from seatledger.domain.learner import PersonName
from seatledger.domain.people_command import AddLearner
from seatledger.domain.refusal import Code
from seatledger.storage.engine import Database
from seatledger.usecases.invitation_history import Invited
from tests.storage.test_parallel_writers import at_once, codes
from tests.support.cast import MANAGER
from tests.support.world import World
from tests.usecases.invitations import course, invitations, inviting, offering, redeeming


@pytest.fixture
def world(database: Database) -> World:
    return World(database)


def done(outcomes: list[list[Any]]) -> list[Invited]:
    return [each for batch in outcomes for each in batch if isinstance(each, Invited)]


def broken(outcomes: list[list[Any]]) -> list[Exception]:
    return [each for batch in outcomes for each in batch if isinstance(each, Exception)]


def test_eight_redeem_five_blank_ones_and_exactly_five_succeed(
    world: World, database_url: str
) -> None:
    pool = world.pool(size=8)
    world.do(offering(5))
    outcomes = at_once(database_url, [[redeeming(f"n{number}")] for number in range(8)])
    assert not broken(outcomes)
    assert len({each.invitation.id for each in done(outcomes)}) == 5
    assert len({each.learner.id for each in done(outcomes) if each.learner}) == 5
    assert codes(outcomes) == [Code.UNKNOWN_INVITATION] * 3
    assert world.look(pool.id).held == 5
    world.check()


def test_of_two_for_the_last_one_one_gets_it(world: World, database_url: str) -> None:
    course(world)
    world.do(offering(1))
    outcomes = at_once(database_url, [[redeeming("ada")], [redeeming("bob")]])
    assert len(done(outcomes)) == 1
    assert codes(outcomes) == [Code.UNKNOWN_INVITATION]


@pytest.mark.parametrize("known", [False, True], ids=["a new person", "a known person"])
def test_one_person_who_redeems_many_times_at_once_uses_up_one(
    world: World, database_url: str, known: bool
) -> None:
    course(world)
    if known:
        world.do(AddLearner(MANAGER, platform_key="acme", email="ada@acme.example"))
    world.do(offering(4))
    outcomes = at_once(database_url, [[redeeming("ada")] for _ in range(4)])
    assert not broken(outcomes)
    assert len({each.invitation.id for each in done(outcomes)}) == 1
    assert sum(each.learner_id is None for each in invitations(world)) == 3


def test_one_who_is_refused_a_seat_keeps_the_last_invitation_for_another(
    world: World, database_url: str
) -> None:
    pool = world.pool(size=1)
    world.do(offering(4))
    outcomes = at_once(database_url, [[redeeming(f"n{number}")] for number in range(4)])
    assert len(done(outcomes)) == 1
    assert codes(outcomes) == [Code.POOL_FULL] * 3
    assert sum(each.active for each in invitations(world)) == 3
    assert world.look(pool.id).held == 1
    world.check()


@pytest.mark.parametrize("known", [False, True], ids=["new people", "known people"])
def test_lists_in_other_orders_invite_each_person_once(
    world: World, database_url: str, known: bool
) -> None:
    course(world)
    names = [f"n{number}" for number in range(30)]
    if known:
        world.all(*(inviting(name, platform_key="acme", source="before") for name in names))
    orders = [names, names[::-1], names[15:] + names[:15], names[::2] + names[1::2]]
    batches: list[list[Command]] = [
        [InviteMany(MANAGER, invitations=tuple(inviting(name) for name in order))]
        for order in orders
    ]
    outcomes = at_once(database_url, batches)
    assert not broken(outcomes)
    assert len(invitations(world)) == len(names)
    world.check()


def test_a_request_that_is_made_many_times_at_once_is_one(world: World, database_url: str) -> None:
    course(world)
    added = world.do(AddLearner(MANAGER, platform_key="acme", email="ada@acme.example"))
    person = PersonName(learner_id=added.membership.learner.id)
    ask = RequestAccess(MANAGER, item_key="course-1", person=person)
    outcomes = at_once(database_url, [[ask]] * 4)
    assert not broken(outcomes)
    assert len({each.request.id for batch in outcomes for each in batch}) == 1
    assert sum(each.created for batch in outcomes for each in batch) == 1
