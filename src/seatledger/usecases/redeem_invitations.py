"""Redeem invitations: a person's own, or a blank one (ibl L8, W44)."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from seatledger.domain.actor import Reach
from seatledger.domain.invitation import Invitation, to_redeem
from seatledger.domain.invitation_command import RedeemInvitation
from seatledger.domain.item import ItemKind
from seatledger.domain.learner import Learner
from seatledger.domain.people_command import LinkLearner
from seatledger.domain.refusal import Refusal, unknown_invitation, unknown_item
from seatledger.storage import invitations as invitation_rows
from seatledger.storage import items as item_rows
from seatledger.storage import platforms as platform_rows
from seatledger.storage.unit import Unit
from seatledger.usecases.accept_invitations import accept, accept_pending
from seatledger.usecases.create_platforms import reach_of
from seatledger.usecases.invitation_history import Invited
from seatledger.usecases.link_learners import link
from seatledger.usecases.naming import add_new, find_people

T = TypeVar("T")


class _Refused(Exception):
    """Undoes what was done until a part of it was refused."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.sentence)
        self.refusal = refusal


def redeem_invitations(
    unit: Unit, commands: Sequence[RedeemInvitation], now: datetime
) -> list[Invited | Refusal]:
    """Redeem in order. Locked are the person, the invitation, then what accepting locks."""
    return [_redeem(unit, command, now) for command in commands]


def _redeem(unit: Unit, command: RedeemInvitation, now: datetime) -> Invited | Refusal:
    try:
        with unit.part():
            return _carry_out(unit, command, now)
    except _Refused as refused:
        return refused.refusal


def _carry_out(unit: Unit, command: RedeemInvitation, now: datetime) -> Invited:
    reach = _granted(reach_of(unit, command.by, key=command.platform_key))
    item_id = _granted(_item_id(unit, reach, command))
    people = find_people(unit, [command], now, [""], [True])
    learner = _granted(people.named[0])
    own = []
    if learner.id not in people.new:
        own = invitation_rows.lock_own(
            unit, reach, command.kind, item_id, learner.id, command.source
        )
    invitation = to_redeem(own, now) or invitation_rows.lock_blank(
        unit, reach, command.kind, item_id, command.source, now
    )
    if invitation is None:
        raise _Refused(unknown_invitation())
    if not invitation.active:
        return Invited(invitation, learner)
    add_new(unit, people)
    accepted = _granted(
        accept(unit, command, invitation, learner.id, now, metadata=command.metadata)
    )
    if command.kind is ItemKind.PLATFORM:
        learner = _join(unit, command, accepted, learner, now)
    return Invited(accepted, learner)


def _join(
    unit: Unit, command: RedeemInvitation, accepted: Invitation, learner: Learner, now: datetime
) -> Learner:
    """Make the person an active member, which registers them; their other invitations to the
    platform are accepted with it.
    """
    platform = platform_rows.by_id(unit, accepted.platform_id)
    assert platform is not None
    tie = LinkLearner(
        command.by,
        command.change_type,
        command.transaction_id,
        learner_id=learner.id,
        platform_key=platform.key,
        active=True,
    )
    membership = link(unit, tie, platform, learner, now)
    accept_pending(unit, command, membership, now)
    return membership.learner


def _item_id(unit: Unit, reach: Reach, command: RedeemInvitation) -> int | Refusal | None:
    if command.kind is ItemKind.PLATFORM:
        return None
    found = item_rows.find(unit, reach, command.kind, key=command.item_key)
    return found[0].item.id if found else unknown_item()


def _granted(outcome: T | Refusal) -> T:
    if isinstance(outcome, Refusal):
        raise _Refused(outcome)
    return outcome
