"""Seats that pass from one learner to another, on real databases."""

from typing import Any

import pytest
from sqlalchemy import select

from seatledger.domain.actor import Reach
from seatledger.domain.command import (
    AssignSeat,
    EndSeat,
    GrantGroup,
    RemoveGrant,
    SaveGroup,
    ShapePool,
)
from seatledger.domain.item import ItemKind
from seatledger.domain.learner import Learner
from seatledger.domain.moves import MoveRule, Moves
from seatledger.domain.moving import Moved
from seatledger.domain.moving_command import MoveSeat
from seatledger.domain.people_command import CreatePlatform, LinkLearner, ReportProgress
from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.seat import EndReason
from seatledger.domain.version import version_of
from seatledger.storage.tables import events, learners, members, seats
from seatledger.usecases import questions
from tests.support.cast import DAY, MANAGER, NOON, OPERATOR, STRANGER
from tests.support.statements import noted
from tests.support.world import World

ALWAYS = MoveRule(Moves.ALWAYS)


def to(person: str, seat_id: int, **how: Any) -> MoveSeat:
    return MoveSeat(MANAGER, seat_id=seat_id, email=f"{person}@acme.example", **how)


def count(world: World, pool_id: int, **narrowed: Any) -> tuple[int, int]:
    """How many seats a list says it has, and how many it has."""
    wanted = questions.SeatFilter(pool_id=pool_id, **narrowed)
    with world.database.read() as unit:
        page = questions.Page(1, 1000)
        found = questions.list_seats(unit, Reach(None), wanted, page, world.now)
    assert not isinstance(found, Refusal)
    return found.total, len(found.rows)


@pytest.mark.parametrize("shape", [{}, {"transferable": False, "moves": ALWAYS}], ids=str)
def test_a_place_passes_from_hand_to_hand_and_is_counted_once(
    world: World, shape: dict[str, Any]
) -> None:
    pool = world.pool(size=1, **shape)
    (first,) = world.assign(pool.id, "a")
    second: Moved = world.do(to("b", first.seat.id))
    third: Moved = world.do(to("c", second.given.seat.id))
    assert world.holders(pool.id) == ["c"]
    assert second.left.seat.moved_to == second.given.seat.id == third.given.seat.moved_from
    assert (second.left.learner.email, second.given.learner.email) == (
        "a@acme.example",
        "b@acme.example",
    )
    assert world.look(pool.id).counters == (1, 3, 2, 2)
    assert [count(world, pool.id, live=True), count(world, pool.id)] == [(1, 1), (3, 3)]
    assert count(world, pool.id, live=False) == (2, 2)
    world.check()


def test_who_gives_a_seat_away_can_be_given_it_back(world: World) -> None:
    pool = world.pool(size=1)
    (first,) = world.assign(pool.id, "a")
    moved: Moved = world.do(to("b", first.seat.id))
    world.do(to("a", moved.given.seat.id))
    assert world.holders(pool.id) == ["a"]
    assert count(world, pool.id) == (3, 3)
    world.check()


def test_history_says_so_on_both_seats(world: World) -> None:
    pool = world.pool()
    (first,) = world.assign(pool.id, "a")
    moved: Moved = world.do(to("b", first.seat.id))
    with world.database.read() as unit:
        told = unit.select(select(events).where(events.c.pool_id == pool.id).order_by(events.c.id))
    left, came = told[-2:]
    assert (left.kind, left.subject_id, left.after["reason"]) == (
        "seat_ended",
        first.seat.id,
        "passed_on",
    )
    assert left.after["moved_to"] == came.subject_id == moved.given.seat.id
    assert (came.kind, came.after["moved_from"], came.actor) == (
        "seat_assigned",
        first.seat.id,
        "mira",
    )


def test_an_unknown_address_becomes_a_learner_only_where_the_seat_passes(world: World) -> None:
    pool = world.pool(moves=MoveRule(Moves.LIMITED, per_pool_max=1))
    first, other = world.assign(pool.id, "a", "b")
    moved: Moved = world.do(to("new", first.seat.id, name="New"))
    assert (moved.given.learner.name, moved.given.learner.registered) == ("New", False)
    assert world.code(to("newer", other.seat.id)) is Code.MOVE_NOT_ALLOWED
    with world.database.read() as unit:
        known = [row.email for row in unit.select(select(learners.c.email))]
    assert "newer@acme.example" not in known


