"""Create, change and delete groups; the grants they have stay true (ibl W26–W29)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from seatledger.domain.book import Book
from seatledger.domain.command import DeleteGroup, SaveGroup, Unset
from seatledger.domain.event import Event, EventKind, Origin
from seatledger.domain.granting import release_member, seat_member
from seatledger.domain.group import Grant, Group
from seatledger.domain.refusal import Refusal, invalid, unknown_group, unknown_platform
from seatledger.domain.seating import lapse_due
from seatledger.domain.version import changed_meanwhile
from seatledger.domain.waiting import seat_waiters
from seatledger.storage import events, ledger
from seatledger.storage import grants as grant_rows
from seatledger.storage import groups as group_rows
from seatledger.storage import learners as learner_rows
from seatledger.storage import platforms as platform_rows
from seatledger.storage import pools as pool_rows
from seatledger.storage.unit import Unit
from seatledger.usecases.authors import author
from seatledger.usecases.grant_groups import take_back
from seatledger.usecases.opening import Demand, open_book, origin
from seatledger.usecases.withdraw_suggestions import withdraw_all


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group and the ids of its members, in order of joining."""

    group: Group
    member_ids: tuple[int, ...]
    created: bool = False

    def facts(self) -> dict[str, Any]:
        """What a version of a group is made of."""
        return {
            "name": self.group.name,
            "description": self.group.description,
            "members": list(self.member_ids),
        }


def save_groups(
    unit: Unit, commands: Sequence[SaveGroup], now: datetime
) -> list[GroupView | Refusal]:
    return [_save(unit, command, now) for command in commands]


def _save(unit: Unit, command: SaveGroup, now: datetime) -> GroupView | Refusal:
    group = _standing(unit, command)
    if isinstance(group, Refusal):
        return group
    platform_id = group.platform_id if group is not None else _platform_id(unit, command)
    if isinstance(platform_id, Refusal):
        return platform_id
    if refusal := _unknown_member(unit, command, platform_id):
        return refusal
    by = origin(command, now)
    before = [] if group is None else group_rows.members(unit, [group.id])[group.id]
    created = group is None
    if group is not None and (refusal := _changed(group, before, command.if_version)):
        return refusal
    if group is None:
        group = _create(unit, command, platform_id, by)
    else:
        group = _change(unit, command, group, by)
    after = _members(command, before)
    if after != before:
        _regroup(unit, group, before, after, by)
        before = _in_order(before, after)
    return GroupView(group, tuple(before), created)


def _changed(group: Group, members: Sequence[int], if_version: str | None) -> Refusal | None:
    return changed_meanwhile(GroupView(group, tuple(members)).facts(), if_version)


def _members(command: SaveGroup, before: Sequence[int]) -> list[int]:
    """Who is in the group then: the full list that is given, less who leaves, and who joins."""
    listed = before if isinstance(command.member_ids, Unset) else command.member_ids
    leaving = set(command.leaving_ids)
    staying = [member for member in listed if member not in leaving]
    return list(dict.fromkeys([*staying, *command.joining_ids]))


def _in_order(before: Sequence[int], after: Sequence[int]) -> list[int]:
    """The members of now in order of joining: who was one before, then who joined."""
    now, earlier = set(after), set(before)
    kept = [member for member in before if member in now]
    return kept + [member for member in after if member not in earlier]


def delete_groups(
    unit: Unit, commands: Sequence[DeleteGroup], now: datetime
) -> list[GroupView | Refusal]:
    return [_delete(unit, command, now) for command in commands]


def _delete(unit: Unit, command: DeleteGroup, now: datetime) -> GroupView | Refusal:
    group = group_rows.lock(unit, command.group_id)
    if group is None or not command.by.reach.covers(group.platform_id):
        return unknown_group()
    by = origin(command, now)
    members = group_rows.members(unit, [group.id])[group.id]
    if refusal := _changed(group, members, command.if_version):
        return refusal
    grants = grant_rows.of_groups(unit, [group.id])
    book = _book(unit, grants, members, now, joining=0)
    for grant in grants:
        take_back(unit, book, grant, members, by)
    for grant in grants:
        seat_waiters(book, grant.pool_id, by)
    ledger.write(unit, book)
    withdraw_all(unit, by, group_id=group.id)
    group_rows.remove(unit, group.id)
    _record(unit, EventKind.GROUP_DELETED, group, {"members": members}, {"members": []}, by)
    return GroupView(group, tuple(members))


