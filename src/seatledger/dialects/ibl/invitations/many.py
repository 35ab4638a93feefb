"""Many invitations at once: for people by name, and blank ones."""

from typing import Any

from seatledger.dialects.dialect import Refused
from seatledger.dialects.ibl.fields import none
from seatledger.dialects.ibl.invitations.kinds import Kind
from seatledger.dialects.ibl.invitations.naming import platform_key
from seatledger.dialects.ibl.invitations.reading import invite, metadata, one_of_many
from seatledger.dialects.ibl.operations import Call
from seatledger.dialects.ibl.refusals import FIELDS, granted
from seatledger.domain.command import Unset
from seatledger.domain.invitation_command import InviteMany, InvitePerson, OfferBlank
from seatledger.domain.refusal import Refusal, invalid
from seatledger.usecases.invitation_history import Invited
from seatledger.usecases.invite_persons import MANY_MAX, Offered


async def bulk(kind: Kind, call: Call[Any, Any]) -> Any:
    """Invite many; bad ones keep no other back, what is another platform's all (L5, W42)."""
    body = call.body
    if none(body.platform_key) is None and not call.actor.is_operator:
        raise Refused(invalid("platform_key", "This field is required."))
    if not 1 <= len(body.invitation_data) <= MANY_MAX:
        raise Refused(invalid("invitation_data", f"Invite from 1 to {MANY_MAX} people at once."))
    named = await platform_key(call)
    read = [_read(kind, call, each, named) for each in body.invitation_data]
    wanted = tuple(each for each in read if isinstance(each, InvitePerson))
    outcomes: list[Invited | Refusal] = []
    if wanted:
        many = InviteMany(call.actor, platform_key=named, invitations=wanted)
        outcomes = granted(await call.desk.submit(many))
    done = iter(outcomes)
    all_of_them = [next(done) if isinstance(each, InvitePerson) else each for each in read]
    errors = [
        f"{_named(item)}: {_why(outcome)}"
        for item, outcome in zip(body.invitation_data, all_of_them, strict=True)
        if isinstance(outcome, Refusal)
    ]
    return kind.counted(successes=len(read) - len(errors), error_codes=errors)


async def blank(kind: Kind, call: Call[Any, Any]) -> Any:
    """Make invitations for whoever redeems them first (L7, W43)."""
    body = call.body
    noted = metadata(body, call.extra)
    command = OfferBlank(
        call.actor,
        kind=kind.item_kind,
        platform_key=await platform_key(call),
        item_key=None if kind.of_platform else getattr(body, kind.item_field),
        source=body.source,
        count=body.count,
        metadata={} if isinstance(noted, Unset) else noted,
    )
    offered: Offered = granted(await call.desk.submit(command), item=kind.item_field)
    return kind.counted(successes=len(offered.invitation_ids), error_codes=[])


def _read(
    kind: Kind, call: Call[Any, Any], each: Any, platform_key: str | None
) -> InvitePerson | Refusal:
    """The command of one item, whose own platform, where it names one, must be the one (L5)."""
    if kind.of_platform and isinstance(each, dict):
        each = {"platform_key": platform_key, **each}
    try:
        body, extra = one_of_many(kind, each)
        own = none(getattr(body, "platform_key", None))
        return invite(kind, call.actor, body, extra, own or platform_key)
    except Refused as refused:
        return refused.refusal


def _why(refusal: Refusal) -> str:
    """The sentence, with the field that is to blame."""
    if refusal.field is None:
        return refusal.sentence
    return f"{FIELDS.get(refusal.field, refusal.field)}: {refusal.sentence}"


def _named(item: Any) -> str:
    """What an item calls its person, as far as it does."""
    said = item if isinstance(item, dict) else {}
    return str(said.get("email") or said.get("username") or "Nobody")