def test_a_person_with_an_account_is_tied_to_the_platform_by_a_seat_of_it(world: World) -> None:
    world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    learner: Learner = world.assign(world.pool().id, "b")[0].learner
    world.do(LinkLearner(OPERATOR, learner_id=learner.id, platform_key="zeta"))
    pool = world.pool(item_kind=ItemKind.USER, item_key="acme", item_title="People")
    (first,) = world.assign(pool.id, "a")
    world.do(to("b", first.seat.id))
    with world.database.read() as unit:
        tied = unit.select(select(members).where(members.c.learner_id == learner.id))
    assert sorted(row.platform_id for row in tied) == [1, 2]


def test_a_batch_makes_as_many_moves_as_the_pool_has_left(world: World) -> None:
    pool = world.pool(moves=MoveRule(Moves.LIMITED, per_pool_max=3))
    given = world.assign(pool.id, *"abcde")
    world.do(to("z", given[4].seat.id))
    outcomes = world.all(*[to(f"{nth}x", each.seat.id) for nth, each in enumerate(given[:4])])
    assert [getattr(each, "code", None) for each in outcomes] == [None, None] + [
        Code.MOVE_NOT_ALLOWED
    ] * 2
    assert outcomes[2].details == {"rule": "per_pool_max", "allowed": 3, "made": 3}
    assert world.look(pool.id).moved == 3
    world.check()


def test_one_seat_moved_twice_in_a_batch_goes_to_the_first(world: World) -> None:
    pool = world.pool()
    (first,) = world.assign(pool.id, "a")
    outcomes = world.all(to("b", first.seat.id), to("c", first.seat.id))
    assert isinstance(outcomes[0], Moved)
    assert outcomes[1].code is Code.SEAT_ENDED
    assert world.holders(pool.id) == ["b"]
    world.check()


def test_two_seats_moved_to_one_learner_in_a_batch_give_them_one(world: World) -> None:
    pool = world.pool()
    first, second = world.assign(pool.id, "a", "b")
    outcomes = world.all(to("new", first.seat.id), to("new", second.seat.id))
    assert [getattr(each, "code", None) for each in outcomes] == [None, Code.ALREADY_SEATED]
    world.check()


@pytest.mark.parametrize("size", [40, 31], ids=["with places free", "full"])
def test_a_batch_takes_the_same_few_statements_for_one_move_and_for_many(
    world: World, size: int
) -> None:
    pool = world.pool(size=size, moves=MoveRule(Moves.LIMITED, progress_max=50))
    given = world.assign(pool.id, *[f"n{number}" for number in range(31)])
    counted = []
    for part in (given[:1], given[1:]):
        with noted(world.database) as statements:
            moves = [to(f"x{each.seat.id}", each.seat.id) for each in part]
            assert all(isinstance(each, Moved) for each in world.all(*moves))
        counted.append(len(statements))
    assert counted[0] == counted[1]
    world.check()


@pytest.mark.parametrize(("percent", "code"), [(20, None), (20.5, Code.MOVE_NOT_ALLOWED)])
def test_progress_is_looked_up_where_the_rule_asks_for_it(
    world: World, percent: float, code: Code | None
) -> None:
    pool = world.pool(moves=MoveRule(Moves.LIMITED, progress_max=20))
    (first,) = world.assign(pool.id, "a")
    world.do(
        ReportProgress(
            MANAGER,
            platform_key="acme",
            learner_id=first.learner.id,
            item_kind=ItemKind.COURSE,
            item_key="course-1",
            percent=percent,
        )
    )
    assert getattr(world.all(to("b", first.seat.id))[0], "code", None) is code


def test_days_count_from_the_start_of_the_seat_in_hand(world: World) -> None:
    pool = world.pool(moves=MoveRule(Moves.LIMITED, days_after_start=2))
    (first,) = world.assign(pool.id, "a")
    world.now = NOON + DAY
    moved: Moved = world.do(to("b", first.seat.id))
    world.now = NOON + 2 * DAY
    again: Moved = world.do(to("c", moved.given.seat.id))
    world.now = NOON + 4 * DAY
    refusal = world.refusal(to("d", again.given.seat.id))
    assert refusal.details == {"rule": "days_after_start", "allowed": 2, "passed": 2}


