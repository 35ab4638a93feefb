"""Ask to be let into an item, and decide on who asked (ibl part N, W46, W47)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from seatledger.domain.access_request import AccessRequest
from seatledger.domain.command import Command, Unset
from seatledger.domain.event import Event, EventKind, difference
from seatledger.domain.invitation_command import DecideRequest, RequestAccess
from seatledger.domain.item import Item, ItemKind
from seatledger.domain.learner import Learner
from seatledger.domain.refusal import Code, Refusal, invalid, unknown_access_request
from seatledger.storage import access_requests as request_rows
from seatledger.storage import events
from seatledger.storage import learners as learner_rows
from seatledger.storage import members as member_rows
from seatledger.storage.unit import Unit
from seatledger.usecases.create_platforms import reach_of
from seatledger.usecases.invitation_places import Place, Places
from seatledger.usecases.opening import origin
from seatledger.usecases.persons import find_person
from seatledger.usecases.seat_by_item import seat_by_item


@dataclass(frozen=True, slots=True)
class Requested:
    """A request as it is after the change, and who made it."""

    request: AccessRequest
    learner: Learner
    created: bool = False


@dataclass(frozen=True, slots=True)
class RequestStatus:
    """What somebody's last request for an item came to; None where they never asked."""

    request: AccessRequest | None


def request_access(
    unit: Unit, commands: Sequence[RequestAccess], now: datetime
) -> list[Requested | Refusal]:
    return [_request(unit, command, now) for command in commands]


def _request(unit: Unit, command: RequestAccess, now: datetime) -> Requested | Refusal:
    found = _find(unit, command)
    if isinstance(found, Refusal):
        return found
    place, learner = found
    assert place.item is not None
    learner_rows.named(unit, [{"id": learner.id, "lock": True}])  # one request at a time
    standing = request_rows.open_one(unit, place.platform.id, place.item.id, learner.id)
    if standing is not None:
        return Requested(standing, learner)
    new = _new(command, place, place.item, learner, now)
    new = replace(new, id=request_rows.add(unit, new))
    _record(unit, command, EventKind.ACCESS_REQUESTED, None, new, now)
    return Requested(new, learner, created=True)


def request_status(unit: Unit, asked: RequestAccess) -> RequestStatus | Refusal:
    """What came of the last such request (ibl N1). `asked` is only looked at, and nothing done."""
    found = _find(unit, asked)
    if isinstance(found, Refusal):
        return found
    place, learner = found
    assert place.item is not None
    return RequestStatus(request_rows.newest(unit, place.platform.id, place.item.id, learner.id))


def decide_requests(
    unit: Unit, commands: Sequence[DecideRequest], now: datetime
) -> list[Requested | Refusal]:
    """Decide in order. Approving gives a seat, or is refused where all pools are full."""
    return [_decide(unit, command, now) for command in commands]


def _decide(unit: Unit, command: DecideRequest, now: datetime) -> Requested | Refusal:
    if isinstance(command.approved, Unset) and isinstance(command.active, Unset):
        return invalid("approved", "Say what is decided: approved, active or both.")
    reach = reach_of(unit, command.by, key=command.platform_key)
    if isinstance(reach, Refusal):
        return reach
    found = request_rows.lock(unit, reach, command.request_id)
    if found is None:
        return unknown_access_request()
    before = found.request
    if command.only_open and not before.is_open and command.approved is not before.approved:
        return _decided_meanwhile(before)
    after = replace(before, modified=now, **_said(command))
    if after.is_open and not before.is_open and _has_another_open(unit, before):
        return invalid("active", "The person has another request for it open: decide on that one.")
    if command.approved is True:
        seat_id = _seat_id(unit, command, before, now)
        if isinstance(seat_id, Refusal):
            return seat_id
        after = replace(after, seat_id=seat_id or before.seat_id)
    if after.facts() == before.facts():
        return Requested(before, found.learner)
    request_rows.change(unit, after)
    _record(unit, command, EventKind.ACCESS_DECIDED, before, after, now)
    return Requested(after, found.learner)


def _decided_meanwhile(request: AccessRequest) -> Refusal:
    done = {True: "approved", False: "rejected", None: "closed"}[request.approved]
    sentence = f"It was {done} meanwhile, so nothing was changed."
    return Refusal(Code.CHANGED_MEANWHILE, sentence)


def _has_another_open(unit: Unit, closed: AccessRequest) -> bool:
    about = closed.platform_id, closed.item_id, closed.learner_id
    return request_rows.open_one(unit, *about) is not None


def _said(command: DecideRequest) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if not isinstance(command.approved, Unset):
        changes |= {"approved": command.approved, "reviewed": True}
    if not isinstance(command.active, Unset):
        changes["active"] = command.active
    return changes


def _seat_id(
    unit: Unit, command: DecideRequest, request: AccessRequest, now: datetime
) -> int | Refusal | None:
    seated = seat_by_item(
        unit,
        command,
        request.platform_id,
        ItemKind.COURSE,
        request.item_id,
        request.learner_id,
        now,
    )
    return seated if seated is None or isinstance(seated, Refusal) else seated.seat.id


def _find(unit: Unit, command: RequestAccess) -> tuple[Place, Learner] | Refusal:
    """Platform, item and person, in this order; the person must be an active member (ibl B10)."""
    place = Places(unit, [command]).of(command)
    if isinstance(place, Refusal):
        return place
    learner = find_person(unit, command.by.reach, command.person)
    if isinstance(learner, Refusal):
        return learner
    membership = member_rows.get(unit, place.platform.id, learner.id)
    if membership is None or not membership.active:
        return Refusal(Code.FORBIDDEN, "Only members of the platform may ask for access.")
    return place, learner


def _new(
    command: RequestAccess, place: Place, item: Item, learner: Learner, now: datetime
) -> AccessRequest:
    return AccessRequest(
        id=0,
        platform_id=place.platform.id,
        platform_key=place.platform.key,
        item_id=item.id,
        item_key=item.key,
        learner_id=learner.id,
        metadata=command.metadata,
        created=now,
        modified=now,
    )


def close_requests_of(
    unit: Unit, command: Command, learner_id: int, platform_ids: Sequence[int], now: datetime
) -> None:
    """Close what a person asked for and nobody decided."""
    for before in request_rows.lock_open_of(unit, learner_id, platform_ids):
        after = replace(before, active=False, modified=now)
        request_rows.change(unit, after)
        _record(unit, command, EventKind.ACCESS_DECIDED, before, after, now)


def _record(
    unit: Unit,
    command: Command,
    kind: EventKind,
    before: AccessRequest | None,
    after: AccessRequest,
    now: datetime,
) -> None:
    was, facts = None, after.facts()
    if before is not None:
        was, facts = difference(before.facts(), facts)
    told = {**after.named(), **facts}
    by = origin(command, now)
    events.add(unit, Event(kind, by, after.platform_id, None, after.id, was, told))
