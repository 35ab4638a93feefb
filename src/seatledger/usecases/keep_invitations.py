"""Withdraw invitations, and note which messages about them came back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from seatledger.domain.command import Command
from seatledger.domain.event import EventKind
from seatledger.domain.invitation import Invitation
from seatledger.domain.invitation_command import MarkUndeliverable, WithdrawInvitation
from seatledger.domain.learner import Learner
from seatledger.domain.refusal import Refusal, unknown_invitation
from seatledger.storage import events
from seatledger.storage import invitations as invitation_rows
from seatledger.storage import learners as learner_rows
from seatledger.storage.unit import Unit
from seatledger.usecases.create_platforms import reach_of
from seatledger.usecases.invitation_history import Invited, invitation_event
from seatledger.usecases.opening import origin


def withdraw_invitations(
    unit: Unit, commands: Sequence[WithdrawInvitation], now: datetime
) -> list[Invited | Refusal]:
    """Switch invitations off (ibl W41); those that are off stay as they are."""
    return [_withdraw(unit, command, now) for command in commands]


def _withdraw(unit: Unit, command: WithdrawInvitation, now: datetime) -> Invited | Refusal:
    reach = reach_of(unit, command.by, key=command.platform_key)
    if isinstance(reach, Refusal):
        return reach
    found = invitation_rows.lock(unit, reach, command.invitation_id)
    if found is None or command.kind not in {None, found.kind}:
        return unknown_invitation()
    after = replace(found, active=False)
    return _changed(unit, command, EventKind.INVITATION_WITHDRAWN, found, after, now)


def withdraw_invitations_of(
    unit: Unit, command: Command, learner_id: int, platform_ids: Sequence[int], now: datetime
) -> None:
    """Withdraw what a person was invited to and has not accepted."""
    for before in invitation_rows.lock_of_learners(unit, [learner_id], platform_ids):
        after = replace(before, active=False)
        _changed(unit, command, EventKind.INVITATION_WITHDRAWN, before, after, now)


def mark_undeliverable(
    unit: Unit, commands: Sequence[MarkUndeliverable], now: datetime
) -> list[Invited | Refusal]:
    """Note on invitations that their messages came back."""
    return [_mark(unit, command, now) for command in commands]


def _mark(unit: Unit, command: MarkUndeliverable, now: datetime) -> Invited | Refusal:
    found = invitation_rows.lock(unit, command.by.reach, command.invitation_id)
    if found is None:
        return unknown_invitation()
    after = replace(found, undeliverable_at=now, undeliverable_why=command.why)
    return _changed(unit, command, EventKind.INVITATION_CHANGED, found, after, now)


def _changed(
    unit: Unit,
    command: Command,
    kind: EventKind,
    before: Invitation,
    after: Invitation,
    now: datetime,
) -> Invited:
    if after != before:
        invitation_rows.change(unit, [after])
        events.add(unit, invitation_event(kind, origin(command, now), before, after))
    return Invited(after, _person(unit, after.learner_id))


def _person(unit: Unit, learner_id: int | None) -> Learner | None:
    return None if learner_id is None else learner_rows.by_ids(unit, [learner_id])[learner_id]
