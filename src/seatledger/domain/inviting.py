"""What inviting somebody makes, or makes of the invitation they have."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from seatledger.domain.command import Unset
from seatledger.domain.invitation import Invitation
from seatledger.domain.invitation_command import InvitePerson

_SAID = (
    "end",
    "source",
    "redirect_to",
    "created",
    "metadata",
    "enrolment_config",
    "profile",
    "user_group",
)


def invite(blank: Invitation, command: InvitePerson, group_owner_id: int | None) -> Invitation:
    """A new invitation: `blank`, with what the command says."""
    active = True if isinstance(command.active, Unset) else command.active
    return replace(blank, active=active, group_owner_id=group_owner_id, **_said(command))


def invite_again(
    before: Invitation, command: InvitePerson, group_owner_id: int | None
) -> Invitation:
    """The invitation as the command leaves it (ibl W40).

    What was accepted stays so, unless it is said to be active: a list of people that is sent twice
    asks nobody twice.
    """
    changes: dict[str, Any] = dict(_said(command))
    if not isinstance(command.user_group, Unset):
        changes["group_owner_id"] = group_owner_id
    if not isinstance(command.active, Unset):
        changes["active"] = command.active
    elif before.accepted_at is None:
        changes["active"] = True
    if changes.get("active") and before.accepted_at is not None:
        changes |= {"accepted_at": None, "seat_id": None}
    return replace(before, undeliverable_at=None, undeliverable_why=None, **changes)


def _said(command: InvitePerson) -> Mapping[str, Any]:
    given = {name: getattr(command, name) for name in _SAID}
    return {name: value for name, value in given.items() if not isinstance(value, Unset)}
