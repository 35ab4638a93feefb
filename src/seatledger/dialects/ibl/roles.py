"""Who may do what, and on which platform (ibl B, C1, C2, W56)."""

from collections.abc import Iterable
from enum import StrEnum
from functools import partial

from msgspec import UnsetType

from seatledger.desk import Desk
from seatledger.dialects.dialect import Refused
from seatledger.domain.actor import Actor, Reach
from seatledger.domain.refusal import Code, Refusal
from seatledger.usecases.create_platforms import reach_of

Name = str | None | UnsetType


class Tier(StrEnum):
    """Who may call an operation; each includes those before it."""

    OPERATOR = "operator"  # "DM admin": the whole deployment
    MANAGER = "manager"  # "platform admin": one platform
    PUBLIC = "public"  # anybody, without a key

    def check(self, actor: Actor) -> None:
        """Raises Refused where the caller's rights don't reach (ibl A6)."""
        if self is Tier.OPERATOR and not actor.is_operator:
            raise Refused(Refusal(Code.FORBIDDEN, "Only an operator may do this."))


async def reach(
    desk: Desk, actor: Actor, *, keys: Iterable[Name] = (), orgs: Iterable[Name] = ()
) -> Reach | Refusal:
    """How far the caller reaches within the platforms that the request names.

    A manager who names another platform than their own is refused outright (W56: Refused with
    FORBIDDEN), whether it exists or not. An operator may name any, or none for all; where the names
    are unknown or of different platforms, the answer is the refusal UNKNOWN_PLATFORM.
    """
    named_keys = _named(keys)
    named_orgs = _named(orgs)
    if not actor.is_operator:
        if named_keys - {actor.platform_key} or named_orgs - {actor.platform_org}:
            raise Refused(Refusal(Code.FORBIDDEN, "Your key is for another platform."))
        return actor.reach
    if len(named_keys) > 1 or len(named_orgs) > 1:
        return Refusal(Code.UNKNOWN_PLATFORM, "No platform has all these names.")
    if not named_keys and not named_orgs:
        return actor.reach
    key, org = next(iter(named_keys), None), next(iter(named_orgs), None)
    found: Reach | Refusal = await desk.ask(partial(reach_of, key=key, org=org), actor)
    return found


def _named(names: Iterable[Name]) -> set[str]:
    return {name for name in names if isinstance(name, str)}


# Every operation that needs no key (ibl A7), by method and path.
OPEN = frozenset(
    {
        ("GET", "/api/catalog/licenses/user/assignment/check"),
        ("GET", "/api/catalog/invitations/platform/check"),
    }
)


def is_open(method: str, path: str) -> bool:
    """Whether a request needs no key."""
    return (method, path.rstrip("/")) in OPEN
