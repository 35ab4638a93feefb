"""What the members of a group get from a grant, and lose with it."""

import pytest

from seatledger.domain.book import Book
from seatledger.domain.granting import fits, release_member, seat_member
from seatledger.domain.group import Grant, Wait
from seatledger.domain.refusal import Code
from seatledger.domain.seat import Seat, SeatState
from tests.support.cast import NOON, book, origin, pool, seat

GRANT = Grant(3, 1, 7, 5, True, False, None, {}, NOON, NOON)


def granted(number: int, holder: int, *grants: int, **changes: object) -> Seat:
    return seat(number, holder, pool(), direct=False, grants=grants or (3,), **changes)


def standing(world: Book, learner: int) -> Seat:
    found = world.standing(7, learner)
    assert found is not None
    return found


def test_every_member_gets_a_seat_that_the_grant_holds_ibl_h2_h6() -> None:
    world = book(pool())
    for member in (1, 2):
        seat_member(world, GRANT, member, origin())
    assert [standing(world, each).grants for each in (1, 2)] == [(3,), (3,)]
    assert not standing(world, 1).direct
    assert world.pools[7].held == 2


@pytest.mark.parametrize(
    ("size", "seated", "expected"),
    [(2, 0, None), (1, 0, Code.GROUP_DOES_NOT_FIT), (1, 1, Code.GROUP_DOES_NOT_FIT), (2, 1, None)],
)
def test_a_group_fits_whole_or_not_at_all_not_counting_who_sits_already_ibl_w24(
    size: int, seated: int, expected: Code | None
) -> None:
    seats = tuple(seat(number, number, pool()) for number in range(1, seated + 1))
    world = book(pool(size=size, held=seated), seats=seats)
    refusal = fits(world, 7, [1, 2], origin())
    assert (None if refusal is None else refusal.code) is expected
    assert world.new_seats == {}


def test_a_direct_seat_is_left_alone_ibl_h3() -> None:
    world = book(pool(held=1), seats=(seat(1, 1, pool()),))
    seat_member(world, GRANT, 1, origin())
    assert standing(world, 1).grants == ()
    release_member(world, GRANT, 1, origin())
    assert standing(world, 1).live


def test_who_joins_a_full_pool_waits_once_and_is_not_seated_ibl_w26() -> None:
    full = pool(size=1, held=1)
    world = book(full, seats=(seat(1, 1, full),), waits=[Wait(1, 7, 3, 2)])
    for member in (2, 4):
        seat_member(world, GRANT, member, origin())
    assert world.new_waits == [(7, 3, 4)]
    assert world.pools[7].held == 1


def test_who_leaves_loses_the_seat_the_grant_made_ibl_w27() -> None:
    world = book(pool(held=1), seats=(granted(1, 1),))
    release_member(world, GRANT, 1, origin())
    assert world.standing(7, 1) is None
    assert world.pools[7].held == 0


def test_another_grant_keeps_the_seat_ibl_w27() -> None:
    world = book(pool(held=1), seats=(granted(1, 1, 3, 4),))
    release_member(world, GRANT, 1, origin())
    assert standing(world, 1).grants == (4,)
    assert standing(world, 1).live


def test_who_leaves_the_group_stops_waiting() -> None:
    world = book(pool(size=0), waits=[Wait(1, 7, 3, 2)])
    release_member(world, GRANT, 2, origin())
    assert [wait.id for wait in world.ended_waits] == [1]


def test_a_grant_switched_off_suspends_its_seats_and_on_again_brings_them_back_ibl_w31() -> None:
    world = book(pool(held=1), seats=(granted(1, 1),))
    release_member(world, GRANT, 1, origin(), suspend=True)
    assert (standing(world, 1).state, world.pools[7].held) == (SeatState.SUSPENDED, 0)
    seat_member(world, GRANT, 1, origin())
    assert (standing(world, 1).id, standing(world, 1).live, world.pools[7].held) == (1, True, 1)


def test_a_seat_that_cant_be_taken_back_stays_as_a_direct_one() -> None:
    kept = pool(transferable=False, held=1)
    world = book(kept, seats=(seat(1, 1, kept, direct=False, grants=(3,)),))
    release_member(world, GRANT, 1, origin())
    assert (standing(world, 1).direct, standing(world, 1).grants) == (True, ())
    assert world.pools[7].held == 1
