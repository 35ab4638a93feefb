"""/links: auto-enrolment links, as managers keep them."""

from datetime import datetime

import msgspec
from litestar import Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from seatledger.desk import Desk
from seatledger.dialects.dialect import unwrap
from seatledger.dialects.native.documented import described
from seatledger.dialects.native.locations import made
from seatledger.dialects.native.naming import PlatformKey, reach_within
from seatledger.dialects.native.pages import After, Fields, Limit, Page, page
from seatledger.dialects.native.reading import LIMIT, read_id, read_stretch
from seatledger.domain.actor import Actor
from seatledger.domain.link import LinkUse, unknown_link
from seatledger.domain.link_command import CreateLink, DeleteLink
from seatledger.domain.refusal import unknown_pool
from seatledger.usecases import keep_links


class Link(msgspec.Struct):
    """`token` is what people are given, as the last part of the link's address.

    `live` seats are out now, `ever` were lent in all; `free` more can be taken out now.
    """

    id: str
    pool: str
    platform: str
    token: str
    quota: int
    duration_days: int | None
    auto_reassign: bool
    live: int
    ever: int
    free: int
    created: datetime


class NewLink(msgspec.Struct, forbid_unknown_fields=True):
    """`quota` is the whole pool unless it says so; seats are lent until the pool ends, too.

    With `auto_reassign` the oldest seat of a full library passes to the newcomer.
    """

    pool: str
    quota: int | None = None
    duration_days: int | None = None
    auto_reassign: bool = False


def shown(use: LinkUse, now: datetime) -> Link:
    link = use.link
    return Link(
        id=str(link.id),
        pool=str(link.pool_id),
        platform=use.pool.platform_key,
        token=link.token,
        quota=link.quota,
        duration_days=link.duration_days,
        auto_reassign=link.auto_reassign,
        live=use.live,
        ever=use.ever,
        free=use.free(now),
        created=link.created,
    )


@get("/links", **described("list_links", "Links with the use that is made of them, by id"))
async def list_links(
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    platform_key: PlatformKey = None,
    pool: FromQuery[str | None] = None,
    limit: Limit = LIMIT,
    after: After = None,
    fields: Fields = None,
) -> Response[Page[Link]]:
    now, stretch = desk.clock(), read_stretch(limit, after)
    pool_id = None if pool is None else read_id(pool, unknown_pool())
    reach = await reach_within(desk, actor, platform_key)
    found = await desk.ask(keep_links.follow_links, reach, pool_id, stretch, now)
    return page(unwrap(found), lambda use: shown(use, now), fields)


@post("/links", **described("create_link", "Make a link of a pool", 409, 415))
async def create_link(
    data: JSONBody[NewLink], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> Response[Link]:
    command = CreateLink(
        actor,
        pool_id=read_id(data.pool, unknown_pool()),
        quota=data.quota,
        duration_days=data.duration_days,
        auto_reassign=data.auto_reassign,
    )
    row = shown(unwrap(await desk.submit(command)), desk.clock())
    return made(row, "links", row.id)


@get("/links/{link_id:str}", **described("get_link", "One link, with its token"))
async def get_link(
    link_id: FromPath[str], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> Link:
    wanted, now = read_id(link_id, unknown_link()), desk.clock()
    return shown(unwrap(await desk.ask(keep_links.get_link, actor.reach, wanted, now)), now)


@delete(
    "/links/{link_id:str}",
    status_code=200,
    **described("delete_link", "Delete a link; the seats it lent stay"),
)
async def delete_link(
    link_id: FromPath[str], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> Link:
    command = DeleteLink(actor, link_id=read_id(link_id, unknown_link()))
    return shown(unwrap(await desk.submit(command)), desk.clock())


handlers = [list_links, create_link, get_link, delete_link]