def _standing(unit: Unit, command: SaveGroup) -> Group | Refusal | None:
    group_id = command.group_id
    if group_id is None and command.by_name and isinstance(command.name, str):
        platform_id = _platform_id(unit, command)
        if isinstance(platform_id, Refusal):
            return platform_id
        group_id = group_rows.id_by_name(unit, platform_id, command.name)
    if group_id is None:
        return None
    group = group_rows.lock(unit, group_id)
    if group is None or not command.by.reach.covers(group.platform_id):
        return unknown_group()
    return group


def _platform_id(unit: Unit, command: SaveGroup) -> int | Refusal:
    platform = platform_rows.by_key(unit, command.platform_key or "")
    if platform is None or not command.by.reach.covers(platform.id):
        return unknown_platform()
    return platform.id


def _unknown_member(unit: Unit, command: SaveGroup, platform_id: int) -> Refusal | None:
    """Members must be known to the group's platform."""
    named = set(_members(command, []))
    wanted = [{"id": member, "platform_id": platform_id} for member in named]
    missing = named - set(learner_rows.named(unit, wanted).by_id)
    if not missing:
        return None
    return invalid("member_ids", f"No such learner on the platform: {min(missing)}.")


def _create(unit: Unit, command: SaveGroup, platform_id: int, by: Origin) -> Group:
    group_id = group_rows.add(
        unit,
        platform_id=platform_id,
        name=None if isinstance(command.name, Unset) else command.name,
        description=None if isinstance(command.description, Unset) else command.description,
        owner_id=author(unit, command.by, by.at).id,
        created=by.at,
    )
    group = group_rows.lock(unit, group_id)
    assert group is not None
    after = {"name": group.name, "description": group.description}
    _record(unit, EventKind.GROUP_CREATED, group, None, after, by)
    return group


def _change(unit: Unit, command: SaveGroup, group: Group, by: Origin) -> Group:
    given = {"name": command.name, "description": command.description}
    changes: dict[str, Any] = {k: v for k, v in given.items() if not isinstance(v, Unset)}
    changed = replace(group, **changes)
    if changed != group:
        group_rows.change(unit, changed)
        before = {key: getattr(group, key) for key in changes}
        _record(unit, EventKind.GROUP_CHANGED, group, before, changes, by)
    return changed


def _regroup(
    unit: Unit, group: Group, before: Sequence[int], after: Sequence[int], by: Origin
) -> None:
    """Make `after` the members. Who leaves makes room before who joins asks for it."""
    staying = set(before) & set(after)
    left = [member for member in before if member not in staying]
    joined = [member for member in after if member not in staying]
    if not left and not joined:
        return
    grants = [grant for grant in grant_rows.of_groups(unit, [group.id]) if grant.active]
    book = _book(unit, grants, [*left, *joined], by.at, joining=len(joined))
    for grant in grants:
        for member in left:
            release_member(book, grant, member, by)
        lapse_due(book, grant.pool_id, by)
        seat_waiters(book, grant.pool_id, by)
        for member in joined:
            seat_member(book, grant, member, by)
    group_rows.leave(unit, group.id, left)
    group_rows.join(unit, group, joined)
    ledger.write(unit, book)
    _record(unit, EventKind.GROUP_CHANGED, group, {"left": left}, {"joined": joined}, by)


def _book(
    unit: Unit, grants: Sequence[Grant], members: Sequence[int], now: datetime, *, joining: int
) -> Book:
    pools = pool_rows.lock(unit, (grant.pool_id for grant in grants))
    return open_book(
        unit,
        now,
        pools,
        holders=[(pool, member) for pool in pools.values() for member in members],
        demand={pool_id: Demand(places=joining) for pool_id in pools} if joining else {},
        freeing=pools,
        new_seats=joining * len(grants),
    )


def _record(
    unit: Unit,
    kind: EventKind,
    group: Group,
    before: Mapping[str, object] | None,
    after: Mapping[str, object],
    by: Origin,
) -> None:
    events.add(unit, Event(kind, by, group.platform_id, None, group.id, before, after))
