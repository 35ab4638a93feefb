"""Which invitation is meant, and what inviting again makes of it (ibl W40, W44)."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from seatledger.domain.command import UNSET
from seatledger.domain.invitation import Invitation, to_redeem, to_update
from seatledger.domain.invitation_command import InvitePerson
from seatledger.domain.inviting import invite, invite_again
from seatledger.domain.item import ItemKind
from tests.support.cast import DAY, MANAGER, NOON


def invitation(number: int, **fields: Any) -> Invitation:
    plain = Invitation(
        id=number,
        platform_id=1,
        platform_key="acme",
        kind=ItemKind.COURSE,
        item_id=1,
        item_key="course-1",
        learner_id=5,
        metadata={},
        enrolment_config={},
        profile={},
        created=NOON - DAY,
    )
    return replace(plain, **fields)


def command(**fields: Any) -> InvitePerson:
    return InvitePerson(MANAGER, kind=ItemKind.COURSE, item_key="course-1", **fields)


OPEN = invitation(1)
EXPIRED = invitation(2, end=NOON)
ACCEPTED = invitation(3, active=False, accepted_at=NOON - DAY, seat_id=9)
WITHDRAWN = invitation(4, active=False)
LATER = invitation(5, end=NOON + DAY)


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ([], None),
        ([WITHDRAWN], None),
        ([EXPIRED], None),
        ([EXPIRED, WITHDRAWN], None),
        ([ACCEPTED], ACCEPTED),
        ([ACCEPTED, WITHDRAWN, EXPIRED], ACCEPTED),
        ([ACCEPTED, LATER], LATER),
        ([LATER, OPEN, ACCEPTED], OPEN),
    ],
)
def test_an_open_one_is_redeemed_before_one_that_was(
    own: list[Invitation], expected: Invitation | None
) -> None:
    assert to_redeem(own, NOON) == expected


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ([], None),
        ([WITHDRAWN], WITHDRAWN),
        ([ACCEPTED, WITHDRAWN], WITHDRAWN),
        ([OPEN, ACCEPTED, WITHDRAWN], OPEN),
        ([OPEN, EXPIRED], EXPIRED),
    ],
)
def test_inviting_again_means_the_newest_of_those_that_are_active(
    own: list[Invitation], expected: Invitation | None
) -> None:
    assert to_update(own) == expected


@pytest.mark.parametrize(
    ("before", "said", "active", "accepted_at"),
    [
        (OPEN, UNSET, True, None),
        (OPEN, False, False, None),
        (WITHDRAWN, UNSET, True, None),
        (WITHDRAWN, False, False, None),
        (ACCEPTED, UNSET, False, NOON - DAY),
        (ACCEPTED, False, False, NOON - DAY),
        (ACCEPTED, True, True, None),
    ],
)
def test_what_was_accepted_is_asked_again_only_if_that_is_said(
    before: Invitation, said: Any, active: bool, accepted_at: datetime | None
) -> None:
    after = invite_again(before, command(active=said), None)
    assert (after.active, after.accepted_at) == (active, accepted_at)
    assert (after.seat_id is None) == (accepted_at is None)


def test_what_is_left_out_stays_and_what_is_said_is_replaced() -> None:
    before = invitation(
        1,
        source="mira",
        end=NOON + DAY,
        metadata={"a": 1},
        user_group="Nights",
        group_owner_id=7,
        undeliverable_at=NOON,
        undeliverable_why="No such mailbox.",
    )
    after = invite_again(before, command(metadata={"b": 2}, end=None), 8)
    assert after == replace(
        before, metadata={"b": 2}, end=None, undeliverable_at=None, undeliverable_why=None
    )
    moved = invite_again(before, command(user_group="Days"), 8)
    assert (moved.user_group, moved.group_owner_id) == ("Days", 8)


def test_a_new_one_is_active_unless_it_is_said_not_to_be() -> None:
    blank = invitation(1, learner_id=5)
    assert invite(blank, command(source="mira"), None) == replace(blank, source="mira")
    assert not invite(blank, command(active=False), None).active


def test_the_end_is_the_first_moment_at_which_it_is_too_late() -> None:
    assert LATER.is_open(NOON)
    assert not LATER.is_open(NOON + DAY)
    assert not WITHDRAWN.is_open(NOON)


def test_history_is_told_nothing_of_who_the_person_is() -> None:
    told = invitation(1, profile={"first_name": "Ada"}, undeliverable_why="ada@x.example").facts()
    assert "Ada" not in repr(told)
    assert "ada@" not in repr(told)
    assert told["learner_id"] == 5
