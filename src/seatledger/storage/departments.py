"""Rows of departments and of who is in them."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, Select, delete, insert, select, update

from seatledger.domain.actor import Reach
from seatledger.domain.department import Department, DepartmentMember
from seatledger.storage import learners as learner_rows
from seatledger.storage import paging
from seatledger.storage.catalog_tables import department_members as members
from seatledger.storage.catalog_tables import departments
from seatledger.storage.tables import learners, platforms
from seatledger.storage.unit import Unit

SORTS = {"id": departments.c.id, "name": departments.c.name}
MEMBER_SORTS = {
    "id": members.c.learner_id,
    "user_id": members.c.learner_id,
    "email": learners.c.email_key,
    "is_admin": members.c.is_admin,
}


def get(unit: Unit, reach: Reach, department_id: int) -> Department | None:
    rows = unit.select(_query(reach).where(departments.c.id == department_id))
    return build(rows[0]) if rows else None


def lock(unit: Unit, reach: Reach, department_id: int) -> Department | None:
    """The department, locked until the transaction ends."""
    query = _query(reach).where(departments.c.id == department_id)
    rows = unit.select(query.with_for_update(of=departments, key_share=True))
    return build(rows[0]) if rows else None


def by_name(unit: Unit, platform_id: int, name: str) -> Department | None:
    rows = unit.select(_query(Reach(platform_id)).where(departments.c.name == name))
    return build(rows[0]) if rows else None


def find(unit: Unit, reach: Reach, name: str | None, page: paging.Page) -> paging.Found[Department]:
    """A page of departments; `name` is contained in theirs."""
    query = _query(reach)
    if name is not None:
        query = query.where(departments.c.name.icontains(name, autoescape=True))
    return paging.find(unit, query, SORTS, page, build)


def add(unit: Unit, platform_id: int, name: str, created: object) -> int:
    change = insert(departments).values(
        platform_id=platform_id, name=name, deleted=False, created_at=created
    )
    return int(unit.select(change.returning(departments.c.id))[0].id)


def rename(unit: Unit, department_id: int, name: str) -> None:
    unit.execute(update(departments).where(departments.c.id == department_id).values(name=name))


def remove(unit: Unit, department_id: int) -> None:
    """The department is gone for everybody; its row stays, so that its id is never another's."""
    unit.execute(delete(members).where(members.c.department_id == department_id))
    gone = update(departments).where(departments.c.id == department_id).values(deleted=True)
    unit.execute(gone)


def member(unit: Unit, department: Department, learner_id: int) -> DepartmentMember | None:
    rows = unit.select(_members(department).where(members.c.learner_id == learner_id))
    return _member(department, rows[0]) if rows else None


def find_members(
    unit: Unit, department: Department, page: paging.Page
) -> paging.Found[DepartmentMember]:
    query = _members(department)
    return paging.find(unit, query, MEMBER_SORTS, page, lambda row: _member(department, row))


def is_admin(unit: Unit, platform_id: int, learner_id: int) -> bool:
    """Whether somebody is an admin of one of the platform's departments."""
    query = select(members.c.department_id).where(
        members.c.platform_id == platform_id, members.c.learner_id == learner_id, members.c.is_admin
    )
    return bool(unit.select(query.limit(1)))


def led_by(reach: Reach, admin_id: int) -> Select[Any]:
    """The ids of who is in departments, within reach, that a learner is an admin of."""
    own = select(members.c.department_id).where(
        members.c.learner_id == admin_id, members.c.is_admin
    )
    query = select(members.c.learner_id).where(members.c.department_id.in_(own))
    if reach.platform_id is None:
        return query
    return query.where(members.c.platform_id == reach.platform_id)


def led(unit: Unit, platform_id: int, admin_id: int, learner_ids: Iterable[int]) -> set[int]:
    """Those of the learners who are in departments that another is an admin of."""
    within = members.c.learner_id.in_(list(learner_ids))
    query = led_by(Reach(platform_id), admin_id).where(within).distinct()
    return {row.learner_id for row in unit.select(query)}


def join(unit: Unit, new: DepartmentMember) -> None:
    values = {
        "platform_id": new.department.platform_id,
        "department_id": new.department.id,
        "learner_id": new.learner.id,
        "is_admin": new.is_admin,
        "added_at": new.added,
    }
    unit.execute(insert(members).values(values))


def change_member(unit: Unit, changed: DepartmentMember) -> None:
    unit.execute(update(members).where(_is(changed)).values(is_admin=changed.is_admin))


def leave(unit: Unit, leaving: DepartmentMember) -> None:
    unit.execute(delete(members).where(_is(leaving)))


def _is(member: DepartmentMember) -> Any:
    return (members.c.department_id == member.department.id) & (
        members.c.learner_id == member.learner.id
    )


def _query(reach: Reach) -> Select[Any]:
    query = (
        select(departments, platforms.c.key.label("platform_key"))
        .join_from(departments, platforms, platforms.c.id == departments.c.platform_id)
        .where(~departments.c.deleted)
    )
    if reach.platform_id is None:
        return query
    return query.where(departments.c.platform_id == reach.platform_id)


def _members(department: Department) -> Select[Any]:
    return (
        select(members.c.is_admin, members.c.added_at, *learner_rows.labelled("person_"))
        .join_from(members, learners, learners.c.id == members.c.learner_id)
        .where(members.c.department_id == department.id)
    )


def build(row: Row[Any]) -> Department:
    return Department(row.id, row.platform_id, row.platform_key, row.name, row.created_at)


def _member(department: Department, row: Row[Any]) -> DepartmentMember:
    learner = learner_rows.build(row, "person_")
    return DepartmentMember(department, learner, row.is_admin, row.added_at)
