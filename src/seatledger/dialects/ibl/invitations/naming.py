"""Which platform a request about invitations means, said in its query, body or both."""

from typing import Any

from msgspec import UNSET

from seatledger.dialects.ibl.operations import Call
from seatledger.dialects.ibl.refusals import granted
from seatledger.dialects.ibl.roles import reach
from seatledger.domain.actor import Reach
from seatledger.domain.refusal import Refusal
from seatledger.usecases.create_platforms import platform_key_of


async def platforms_of(call: Call[Any, Any]) -> Reach | Refusal:
    """How far the caller reaches within the platforms that query and body name (C1, W56)."""
    query, body = call.query, call.body
    return await reach(
        call.desk,
        call.actor,
        keys=(getattr(query, "platform_key", UNSET), getattr(body, "platform_key", UNSET)),
        orgs=(
            getattr(query, "platform_org", UNSET),
            getattr(query, "org", UNSET),
            getattr(body, "platform_org", UNSET),
        ),
    )


async def platform_key(call: Call[Any, Any]) -> str | None:
    """The key of the platform that is named, or of the caller's own; None where there is neither.

    Raises Refused with FORBIDDEN for a manager who names another, UNKNOWN_PLATFORM for an operator
    who names none that is there.
    """
    within = granted(await platforms_of(call))
    if not call.actor.is_operator:
        return call.actor.platform_key
    if within.platform_id is None:
        return None
    key: str = granted(await call.desk.ask(platform_key_of, within))
    return key
