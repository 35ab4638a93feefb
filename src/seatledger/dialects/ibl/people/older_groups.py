"""User groups in the older spelling, of which no parameters are published (ibl Q5)."""

from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from seatledger.dialects.dialect import Refused
from seatledger.dialects.ibl.fields import Id, Word, none, unset
from seatledger.dialects.ibl.lists import Listing, Paged, envelope
from seatledger.dialects.ibl.operations import Call
from seatledger.dialects.ibl.people.user_groups import (
    Members,
    Name,
    UserGroup,
    group_of,
    members,
    user_group,
)
from seatledger.dialects.ibl.persons import said
from seatledger.dialects.ibl.platforms import platform_of, reach_of_one
from seatledger.dialects.ibl.refusals import granted
from seatledger.domain.command import DeleteGroup, SaveGroup
from seatledger.domain.refusal import Code, Refusal, invalid
from seatledger.usecases.questions import Found, GroupFilter, GroupWithMembers, list_groups
from seatledger.usecases.save_groups import GroupView


class OlderGroupsQuery(Listing, kw_only=True):
    """`name` is contained in theirs. Operators must name the platform."""

    platform_key: Word | UnsetType = UNSET
    platform_org: Word | UnsetType = UNSET
    name: Word | UnsetType = UNSET
    include_users: bool = False


class OlderGroupWrite(msgspec.Struct, kw_only=True):
    """A group is changed where `group_id` (or `id`) names it, or one has this name already."""

    group_id: Id | UnsetType = UNSET
    id: Id | UnsetType = UNSET
    platform_key: Word | UnsetType = UNSET
    name: Name | UnsetType = UNSET
    description: str | None | UnsetType = UNSET
    users_to_set: Members = UNSET
    users: Members = UNSET


class OlderGroupName(msgspec.Struct, kw_only=True):
    """`group_id`, or `id`, which means the same."""

    group_id: Id | UnsetType = UNSET
    id: Id | UnsetType = UNSET


async def list_all(call: Call[OlderGroupsQuery, Any]) -> Paged[UserGroup]:
    query = call.query
    within = await reach_of_one(call, key=query.platform_key, org=query.platform_org)
    wanted = GroupFilter(name=none(query.name))
    found: Found[GroupWithMembers] = granted(
        await call.desk.ask(list_groups, within, wanted, query.asked())
    )
    return envelope(
        call.request, query, found, lambda group: user_group(group, with_users=query.include_users)
    )


async def save(call: Call[Any, OlderGroupWrite]) -> UserGroup:
    body = call.body
    group_id = group_named(call)
    if group_id is None:
        if body.name is UNSET:
            raise Refused(invalid("name", "Name the new group, or say which one to change."))
        platform_key = (await platform_of(call, key=body.platform_key)).key
    else:
        platform_key = await _same_platform(call, group_id)
    saved: GroupView = granted(
        await call.desk.submit(
            SaveGroup(
                call.actor,
                group_id=group_id,
                platform_key=platform_key,
                name=unset(body.name),
                description=unset(body.description),
                member_ids=members(body),
                by_name=True,
            )
        )
    )
    return user_group(await group_of(call, saved.group.id))


async def delete(call: Call[OlderGroupName, Any]) -> None:
    group_id = group_named(call)
    if group_id is None:
        raise Refused(invalid("group_id", "Name the group."))
    granted(await call.desk.submit(DeleteGroup(call.actor, group_id=group_id)))


def group_named(call: Call[Any, Any]) -> int | None:
    """The group's id under either name; under both the same."""
    group_id, other = said(call, "group_id"), said(call, "id")
    if None not in {group_id, other} and group_id != other:
        raise Refused(Refusal(Code.SELECTORS_DIFFER, "`id` says otherwise.", field="group_id"))
    return other if group_id is None else int(group_id)


async def _same_platform(call: Call[Any, OlderGroupWrite], group_id: int) -> str:
    """The platform of the group, which may be named again but not changed."""
    standing = (await group_of(call, group_id)).view.group.platform_key
    if call.body.platform_key not in {UNSET, standing}:
        raise Refused(
            Refusal(Code.IMMUTABLE, "A group stays on its platform.", field="platform_key")
        )
    return standing
