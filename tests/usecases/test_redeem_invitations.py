"""Redeeming: whose invitation, which seat, and what follows (ibl L4, L8, L12, L14, W44)."""

from dataclasses import replace
from typing import Any

import pytest

from seatledger.domain.command import AssignSeat, EndSeat, GrantGroup, SaveGroup, ShapePool
from seatledger.domain.event import EventKind
from seatledger.domain.invitation_command import WithdrawInvitation
from seatledger.domain.item import ItemKind
from seatledger.domain.people_command import (
    AddLearner,
    AllowSelfJoin,
    CreatePlatform,
    JoinPlatform,
    LinkLearner,
)
from seatledger.domain.pool import Pool
from seatledger.domain.refusal import Code
from seatledger.usecases.invitation_history import Invited
from tests.support.cast import DAY, MANAGER, NOON, OPERATOR, STRANGER
from tests.support.world import World
from tests.usecases.invitations import (
    PLATFORM,
    course,
    invitations,
    inviting,
    offering,
    redeeming,
    told,
)

ACCEPTED = EventKind.INVITATION_ACCEPTED
USERS: dict[str, Any] = {"item_kind": ItemKind.USER, "item_key": "acme", "item_title": "Acme"}


def users(world: World, size: int) -> Pool:
    return world.pool(size=size, **USERS)


def test_ones_own_comes_before_a_blank_one_and_the_oldest_blank_one_first(world: World) -> None:
    course(world)
    first, second = world.do(offering(2)).invitation_ids
    own = world.do(inviting("ada", source="fair")).invitation
    assert world.do(redeeming("ada")).invitation.id == own.id
    assert world.do(redeeming("bob")).invitation.id == first
    assert world.do(redeeming("cem")).invitation.id == second
    assert world.code(redeeming("dia")) is Code.UNKNOWN_INVITATION
    assert all(not each.active and each.accepted_at == NOON for each in invitations(world))


def test_redeeming_twice_is_the_same_invitation_and_takes_no_other_w44(world: World) -> None:
    course(world)
    pool = world.pool(size=5)
    world.do(offering(2))
    first: Invited = world.do(redeeming("ada"))
    again: Invited = world.do(redeeming("ADA"))
    assert again.invitation == first.invitation
    assert world.look(pool.id).held == 1
    assert len(told(world, ACCEPTED)) == 1
    world.do(redeeming("bob"))
    assert world.code(redeeming("cem")) is Code.UNKNOWN_INVITATION


def test_item_source_kind_and_platform_must_be_the_invitations_own(world: World) -> None:
    world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    course(world)
    course(world, "course-2")
    world.do(offering(1))
    for wrong, code in (
        (redeeming("ada", source="other"), Code.UNKNOWN_INVITATION),
        (redeeming("ada", item_key="course-2"), Code.UNKNOWN_INVITATION),
        (redeeming("ada", item_key="nothing"), Code.UNKNOWN_ITEM),
        (redeeming("ada", **PLATFORM), Code.UNKNOWN_INVITATION),
        (replace(redeeming("ada"), by=STRANGER), Code.UNKNOWN_ITEM),
        (replace(redeeming("ada"), platform_key="zeta", by=STRANGER), Code.UNKNOWN_ITEM),
        (redeeming("ada", username="nobody"), Code.UNKNOWN_LEARNER),
        (redeeming("ada", email="bad"), Code.INVALID),
        (redeeming("ada", email=None), Code.INVALID),
    ):
        assert world.code(wrong) is code
    assert world.do(replace(redeeming("ada"), by=OPERATOR)).invitation.platform_key == "acme"


@pytest.mark.parametrize("blank", [True, False])
def test_what_expired_or_was_withdrawn_can_not_be_redeemed(world: World, blank: bool) -> None:
    course(world)
    if blank:
        invitation_id = world.do(offering(1)).invitation_ids[0]
    else:
        said = inviting("ada", source="fair", end=NOON + DAY)
        invitation_id = world.do(said).invitation.id
        world.now = NOON + DAY
        assert world.code(redeeming("ada")) is Code.UNKNOWN_INVITATION
        world.now = NOON
    world.do(WithdrawInvitation(MANAGER, invitation_id=invitation_id))
    assert world.code(redeeming("ada")) is Code.UNKNOWN_INVITATION


def test_the_oldest_pool_that_has_room_gives_the_seat(world: World) -> None:
    full, over, off, later, first, second = (
        world.pool(size=1),
        world.pool(start=NOON - 2 * DAY, end=NOON),
        world.pool(active=False),
        world.pool(start=NOON + DAY),
        world.pool(size=1),
        world.pool(size=1),
    )
    world.assign(full.id, "other")
    world.do(offering(3))
    for name, pool in (("ada", first), ("bob", second)):
        accepted = world.do(redeeming(name)).invitation
        assert world.holders(pool.id) == [name]
        assert accepted.seat_id is not None
    assert world.code(redeeming("cem")) is Code.POOL_FULL
    assert [world.look(each.id).held for each in (over, off, later)] == [0, 0, 0]
    world.check()


