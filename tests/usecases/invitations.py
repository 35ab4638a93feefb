"""Inviting and redeeming in few words, for tests of the verbs."""

from typing import Any

from sqlalchemy import select

from seatledger.domain.actor import Reach
from seatledger.domain.command import SaveItem
from seatledger.domain.event import EventKind
from seatledger.domain.invitation import Invitation
from seatledger.domain.invitation_command import InvitePerson, OfferBlank, RedeemInvitation
from seatledger.domain.item import ItemKind
from seatledger.domain.refusal import Refusal
from seatledger.storage.tables import events
from seatledger.usecases.invitation_questions import InvitationFilter, list_invitations
from seatledger.usecases.questions import Page
from tests.support.cast import MANAGER, OPERATOR
from tests.support.world import World

COURSE: dict[str, Any] = {"kind": ItemKind.COURSE, "item_key": "course-1"}
PLATFORM: dict[str, Any] = {"kind": ItemKind.PLATFORM, "platform_key": "acme"}


def course(world: World, key: str = "course-1", org: str = "ACME") -> None:
    world.do(SaveItem(OPERATOR, kind=ItemKind.COURSE, key=key, platform_org=org))


def inviting(name: str, **fields: Any) -> InvitePerson:
    """`name`@acme.example, to course-1 where nothing else is said."""
    return InvitePerson(MANAGER, **{**COURSE, "email": f"{name}@acme.example", **fields})


def offering(count: int, **fields: Any) -> OfferBlank:
    return OfferBlank(MANAGER, count=count, **{**COURSE, "source": "fair", **fields})


def redeeming(name: str, **fields: Any) -> RedeemInvitation:
    said = {**COURSE, "email": f"{name}@acme.example", "source": "fair", **fields}
    return RedeemInvitation(MANAGER, **said)


def invitations(world: World, **wanted: Any) -> list[Invitation]:
    """All of them, by id."""
    with world.database.read() as unit:
        found = list_invitations(unit, Reach(None), InvitationFilter(**wanted), Page(1, 10_000))
    assert not isinstance(found, Refusal)
    return [each.invitation for each in found.rows]


def told(world: World, *kinds: EventKind) -> list[Any]:
    """The events of these kinds, in order."""
    query = select(events).where(events.c.kind.in_(kinds)).order_by(events.c.id)
    with world.database.read() as unit:
        return list(unit.select(query))
