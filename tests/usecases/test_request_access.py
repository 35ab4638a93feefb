"""Requests for access, and deciding on them (ibl part N, W46, W47)."""

from dataclasses import replace
from typing import Any

import pytest

from seatledger.domain.command import EndSeat
from seatledger.domain.event import EventKind
from seatledger.domain.invitation_command import DecideRequest, RequestAccess
from seatledger.domain.learner import NOBODY_NAMED, Learner, PersonName
from seatledger.domain.people_command import AddLearner, CreatePlatform, LinkLearner
from seatledger.domain.refusal import Code
from seatledger.usecases.request_access import Requested, request_status
from tests.support.cast import DAY, MANAGER, NOON, OPERATOR, STRANGER
from tests.support.world import World
from tests.usecases.invitations import course, told

REQUESTED, DECIDED = EventKind.ACCESS_REQUESTED, EventKind.ACCESS_DECIDED


def member(world: World, name: str = "ada") -> Learner:
    added = world.do(AddLearner(MANAGER, platform_key="acme", email=f"{name}@acme.example"))
    learner: Learner = added.membership.learner
    return learner


def asking(learner: Learner, **fields: Any) -> RequestAccess:
    person = PersonName(learner_id=learner.id)
    return RequestAccess(MANAGER, **{"item_key": "course-1", "person": person, **fields})


def deciding(made: Requested, **said: Any) -> DecideRequest:
    return DecideRequest(MANAGER, request_id=made.request.id, **said)


def test_asking_again_is_the_same_request_until_it_is_decided_w46(world: World) -> None:
    course(world)
    ada = member(world)
    first: Requested = world.do(asking(ada, metadata={"why": "work"}))
    again = world.do(asking(ada, metadata={"why": "fun"}))
    assert (again.request, again.created) == (first.request, False)
    assert world.do(asking(member(world, "bob"))).request.id != first.request.id
    world.do(deciding(first, approved=False))
    anew = world.do(asking(ada))
    assert anew.request.id != first.request.id
    assert (anew.request.reviewed, anew.created) == (False, True)
    assert len(told(world, REQUESTED)) == 3


def test_a_closed_request_may_be_asked_again(world: World) -> None:
    course(world)
    ada = member(world)
    first = world.do(asking(ada))
    closed = world.do(deciding(first, active=False)).request
    assert (closed.active, closed.reviewed, closed.approved) == (False, False, None)
    assert world.do(asking(ada)).created


def test_a_closed_request_is_not_opened_beside_another(world: World) -> None:
    course(world)
    ada = member(world)
    first = world.do(asking(ada))
    world.do(deciding(first, active=False))
    second = world.do(asking(ada))
    assert world.code(deciding(first, active=True)) is Code.INVALID
    world.do(deciding(second, active=False))
    assert world.do(deciding(first, active=True)).request.is_open
    assert world.code(deciding(second, active=True)) is Code.INVALID
    assert world.do(asking(ada)).request.id == first.request.id, "it is the one that is open"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"platform_key": "nowhere"}, Code.UNKNOWN_PLATFORM),
        ({"item_key": "nothing"}, Code.UNKNOWN_ITEM),
        ({"item_key": "theirs"}, Code.UNKNOWN_ITEM),
        ({"person": PersonName(learner_id=99)}, Code.UNKNOWN_LEARNER),
        ({"person": NOBODY_NAMED}, Code.INVALID),
        ({"person": PersonName(email="gone@acme.example")}, Code.FORBIDDEN),
    ],
)
def test_only_members_ask_for_what_the_platform_has_b10(
    world: World, fields: dict[str, Any], code: Code
) -> None:
    world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    course(world)
    course(world, "theirs", "ZETA")
    ada, gone = member(world), member(world, "gone")
    world.do(LinkLearner(MANAGER, learner_id=gone.id, platform_key="acme", active=False))
    assert world.code(asking(ada, **fields)) is code
    assert told(world, REQUESTED) == []


