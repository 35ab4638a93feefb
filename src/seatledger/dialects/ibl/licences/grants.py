"""Group assignments: list, give and take back what whole groups have (ibl part H)."""

from typing import Any

from msgspec import UNSET

from seatledger.dialects.ibl.fields import none, unset
from seatledger.dialects.ibl.licences.answers import group_assignment
from seatledger.dialects.ibl.licences.kinds import Kind
from seatledger.dialects.ibl.licences.naming import platforms_of, same_licence, within
from seatledger.dialects.ibl.lists import Paged, envelope, nothing
from seatledger.dialects.ibl.operations import Call, Nothing
from seatledger.dialects.ibl.refusals import granted
from seatledger.domain.command import GrantGroup, RemoveGrant
from seatledger.domain.granting import Granted
from seatledger.domain.refusal import Refusal, unknown_grant, unknown_pool
from seatledger.usecases.questions import Found, GrantFilter, get_grant, get_pool, list_grants


async def list_group_assignments(kind: Kind, call: Call[Any, Any]) -> Paged[Any]:
    """A page of the grants of one pool; of an unknown pool there are none (H10, T1)."""
    query = call.query
    reached = await platforms_of(call)
    found: Found[Granted] = nothing()
    if not isinstance(reached, Refusal):
        wanted = GrantFilter(kind=kind.item_kind, pool_id=query.license_id, **_filters(query))
        now = call.desk.clock()
        found = granted(await call.desk.ask(list_grants, reached, wanted, query.asked(), now))
    return envelope(call.request, query, found, lambda each: group_assignment(kind, each))


async def grant(kind: Kind, call: Call[Any, Any]) -> Any:
    """Give a group a licence, whole or not at all; again re-runs it (H1–H4, W24–W31)."""
    body = call.body
    same_licence(call)
    await within(call, get_pool, body.license_id, unknown_pool())
    made: Granted = granted(
        await call.desk.submit(
            GrantGroup(
                call.actor,
                pool_id=body.license_id,
                group_id=body.group_id,
                item_kind=kind.item_kind,
                active=unset(body.active),
                fulfilled=unset(body.fulfilled),
                redirect_to=unset(getattr(body, "redirect_to", UNSET)),
                metadata=unset(body.metadata),
            )
        )
    )
    return group_assignment(kind, made)


async def take_back(kind: Kind, call: Call[Any, Any]) -> Nothing:
    """Remove a grant, with the seats it made unless they shall stay (H7, W28)."""
    query = call.query
    await within(call, get_grant, query.assignment_id, unknown_grant())
    granted(
        await call.desk.submit(
            RemoveGrant(
                call.actor,
                grant_id=query.assignment_id,
                pool_id=none(query.license_id),
                item_kind=kind.item_kind,
                keep_seats=not getattr(query, "remove_user_assignments", True),
            )
        )
    )
    return Nothing()


def _filters(query: Any) -> dict[str, Any]:
    """What program lists may be narrowed to besides; the other kinds have no such fields."""
    return {
        "group_id": none(getattr(query, "group_id", UNSET)),
        "active": none(getattr(query, "active", UNSET)),
        "fulfilled": none(getattr(query, "fulfilled", UNSET)),
    }
