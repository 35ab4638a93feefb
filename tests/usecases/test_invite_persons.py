"""Inviting one, many, and nobody in particular (ibl L1–L7, L12, W40, W42, W43)."""

import time
from dataclasses import replace
from typing import Any

import pytest

from seatledger.domain.event import EventKind
from seatledger.domain.invitation_command import InviteMany, InvitePerson, MarkUndeliverable
from seatledger.domain.invitation_command import WithdrawInvitation as Withdraw
from seatledger.domain.item import ItemKind
from seatledger.domain.people_command import CreatePlatform, LinkLearner
from seatledger.domain.refusal import Code, Refusal
from seatledger.usecases.invitation_history import Invited
from seatledger.usecases.invite_persons import MANY_MAX
from tests.support.cast import MANAGER, NOON, OPERATOR, STRANGER
from tests.support.world import World
from tests.usecases.invitations import (
    COURSE,
    PLATFORM,
    course,
    invitations,
    inviting,
    offering,
    told,
)

CREATED, CHANGED = EventKind.INVITATION_CREATED, EventKind.INVITATION_CHANGED


def many(*wanted: InvitePerson, platform_key: str | None = "acme") -> InviteMany:
    return InviteMany(MANAGER, platform_key=platform_key, invitations=wanted)


def zeta(world: World) -> None:
    world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))


def test_an_address_makes_a_person_who_is_known_at_once_w14a(world: World) -> None:
    course(world)
    invited: Invited = world.do(
        inviting("ada", profile={"first_name": "Ada", "last_name": "Lovelace"})
    )
    assert invited.created
    assert invited.learner is not None
    assert (invited.learner.name, invited.learner.registered) == ("Ada Lovelace", False)
    tied = world.do(LinkLearner(MANAGER, learner_id=invited.learner.id, platform_key="acme"))
    assert tied.learner.registered


def test_the_same_person_and_item_is_the_same_invitation_w40_w17(world: World) -> None:
    course(world)
    course(world, "course-2")
    first = world.do(inviting("ada", source="mira"))
    again = world.do(inviting(" ADA", redirect_to="https://acme.example/in"))
    assert (again.invitation.id, again.created) == (first.invitation.id, False)
    assert again.invitation.source == "mira"
    other = world.do(inviting("ada", item_key="course-2"))
    assert other.invitation.id != first.invitation.id
    assert world.do(inviting("ada", **PLATFORM)).created
    assert [each.kind for each in told(world, CREATED, CHANGED)] == [
        CREATED,
        CHANGED,
        CREATED,
        CREATED,
    ]


def test_asking_for_what_is_so_already_tells_nothing(world: World) -> None:
    course(world)
    world.do(inviting("ada", source="mira"))
    world.do(inviting("ada", source="mira"))
    assert len(told(world, CREATED, CHANGED)) == 1


def test_a_creation_tells_all_that_a_message_about_it_needs(world: World) -> None:
    course(world)
    invited = world.do(
        inviting(
            "ada",
            source="mira",
            redirect_to="https://acme.example/in",
            metadata={"team": 3},
            profile={"first_name": "Ada"},
        )
    )
    (event,) = told(world, CREATED)
    assert event.before is None
    assert event.subject_id == invited.invitation.id
    assert event.after == invited.invitation.facts()
    assert event.after["item_key"] == "course-1"
    assert event.after["kind"] == "course"
    assert event.after["learner_id"] == invited.learner.id
    assert "Ada" not in repr(event.after)
    assert "ada@" not in repr(event.after)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"platform_key": "nowhere", "item_key": "nothing", "email": "bad"}, Code.UNKNOWN_PLATFORM),
        ({"item_key": "nothing", "email": "bad"}, Code.UNKNOWN_ITEM),
        ({"item_key": "theirs", "email": "bad"}, Code.UNKNOWN_ITEM),
        ({"email": "bad"}, Code.INVALID),
        ({"email": None}, Code.INVALID),
        ({"username": "nobody", "email": "ada@acme.example"}, Code.UNKNOWN_LEARNER),
        ({"learner_id": 99}, Code.UNKNOWN_LEARNER),
    ],
)
def test_what_can_not_be_invited_is_refused_in_order_and_makes_nobody(
    world: World, fields: dict[str, object], code: Code
) -> None:
    zeta(world)
    course(world)
    course(world, "theirs", "ZETA")
    assert world.code(inviting("ada", **fields)) is code
    assert invitations(world) == []
    assert world.code(LinkLearner(OPERATOR, learner_id=1, platform_key="acme")) is (
        Code.UNKNOWN_LEARNER
    )


