"""User groups: list, create, read, replace, change, delete (ibl Q4, W25–W29)."""

from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from seatledger.dialects.dialect import Refused
from seatledger.dialects.ibl.fields import Id, Word, unset
from seatledger.dialects.ibl.lists import Listing, Paged, envelope
from seatledger.dialects.ibl.operations import Call
from seatledger.dialects.ibl.platforms import platform_of
from seatledger.dialects.ibl.refusals import granted
from seatledger.dialects.ibl.roles import reach
from seatledger.domain.command import UNSET as NOT_SAID
from seatledger.domain.command import DeleteGroup, SaveGroup, Unset
from seatledger.domain.learner import Learner
from seatledger.domain.refusal import Code, Refusal
from seatledger.usecases.questions import (
    Found,
    GroupFilter,
    GroupWithMembers,
    get_group,
    list_groups,
)
from seatledger.usecases.save_groups import GroupView

Name = Annotated[str, Meta(max_length=255)]
Members = Annotated[
    list[Id] | UnsetType, Meta(description="The full list of the members' ids; either name does.")
]


class UserGroupQuery(Listing, kw_only=True):
    """`name` is contained in theirs."""

    platform_key: Word | UnsetType = UNSET
    name: Word | UnsetType = UNSET
    include_users: bool = False


class Permissions(msgspec.Struct, kw_only=True):
    """There are no permissions for single actions here: a key has all of its platform's."""

    required_action: Word = "Ibl.Core/UserGroups/read"
    with_permissions: bool = False


class GroupName(msgspec.Struct, kw_only=True):
    id: Id


class UserGroupWrite(msgspec.Struct, kw_only=True):
    name: Name | None
    platform_key: Word
    description: str | None | UnsetType = UNSET
    users_to_set: Members = UNSET
    users: Members = UNSET


class PatchedUserGroup(msgspec.Struct, kw_only=True):
    name: Name | None | UnsetType = UNSET
    platform_key: Word | UnsetType = UNSET
    description: str | None | UnsetType = UNSET
    users_to_set: Members = UNSET
    users: Members = UNSET


class RbacPlatform(msgspec.Struct, kw_only=True):
    id: int
    key: str
    name: str


class RbacUser(msgspec.Struct, kw_only=True):
    id: int
    username: str
    email: str


class UserGroup(msgspec.Struct, kw_only=True):
    """The owner is the person of the key that made it. Lists say the members when asked to."""

    id: int
    name: str
    platform: RbacPlatform
    platform_key: str
    description: str | None
    owner: RbacUser
    users: list[RbacUser] | UnsetType = UNSET


async def list_all(call: Call[UserGroupQuery, Any]) -> Paged[UserGroup]:
    query = call.query
    within = granted(await reach(call.desk, call.actor, keys=(query.platform_key,)))
    name = None if isinstance(query.name, UnsetType) else query.name
    found: Found[GroupWithMembers] = granted(
        await call.desk.ask(list_groups, within, GroupFilter(name=name), query.asked())
    )
    return envelope(
        call.request, query, found, lambda group: user_group(group, with_users=query.include_users)
    )


async def create(call: Call[Any, UserGroupWrite]) -> UserGroup:
    body = call.body
    platform = await platform_of(call, key=body.platform_key)
    return await _saved(
        call,
        SaveGroup(
            call.actor,
            platform_key=platform.key,
            name=body.name,
            description=unset(body.description),
            member_ids=members(body),
        ),
    )


async def look(call: Call[GroupName, Any]) -> UserGroup:
    return user_group(await group_of(call, call.query.id))


async def change(call: Call[GroupName, Any]) -> UserGroup:
    """What is left out stays as it is; the platform can only be named again."""
    body = call.body
    standing = await group_of(call, call.query.id)
    if body.platform_key not in {UNSET, standing.view.group.platform_key}:
        granted(await reach(call.desk, call.actor, keys=(body.platform_key,)))
        raise Refused(
            Refusal(Code.IMMUTABLE, "A group stays on its platform.", field="platform_key")
        )
    return await _saved(
        call,
        SaveGroup(
            call.actor,
            group_id=call.query.id,
            name=unset(body.name),
            description=unset(body.description),
            member_ids=members(body),
        ),
    )


async def delete(call: Call[GroupName, Any]) -> None:
    granted(await call.desk.submit(DeleteGroup(call.actor, group_id=call.query.id)))


async def group_of(call: Call[Any, Any], group_id: int) -> GroupWithMembers:
    """The group. Raises Refused where the caller reaches no such group."""
    found: GroupWithMembers = granted(await call.desk.ask(get_group, call.actor.reach, group_id))
    return found


def members(body: Any) -> tuple[int, ...] | Unset:
    """The members, under either name (V14); under both the same."""
    lists = [each for each in (body.users_to_set, body.users) if not isinstance(each, UnsetType)]
    if len(lists) == 2 and set(lists[0]) != set(lists[1]):
        raise Refused(
            Refusal(Code.SELECTORS_DIFFER, "`users` says otherwise.", field="users_to_set")
        )
    return tuple(lists[0]) if lists else NOT_SAID


async def _saved(call: Call[Any, Any], command: SaveGroup) -> UserGroup:
    saved: GroupView = granted(await call.desk.submit(command))
    return user_group(await group_of(call, saved.group.id))


def user_group(said: GroupWithMembers, *, with_users: bool = True) -> UserGroup:
    group = said.view.group
    return UserGroup(
        id=group.id,
        name=group.name,
        platform=RbacPlatform(id=said.platform.id, key=said.platform.key, name=said.platform.name),
        platform_key=group.platform_key,
        description=group.description,
        owner=rbac_user(said.owner),
        users=[rbac_user(each) for each in said.members] if with_users else UNSET,
    )


def rbac_user(learner: Learner) -> RbacUser:
    return RbacUser(id=learner.id, username=learner.login, email=learner.email)
