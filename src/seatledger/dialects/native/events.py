"""/events: what happened on a platform, in the order it became true, without a gap."""

import re
from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from seatledger.desk import Desk
from seatledger.dialects.dialect import Refused, unwrap
from seatledger.dialects.native.documented import described
from seatledger.dialects.native.naming import PlatformKey, reach_within
from seatledger.dialects.native.pages import Fields, Limit, only
from seatledger.dialects.native.reading import ID_MAX, LIMIT, read_id, read_stretch
from seatledger.domain.actor import Actor, Role
from seatledger.domain.event import EventKind, subject_of
from seatledger.domain.refusal import invalid, unknown_learner, unknown_pool, unknown_seat
from seatledger.usecases import read_history
from seatledger.usecases.questions import Followed, Stretch
from seatledger.usecases.read_history import EventFilter, Told

_NUMBER = re.compile(r"[0-9]{1,19}")
_IDS = {"moved_from", "moved_to"}  # and what ends in _id
_LISTS_OF_IDS = {"grants", "members", "joined", "left"}

AfterSeq = Annotated[
    str | None,
    QueryParameter(name="after", description="Only what comes after the event of this `seq`."),
]
Kinds = Annotated[
    str | None,
    QueryParameter(name="type", description="Only events of these types, separated by commas."),
]


class Subject(msgspec.Struct):
    """What it happened to: a pool, seat, grant, group, learner, item, token …"""

    kind: str
    id: str


class Labels(msgspec.Struct):
    """What the caller called the change."""

    change_type: str | None
    transaction_id: str | None


class Event(msgspec.Struct):
    """`seq` counts 1, 2, 3 … on its platform. `before` and `after` have the facts that changed."""

    id: str
    seq: int
    type: EventKind
    at: datetime
    actor: str
    role: Role
    surface: str
    request_id: str | None
    platform: str | None
    pool: str | None
    subject: Subject
    before: dict[str, Any] | None
    after: dict[str, Any]
    labels: Labels


def shown(told: Told) -> Event:
    event = told.event
    return Event(
        id=str(event.id),
        seq=event.seq,
        type=event.kind,
        at=event.at,
        actor=event.actor,
        role=Role(event.role),
        surface=event.surface,
        request_id=event.request_id,
        platform=told.platform_key,
        pool=None if event.pool_id is None else str(event.pool_id),
        subject=Subject(subject_of(event.kind), str(event.subject_id)),
        before=None if event.before is None else _facts(event.before),
        after=_facts(event.after),
        labels=Labels(event.change_type, event.transaction_id),
    )


def _facts(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts with ids as callers know them."""
    return {name: _fact(name, value) for name, value in facts.items()}


def _fact(name: str, value: Any) -> Any:
    if name in _LISTS_OF_IDS and isinstance(value, list):
        return [str(each) for each in value]
    if isinstance(value, int) and (name.endswith("_id") or name in _IDS):
        return str(value)
    return value


def read_numbered(limit: int, after: str | None) -> Stretch:
    """The part of a list of events: `after` is a `seq`, so that readers can go on at any time."""
    stretch = read_stretch(limit, None)
    if after is None:
        return stretch
    if not _NUMBER.fullmatch(after) or int(after) > ID_MAX:
        raise Refused(invalid("after", "after is the seq of an event."))
    return Stretch(int(after), limit)


def page_of_events(found: Followed[Told], fields: str | None) -> Response[dict[str, Any]]:
    """`{"data": [event, …], "next": seq or null}`: null where nothing more has happened yet."""
    rows = [only(shown(told), fields) for told in found.rows]
    return Response({"data": rows, "next": str(found.last_id) if found.more else None})


@get("/events", **described("list_events", "What happened on a platform, in order"))
async def list_events(
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    platform_key: PlatformKey = None,
    pool: FromQuery[str | None] = None,
    seat: FromQuery[str | None] = None,
    learner: FromQuery[str | None] = None,
    kinds: Kinds = None,
    limit: Limit = LIMIT,
    after: AfterSeq = None,
    fields: Fields = None,
) -> Response[dict[str, Any]]:
    """An operator who names no platform reads what happened on none."""
    stretch = read_numbered(limit, after)
    reach = await reach_within(desk, actor, platform_key)
    if reach.platform_id is None and (pool or seat or learner):
        raise Refused(invalid("platform", "Name the platform."))
    wanted = EventFilter(
        reach.platform_id,
        pool_id=None if pool is None else read_id(pool, unknown_pool()),
        seat_id=None if seat is None else read_id(seat, unknown_seat()),
        learner_id=None if learner is None else read_id(learner, unknown_learner()),
        kinds=None if kinds is None else _read_kinds(kinds),
    )
    found = await desk.ask(read_history.follow_events, wanted, stretch)
    return page_of_events(unwrap(found), fields)


def _read_kinds(text: str) -> list[EventKind]:
    try:
        return [EventKind(name.strip()) for name in text.split(",")]
    except ValueError:
        raise Refused(invalid("type", f"The types are {', '.join(EventKind)}.")) from None


handlers = [list_events]
