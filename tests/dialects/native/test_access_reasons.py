"""Why not: each reason as it comes about on a real ledger, in order of precedence."""

from collections.abc import Callable
from typing import Any

import pytest

from seatledger.domain.access import Reason
from seatledger.domain.command import (
    AssignSeat,
    EndSeat,
    GrantGroup,
    IfHeld,
    LapseSeats,
    SaveGroup,
    SaveItem,
    ShapePool,
)
from seatledger.domain.item import ItemKind
from seatledger.domain.pool import Pool
from tests.dialects.native.conftest import Native
from tests.support.cast import DAY, NOON, OPERATOR
from tests.support.world import World

ITEM = "course:course-1"


def ask(native: Native, name: str = "a", item: str = ITEM) -> Any:
    asked = {"learner": f"{name}@acme.example", "item": item}
    return native.told(200, "GET", "/access", params=asked)


def not_started(world: World) -> Pool:
    pool = world.pool(start=NOON + 2 * DAY)
    world.assign(pool.id, "a")
    return pool


def pool_inactive(world: World) -> Pool:
    pool = world.pool()
    world.assign(pool.id, "a")
    world.do(ShapePool(OPERATOR, pool_id=pool.id, item_kind=ItemKind.COURSE, active=False))
    return pool


def suspended(world: World) -> Pool:
    pool = world.pool()
    world.assign(pool.id, "a")
    world.do(
        AssignSeat(
            OPERATOR,
            pool_id=pool.id,
            email="a@acme.example",
            active=False,
            if_held=IfHeld.UPDATE,
        )
    )
    return pool


def waiting(world: World) -> Pool:
    """The pool has one place; of the group's two members only the first gets it."""
    pool, elsewhere = world.pool(size=1), world.pool(item_key="else", item_title="Else")
    first, second = (each.learner.id for each in world.assign(elsewhere.id, "first", "a"))
    group = world.do(SaveGroup(OPERATOR, platform_key="acme", name="g", member_ids=(first,))).group
    world.do(GrantGroup(OPERATOR, pool_id=pool.id, group_id=group.id))
    world.do(SaveGroup(OPERATOR, group_id=group.id, member_ids=(first, second)))
    return pool


def pool_ended(world: World) -> Pool:
    pool = world.pool(start=NOON - DAY, end=NOON + DAY)
    world.assign(pool.id, "a")
    return pool


def expired(world: World) -> Pool:
    pool = world.pool()
    world.assign(pool.id, "a", end=NOON + DAY)
    return pool


def seat_ended(world: World) -> Pool:
    pool = world.pool()
    (seated,) = world.assign(pool.id, "a")
    world.do(EndSeat(OPERATOR, seat_id=seated.seat.id))
    return pool


# Closest to access first. A day passes after each has come about.
MADE: dict[Reason, Callable[[World], Pool]] = {
    Reason.NOT_STARTED: not_started,
    Reason.POOL_INACTIVE: pool_inactive,
    Reason.SUSPENDED: suspended,
    Reason.WAITING: waiting,
    Reason.POOL_ENDED: pool_ended,
    Reason.EXPIRED: expired,
    Reason.SEAT_ENDED: seat_ended,
}
NEIGHBOURS = list(zip(list(MADE), list(MADE)[1:], strict=False))
HAS_SEAT = set(MADE) - {Reason.WAITING}
SINCE = {
    Reason.POOL_ENDED: "2026-03-02T12:00:00Z",
    Reason.EXPIRED: "2026-03-02T12:00:00Z",
    Reason.SEAT_ENDED: "2026-03-01T12:00:00Z",
}


@pytest.mark.parametrize("reason", MADE, ids=str)
def test_each_reason_is_told_with_what_it_is_about(native: Native, reason: Reason) -> None:
    pool = MADE[reason](native.world)
    native.world.now = NOON + DAY
    told = ask(native)
    assert (told["allow"], told["reason"], told["pool"]) == (False, reason, str(pool.id))
    assert (told["seat"] is not None) is (reason in HAS_SEAT)
    assert told["next"] == ("2026-03-03T12:00:00Z" if reason is Reason.NOT_STARTED else None)
    assert told["since"] == SINCE.get(reason)
    assert told["learner"] is not None
    assert told["learner_can"].endswith(".")
    assert told["manager_can"].endswith(".")
    assert "token" not in told


@pytest.mark.parametrize(("closer", "farther"), NEIGHBOURS, ids=str)
def test_of_two_seats_the_one_closer_to_access_is_told(
    native: Native, closer: Reason, farther: Reason
) -> None:
    for reason in (farther, closer):
        MADE[reason](native.world)
    native.world.now = NOON + DAY
    assert ask(native)["reason"] == closer


@pytest.mark.parametrize("reason", MADE, ids=str)
def test_a_seat_that_opens_beats_whatever_else_there_is(native: Native, reason: Reason) -> None:
    MADE[reason](native.world)
    (seated,) = native.world.assign(native.world.pool().id, "a")
    native.world.now = NOON + DAY
    told = ask(native)
    assert (told["allow"], told["seat"]) == (True, str(seated.seat.id))


def test_who_has_no_seat_of_the_item_is_told_so(native: Native) -> None:
    native.world.pool()
    other = native.world.pool(item_key="other", item_title="Other")
    native.world.assign(other.id, "a")
    told = ask(native)
    assert (told["reason"], told["seat"], told["pool"]) == ("no_seat", None, None)
    assert told["learner"] is not None


def test_who_is_not_known_is_told_so_only_where_the_item_is_known(native: Native) -> None:
    native.world.pool()
    told = ask(native, "nobody")
    assert (told["reason"], told["learner"]) == ("unknown_learner", None)
    assert ask(native, "nobody", "course:nowhere")["reason"] == "unknown_item"


def test_the_sweep_changes_no_answer(native: Native) -> None:
    expired(native.world)
    native.world.now = NOON + DAY
    before = ask(native)
    assert native.world.do(LapseSeats(OPERATOR)) == 1
    assert ask(native) == before
    assert before["reason"] == "expired"


def test_who_waits_is_let_in_when_a_place_is_free(native: Native) -> None:
    pool = waiting(native.world)
    assert ask(native)["reason"] == "waiting"
    native.world.do(ShapePool(OPERATOR, pool_id=pool.id, item_kind=ItemKind.COURSE, size=2))
    assert ask(native)["allow"]


def test_a_seat_of_a_program_that_begins_later_tells_when_its_course_opens(native: Native) -> None:
    world = native.world
    for kind, key, courses in (
        (ItemKind.COURSE, "inside", ()),
        (ItemKind.PROGRAM, "ACME+P1", ("inside",)),
    ):
        world.do(SaveItem(OPERATOR, kind=kind, key=key, platform_org="ACME", course_keys=courses))
    pool = world.pool(item_kind=ItemKind.PROGRAM, item_key="ACME+P1", start=NOON + DAY)
    world.assign(pool.id, "a")
    told = ask(native, item="course:inside")
    assert (told["reason"], told["pool"]) == ("not_started", str(pool.id))
    assert told["next"] == "2026-03-02T12:00:00Z"
