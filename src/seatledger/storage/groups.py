"""Rows of groups and of who is in them. Members are ordered by when they joined."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, func, insert, select, update

from seatledger.domain.actor import Reach
from seatledger.domain.group import Group
from seatledger.domain.learner import Learner
from seatledger.storage import cursors, paging
from seatledger.storage import learners as learner_rows
from seatledger.storage.cursors import Stretch
from seatledger.storage.learner_lists import is_called
from seatledger.storage.tables import group_members, groups, learners, platforms
from seatledger.storage.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFilter:
    """What a list of groups is narrowed to; None asks nothing."""

    name: str | None = None


SORTS = {"id": groups.c.id, "name": groups.c.name}


def lock(unit: Unit, group_id: int) -> Group | None:
    """The group, locked until the transaction ends: its members and grants stay as they are."""
    rows = unit.select(
        _query().where(groups.c.id == group_id).with_for_update(of=groups, key_share=True)
    )
    return build(rows[0]) if rows else None


def by_ids(unit: Unit, ids: Iterable[int]) -> dict[int, Group]:
    return {row.id: build(row) for row in unit.select(_query().where(groups.c.id.in_(list(ids))))}


def id_by_name(unit: Unit, platform_id: int, name: str) -> int | None:
    """The oldest group of this name, which need not be the only one."""
    query = _within(_query(), Reach(platform_id)).where(groups.c.name == name)
    rows = unit.select(query.order_by(groups.c.id).limit(1))
    return rows[0].id if rows else None


def get(unit: Unit, reach: Reach, group_id: int) -> Group | None:
    rows = unit.select(_within(_query(), reach).where(groups.c.id == group_id))
    return build(rows[0]) if rows else None


def find(unit: Unit, reach: Reach, wanted: GroupFilter, page: paging.Page) -> paging.Found[Group]:
    return paging.find(unit, _wanted(reach, wanted), SORTS, page, build)


def follow(
    unit: Unit, reach: Reach, wanted: GroupFilter, stretch: Stretch
) -> cursors.Followed[Group]:
    """The next groups, by id."""
    return cursors.follow(unit, _wanted(reach, wanted), groups.c.id, stretch, build)


def add(
    unit: Unit,
    *,
    platform_id: int,
    name: str | None,
    description: str | None,
    owner_id: int,
    created: datetime,
) -> int:
    change = insert(groups).values(
        platform_id=platform_id,
        name=name,
        description=description,
        owner_id=owner_id,
        deleted=False,
        created_at=created,
    )
    return int(unit.select(change.returning(groups.c.id))[0].id)


def change(unit: Unit, group: Group) -> None:
    values = {"name": group.name, "description": group.description}
    unit.execute(update(groups).where(groups.c.id == group.id).values(values))


def remove(unit: Unit, group_id: int) -> None:
    """The group is gone for everybody; its row stays, for the grants it once had."""
    unit.execute(delete(group_members).where(group_members.c.group_id == group_id))
    unit.execute(update(groups).where(groups.c.id == group_id).values(deleted=True))


def members(unit: Unit, group_ids: Iterable[int]) -> dict[int, list[int]]:
    """The ids of each group's members, in order of joining."""
    found: dict[int, list[int]] = {group_id: [] for group_id in group_ids}
    query = select(group_members.c.group_id, group_members.c.learner_id)
    query = query.where(group_members.c.group_id.in_(list(found))).order_by(group_members.c.id)
    for row in unit.select(query) if found else []:
        found[row.group_id].append(row.learner_id)
    return found


def follow_members(
    unit: Unit, group_id: int, called: str | None, stretch: Stretch
) -> cursors.Followed[Learner]:
    """The next members, in order of joining: a stretch's `after` is a row of membership."""
    query = (
        select(group_members.c.id, *learner_rows.labelled("learner_"))
        .join_from(group_members, learners, learners.c.id == group_members.c.learner_id)
        .where(group_members.c.group_id == group_id)
    )
    if called is not None:
        query = query.where(is_called(called))
    return cursors.follow(
        unit, query, group_members.c.id, stretch, lambda row: learner_rows.build(row, "learner_")
    )


def member_counts(unit: Unit, group_ids: Iterable[int]) -> dict[int, int]:
    column = group_members.c.group_id
    query = select(column, func.count().label("n")).where(column.in_(list(group_ids)))
    return {row.group_id: row.n for row in unit.select(query.group_by(column))}


def join(unit: Unit, group: Group, learner_ids: Iterable[int]) -> None:
    new = [
        {"platform_id": group.platform_id, "group_id": group.id, "learner_id": learner_id}
        for learner_id in learner_ids
    ]
    if new:
        unit.execute(insert(group_members).values(new))


def of_member(unit: Unit, learner_id: int) -> list[int]:
    """The ids of the groups a learner is in."""
    query = select(group_members.c.group_id).where(group_members.c.learner_id == learner_id)
    return [row.group_id for row in unit.select(query.order_by(group_members.c.group_id))]


def leave(unit: Unit, group_id: int, learner_ids: Iterable[int]) -> None:
    leaving = list(learner_ids)
    if leaving:
        unit.execute(
            delete(group_members).where(
                group_members.c.group_id == group_id, group_members.c.learner_id.in_(leaving)
            )
        )


def _query() -> Select[Any]:
    return (
        select(groups, platforms.c.key.label("platform_key"))
        .join_from(groups, platforms, platforms.c.id == groups.c.platform_id)
        .where(~groups.c.deleted)
    )


def _wanted(reach: Reach, wanted: GroupFilter) -> Select[Any]:
    query = _within(_query(), reach)
    if wanted.name is None:
        return query
    return query.where(groups.c.name.icontains(wanted.name, autoescape=True))


def _within(query: Select[Any], reach: Reach) -> Select[Any]:
    if reach.platform_id is None:
        return query
    return query.where(groups.c.platform_id == reach.platform_id)


def build(row: Row[Any]) -> Group:
    return Group(
        id=row.id,
        platform_id=row.platform_id,
        platform_key=row.platform_key,
        name=row.name or "",
        description=row.description,
        owner_id=row.owner_id,
        created=row.created_at,
    )