def test_approving_gives_a_seat_and_rejecting_later_leaves_it_w47(world: World) -> None:
    pool = world.pool(size=1)
    made = world.do(asking(member(world)))
    world.now = NOON + DAY
    approved = world.do(deciding(made, approved=True)).request
    assert (approved.approved, approved.reviewed, approved.modified) == (True, True, NOON + DAY)
    assert world.holders(pool.id) == ["ada"]
    rejected = world.do(deciding(made, approved=False)).request
    assert (rejected.approved, rejected.reviewed) == (False, True)
    assert world.holders(pool.id) == ["ada"]
    assert rejected.seat_id == approved.seat_id
    first, second = told(world, DECIDED)
    assert first.after["seat_id"] == approved.seat_id
    assert first.after["learner_id"] == made.learner.id
    assert first.before["approved"] is None
    assert (second.before["approved"], second.after["approved"]) == (True, False)
    world.check()


def test_who_decides_only_on_what_is_open_undoes_nothing(world: World) -> None:
    pool = world.pool(size=2)
    made = world.do(asking(member(world)))
    assert world.do(deciding(made, approved=True, only_open=True)).request.approved
    assert world.code(deciding(made, approved=False, only_open=True)) is Code.CHANGED_MEANWHILE
    assert world.do(deciding(made, approved=True, only_open=True)).request.approved
    assert world.holders(pool.id) == ["ada"]
    assert len(told(world, DECIDED)) == 1


def test_all_pools_full_leaves_the_request_open_w47(world: World) -> None:
    pool = world.pool(size=1)
    (other,) = world.assign(pool.id, "other")
    made = world.do(asking(member(world)))
    assert world.code(deciding(made, approved=True)) is Code.POOL_FULL
    assert told(world, DECIDED) == []
    assert not world.do(asking(made.learner)).created
    world.do(EndSeat(MANAGER, seat_id=other.seat.id))
    world.do(deciding(made, approved=True))
    assert world.holders(pool.id) == ["ada"]
    world.check()


def test_without_a_pool_it_is_approved_without_a_seat(world: World) -> None:
    course(world)
    approved = world.do(deciding(world.do(asking(member(world))), approved=True)).request
    assert (approved.approved, approved.seat_id) == (True, None)


def test_deciding_the_same_again_tells_nothing(world: World) -> None:
    pool = world.pool(size=2)
    made = world.do(asking(member(world)))
    first = world.do(deciding(made, approved=True)).request
    world.now = NOON + DAY
    assert world.do(deciding(made, approved=True)).request == first
    assert len(told(world, DECIDED)) == 1
    assert world.look(pool.id).held == 1


def test_what_is_decided_must_be_said_and_the_request_be_ones_own(world: World) -> None:
    world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    course(world)
    made = world.do(asking(member(world)))
    assert world.code(deciding(made)) is Code.INVALID
    said = deciding(made, approved=True)
    assert world.code(replace(said, by=STRANGER)) is Code.UNKNOWN_ACCESS_REQUEST
    assert world.code(replace(said, request_id=99)) is Code.UNKNOWN_ACCESS_REQUEST
    named = replace(said, by=OPERATOR, platform_key="zeta")
    assert world.code(named) is Code.UNKNOWN_ACCESS_REQUEST
    assert world.code(replace(named, platform_key="nowhere")) is Code.UNKNOWN_PLATFORM
    assert told(world, DECIDED) == []


def test_the_status_is_that_of_the_last_request_n1(world: World) -> None:
    course(world)
    ada = member(world)

    def status() -> Any:
        with world.database.read() as unit:
            found = request_status(unit, asking(ada))
        return getattr(found, "request", found)

    assert status() is None
    first = world.do(asking(ada))
    assert status() == first.request
    world.do(deciding(first, approved=False))
    assert status().approved is False
    second = world.do(asking(ada)).request
    assert status() == second != first.request
