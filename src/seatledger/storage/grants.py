"""Rows of grants. A removed grant stays as history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, insert, select, update

from seatledger.domain.actor import Reach
from seatledger.domain.granting import Granted
from seatledger.domain.group import Grant, Group
from seatledger.domain.item import ItemKind
from seatledger.storage import cursors, paging, pool_lists
from seatledger.storage.cursors import Followed, Stretch
from seatledger.storage.tables import (
    grants,
    group_members,
    groups,
    platforms,
    pools,
    seats,
    waits,
)
from seatledger.storage.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantFilter:
    """What a list of grants is narrowed to; None asks nothing."""

    kind: ItemKind | None = None
    grant_id: int | None = None
    pool_id: int | None = None
    group_id: int | None = None
    active: bool | None = None
    fulfilled: bool | None = None


SORTS = {
    "id": grants.c.id,
    "group_id": grants.c.group_id,
    "group_name": groups.c.name,
    "active": grants.c.active,
    "fulfilled": grants.c.fulfilled,
    "created": grants.c.created_at,
    "modified": grants.c.modified_at,
    "license_id": grants.c.pool_id,
}


def by_id(unit: Unit, grant_id: int) -> Grant | None:
    return _one(unit, grants.c.id == grant_id)


def of_pool_and_group(unit: Unit, pool_id: int, group_id: int) -> Grant | None:
    return _one(unit, (grants.c.pool_id == pool_id) & (grants.c.group_id == group_id))


def of_groups(unit: Unit, group_ids: Iterable[int]) -> list[Grant]:
    """The standing grants of these groups, in order of id."""
    query = select(grants).where(grants.c.group_id.in_(list(group_ids)), ~grants.c.removed)
    return [build(row) for row in unit.select(query.order_by(grants.c.id))]


def add(unit: Unit, grant: Grant) -> int:
    """A new grant; answers its id (that of `grant` is not looked at)."""
    change = insert(grants).values(
        platform_id=grant.platform_id,
        pool_id=grant.pool_id,
        group_id=grant.group_id,
        active=grant.active,
        fulfilled=grant.fulfilled,
        redirect_to=grant.redirect_to,
        metadata=dict(grant.metadata),
        removed=False,
        created_at=grant.created,
        modified_at=grant.modified,
    )
    return int(unit.select(change.returning(grants.c.id))[0].id)


def change(unit: Unit, grant: Grant) -> None:
    values: dict[str, Any] = {
        "active": grant.active,
        "fulfilled": grant.fulfilled,
        "redirect_to": grant.redirect_to,
        "metadata": dict(grant.metadata),
        "removed": grant.removed,
        "modified_at": grant.modified,
    }
    unit.execute(update(grants).where(grants.c.id == grant.id).values(values))


def find(
    unit: Unit, reach: Reach, wanted: GrantFilter, page: paging.Page, now: datetime
) -> paging.Found[Granted]:
    """A page of standing grants, each with its group, its pool and how many members hold seats."""
    found = paging.find(unit, _query(reach, wanted), SORTS, page, lambda row: row)
    return paging.Found(found.total, _granted(unit, found.rows, now))


def follow(
    unit: Unit, reach: Reach, wanted: GrantFilter, stretch: Stretch, now: datetime
) -> Followed[Granted]:
    """The next standing grants, by id."""
    query = _query(reach, wanted)
    found = cursors.follow(unit, query, grants.c.id, stretch, lambda row: row)
    return Followed(_granted(unit, found.rows, now), found.last_id, found.more)


def _query(reach: Reach, wanted: GrantFilter) -> Select[Any]:
    members = select(func.count()).where(group_members.c.group_id == grants.c.group_id)
    seated = (
        select(func.count())
        .select_from(group_members)
        .join(seats, seats.c.learner_id == group_members.c.learner_id)
        .where(
            group_members.c.group_id == grants.c.group_id,
            seats.c.pool_id == grants.c.pool_id,
            seats.c.state == "live",
        )
    )
    waiting = select(func.count()).where(waits.c.grant_id == grants.c.id)
    return (
        select(
            *grants.c,
            groups.c.name.label("group_name"),
            groups.c.description.label("group_description"),
            groups.c.owner_id.label("group_owner_id"),
            groups.c.created_at.label("group_created_at"),
            platforms.c.key.label("platform_key"),
            members.correlate(grants).scalar_subquery().label("member_count"),
            seated.correlate(grants).scalar_subquery().label("seated_count"),
            waiting.correlate(grants).scalar_subquery().label("waiting_count"),
        )
        .join_from(grants, groups, groups.c.id == grants.c.group_id)
        .join(platforms, platforms.c.id == grants.c.platform_id)
        .join(pools, pools.c.id == grants.c.pool_id)
        .where(~grants.c.removed, *_conditions(reach, wanted))
    )


def _granted(unit: Unit, rows: Sequence[Row[Any]], now: datetime) -> list[Granted]:
    pools_by_id = pool_lists.by_ids(unit, {row.pool_id for row in rows}, now)
    return [
        Granted(
            grant=build(row),
            group=_group(row),
            pool=pools_by_id[row.pool_id],
            member_count=row.member_count,
            seated_count=row.seated_count,
            waiting_count=row.waiting_count,
        )
        for row in rows
    ]


def _conditions(reach: Reach, wanted: GrantFilter) -> list[ColumnElement[bool]]:
    equal = {
        grants.c.platform_id: reach.platform_id,
        pools.c.kind: wanted.kind,
        grants.c.id: wanted.grant_id,
        grants.c.pool_id: wanted.pool_id,
        grants.c.group_id: wanted.group_id,
        grants.c.active: wanted.active,
    }
    conditions = [column == value for column, value in equal.items() if value is not None]
    if wanted.fulfilled is not None:
        waiting = select(waits.c.id).where(waits.c.grant_id == grants.c.id).exists()
        conditions.append(and_(grants.c.fulfilled, ~waiting) == wanted.fulfilled)
    return conditions


def _one(unit: Unit, condition: ColumnElement[bool]) -> Grant | None:
    rows = unit.select(select(grants).where(condition, ~grants.c.removed))
    return build(rows[0]) if rows else None


def build(row: Row[Any]) -> Grant:
    return Grant(
        id=row.id,
        platform_id=row.platform_id,
        pool_id=row.pool_id,
        group_id=row.group_id,
        active=row.active,
        fulfilled=row.fulfilled,
        redirect_to=row.redirect_to,
        metadata=row.metadata,
        created=row.created_at,
        modified=row.modified_at,
        removed=row.removed,
    )


def _group(row: Row[Any]) -> Group:
    return Group(
        id=row.group_id,
        platform_id=row.platform_id,
        platform_key=row.platform_key,
        name=row.group_name or "",
        description=row.group_description,
        owner_id=row.group_owner_id,
        created=row.group_created_at,
    )