def test_all_pools_full_changes_nothing_and_the_invitation_stays_open_w47(world: World) -> None:
    pool = world.pool(size=1)
    (other,) = world.assign(pool.id, "other")
    world.do(offering(1))
    before = told(world, *EventKind)
    assert world.code(redeeming("ada")) is Code.POOL_FULL
    assert told(world, *EventKind) == before
    (made,) = invitations(world)
    assert (made.learner_id, made.active) == (None, True)
    assert world.code(LinkLearner(OPERATOR, learner_id=2, platform_key="acme")) is (
        Code.UNKNOWN_LEARNER
    )
    world.do(EndSeat(MANAGER, seat_id=other.seat.id))
    assert world.do(redeeming("ada")).invitation.id == made.id
    assert world.holders(pool.id) == ["ada"]
    world.check()


def test_a_refused_one_leaves_its_neighbours_alone(world: World) -> None:
    pool = world.pool(size=1)
    world.do(offering(3))
    outcomes = world.all(redeeming("ada"), redeeming("bob"), redeeming("ada"))
    assert [getattr(each, "code", None) for each in outcomes] == [None, Code.POOL_FULL, None]
    assert world.holders(pool.id) == ["ada"]
    world.check()


def test_who_sits_already_uses_no_second_seat_and_who_is_suspended_sits_again(
    world: World,
) -> None:
    first, second = world.pool(size=1), world.pool(size=2)
    world.assign(second.id, "ada")
    (suspended,) = world.assign(second.id, "bob", active=False)
    world.do(offering(2))
    held = world.do(redeeming("ada")).invitation.seat_id
    assert world.look(first.id).held == 0
    assert world.holders(second.id) == ["ada"]
    world.do(ShapePool(OPERATOR, pool_id=first.id, active=False))
    assert world.do(redeeming("bob")).invitation.seat_id == suspended.seat.id != held
    assert world.holders(second.id) == ["ada", "bob"]
    world.check()


def test_without_a_pool_it_is_accepted_without_a_seat(world: World) -> None:
    course(world)
    world.pool(active=False)
    world.do(offering(1))
    accepted = world.do(redeeming("ada")).invitation
    assert (accepted.active, accepted.seat_id) == (False, None)


def test_accepting_tells_who_what_and_which_seat(world: World) -> None:
    world.pool(size=1)
    world.do(offering(1, metadata={"stand": 4}))
    invited = world.do(redeeming("ada", metadata={"badge": 7}))
    (event,) = told(world, ACCEPTED)
    assert event.subject_id == invited.invitation.id
    assert event.before["learner_id"] is None
    assert event.after["learner_id"] == invited.learner.id
    assert event.after["seat_id"] == invited.invitation.seat_id
    assert event.after["metadata"] == {"stand": 4, "badge": 7}
    assert (event.after["kind"], event.after["item_key"]) == ("course", "course-1")


def test_a_platform_invitation_makes_a_registered_active_member(world: World) -> None:
    pool = users(world, 1)
    world.do(inviting("ada", source="fair", **PLATFORM))
    invited = world.do(redeeming("ada", **PLATFORM))
    assert invited.learner.registered
    assert world.holders(pool.id) == ["ada"]
    assert invited.invitation.seat_id is not None
    assert len(told(world, EventKind.MEMBER_LINKED)) == 1
    world.do(inviting("bob", source="fair", **PLATFORM))
    assert world.code(redeeming("bob", **PLATFORM)) is Code.POOL_FULL
    assert len(told(world, EventKind.MEMBER_LINKED)) == 1
    world.check()


def test_who_accepts_joins_the_group_and_gets_what_it_was_granted_l12(world: World) -> None:
    owner = world.do(AddLearner(MANAGER, platform_key="acme", email="boss@acme.example"))
    said: dict[str, Any] = {
        "source": "fair",
        "user_group": "Nights",
        "group_owner_email": "BOSS@acme.example",
        **PLATFORM,
    }
    world.do(inviting("ada", **said))
    world.do(inviting("bob", **said))
    world.do(inviting("cem", **said))
    world.do(redeeming("ada", **PLATFORM))
    (created,) = told(world, EventKind.GROUP_CREATED)
    pool = world.pool(size=2)
    world.do(GrantGroup(MANAGER, pool_id=pool.id, group_id=created.subject_id))
    world.do(redeeming("bob", **PLATFORM))
    world.do(redeeming("cem", **PLATFORM))  # for whom no seat is left: they wait (W26)
    assert world.holders(pool.id) == ["ada", "bob"]
    view = world.do(SaveGroup(MANAGER, group_id=created.subject_id))
    assert view.group.owner_id == owner.membership.learner.id
    assert len(view.member_ids) == 3
    world.check()


