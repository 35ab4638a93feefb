"""Turns the bodies about invitations into commands."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import UNSET

from seatledger.dialects.dialect import Refused
from seatledger.dialects.ibl import fields
from seatledger.dialects.ibl.fields import none, unset
from seatledger.dialects.ibl.invitations.kinds import Kind
from seatledger.dialects.ibl.storable import storable
from seatledger.domain import command
from seatledger.domain.actor import Actor
from seatledger.domain.instant import text
from seatledger.domain.invitation_command import InvitePerson
from seatledger.domain.refusal import invalid

PROFILE = ("company_name", "first_name", "last_name")


def invite(
    kind: Kind, actor: Actor, body: Any, extra: Mapping[str, Any], platform_key: str | None
) -> InvitePerson:
    """The command that one body asks for. Raises Refused where it names nobody."""
    named_by(body)
    user_group = unset(getattr(body, "user_group", UNSET))
    return InvitePerson(
        actor,
        kind=kind.item_kind,
        platform_key=platform_key,
        item_key=None if kind.of_platform else getattr(body, kind.item_field),
        username=none(body.username),
        email=none(body.email),
        active=unset(body.active),
        end=unset(body.expired),
        source=unset(body.source),
        redirect_to=unset(body.redirect_to),
        created=unset(body.created),
        metadata=metadata(body, extra),
        enrolment_config=_enrolment_config(kind, body),
        profile=_profile(body),
        user_group=None if user_group == "" else user_group,
        group_owner_email=none(getattr(body, "user_group_owner_email", UNSET)),
    )


def named_by(body: Any) -> None:
    """See that a body names somebody. Raises Refused."""
    if body.email is UNSET and body.username is UNSET:
        raise Refused(invalid("email", "Name the person: by email or by username."))


def metadata(body: Any, extra: Mapping[str, Any]) -> dict[str, Any] | command.Unset:
    """`metadata`, and the fields that nobody knows (L3, W54); as one document, replaced whole."""
    if body.metadata is UNSET and not extra:
        return command.UNSET
    return {**kept(extra), **(none(body.metadata) or {})}


def kept(extra: Mapping[str, Any]) -> dict[str, Any]:
    """Fields that nobody knows, as what can be kept. Raises Refused, naming the field."""
    return {storable(name, name): storable(name, value, depth=1) for name, value in extra.items()}


def one_of_many(kind: Kind, each: Any) -> tuple[msgspec.Struct, dict[str, Any]]:
    """An item of a list as its own body would be. Raises Refused."""
    if not isinstance(each, dict):
        raise Refused(invalid("invitation_data", "This is no JSON object."))
    known = kind.create.__struct_encode_fields__
    return fields.read(each, kind.create), {k: v for k, v in each.items() if k not in known}


def _enrolment_config(kind: Kind, body: Any) -> dict[str, Any] | command.Unset:
    """`enrollment_config`, its `started` and `expired` filled from the access dates (J2)."""
    dates = {
        "started": getattr(body, f"{kind.name}_access_start_date", UNSET),
        "expired": getattr(body, f"{kind.name}_access_expiration_date", UNSET),
    }
    said = {name: text(date) for name, date in dates.items() if date is not UNSET}
    config = getattr(body, "enrollment_config", UNSET)
    if config is UNSET and not said:
        return command.UNSET
    return {**(none(config) or {}), **said}


def _profile(body: Any) -> dict[str, str] | command.Unset:
    said = {name: getattr(body, name, UNSET) for name in PROFILE}
    given = {name: value for name, value in said.items() if value is not UNSET}
    return given or command.UNSET
