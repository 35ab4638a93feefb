"""Who is in a user group, in the older spelling: list, add, remove, many at once (ibl Q5)."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from seatledger.dialects.dialect import Refused
from seatledger.dialects.ibl.fields import Email, Id, Word
from seatledger.dialects.ibl.lists import Listing, Paged, envelope
from seatledger.dialects.ibl.operations import Call
from seatledger.dialects.ibl.people.bulk import Bulk, BulkAnswer, one_by_one
from seatledger.dialects.ibl.people.user_groups import group_of
from seatledger.dialects.ibl.persons import UserId, person_of, said
from seatledger.dialects.ibl.refusals import granted
from seatledger.domain.command import SaveGroup
from seatledger.domain.learner import Learner
from seatledger.domain.refusal import Code, Refusal, invalid, unknown_learner
from seatledger.usecases.persons import find_person
from seatledger.usecases.questions import Found, GroupWithMembers
from seatledger.usecases.save_groups import GroupView

SORTS: Mapping[str, Callable[[Learner], Any]] = {
    "user_id": lambda person: person.id,
    "username": lambda person: person.login,
    "email": lambda person: person.email.casefold(),
    "name": lambda person: person.name,
}


class GroupLinksQuery(Listing, kw_only=True):
    """`id` is the order of joining."""

    group_id: Id


class GroupLinkWrite(msgspec.Struct, kw_only=True):
    """Somebody the platform knows. With `active` false they leave."""

    group_id: Id
    user_id: UserId | UnsetType = UNSET
    username: str | UnsetType = UNSET
    email: str | UnsetType = UNSET
    active: bool = True


class GroupLinkName(msgspec.Struct, kw_only=True):
    group_id: Id
    user_id: Word | UnsetType = UNSET
    username: Word | UnsetType = UNSET
    email: Email | UnsetType = UNSET


class GroupLinkBulk(Bulk, kw_only=True):
    group_id: Id


class GroupLink(msgspec.Struct, kw_only=True):
    group_id: int
    user_id: int
    username: str
    email: str
    name: str
    active: bool


async def list_all(call: Call[GroupLinksQuery, Any]) -> Paged[GroupLink]:
    """A page of the members."""
    query = call.query
    group = await group_of(call, query.group_id)
    people = list(group.members)
    name, page = query.sort.removeprefix("-"), query.asked()
    if name != "id":
        if name not in SORTS:
            raise Refused(invalid("sort", f"This list can't be sorted by {query.sort!r}."))
        people.sort(key=SORTS[name])
    if query.sort.startswith("-"):
        people.reverse()
    found = Found(len(people), people[page.offset : page.offset + page.size])
    return envelope(call.request, query, found, lambda person: _link(group, person, active=True))


async def save(call: Call[Any, GroupLinkWrite]) -> GroupLink:
    """Add somebody, or let them go; either may be asked again."""
    group, person = await _named(call)
    granted(await _change(call, group, person.id, active=call.body.active))
    return _link(group, person, active=call.body.active)


async def delete(call: Call[GroupLinkName, Any]) -> None:
    group, person = await _named(call)
    if person.id not in group.view.member_ids:
        raise Refused(unknown_learner())
    granted(await _change(call, group, person.id, active=False))


async def save_many(call: Call[Any, GroupLinkBulk]) -> BulkAnswer:
    group = await group_of(call, call.body.group_id)
    return await one_by_one(
        call.body, lambda user_id: _change(call, group, user_id, active=call.body.active)
    )


async def _named(call: Call[Any, Any]) -> tuple[GroupWithMembers, Learner]:
    group = await group_of(call, said(call, "group_id"))
    within = call.actor.reach_within(group.platform.id)
    person: Learner = granted(
        await call.desk.ask(find_person, within, person_of(call)), learner_id="user_id"
    )
    return group, person


async def _change(
    call: Call[Any, Any], group: GroupWithMembers, user_id: int, *, active: bool
) -> GroupView | Refusal:
    outcome: GroupView | Refusal = await call.desk.submit(
        SaveGroup(
            call.actor,
            group_id=group.view.group.id,
            joining_ids=(user_id,) if active else (),
            leaving_ids=() if active else (user_id,),
        )
    )
    if isinstance(outcome, Refusal) and outcome.code is Code.INVALID:
        return unknown_learner()
    return outcome


def _link(group: GroupWithMembers, person: Learner, *, active: bool) -> GroupLink:
    return GroupLink(
        group_id=group.view.group.id,
        user_id=person.id,
        username=person.login,
        email=person.email,
        name=person.name,
        active=active,
    )
