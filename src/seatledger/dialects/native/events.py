"""/events: what happened on a platform, in the order it became true, without a gap."""

import re
from typing import Annotated, Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from seatledger.desk import Desk
from seatledger.dialects.dialect import Refused, unwrap
from seatledger.dialects.native.documented import described
from seatledger.dialects.native.naming import PlatformKey, reach_within
from seatledger.dialects.native.pages import Fields, Limit, only
from seatledger.dialects.native.reading import ID_MAX, LIMIT, read_id, read_stretch
from seatledger.domain.actor import Actor
from seatledger.domain.event import EventKind
from seatledger.domain.refusal import invalid, unknown_learner, unknown_pool, unknown_seat
from seatledger.usecases import read_history
from seatledger.usecases.event_view import shown
from seatledger.usecases.questions import Followed, Stretch
from seatledger.usecases.read_history import EventFilter, Told

_NUMBER = re.compile(r"[0-9]{1,19}")

AfterSeq = Annotated[
    str | None,
    QueryParameter(name="after", description="Only what comes after the event of this `seq`."),
]
Kinds = Annotated[
    str | None,
    QueryParameter(name="type", description="Only events of these types, separated by commas."),
]


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