def test_a_platform_invites_to_what_it_owns_and_to_what_it_bought(world: World) -> None:
    zeta(world)
    course(world, "theirs", "ZETA")
    assert world.code(inviting("ada", item_key="theirs")) is Code.UNKNOWN_ITEM
    world.pool(item_key="theirs")
    assert world.do(inviting("ada", item_key="theirs")).invitation.platform_key == "acme"


def test_an_operators_invitation_is_its_owners_unless_a_platform_is_named(world: World) -> None:
    zeta(world)
    course(world, "theirs", "ZETA")
    said = replace(inviting("ada", item_key="theirs"), by=OPERATOR)
    assert world.do(said).invitation.platform_key == "zeta"
    assert world.code(replace(said, platform_key="acme")) is Code.UNKNOWN_ITEM
    nowhere = InvitePerson(OPERATOR, kind=ItemKind.PLATFORM, email="ada@acme.example")
    assert world.refusal(nowhere).field == "platform_key"


def test_of_many_a_bad_one_keeps_no_other_back_w42(world: World) -> None:
    course(world)
    outcomes = world.do(
        many(
            inviting("ada"),
            inviting("x", email="bad"),
            inviting("bob", item_key="nothing"),
            inviting("ADA", source="again"),
            inviting("cem", username="nobody"),
        )
    )
    codes = [each.code if isinstance(each, Refusal) else None for each in outcomes]
    assert codes == [None, Code.INVALID, Code.UNKNOWN_ITEM, None, Code.UNKNOWN_LEARNER]
    (made,) = invitations(world)
    assert (made.id, made.source) == (outcomes[0].invitation.id, "again")
    assert len(told(world, CREATED, CHANGED)) == 2


@pytest.mark.parametrize(
    "foreign",
    [inviting("bob", item_key="theirs"), inviting("bob", platform_key="zeta")],
    ids=["an item of another platform", "another platform"],
)
def test_what_is_another_platforms_refuses_all_of_them_l5(
    world: World, foreign: InvitePerson
) -> None:
    zeta(world)
    course(world)
    course(world, "theirs", "ZETA")
    refusal = world.refusal(many(inviting("ada"), foreign))
    assert (refusal.code, refusal.field) == (Code.INVALID, "invitations")
    assert invitations(world) == []


def test_without_a_platform_it_is_that_of_the_first_item_l5(world: World) -> None:
    zeta(world)
    course(world)
    course(world, "theirs", "ZETA")
    first, second = inviting("ada", item_key="theirs"), inviting("bob")
    both = replace(many(first, second, platform_key=None), by=OPERATOR)
    assert world.code(both) is Code.INVALID
    alone = replace(many(first, platform_key=None), by=OPERATOR)
    assert world.do(alone)[0].invitation.platform_key == "zeta"
    unknown = replace(many(inviting("ada", item_key="?"), platform_key=None), by=OPERATOR)
    assert [each.code for each in world.do(unknown)] == [Code.UNKNOWN_ITEM]


def test_of_many_there_is_at_least_one_and_not_too_many(world: World) -> None:
    course(world)
    assert world.code(many()) is Code.INVALID
    assert world.code(many(*[inviting("ada")] * (MANY_MAX + 1))) is Code.INVALID
    assert world.code(replace(many(inviting("ada")), by=STRANGER)) is Code.UNKNOWN_PLATFORM


