"""The one platform that a request is about."""

from functools import partial
from typing import Any

from seatledger.dialects.dialect import Refused
from seatledger.dialects.ibl.fields import none
from seatledger.dialects.ibl.operations import Call
from seatledger.dialects.ibl.refusals import granted
from seatledger.dialects.ibl.roles import Name, reach
from seatledger.domain.actor import Reach
from seatledger.domain.platform import Platform
from seatledger.domain.refusal import invalid
from seatledger.usecases.create_platforms import find_platform


async def platform_of(
    call: Call[Any, Any], *, key: Name, org: Name = None, field: str = "platform_key"
) -> Platform:
    """The platform that is named, or the caller's own. Raises Refused, see `roles.reach`.

    Operators have none of their own, and must name one: else INVALID for `field`.
    """
    granted(await reach(call.desk, call.actor, keys=(key,), orgs=(org,)))
    own = call.actor.platform_key if none(key) is None and none(org) is None else none(key)
    if own is None and none(org) is None:
        raise Refused(invalid(field, "Name the platform."))
    found: Platform = granted(
        await call.desk.ask(partial(find_platform, key=own, org=none(org)), call.actor)
    )
    return found


async def reach_of_one(call: Call[Any, Any], *, key: Name, org: Name = None) -> Reach:
    """The same, as what questions are asked within."""
    within = call.actor.reach_within((await platform_of(call, key=key, org=org)).id)
    assert within is not None
    return within
