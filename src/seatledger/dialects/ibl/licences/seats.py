"""Assignments: list, give and take back the seats of single persons (ibl part G)."""

from typing import Any

from msgspec import UNSET

from seatledger.dialects.ibl.fields import none, unset
from seatledger.dialects.ibl.licences.answers import assignment
from seatledger.dialects.ibl.licences.kinds import Kind
from seatledger.dialects.ibl.licences.naming import platforms_of, same_licence, within
from seatledger.dialects.ibl.lists import Paged, envelope, nothing
from seatledger.dialects.ibl.operations import Call, Nothing
from seatledger.dialects.ibl.refusals import granted
from seatledger.domain.command import AssignSeat, EndSeat, IfHeld
from seatledger.domain.learner import email_key
from seatledger.domain.refusal import Refusal, unknown_pool, unknown_seat
from seatledger.domain.seating import Seated
from seatledger.usecases.questions import Found, SeatFilter, get_pool, get_seat, list_seats
from seatledger.usecases.registration import registered_among


async def list_assignments(kind: Kind, call: Call[Any, Any]) -> Paged[Any]:
    """A page of the standing seats of one pool; of an unknown pool there are none (G9, T1)."""
    query = call.query
    reached = await platforms_of(call)
    found: Found[Seated] = nothing()
    if not isinstance(reached, Refusal):
        wanted = SeatFilter(
            kind=kind.item_kind,
            pool_id=query.license_id,
            standing=True,
            **_filters(query),
        )
        now = call.desk.clock()
        found = granted(await call.desk.ask(list_seats, reached, wanted, query.asked(), now))
    registered = await _registered(kind, call, found.rows)
    return envelope(
        call.request,
        query,
        found,
        lambda seated: assignment(kind, seated, registered=seated.seat.id in registered),
    )


async def assign(kind: Kind, call: Call[Any, Any]) -> Any:
    """Give a person a seat, or update the one they hold (G1–G7, W12–W18)."""
    body = call.body
    same_licence(call)
    await within(call, get_pool, body.license_id, unknown_pool())
    seated: Seated = granted(
        await call.desk.submit(
            AssignSeat(
                call.actor,
                pool_id=body.license_id,
                item_kind=kind.item_kind,
                learner_id=none(body.user_id),
                username=none(getattr(body, "username", UNSET)),
                email=none(body.email),
                active=unset(body.active),
                fulfilled=unset(body.fulfilled),
                direct=unset(getattr(body, "direct", UNSET)),
                redirect_to=unset(getattr(body, "redirect_to", UNSET)),
                metadata=unset(body.metadata),
                if_held=IfHeld.UPDATE,
            )
        )
    )
    registered = await _registered(kind, call, [seated])
    return assignment(kind, seated, registered=seated.seat.id in registered)


async def take_back(kind: Kind, call: Call[Any, Any]) -> Nothing:
    """End a seat; its place is free at once (G8, W19)."""
    query = call.query
    await within(call, get_seat, query.assignment_id, unknown_seat())
    granted(
        await call.desk.submit(
            EndSeat(
                call.actor,
                seat_id=query.assignment_id,
                pool_id=none(query.license_id),
                item_kind=kind.item_kind,
            )
        )
    )
    return Nothing()


def _filters(query: Any) -> dict[str, Any]:
    """What program lists may be narrowed to besides (G9); the other kinds have no such fields."""
    email = none(getattr(query, "email", UNSET))
    return {
        "learner_id": none(getattr(query, "user_id", UNSET)),
        "email": None if email is None else email_key(email),
        "live": none(getattr(query, "active", UNSET)),
        "fulfilled": none(getattr(query, "fulfilled", UNSET)),
    }


async def _registered(kind: Kind, call: Call[Any, Any], seats: list[Seated]) -> set[int]:
    """Which seats' learners are registered, where that changes what is said of them (G4)."""
    if not kind.bare_addresses or not seats:
        return set()
    found: set[int] = granted(await call.desk.ask(registered_among, seats))
    return found