def test_five_hundred_are_invited_in_well_under_a_second(world: World) -> None:
    course(world)
    world.do(inviting("n7"))
    began = time.perf_counter()
    outcomes = world.do(many(*[inviting(f"n{number}") for number in range(500)]))
    assert time.perf_counter() - began < 2  # 0.1 s on an idle machine
    assert sum(isinstance(each, Invited) for each in outcomes) == 500
    assert len(invitations(world)) == 500
    assert len(told(world, CREATED)) == 500
    world.check()


@pytest.mark.parametrize("count", [0, -1, MANY_MAX + 1, 2**63])
def test_blank_ones_are_offered_in_sensible_numbers_w43(world: World, count: int) -> None:
    course(world)
    assert world.refusal(offering(count)).field == "count"
    assert invitations(world) == []


def test_blank_ones_name_nobody_and_are_told_one_by_one_l7(world: World) -> None:
    course(world)
    offered = world.do(offering(3, metadata={"stand": 4}))
    made = invitations(world)
    assert [each.id for each in made] == list(offered.invitation_ids)
    assert {(each.learner_id, each.source, each.active) for each in made} == {(None, "fair", True)}
    assert [each.metadata for each in made] == [{"stand": 4}] * 3
    assert [each.subject_id for each in told(world, CREATED)] == list(offered.invitation_ids)
    assert world.code(offering(1, item_key="nothing")) is Code.UNKNOWN_ITEM


def test_withdrawing_switches_off_once_and_only_ones_own_w41(world: World) -> None:
    zeta(world)
    course(world)
    made = world.do(inviting("ada")).invitation
    for wrong in (
        Withdraw(STRANGER, invitation_id=made.id),
        Withdraw(MANAGER, invitation_id=made.id, kind=ItemKind.PLATFORM),
        Withdraw(OPERATOR, invitation_id=made.id, platform_key="zeta"),
        Withdraw(MANAGER, invitation_id=99),
    ):
        assert world.code(wrong) is Code.UNKNOWN_INVITATION
    for _ in range(2):
        gone = world.do(Withdraw(MANAGER, invitation_id=made.id, kind=ItemKind.COURSE))
        assert not gone.invitation.active
    (event,) = told(world, EventKind.INVITATION_WITHDRAWN)
    assert (event.before, event.after["active"]) == ({"active": True}, False)
    assert event.after["learner_id"] == made.learner_id
    back = world.do(inviting("ada"))
    assert (back.invitation.id, back.invitation.active) == (made.id, True)


def test_a_message_that_came_back_is_noted_until_they_are_invited_again(world: World) -> None:
    course(world)
    made = world.do(inviting("ada")).invitation
    why = "550 ada@acme.example: no such mailbox"
    noted = world.do(MarkUndeliverable(OPERATOR, invitation_id=made.id, why=why)).invitation
    assert (noted.undeliverable_at, noted.undeliverable_why) == (NOON, why)
    (event,) = told(world, CHANGED)
    assert event.after["undeliverable_at"] is not None
    assert "ada@" not in repr(event.after)
    again = world.do(inviting("ada")).invitation
    assert (again.undeliverable_at, again.undeliverable_why) == (None, None)
    assert world.code(MarkUndeliverable(STRANGER, invitation_id=made.id, why="")) is (
        Code.UNKNOWN_INVITATION
    )


@pytest.mark.parametrize("again", [{}, {"active": True}])
def test_what_is_open_is_asked_of_one_kind_and_one_place(
    world: World, again: dict[str, Any]
) -> None:
    course(world)
    by_course = world.do(InvitePerson(MANAGER, email="ada@acme.example", **COURSE, **again))
    by_platform = world.do(InvitePerson(MANAGER, email="ada@acme.example", **PLATFORM, **again))
    assert by_course.invitation.id != by_platform.invitation.id
    assert by_course.learner == by_platform.learner
