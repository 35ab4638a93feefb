"""/grants: a group is given a pool, and every member gets a seat, or waits for one."""

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
from seatledger.domain.command import UNSET, GrantGroup, RemoveGrant
from seatledger.domain.granting import Granted
from seatledger.domain.refusal import unknown_grant, unknown_group, unknown_pool
from seatledger.usecases import cursor_questions, questions
from seatledger.usecases.cursor_questions import GrantFilter


class Grant(msgspec.Struct):
    """Of `members` people in the group `seated` hold a seat of the pool, and `waiting` wait."""

    id: str
    platform: str
    pool: str
    group: str
    active: bool
    members: int
    seated: int
    waiting: int
    created: datetime
    modified: datetime


class NewGrant(msgspec.Struct, forbid_unknown_fields=True):
    """Asked again it is the same grant: `active` false suspends its seats, true resumes them."""

    pool: str
    group: str
    active: bool | None = None


def shown(granted: Granted) -> Grant:
    grant = granted.grant
    return Grant(
        id=str(grant.id),
        platform=granted.pool.platform_key,
        pool=str(grant.pool_id),
        group=str(grant.group_id),
        active=grant.active,
        members=granted.member_count,
        seated=granted.seated_count,
        waiting=granted.waiting_count,
        created=grant.created,
        modified=grant.modified,
    )


@get("/grants", **described("list_grants", "Grants that stand, by id"))
async def list_grants(
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    platform_key: PlatformKey = None,
    pool: FromQuery[str | None] = None,
    group: FromQuery[str | None] = None,
    active: FromQuery[bool | None] = None,
    limit: Limit = LIMIT,
    after: After = None,
    fields: Fields = None,
) -> Response[Page[Grant]]:
    wanted = GrantFilter(
        pool_id=None if pool is None else read_id(pool, unknown_pool()),
        group_id=None if group is None else read_id(group, unknown_group()),
        active=active,
    )
    stretch = read_stretch(limit, after)
    reach = await reach_within(desk, actor, platform_key)
    asked = (cursor_questions.follow_grants, reach, wanted, stretch, desk.clock())
    return page(unwrap(await desk.ask(*asked)), shown, fields)


@post(
    "/grants",
    **described(
        "grant_group", "Give a pool to a group, whole or not at all", 409, 415, also={200: Grant}
    ),
)
async def grant_group(
    data: JSONBody[NewGrant], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> Response[Grant]:
    command = GrantGroup(
        actor,
        pool_id=read_id(data.pool, unknown_pool()),
        group_id=read_id(data.group, unknown_group()),
        active=UNSET if data.active is None else data.active,
    )
    granted: Granted = unwrap(await desk.submit(command))
    row = shown(granted)
    return made(row, "grants", row.id) if granted.created else Response(row, status_code=200)


@get("/grants/{grant_id:str}", **described("get_grant", "One grant that stands"))
async def get_grant(
    grant_id: FromPath[str], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> Grant:
    wanted = read_id(grant_id, unknown_grant())
    found = await desk.ask(questions.get_grant, actor.reach, wanted, desk.clock())
    return shown(unwrap(found))


@delete(
    "/grants/{grant_id:str}",
    status_code=200,
    **described("remove_grant", "Take a pool back from a group, with the seats or without"),
)
async def remove_grant(
    grant_id: FromPath[str],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    keep_seats: FromQuery[bool] = False,
) -> Grant:
    command = RemoveGrant(actor, grant_id=read_id(grant_id, unknown_grant()), keep_seats=keep_seats)
    return shown(unwrap(await desk.submit(command)))


handlers = [list_grants, grant_group, get_grant, remove_grant]
