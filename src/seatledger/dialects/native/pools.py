"""/pools: what was bought."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import UNSET, UnsetType

from seatledger.desk import Desk
from seatledger.dialects.dialect import unwrap
from seatledger.dialects.native.documented import described
from seatledger.dialects.native.history import AsOf
from seatledger.dialects.native.locations import located
from seatledger.dialects.native.move_rule import MoveRule, read_rule
from seatledger.dialects.native.move_rule import shown as shown_rule
from seatledger.dialects.native.naming import PlatformKey, platform_named, reach_within
from seatledger.dialects.native.pages import After, Fields, Limit, Page, only, page
from seatledger.dialects.native.reading import (
    LIMIT,
    given,
    read_id,
    read_instant,
    read_item,
    read_stretch,
)
from seatledger.dialects.native.roles import only_operators
from seatledger.dialects.native.tags import IfMatch, read_version, tagged
from seatledger.domain import pool as domain
from seatledger.domain.actor import Actor
from seatledger.domain.command import OpenPool, ShapePool
from seatledger.domain.refusal import unknown_pool
from seatledger.domain.version import version_of
from seatledger.usecases import questions
from seatledger.usecases.questions import PoolFilter
from seatledger.usecases.read_history import pool_as_of


class Pool(msgspec.Struct):
    """`held` of `size` seats are taken, `free` are not. `active` is a switch: off opens nothing.

    `moved` seats passed from one learner to another, as `moves` allows.
    """

    id: str
    platform: str
    item: str
    title: str
    name: str
    size: int
    held: int
    free: int
    start: datetime
    end: datetime | None
    active: bool
    transferable: bool
    source: str
    external_id: str | None
    metadata: dict[str, Any]
    created: datetime
    moves: MoveRule
    moved: int


class NewPool(msgspec.Struct, forbid_unknown_fields=True):
    """`title` makes an unknown item. `start` is now and `end` never, unless given.

    Without `moves` seats pass on always where the pool is transferable, else never.
    """

    item: str
    size: int
    platform: str | None = None
    title: str | None = None
    name: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    active: bool = True
    transferable: bool = True
    source: str = ""
    external_id: str | None = None
    metadata: dict[str, Any] = {}
    moves: MoveRule | None = None


class PoolChange(msgspec.Struct, forbid_unknown_fields=True):
    """What is left out stays as it is. `end` null is never, `moves` null the usual rule."""

    name: str | UnsetType = UNSET
    size: int | UnsetType = UNSET
    start: datetime | UnsetType = UNSET
    end: datetime | None | UnsetType = UNSET
    active: bool | UnsetType = UNSET
    source: str | UnsetType = UNSET
    metadata: dict[str, Any] | UnsetType = UNSET
    moves: MoveRule | None | UnsetType = UNSET


def shown(pool: domain.Pool) -> Pool:
    return Pool(
        id=str(pool.id),
        platform=pool.platform_key,
        item=f"{pool.item.kind}:{pool.item.key}",
        title=pool.item.title,
        name=pool.name,
        size=pool.size,
        held=pool.held,
        free=pool.free,
        start=pool.window.start,
        end=pool.window.end,
        active=pool.active,
        transferable=pool.transferable,
        source=pool.source,
        external_id=pool.external_id,
        metadata=dict(pool.metadata),
        created=pool.created,
        moves=shown_rule(pool.move_rule),
        moved=pool.moved,
    )


def _answer(pool: domain.Pool, status: int = 200, fields: str | None = None) -> Response[Any]:
    headers = tagged(version_of(pool.facts()))
    if status == 201:
        headers |= located("pools", str(pool.id))
    return Response(only(shown(pool), fields), status_code=status, headers=headers)


@get("/pools", **described("list_pools", "Pools, by id"))
async def list_pools(
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    platform_key: PlatformKey = None,
    item: FromQuery[str | None] = None,
    external_id: FromQuery[str | None] = None,
    active: FromQuery[bool | None] = None,
    limit: Limit = LIMIT,
    after: After = None,
    fields: Fields = None,
) -> Response[Page[Pool]]:
    kind, key = (None, None) if item is None else read_item(item)
    wanted = PoolFilter(kind=kind, item_key=key, external_id=external_id, active=active)
    stretch = read_stretch(limit, after)
    reach = await reach_within(desk, actor, platform_key)
    found = await desk.ask(questions.follow_pools, reach, wanted, stretch, desk.clock())
    return page(unwrap(found), shown, fields)


@post("/pools", guards=[only_operators], **described("open_pool", "Buy seats", 403, 409, 415))
async def open_pool(
    data: JSONBody[NewPool], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> Response[Pool]:
    kind, key = read_item(data.item)
    command = OpenPool(
        actor,
        platform_key=platform_named(actor, data.platform),
        item_kind=kind,
        item_key=key,
        size=data.size,
        item_title=data.title,
        name=data.name,
        start=read_instant(data.start, "start"),
        end=read_instant(data.end, "end"),
        active=data.active,
        transferable=data.transferable,
        source=data.source,
        external_id=data.external_id,
        metadata=data.metadata,
        moves=read_rule(data.moves),
    )
    return _answer(unwrap(await desk.submit(command)), 201)


@get("/pools/{pool_id:str}", **described("get_pool", "One pool"))
async def get_pool(
    pool_id: FromPath[str],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    as_of: AsOf = None,
    fields: Fields = None,
) -> Response[Pool]:
    wanted = read_id(pool_id, unknown_pool())
    if as_of is not None:
        moment = read_instant(as_of, "as_of")
        past = await desk.ask(pool_as_of, actor.reach, wanted, moment, desk.clock())
        return Response(only(shown(unwrap(past)), fields))  # no ETag: nothing changes the past
    found = await desk.ask(questions.get_pool, actor.reach, wanted, desk.clock())
    return _answer(unwrap(found), fields=fields)


@patch(
    "/pools/{pool_id:str}",
    guards=[only_operators],
    **described("change_pool", "Change a pool", 403, 409, 412, 415),
)
async def change_pool(
    pool_id: FromPath[str],
    data: JSONBody[PoolChange],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    if_match: IfMatch = None,
) -> Response[Pool]:
    changes = given(data)
    for name in {"start", "end"} & changes.keys():
        changes[name] = read_instant(changes[name], name)
    if "moves" in changes:
        changes["moves"] = read_rule(changes["moves"])
    command = ShapePool(
        actor,
        pool_id=read_id(pool_id, unknown_pool()),
        if_version=read_version(if_match),
        **changes,
    )
    return _answer(unwrap(await desk.submit(command)))


handlers = [list_pools, open_pool, get_pool, change_pool]
