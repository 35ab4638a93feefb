"""Who is in a department: list, add, change, remove, many at once (ibl Q6)."""

from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from seatledger.dialects.ibl.fields import Email, Id, Word, unset
from seatledger.dialects.ibl.lists import Listing, Paged, envelope
from seatledger.dialects.ibl.operations import Call
from seatledger.dialects.ibl.people.bulk import Bulk, BulkAnswer, one_by_one
from seatledger.dialects.ibl.persons import UserId, person_of, said
from seatledger.dialects.ibl.refusals import granted
from seatledger.domain import department as domain
from seatledger.domain.learner import Learner
from seatledger.domain.people_command import StaffDepartment
from seatledger.usecases.keep_departments import get_department, list_department_members
from seatledger.usecases.persons import find_person
from seatledger.usecases.questions import Found


class DepartmentMembersQuery(Listing, kw_only=True):
    department_id: Id


class DepartmentMemberWrite(msgspec.Struct, kw_only=True):
    """Somebody the platform knows. With `active` false they leave."""

    department_id: Id
    user_id: UserId | UnsetType = UNSET
    username: str | UnsetType = UNSET
    email: str | UnsetType = UNSET
    is_admin: bool | UnsetType = UNSET
    active: bool = True


class DepartmentMemberName(msgspec.Struct, kw_only=True):
    department_id: Id
    user_id: Word | UnsetType = UNSET
    username: Word | UnsetType = UNSET
    email: Email | UnsetType = UNSET


class DepartmentMemberBulk(Bulk, kw_only=True):
    department_id: Id
    is_admin: bool | UnsetType = UNSET


class DepartmentMember(msgspec.Struct, kw_only=True):
    department_id: int
    user_id: int
    username: str
    email: str
    name: str
    is_admin: bool
    active: bool


async def list_all(call: Call[DepartmentMembersQuery, Any]) -> Paged[DepartmentMember]:
    query = call.query
    found: Found[domain.DepartmentMember] = granted(
        await call.desk.ask(
            list_department_members, call.actor.reach, query.department_id, query.asked()
        )
    )
    return envelope(call.request, query, found, member)


async def save(call: Call[Any, DepartmentMemberWrite]) -> DepartmentMember:
    """Add somebody, change whether they are its admin, or let them go."""
    body = call.body
    person = await _person(call)
    saved: domain.DepartmentMember = granted(
        await call.desk.submit(
            StaffDepartment(
                call.actor,
                department_id=body.department_id,
                learner_id=person.id,
                is_admin=unset(body.is_admin),
                leaves=not body.active,
            )
        )
    )
    return member(saved)


async def delete(call: Call[DepartmentMemberName, Any]) -> None:
    person = await _person(call)
    command = StaffDepartment(
        call.actor,
        department_id=call.query.department_id,
        learner_id=person.id,
        leaves=True,
    )
    granted(await call.desk.submit(command))


async def save_many(call: Call[Any, DepartmentMemberBulk]) -> BulkAnswer:
    body = call.body
    granted(await call.desk.ask(get_department, call.actor.reach, body.department_id))

    async def change(user_id: int) -> Any:
        return await call.desk.submit(
            StaffDepartment(
                call.actor,
                department_id=body.department_id,
                learner_id=user_id,
                is_admin=unset(body.is_admin),
                leaves=not body.active,
            )
        )

    return await one_by_one(body, change)


async def _person(call: Call[Any, Any]) -> Learner:
    department: domain.Department = granted(
        await call.desk.ask(get_department, call.actor.reach, said(call, "department_id"))
    )
    within = call.actor.reach_within(department.platform_id)
    person: Learner = granted(
        await call.desk.ask(find_person, within, person_of(call)), learner_id="user_id"
    )
    return person


def member(said: domain.DepartmentMember) -> DepartmentMember:
    return DepartmentMember(
        department_id=said.department.id,
        user_id=said.learner.id,
        username=said.learner.login,
        email=said.learner.email,
        name=said.learner.name,
        is_admin=said.is_admin,
        active=said.active,
    )
