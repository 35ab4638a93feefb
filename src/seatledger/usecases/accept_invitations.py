"""Accept invitations, and do what follows from it: a seat, and a place in a group."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from seatledger.domain.actor import Actor
from seatledger.domain.command import Command, SaveGroup
from seatledger.domain.event import EventKind
from seatledger.domain.invitation import Invitation
from seatledger.domain.item import ItemKind
from seatledger.domain.learner import Membership
from seatledger.domain.refusal import Code, Refusal
from seatledger.storage import events
from seatledger.storage import grants as grant_rows
from seatledger.storage import groups as group_rows
from seatledger.storage import invitations as invitation_rows
from seatledger.storage import learners as learner_rows
from seatledger.storage import pools as pool_rows
from seatledger.storage.unit import Unit
from seatledger.usecases.invitation_history import invitation_event
from seatledger.usecases.opening import origin
from seatledger.usecases.save_groups import save_groups
from seatledger.usecases.seat_by_item import pools_to_sit_in, seat_by_item

NOTHING: Mapping[str, Any] = {}


def accept(
    unit: Unit,
    command: Command,
    invitation: Invitation,
    learner_id: int,
    now: datetime,
    *,
    must_fit: bool = True,
    metadata: Mapping[str, Any] = NOTHING,
) -> Invitation | Refusal:
    """Accept an open, locked invitation for a learner who has a row.

    Where its item has pools and all are full, that is refused, and what was done is to be undone;
    without `must_fit` it is accepted without a seat. `metadata` is added to its own. What follows
    from an invitation is done in the name of its platform, whoever brings it about.
    """
    before = invitation
    noted = {**invitation.metadata, **metadata}
    after = replace(invitation, learner_id=learner_id, metadata=noted).accepted(now)
    invitation_rows.change(unit, [after])  # from here on the platform knows the person
    acting = replace(command, by=_within(command.by, after))
    _lock(unit, after)
    seated = seat_by_item(
        unit, acting, after.platform_id, after.kind, after.item_id, learner_id, now
    )
    if isinstance(seated, Refusal):
        if must_fit or seated.code is not Code.POOL_FULL:
            return seated
        seated = None
    if seated is not None:
        after = replace(after, seat_id=seated.seat.id)
        invitation_rows.change(unit, [after])
    refusal = _join_group(unit, acting, after, learner_id, now)
    if refusal is not None:
        return refusal
    kind = EventKind.INVITATION_ACCEPTED
    events.add(unit, invitation_event(kind, origin(command, now), before, after))
    return after


def accept_pending(unit: Unit, command: Command, membership: Membership, now: datetime) -> None:
    """Who comes to a platform by whatever road has accepted its invitation (ibl L14).

    They get a seat if there is one; coming does not depend on it.
    """
    learner_id = membership.learner.id
    own = invitation_rows.lock_of_learners(unit, [learner_id], [membership.platform_id])
    for invitation in own:
        if invitation.kind is ItemKind.PLATFORM and invitation.is_open(now):
            accept(unit, command, invitation, learner_id, now, must_fit=False)


def _within(actor: Actor, invitation: Invitation) -> Actor:
    """The actor as one of the invitation's platform."""
    if actor.reach.covers(invitation.platform_id):
        return actor
    return replace(actor, platform_id=invitation.platform_id, platform_key=invitation.platform_key)


def _lock(unit: Unit, invitation: Invitation) -> None:
    """Lock what is needed in the one order that all keep: the group, then pools by id."""
    pools = pools_to_sit_in(unit, invitation.platform_id, invitation.kind, invitation.item_id)
    group_id = None
    if invitation.user_group is not None:
        group_id = group_rows.id_by_name(unit, invitation.platform_id, invitation.user_group)
    if group_id is not None:
        group_rows.lock(unit, group_id)
        pools += [grant.pool_id for grant in grant_rows.of_groups(unit, [group_id])]
    pool_rows.lock(unit, pools)


def _join_group(
    unit: Unit, command: Command, invitation: Invitation, learner_id: int, now: datetime
) -> Refusal | None:
    """Put the person in the group, which is made where there is none of the name (ibl L12)."""
    if invitation.user_group is None:
        return None
    by, owner_id = command.by, invitation.group_owner_id
    if owner_id is not None:  # a new group is its author's
        by = replace(by, learner=learner_rows.by_ids(unit, [owner_id])[owner_id])
    joining = SaveGroup(
        by,
        command.change_type,
        command.transaction_id,
        platform_key=invitation.platform_key,
        name=invitation.user_group,
        by_name=True,
        joining_ids=(learner_id,),
    )
    outcome = save_groups(unit, [joining], now)[0]
    return outcome if isinstance(outcome, Refusal) else None
