"""/items: what pools open. An item is named `KIND:KEY`, in a path too."""

from functools import partial
from typing import Annotated, Any

import msgspec
from litestar import Response, delete, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import UNSET, Meta, UnsetType

from seatledger.desk import Desk
from seatledger.dialects.dialect import Refused, unwrap
from seatledger.dialects.native.documented import described
from seatledger.dialects.native.locations import made
from seatledger.dialects.native.naming import PlatformKey, platform_named, reach_within
from seatledger.dialects.native.pages import After, Fields, Limit, Page, page
from seatledger.dialects.native.reading import LIMIT, given, read_item, read_stretch
from seatledger.domain.actor import Actor
from seatledger.domain.catalog_command import DeleteItem
from seatledger.domain.command import SaveItem
from seatledger.domain.item import ItemKind
from seatledger.domain.refusal import unknown_item
from seatledger.usecases import cursor_questions
from seatledger.usecases.create_platforms import find_platform
from seatledger.usecases.cursor_questions import Stocked
from seatledger.usecases.save_items import Saved

Courses = Annotated[
    list[str],
    Meta(description="Keys of courses, in order.", examples=[["course-v1:ACME+DATA+2026"]]),
]


class Item(msgspec.Struct):
    """`platform` owns it, whoever bought seats. `courses` are what a program opens."""

    item: str
    kind: ItemKind
    key: str
    platform: str
    title: str
    slug: str | None
    enabled: bool
    details: dict[str, Any]
    courses: list[str]


class ItemTold(msgspec.Struct, forbid_unknown_fields=True):
    """What is left out stays as it is; members of `details` replace those of the same name.

    `enabled` and `details` are for catalogs to show: they open and close nothing.
    """

    title: str | UnsetType = UNSET
    slug: str | None | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET
    details: dict[str, Any] = {}
    courses: Courses | UnsetType = UNSET


def shown(stocked: Stocked) -> Item:
    item = stocked.item
    return Item(
        item=f"{item.kind}:{item.key}",
        kind=item.kind,
        key=item.key,
        platform=stocked.platform_key,
        title=item.title,
        slug=item.slug,
        enabled=item.enabled,
        details=dict(item.details),
        courses=[course.key for course in stocked.courses],
    )


@get("/items", **described("list_items", "What the platform owns or bought seats of, by age"))
async def list_items(
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    platform_key: PlatformKey = None,
    kind: FromQuery[ItemKind | None] = None,
    limit: Limit = LIMIT,
    after: After = None,
    fields: Fields = None,
) -> Response[Page[Item]]:
    stretch = read_stretch(limit, after)
    reach = await reach_within(desk, actor, platform_key)
    found = await desk.ask(cursor_questions.follow_items, reach, kind, stretch)
    return page(unwrap(found), shown, fields)


@get("/items/{item:path}", **described("get_item", "One item"))
async def get_item(
    item: FromPath[str], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> Item:
    kind, key = read_item(item.removeprefix("/"))
    return shown(unwrap(await desk.ask(cursor_questions.get_item, actor.reach, kind, key)))


@put(
    "/items/{item:path}",
    **described("save_item", "Make an item, or change it", 409, 415, also={201: Item}),
)
async def save_item(
    item: FromPath[str],
    data: JSONBody[ItemTold],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    platform: FromQuery[str | None] = None,
) -> Response[Item]:
    kind, key = read_item(item.removeprefix("/"))
    told = given(data)
    if "courses" in told:
        told["course_keys"] = tuple(told.pop("courses"))
    named = partial(find_platform, key=platform_named(actor, platform))
    owner = unwrap(await desk.ask(named, actor))
    command = SaveItem(actor, kind=kind, key=key, platform_org=owner.org, **told)
    saved: Saved = unwrap(await desk.submit(command))
    row = shown(Stocked(saved.item, saved.owner.key, saved.parts))
    return made(row, "items", row.item) if saved.created else Response(row)


@delete(
    "/items/{item:path}",
    status_code=200,
    **described("delete_item", "Delete an item that nothing stands on", 409),
)
async def delete_item(
    item: FromPath[str], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> Item:
    kind, key = read_item(item.removeprefix("/"))
    found = shown(unwrap(await desk.ask(cursor_questions.get_item, actor.reach, kind, key)))
    if unwrap(await desk.submit(DeleteItem(actor, kind=kind, key=key))) == 0:
        raise Refused(unknown_item())  # bought only, or gone meanwhile
    return found


handlers = [list_items, get_item, save_item, delete_item]
