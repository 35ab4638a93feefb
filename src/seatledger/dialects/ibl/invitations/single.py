"""Invitations: list them, invite one person, switch one off, redeem one, check an address."""

from typing import Any

from msgspec import UNSET

from seatledger.dialects.dialect import Refused
from seatledger.dialects.ibl.fields import none
from seatledger.dialects.ibl.invitations.answers import invitation
from seatledger.dialects.ibl.invitations.kinds import Kind
from seatledger.dialects.ibl.invitations.naming import platform_key, platforms_of
from seatledger.dialects.ibl.invitations.reading import invite, metadata, named_by
from seatledger.dialects.ibl.lists import Paged, envelope, nothing
from seatledger.dialects.ibl.operations import Call, Nothing
from seatledger.dialects.ibl.refusals import granted
from seatledger.domain.command import Unset
from seatledger.domain.invitation_command import RedeemInvitation, WithdrawInvitation
from seatledger.domain.learner import PersonName
from seatledger.domain.refusal import Refusal, unknown_invitation
from seatledger.usecases.invitation_history import Invited
from seatledger.usecases.invitation_questions import (
    InvitationFilter,
    Invitee,
    is_invited,
    list_invitations,
)
from seatledger.usecases.questions import Found


async def list_all(kind: Kind, call: Call[Any, Any]) -> Paged[Any]:
    """A page of invitations; naming no platform means all that the caller reaches (L11, B7)."""
    query = call.query
    within = await platforms_of(call)
    found: Found[Invitee] = nothing()
    if not isinstance(within, Refusal):
        wanted = InvitationFilter(
            kind=kind.item_kind,
            item_key=None if kind.of_platform else none(getattr(query, kind.item_field)),
            person=PersonName(username=none(query.username), email=none(query.email)),
            source=none(query.source),
            active=none(query.active),
            metadata=call.others,
        )
        found = granted(await call.desk.ask(list_invitations, within, wanted, query.asked()))
    return envelope(
        call.request, query, found, lambda each: invitation(kind, each.invitation, each.learner)
    )


async def create(kind: Kind, call: Call[Any, Any]) -> Any:
    """Invite one person, or change the invitation they have (L1–L3, W40)."""
    command = invite(kind, call.actor, call.body, call.extra, await platform_key(call))
    return _said(kind, await call.desk.submit(command))


async def redeem(kind: Kind, call: Call[Any, Any]) -> Any:
    """Accept the person's own invitation, else a blank one; 404 where none is left (L8, W44)."""
    body = call.body
    named_by(body)
    noted = metadata(body, call.extra)
    named = await platform_key(call)
    command = RedeemInvitation(
        call.actor,
        kind=kind.item_kind,
        platform_key=named,
        item_key=None if kind.of_platform else getattr(body, kind.item_field),
        source=body.source,
        username=none(body.username),
        email=none(body.email),
        metadata={} if isinstance(noted, Unset) else noted,
    )
    return _said(kind, await call.desk.submit(command))


async def withdraw(kind: Kind, call: Call[Any, Any]) -> Nothing:
    """Switch an invitation off; without an id nothing happens (L10, W41)."""
    query = call.query
    named = await platform_key(call)
    if query.id is not UNSET:
        command = WithdrawInvitation(
            call.actor, invitation_id=query.id, kind=kind.item_kind, platform_key=named
        )
        granted(await call.desk.submit(command))
    return Nothing()


async def check(call: Call[Any, Any]) -> Nothing:
    """200 where the address holds an open platform invitation, 404 where not (L9, W45)."""
    if granted(await call.desk.ask(is_invited, call.query.email, call.desk.clock())):
        return Nothing()
    raise Refused(unknown_invitation())


def _said(kind: Kind, outcome: Invited | Refusal) -> Any:
    invited = granted(outcome, item=kind.item_field)
    return invitation(kind, invited.invitation, invited.learner)
