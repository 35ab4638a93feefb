"""Which platform a request is about: the caller's own, or (operators) one it names, or all."""

from functools import partial
from typing import Annotated

from litestar.params import QueryParameter

from seatledger.desk import Desk
from seatledger.dialects.dialect import Refused, unwrap
from seatledger.domain.actor import Actor, Reach
from seatledger.domain.refusal import invalid
from seatledger.usecases.create_platforms import reach_of

PlatformKey = Annotated[
    str | None,
    QueryParameter(
        name="platform", description="The key of the platform; by default all that are reached."
    ),
]


async def reach_within(desk: Desk, actor: Actor, platform: str | None) -> Reach:
    """How far the caller reaches there. Raises Refused where that platform is not the caller's."""
    if platform is None:
        return actor.reach
    reach: Reach = unwrap(await desk.ask(partial(reach_of, key=platform), actor))
    return reach


def platform_named(actor: Actor, platform: str | None) -> str:
    """The platform of a request that must have one: a manager's own where none is named."""
    key = platform or actor.platform_key
    if key is None:
        raise Refused(invalid("platform", "Name the platform."))
    return key
