"""Which platform and which licence a request about seats means, said in its query, body or both."""

from collections.abc import Callable
from typing import Any

from msgspec import UNSET

from seatledger.dialects.dialect import Refused
from seatledger.dialects.ibl.operations import Call
from seatledger.dialects.ibl.refusals import granted
from seatledger.dialects.ibl.roles import reach
from seatledger.domain.actor import Reach
from seatledger.domain.refusal import Code, Refusal


async def platforms_of(call: Call[Any, Any]) -> Reach | Refusal:
    """How far the caller reaches within the platforms that query and body name (C1, C2, W56)."""
    query, body = call.query, call.body
    return await reach(
        call.desk,
        call.actor,
        keys=(query.platform_key, query.key, getattr(body, "platform_key", UNSET)),
        orgs=(query.platform_org, query.org, getattr(body, "platform_org", UNSET)),
    )


async def within(
    call: Call[Any, Any], question: Callable[..., Any], row_id: int, unknown: Refusal
) -> None:
    """See that the row lies on the platform that is named, where one is. Raises Refused.

    A row never changes its platform, so looking before acting is safe.
    """
    reached = granted(await platforms_of(call))
    if not call.actor.is_operator or reached.platform_id is None:
        return  # the command itself looks no further than the caller reaches
    found = await call.desk.ask(question, reached, row_id, call.desk.clock())
    if isinstance(found, Refusal):
        raise Refused(unknown if found.code is not Code.UNAVAILABLE else found)


def same_licence(call: Call[Any, Any]) -> None:
    """Query and body must not name two licences (W20). Raises Refused."""
    asked = call.query.license_id
    if asked is not UNSET and asked != call.body.license_id:
        raise Refused(
            Refusal(
                Code.SELECTORS_DIFFER,
                "The query and the body name different licenses.",
                field="license_id",
            )
        )
