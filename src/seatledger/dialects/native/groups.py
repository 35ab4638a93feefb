"""/groups: learners who are given pools together."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import UNSET, Meta, UnsetType

from seatledger.desk import Desk
from seatledger.dialects.dialect import unwrap
from seatledger.dialects.native.documented import described
from seatledger.dialects.native.locations import made
from seatledger.dialects.native.naming import PlatformKey, platform_named, reach_within
from seatledger.dialects.native.pages import After, Fields, Limit, Page, page
from seatledger.dialects.native.reading import LIMIT, given, read_id, read_stretch
from seatledger.dialects.native.tags import IfMatch, read_version, tagged
from seatledger.domain.actor import Actor
from seatledger.domain.command import DeleteGroup, SaveGroup
from seatledger.domain.refusal import invalid, unknown_group
from seatledger.domain.version import version_of
from seatledger.usecases import cursor_questions
from seatledger.usecases.cursor_questions import GroupFilter
from seatledger.usecases.save_groups import GroupView

Learners = Annotated[list[str], Meta(description="Ids of learners.", examples=[["7", "8"]])]
Named = Annotated[str | None, QueryParameter(name="name", description="What the name contains.")]


class Group(msgspec.Struct):
    """`members` are ids of learners, in order of joining."""

    id: str
    platform: str
    name: str
    description: str | None
    members: list[str]
    created: datetime


class NewGroup(msgspec.Struct, forbid_unknown_fields=True):
    """Its members must be known to the platform."""

    name: str
    platform: str | None = None
    description: str | None = None
    members: Learners = []


class GroupChange(msgspec.Struct, forbid_unknown_fields=True):
    """`members` is the full list; `joining` and `leaving` change it. What is left out stays.

    Who joins gets a seat of each pool that the group is given, or waits; who leaves loses it.
    """

    name: str | UnsetType = UNSET
    description: str | None | UnsetType = UNSET
    members: Learners | UnsetType = UNSET
    joining: Learners = []
    leaving: Learners = []


def shown(view: GroupView) -> Group:
    group = view.group
    return Group(
        id=str(group.id),
        platform=group.platform_key,
        name=group.name,
        description=group.description,
        members=[str(member) for member in view.member_ids],
        created=group.created,
    )


@get("/groups", **described("list_groups", "Groups, by id"))
async def list_groups(
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    platform_key: PlatformKey = None,
    named: Named = None,
    limit: Limit = LIMIT,
    after: After = None,
    fields: Fields = None,
) -> Response[Page[Group]]:
    stretch = read_stretch(limit, after)
    reach = await reach_within(desk, actor, platform_key)
    wanted = GroupFilter(name=named)
    found = await desk.ask(cursor_questions.follow_groups, reach, wanted, stretch)
    return page(unwrap(found), shown, fields)


@post("/groups", **described("create_group", "Make a group", 409, 415))
async def create_group(
    data: JSONBody[NewGroup], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> Response[Group]:
    command = SaveGroup(
        actor,
        platform_key=platform_named(actor, data.platform),
        name=data.name,
        description=data.description,
        member_ids=_ids(data.members, "members"),
    )
    view: GroupView = unwrap(await desk.submit(command))
    return made(shown(view), "groups", str(view.group.id), headers=tagged(version_of(view.facts())))


@get("/groups/{group_id:str}", **described("get_group", "One group"))
async def get_group(
    group_id: FromPath[str], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> Response[Group]:
    wanted = read_id(group_id, unknown_group())
    found = await desk.ask(cursor_questions.view_group, actor.reach, wanted)
    return _answer(unwrap(found))


@patch(
    "/groups/{group_id:str}",
    **described("change_group", "Change a group and who is in it", 409, 412, 415),
)
async def change_group(
    group_id: FromPath[str],
    data: JSONBody[GroupChange],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    if_match: IfMatch = None,
) -> Response[Group]:
    told = given(data)
    names = {"members": "member_ids", "joining": "joining_ids", "leaving": "leaving_ids"}
    for name in names.keys() & told.keys():
        told[names[name]] = _ids(told.pop(name), name)
    command = SaveGroup(
        actor,
        group_id=read_id(group_id, unknown_group()),
        if_version=read_version(if_match),
        **told,
    )
    return _answer(unwrap(await desk.submit(command)))


@delete(
    "/groups/{group_id:str}",
    status_code=200,
    **described("delete_group", "Delete a group, and take back what it was given", 412),
)
async def delete_group(
    group_id: FromPath[str],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    if_match: IfMatch = None,
) -> Response[Group]:
    wanted = read_id(group_id, unknown_group())
    command = DeleteGroup(actor, group_id=wanted, if_version=read_version(if_match))
    return _answer(unwrap(await desk.submit(command)))


def _ids(texts: Sequence[str], field: str) -> tuple[int, ...]:
    return tuple(read_id(each, invalid(field, f"No such learner: {each!r}.")) for each in texts)


def _answer(view: GroupView) -> Response[Any]:
    return Response(shown(view), headers=tagged(version_of(view.facts())))


handlers = [list_groups, create_group, get_group, change_group, delete_group]
