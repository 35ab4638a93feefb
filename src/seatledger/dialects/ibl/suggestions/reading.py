"""What requests about suggestions have in common: platform, departments, notes, page."""

from typing import Any

from msgspec import UNSET

from seatledger.dialects.dialect import Refused
from seatledger.dialects.ibl.fields import none, unset
from seatledger.dialects.ibl.operations import Call
from seatledger.dialects.ibl.persons import said
from seatledger.dialects.ibl.platforms import platform_of
from seatledger.dialects.ibl.roles import reach
from seatledger.dialects.ibl.suggestions.kinds import Kind
from seatledger.domain.actor import Reach
from seatledger.domain.refusal import Code, Refusal, invalid
from seatledger.domain.suggestion import Notes
from seatledger.usecases.suggestion_questions import SuggestionFilter


async def platform_key(call: Call[Any, Any]) -> str:
    """The key of the platform that query and body name, or the caller's own (C1, W56)."""
    named = await platform_of(call, key=said(call, "platform_key"), org=said(call, "platform_org"))
    return named.key


async def reach_named(call: Call[Any, Any]) -> Reach | None:
    """The same of a list, for which an unknown platform is one without rows: None (T1)."""
    query = call.query
    reached = await reach(
        call.desk, call.actor, keys=(query.platform_key,), orgs=(query.platform_org,)
    )
    if not isinstance(reached, Refusal):
        return reached
    if reached.code is not Code.UNKNOWN_PLATFORM:
        raise Refused(reached)
    return None


def one_platform(within: Reach | None) -> Reach | None:
    """Raises Refused where an operator named no platform."""
    if within is not None and within.platform_id is None:
        raise Refused(invalid("platform_key", "Name the platform."))
    return within


def department_mode(call: Call[Any, Any]) -> bool:
    return bool(said(call, "department_mode"))


def filter_of(kind: Kind, call: Call[Any, Any]) -> SuggestionFilter | None:
    """What the query narrows a list to; None where nobody can be in it (B13)."""
    admin_id = None
    if department_mode(call):
        if call.actor.learner is None:
            return None
        admin_id = call.actor.learner.id
    return SuggestionFilter(kind=kind.subject, text=none(call.query.query), admin_id=admin_id)


def notes(body: Any) -> Notes:
    return Notes(
        accepted=unset(body.accepted),
        visible=unset(body.visible),
        direct=unset(getattr(body, "direct", UNSET)),
        suggested_by=unset(getattr(body, "suggested_by", UNSET)),
        metadata=unset(body.metadata),
    )
