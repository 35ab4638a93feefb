"""/platforms: the organisations that own seats."""

from datetime import datetime
from functools import partial
from typing import Annotated

import msgspec
from litestar import Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import UNSET, Meta, UnsetType

from seatledger.desk import Desk
from seatledger.dialects.dialect import unwrap
from seatledger.dialects.native.documented import described
from seatledger.dialects.native.locations import made
from seatledger.dialects.native.pages import After, Fields, Limit, Page, page
from seatledger.dialects.native.reading import LIMIT, given, read_stretch
from seatledger.dialects.native.roles import only_operators
from seatledger.domain import platform as domain
from seatledger.domain.actor import Actor
from seatledger.domain.people_command import CreatePlatform, ShapePlatform
from seatledger.usecases import cursor_questions
from seatledger.usecases.create_platforms import find_platform

Key = Annotated[str, Meta(pattern=r"^[^/]+$", description="Without `/`.", examples=["acme"])]


class Platform(msgspec.Struct):
    """`domains` are the mail domains of who may hold a transferable seat; an empty list is all."""

    key: str
    org: str
    name: str
    email: str
    domains: list[str]
    learning_url: str
    studio_url: str
    portal_url: str
    created: datetime


class NewPlatform(msgspec.Struct, forbid_unknown_fields=True):
    """`key` and `org` are unique; `org` is the key unless given."""

    key: Key
    name: str
    org: str | None = None
    email: str = ""
    domains: list[str] = []


class PlatformChange(msgspec.Struct, forbid_unknown_fields=True):
    """What is left out stays as it is. `key` and `domains` are an operator's to change."""

    key: Key | UnsetType = UNSET
    name: str | UnsetType = UNSET
    email: str | UnsetType = UNSET
    domains: list[str] | UnsetType = UNSET
    learning_url: str | UnsetType = UNSET
    studio_url: str | UnsetType = UNSET
    portal_url: str | UnsetType = UNSET


def shown(platform: domain.Platform) -> Platform:
    return Platform(
        key=platform.key,
        org=platform.org,
        name=platform.name,
        email=platform.email,
        domains=list(platform.domains),
        learning_url=platform.learning_url,
        studio_url=platform.studio_url,
        portal_url=platform.portal_url,
        created=platform.created,
    )


@get("/platforms", **described("list_platforms", "The platforms you reach, by age"))
async def list_platforms(
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    limit: Limit = LIMIT,
    after: After = None,
    fields: Fields = None,
) -> Response[Page[Platform]]:
    stretch = read_stretch(limit, after)
    found = await desk.ask(cursor_questions.follow_platforms, actor.reach, stretch)
    return page(unwrap(found), shown, fields)


@post(
    "/platforms",
    guards=[only_operators],
    **described("create_platform", "Make a platform", 403, 409, 415),
)
async def create_platform(
    data: JSONBody[NewPlatform], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> Response[Platform]:
    command = CreatePlatform(
        actor,
        key=data.key,
        org=data.key if data.org is None else data.org,
        name=data.name,
        email=data.email,
        domains=tuple(data.domains),
    )
    platform: domain.Platform = unwrap(await desk.submit(command))
    return made(shown(platform), "platforms", platform.key)


@get("/platforms/{key:str}", **described("get_platform", "One platform"))
async def get_platform(
    key: FromPath[str], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> Platform:
    return shown(unwrap(await desk.ask(partial(find_platform, key=key), actor)))


@patch(
    "/platforms/{key:str}",
    **described("change_platform", "Change a platform", 403, 409, 415),
)
async def change_platform(
    key: FromPath[str],
    data: JSONBody[PlatformChange],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
) -> Platform:
    changes = given(data)
    if "key" in changes:
        changes["new_key"] = changes.pop("key")
    if "domains" in changes:
        changes["domains"] = tuple(changes["domains"])
    return shown(unwrap(await desk.submit(ShapePlatform(actor, key=key, **changes))))


handlers = [list_platforms, create_platform, get_platform, change_platform]