def test_whoever_invites_owns_the_group_where_no_other_owner_is_known(world: World) -> None:
    mira = world.do(AddLearner(MANAGER, platform_key="acme", email="mira@acme.example"))
    by = replace(MANAGER, learner=mira.membership.learner)
    said = inviting("ada", user_group="Nights", group_owner_email="gone@x.example", **PLATFORM)
    world.do(replace(said, by=by, source="fair"))
    world.do(redeeming("ada", **PLATFORM))
    (created,) = told(world, EventKind.GROUP_CREATED)
    view = world.do(SaveGroup(MANAGER, group_id=created.subject_id))
    assert view.group.owner_id == mira.membership.learner.id


def test_a_group_that_is_there_is_joined(world: World) -> None:
    group = world.do(SaveGroup(MANAGER, platform_key="acme", name="Nights")).group
    world.do(inviting("ada", source="fair", user_group="Nights", **PLATFORM))
    ada = world.do(redeeming("ada", **PLATFORM)).learner
    assert world.do(SaveGroup(MANAGER, group_id=group.id)).member_ids == (ada.id,)


def test_who_comes_by_another_road_has_accepted_l14(world: World) -> None:
    pool = users(world, 1)
    invited = [world.do(inviting(name, user_group="Nights", **PLATFORM)) for name in ("ada", "bob")]
    ada, bob = (each.learner for each in invited)
    world.do(LinkLearner(MANAGER, learner_id=ada.id, platform_key="acme"))
    world.do(AddLearner(MANAGER, platform_key="acme", email="bob@acme.example"))
    first, second = invitations(world)
    assert (first.active, second.active) == (False, False)
    assert world.holders(pool.id) == ["ada"]
    assert (first.seat_id is None, second.seat_id is None) == (False, True)
    (created,) = told(world, EventKind.GROUP_CREATED)
    view = world.do(SaveGroup(MANAGER, group_id=created.subject_id))
    assert view.member_ids == (ada.id, bob.id)
    assert len(told(world, ACCEPTED)) == 2
    world.do(LinkLearner(MANAGER, learner_id=ada.id, platform_key="acme", is_admin=True))
    assert len(told(world, ACCEPTED)) == 2
    world.check()


def test_who_joins_by_themselves_with_a_key_of_another_platform_has_accepted_too(
    world: World,
) -> None:
    world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    zed = world.do(AddLearner(OPERATOR, platform_key="zeta", email="zed@acme.example"))
    pool = users(world, 1)
    world.do(inviting("zed", user_group="Nights", **PLATFORM))
    world.do(AllowSelfJoin(MANAGER, platform_key="acme", allowed=True))
    by = replace(STRANGER, learner=zed.membership.learner)
    world.do(JoinPlatform(by, platform_key="acme"))
    (made,) = invitations(world)
    assert (made.active, made.seat_id is not None) == (False, True)
    assert world.holders(pool.id) == ["zed"]
    assert {each.platform_id for each in told(world, ACCEPTED)} == {1}
    world.check()


@pytest.mark.parametrize("state", ["left", "expired", "of an item"])
def test_other_roads_accept_only_what_is_open_and_to_the_platform(world: World, state: str) -> None:
    course(world)
    kind = {} if state == "of an item" else PLATFORM
    ada = world.do(inviting("ada", end=NOON if state == "expired" else None, **kind)).learner
    active = state != "left"
    world.do(LinkLearner(MANAGER, learner_id=ada.id, platform_key="acme", active=active))
    assert invitations(world)[0].active
    if state == "left":
        world.do(LinkLearner(MANAGER, learner_id=ada.id, platform_key="acme", active=True))
        assert not invitations(world)[0].active


def test_a_rehearsal_tells_what_would_be_and_does_nothing(world: World) -> None:
    pool = world.pool(size=1)
    world.do(offering(1))
    before = told(world, *EventKind)
    tried = world.do(replace(redeeming("ada"), dry_run=True))
    assert not tried.invitation.active
    assert invitations(world)[0].active
    assert world.holders(pool.id) == []
    assert told(world, *EventKind) == before


def test_the_address_is_a_login_while_there_is_no_username(world: World) -> None:
    course(world)
    world.do(inviting("ada", source="fair"))
    named = redeeming("x", email=None, username="Ada@acme.example")
    assert not world.do(named).invitation.active
    pool = world.pool(size=1)
    seated = world.do(AssignSeat(MANAGER, pool_id=pool.id, username="ada@acme.example"))
    assert seated.learner.email == "ada@acme.example"