def test_a_rule_that_changes_holds_from_then_on_and_history_keeps_both(world: World) -> None:
    pool = world.pool()
    (first,) = world.assign(pool.id, "a")
    never = MoveRule(Moves.NEVER)
    world.do(ShapePool(OPERATOR, pool_id=pool.id, moves=never))
    assert world.look(pool.id).moves == never
    assert world.code(to("b", first.seat.id)) is Code.MOVE_NOT_ALLOWED
    world.do(ShapePool(OPERATOR, pool_id=pool.id, moves=None))
    world.do(to("b", first.seat.id))
    with world.database.read() as unit:
        shaped = select(events).where(events.c.kind == "pool_shaped").order_by(events.c.id)
        told = [(row.before, row.after) for row in unit.select(shaped)]
    rule = {"allowed": "never"}
    assert told == [({"moves": None}, {"moves": rule}), ({"moves": rule}, {"moves": None})]
    world.check()


def test_a_seat_of_a_group_passes_on_and_stays_when_the_grant_goes(world: World) -> None:
    member = world.assign(world.pool(item_key="elsewhere").id, "a")[0].learner
    pool = world.pool()
    team = SaveGroup(OPERATOR, platform_key="acme", name="Team", member_ids=(member.id,))
    granted = world.do(GrantGroup(OPERATOR, pool_id=pool.id, group_id=world.do(team).group.id))
    with world.database.read() as unit:
        rows = unit.select(select(seats).where(seats.c.pool_id == pool.id))
    moved: Moved = world.do(to("b", rows[0].id))
    assert moved.left.seat.grants == (granted.grant.id,)
    assert (moved.given.seat.direct, moved.given.seat.grants) == (True, ())
    world.do(RemoveGrant(OPERATOR, grant_id=granted.grant.id))
    assert world.holders(pool.id) == ["b"]
    world.check()


# By precedence: each row leaves the ones before it out, and those after it stand in the way too.
@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"by": STRANGER, "seat_id": 999, "learner_id": 999}, Code.UNKNOWN_SEAT),
        ({"by": STRANGER, "learner_id": 999}, Code.UNKNOWN_SEAT),
        ({"learner_id": 999, "if_version": "old"}, Code.UNKNOWN_LEARNER),
        ({"email": "nobody", "if_version": "old"}, Code.INVALID),
        ({"email": None, "if_version": "old"}, Code.INVALID),
        ({"if_version": "old"}, Code.CHANGED_MEANWHILE),
        ({}, Code.POOL_INACTIVE),
    ],
)
def test_refusals_before_the_rule_in_order_of_precedence(
    world: World, how: dict[str, Any], code: Code
) -> None:
    pool = world.pool()
    (first,) = world.assign(pool.id, "a")
    world.do(EndSeat(OPERATOR, seat_id=first.seat.id))
    world.do(ShapePool(OPERATOR, pool_id=pool.id, active=False, moves=MoveRule(Moves.NEVER)))
    before = world.look(pool.id)
    plain: dict[str, Any] = {"by": MANAGER, "seat_id": first.seat.id, "email": "b@acme.example"}
    assert world.code(MoveSeat(**plain | how)) is code
    assert world.look(pool.id) == before
    world.check()


def test_the_version_that_was_looked_at_must_be_the_present_one(world: World) -> None:
    pool = world.pool()
    (first,) = world.assign(pool.id, "a")
    looked_at = version_of(first.seat.facts())
    world.do(to("b", first.seat.id, if_version=looked_at))
    assert world.code(to("c", first.seat.id, if_version=looked_at)) is Code.CHANGED_MEANWHILE


def test_a_full_pool_passes_seats_on_while_others_wait_for_one(world: World) -> None:
    pool = world.pool(size=1)
    (first,) = world.assign(pool.id, "a")
    refused = world.code(AssignSeat(OPERATOR, pool_id=pool.id, email="b@acme.example"))
    assert refused is Code.POOL_FULL
    assert world.do(to("b", first.seat.id)).left.seat.reason is EndReason.PASSED_ON
    world.check()
