"""Departments: list, create or rename, delete; and what the caller is in them (ibl Q6)."""

from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from seatledger.dialects.dialect import Refused
from seatledger.dialects.ibl.fields import Id, Word, none, unset
from seatledger.dialects.ibl.lists import Listing, Paged, envelope
from seatledger.dialects.ibl.operations import Call
from seatledger.dialects.ibl.persons import said
from seatledger.dialects.ibl.platforms import platform_of, reach_of_one
from seatledger.dialects.ibl.refusals import granted
from seatledger.dialects.ibl.roles import reach
from seatledger.domain import department as domain
from seatledger.domain.people_command import DeleteDepartment, SaveDepartment
from seatledger.domain.refusal import Code, Refusal, invalid
from seatledger.usecases.keep_departments import (
    SavedDepartment,
    list_departments,
    rights_of,
)
from seatledger.usecases.questions import Found

Name = Annotated[str, Meta(min_length=1, max_length=255)]


class DepartmentsQuery(Listing, kw_only=True):
    """`name` is contained in theirs. Operators must name the platform."""

    platform_key: Word | UnsetType = UNSET
    platform_org: Word | UnsetType = UNSET
    name: Word | UnsetType = UNSET


class DepartmentWrite(msgspec.Struct, kw_only=True):
    """A department is changed where `department_id` (or `id`) names it, else made by its name."""

    department_id: Id | UnsetType = UNSET
    id: Id | UnsetType = UNSET
    platform_key: Word | UnsetType = UNSET
    name: Name | UnsetType = UNSET


class DepartmentName(msgspec.Struct, kw_only=True):
    """`department_id`, or `id`, which means the same."""

    department_id: Id | UnsetType = UNSET
    id: Id | UnsetType = UNSET


class Department(msgspec.Struct, kw_only=True):
    id: int
    name: str
    platform_key: str
    active: bool


class RightsQuery(msgspec.Struct, kw_only=True):
    platform_key: Word


class Rights(msgspec.Struct, kw_only=True):
    """A key has the rights of an admin of its platform; its person may be a department's too."""

    is_department_admin: bool
    is_platform_admin: bool


async def list_all(call: Call[DepartmentsQuery, Any]) -> Paged[Department]:
    query = call.query
    within = await reach_of_one(call, key=query.platform_key, org=query.platform_org)
    found: Found[domain.Department] = granted(
        await call.desk.ask(list_departments, within, none(query.name), query.asked())
    )
    return envelope(call.request, query, found, department)


async def save(call: Call[Any, DepartmentWrite]) -> Department:
    """Names are unique in a platform: making one that is there already changes nothing."""
    body = call.body
    number = department_named(call)
    if number is None:
        platform_key: str | None = (await platform_of(call, key=body.platform_key)).key
    else:
        granted(await reach(call.desk, call.actor, keys=(body.platform_key,)))
        platform_key = none(body.platform_key)
    saved: SavedDepartment = granted(
        await call.desk.submit(
            SaveDepartment(
                call.actor,
                department_id=number,
                platform_key=platform_key,
                name=unset(body.name),
            )
        )
    )
    return department(saved.department)


async def delete(call: Call[DepartmentName, Any]) -> None:
    number = department_named(call)
    if number is None:
        raise Refused(invalid("department_id", "Name the department."))
    granted(await call.desk.submit(DeleteDepartment(call.actor, department_id=number)))


async def check(call: Call[RightsQuery, Any]) -> Rights:
    within = await reach_of_one(call, key=call.query.platform_key)
    is_department_admin, is_platform_admin = granted(
        await call.desk.ask(rights_of, call.actor, within)
    )
    return Rights(is_department_admin=is_department_admin, is_platform_admin=is_platform_admin)


def department_named(call: Call[Any, Any]) -> int | None:
    """The department's id under either name; under both the same."""
    number, other = said(call, "department_id"), said(call, "id")
    if None not in {number, other} and number != other:
        raise Refused(Refusal(Code.SELECTORS_DIFFER, "`id` says otherwise.", field="department_id"))
    return other if number is None else int(number)


def department(said: domain.Department) -> Department:
    return Department(id=said.id, name=said.name, platform_key=said.platform_key, active=True)
