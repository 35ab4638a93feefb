"""What happened to one pool, and to one seat."""

from datetime import datetime
from typing import Annotated, Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from seatledger.desk import Desk
from seatledger.dialects.dialect import unwrap
from seatledger.dialects.native.documented import described
from seatledger.dialects.native.events import AfterSeq, page_of_events, read_numbered
from seatledger.dialects.native.pages import Fields, Limit
from seatledger.dialects.native.reading import LIMIT, read_id
from seatledger.domain.actor import Actor
from seatledger.domain.refusal import unknown_pool, unknown_seat
from seatledger.usecases import read_history

AsOf = Annotated[
    datetime | None,
    QueryParameter(name="as_of", description="The pool as it was then, by its history."),
]


@get(
    "/pools/{pool_id:str}/history",
    **described("pool_history", "What happened to a pool, its seats and grants, in order"),
)
async def pool_history(
    pool_id: FromPath[str],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    limit: Limit = LIMIT,
    after: AfterSeq = None,
    fields: Fields = None,
) -> Response[dict[str, Any]]:
    wanted, stretch = read_id(pool_id, unknown_pool()), read_numbered(limit, after)
    found = await desk.ask(read_history.pool_history, actor.reach, wanted, stretch, desk.clock())
    return page_of_events(unwrap(found), fields)


@get(
    "/seats/{seat_id:str}/history",
    **described("seat_history", "What happened to a seat, in order"),
)
async def seat_history(
    seat_id: FromPath[str],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    limit: Limit = LIMIT,
    after: AfterSeq = None,
    fields: Fields = None,
) -> Response[dict[str, Any]]:
    wanted, stretch = read_id(seat_id, unknown_seat()), read_numbered(limit, after)
    found = await desk.ask(read_history.seat_history, actor.reach, wanted, stretch, desk.clock())
    return page_of_events(unwrap(found), fields)


handlers = [pool_history, seat_history]
