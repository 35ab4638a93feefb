"""Several visitors of one link at once: a library is never lent further than its quota."""

from collections.abc import Sequence

import pytest

from seatledger.domain.command import Command
from seatledger.domain.link import Link
from seatledger.domain.link_command import DeleteLink
from seatledger.domain.refusal import Code
from seatledger.domain.seating import Seated
from seatledger.storage.engine import Database
from tests.storage.test_parallel_writers import at_once, codes, seated
from tests.support.cast import MANAGER, NOON
from tests.support.links import a_link, ask_code, code_for, other_than, redeem, use_of
from tests.support.world import World


@pytest.fixture
def world(database: Database) -> World:
    return World(database)


def people(count: int) -> list[str]:
    return [f"person{number}@acme.example" for number in range(count)]


def wishes(world: World, link: Link, emails: Sequence[str]) -> list[list[Command]]:
    """Each with the code of their own, in a batch of their own."""
    return [[redeem(link, email, code_for(world, link, email))] for email in emails]


def test_a_quota_of_five_gives_five_seats_to_eight_at_once(world: World, database_url: str) -> None:
    pool = world.pool(size=20)
    made = a_link(world, pool.id, quota=5)
    outcomes = at_once(database_url, wishes(world, made, people(8)))
    assert (len(seated(outcomes)), codes(outcomes)) == (5, [Code.POOL_FULL] * 3)
    assert (use_of(world, made).live, world.look(pool.id).held) == (5, 5)
    world.check()


def test_with_auto_reassign_all_eight_get_one_and_five_have_one(
    world: World, database_url: str
) -> None:
    pool = world.pool(size=20)
    made = a_link(world, pool.id, quota=5, auto_reassign=True)
    outcomes = at_once(database_url, wishes(world, made, people(8)))
    assert len(seated(outcomes)) == 8
    assert (use_of(world, made).live, use_of(world, made).ever) == (5, 8)
    assert world.look(pool.id).counters == (5, 8, 3, 0)
    world.check()


def test_two_links_share_what_their_pool_has_left(world: World, database_url: str) -> None:
    pool = world.pool(size=5)
    links = [a_link(world, pool.id, quota=4) for _ in range(2)]
    asked = [
        each for at, link in enumerate(links) for each in wishes(world, link, people(8)[at::2])
    ]
    outcomes = at_once(database_url, asked)
    assert (len(seated(outcomes)), codes(outcomes)) == (5, [Code.POOL_FULL] * 3)
    assert all(use_of(world, link).live <= 4 for link in links)
    world.check()


def test_one_person_who_asks_twice_at_once_gets_one_seat(world: World, database_url: str) -> None:
    pool = world.pool(size=5)
    links = [a_link(world, pool.id) for _ in range(2)]
    email = people(1)[0]
    outcomes = at_once(database_url, [wishes(world, link, [email])[0] for link in links])
    assert (len(seated(outcomes)), codes(outcomes)) == (1, [Code.ALREADY_SEATED])
    world.check()


def test_a_code_that_is_used_twice_at_once_opens_once(world: World, database_url: str) -> None:
    made = a_link(world, world.pool(size=5).id)
    email = people(1)[0]
    code = code_for(world, made, email)
    outcomes = at_once(database_url, [[redeem(made, email, code)] for _ in range(4)])
    assert (len(seated(outcomes)), codes(outcomes)) == (1, [Code.INVALID] * 3)
    world.check()


def test_guesses_at_once_are_counted_one_by_one(world: World, database_url: str) -> None:
    made = a_link(world, world.pool(size=5).id)
    email = people(1)[0]
    code = code_for(world, made, email)
    guesses: list[list[Command]] = [[redeem(made, email, other_than(code))] for _ in range(5)]
    assert codes(at_once(database_url, guesses)) == [Code.INVALID] * 5
    assert world.code(redeem(made, email, code)) is Code.INVALID


def test_codes_asked_for_at_once_are_counted_one_by_one(world: World, database_url: str) -> None:
    made = a_link(world, world.pool(size=5).id)
    asked: list[list[Command]] = [[ask_code(made, people(1)[0])] for _ in range(6)]
    assert codes(at_once(database_url, asked)) == [Code.RATE_LIMITED] * 3


def test_of_a_deletion_and_visitors_at_once_nobody_is_seated_afterwards(
    world: World, database_url: str
) -> None:
    pool = world.pool(size=20)
    made = a_link(world, pool.id)
    asked = wishes(world, made, people(5))
    outcomes = at_once(database_url, [*asked, [DeleteLink(MANAGER, link_id=made.id)]])
    given = [each for each in outcomes if isinstance(each[0], Seated)]
    assert set(codes(outcomes)) <= {Code.UNKNOWN_LINK}
    assert world.look(pool.id).held == len(given)
    assert world.now == NOON
    world.check()
