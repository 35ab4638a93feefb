"""Create, change, delete and list departments, and say who is in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from seatledger.domain.actor import Actor, Reach
from seatledger.domain.command import Command, Unset
from seatledger.domain.department import Department, DepartmentMember
from seatledger.domain.event import Event, EventKind
from seatledger.domain.learner import PersonName
from seatledger.domain.people_command import DeleteDepartment, SaveDepartment, StaffDepartment
from seatledger.domain.refusal import Code, Refusal, invalid, unknown_learner, unknown_platform
from seatledger.storage import departments as rows
from seatledger.storage import events
from seatledger.storage import members as member_rows
from seatledger.storage.paging import Found, Page, sortable
from seatledger.storage.unit import Unit
from seatledger.usecases.create_platforms import reach_of
from seatledger.usecases.opening import origin
from seatledger.usecases.persons import find_person

NAME_LENGTH_MAX = 255


@dataclass(frozen=True, slots=True)
class SavedDepartment:
    department: Department
    created: bool


def save_departments(
    unit: Unit, commands: Sequence[SaveDepartment], now: datetime
) -> list[SavedDepartment | Refusal]:
    return [_save(unit, command, now) for command in commands]


def _save(unit: Unit, command: SaveDepartment, now: datetime) -> SavedDepartment | Refusal:
    if isinstance(command.name, str) and not 1 <= len(command.name.strip()) <= NAME_LENGTH_MAX:
        return invalid("name", f"A department's name has 1 to {NAME_LENGTH_MAX} characters.")
    reach = reach_of(unit, command.by, key=command.platform_key)
    if isinstance(reach, Refusal):
        return reach
    if command.department_id is None:
        return _named(unit, command, reach) or _create(unit, command, reach, now)
    before = rows.lock(unit, reach, command.department_id)
    if before is None:
        return unknown_department()
    if isinstance(command.name, Unset) or command.name == before.name:
        return SavedDepartment(before, created=False)
    if rows.by_name(unit, before.platform_id, command.name) is not None:
        return Refusal(Code.TAKEN, "Another department has this name.", field="name")
    after = replace(before, name=command.name)
    rows.rename(unit, after.id, after.name)
    _record(unit, command, after, {"name": before.name}, {"name": after.name}, now)
    return SavedDepartment(after, created=False)


def _named(unit: Unit, command: SaveDepartment, reach: Reach) -> SavedDepartment | None:
    """The department that has the name already: names are unique in a platform."""
    if reach.platform_id is None or isinstance(command.name, Unset):
        return None
    found = rows.by_name(unit, reach.platform_id, command.name)
    return None if found is None else SavedDepartment(found, created=False)


def _create(
    unit: Unit, command: SaveDepartment, reach: Reach, now: datetime
) -> SavedDepartment | Refusal:
    if reach.platform_id is None:
        return invalid("platform_key", "Name the platform.")
    if isinstance(command.name, Unset):
        return invalid("name", "A department has a name.")
    department_id = rows.add(unit, reach.platform_id, command.name, now)
    department = rows.get(unit, reach, department_id)
    assert department is not None
    _record(unit, command, department, None, {"name": department.name}, now)
    return SavedDepartment(department, created=True)


def delete_departments(
    unit: Unit, commands: Sequence[DeleteDepartment], now: datetime
) -> list[Department | Refusal]:
    return [_delete(unit, command, now) for command in commands]


def _delete(unit: Unit, command: DeleteDepartment, now: datetime) -> Department | Refusal:
    department = rows.lock(unit, command.by.reach, command.department_id)
    if department is None:
        return unknown_department()
    rows.remove(unit, department.id)
    by = origin(command, now)
    was = {"name": department.name}
    kind, platform_id = EventKind.DEPARTMENT_DELETED, department.platform_id
    events.add(unit, Event(kind, by, platform_id, None, department.id, was, {}))
    return department


def staff_departments(
    unit: Unit, commands: Sequence[StaffDepartment], now: datetime
) -> list[DepartmentMember | Refusal]:
    return [_staff(unit, command, now) for command in commands]


def _staff(unit: Unit, command: StaffDepartment, now: datetime) -> DepartmentMember | Refusal:
    department = rows.lock(unit, command.by.reach, command.department_id)
    if department is None:
        return unknown_department()
    within = Reach(department.platform_id)
    learner = find_person(unit, within, PersonName(learner_id=command.learner_id))
    if isinstance(learner, Refusal):
        return learner
    before = rows.member(unit, department, learner.id)
    if command.leaves:
        return _leave(unit, command, before, now)
    after = before or DepartmentMember(department, learner, is_admin=False, added=now)
    if not isinstance(command.is_admin, Unset):
        after = replace(after, is_admin=command.is_admin)
    if before is None:
        rows.join(unit, after)
    elif after != before:
        rows.change_member(unit, after)
    if after != before:
        was = None if before is None else {"is_admin": before.is_admin}
        facts = {"learner_id": learner.id, "is_admin": after.is_admin}
        _record(unit, command, department, was, facts, now)
    return after


def _leave(
    unit: Unit, command: StaffDepartment, before: DepartmentMember | None, now: datetime
) -> DepartmentMember | Refusal:
    if before is None:
        return unknown_learner()
    rows.leave(unit, before)
    was = {"learner_id": before.learner.id, "is_admin": before.is_admin}
    _record(unit, command, before.department, was, {"learner_id": None}, now)
    return replace(before, active=False)


def unknown_department() -> Refusal:
    return Refusal(Code.UNKNOWN_DEPARTMENT, "There is no such department.")


def list_departments(
    unit: Unit, reach: Reach, name: str | None, page: Page
) -> Found[Department] | Refusal:
    if not sortable(rows.SORTS, page.sort):
        return invalid("sort", f"This list can't be sorted by {page.sort!r}.")
    return rows.find(unit, reach, name, page)


def get_department(unit: Unit, reach: Reach, department_id: int) -> Department | Refusal:
    return rows.get(unit, reach, department_id) or unknown_department()


def list_department_members(
    unit: Unit, reach: Reach, department_id: int, page: Page
) -> Found[DepartmentMember] | Refusal:
    if not sortable(rows.MEMBER_SORTS, page.sort):
        return invalid("sort", f"This list can't be sorted by {page.sort!r}.")
    department = rows.get(unit, reach, department_id)
    if department is None:
        return unknown_department()
    return rows.find_members(unit, department, page)


def rights_of(unit: Unit, actor: Actor, reach: Reach) -> tuple[bool, bool] | Refusal:
    """Whether the caller is a department's admin, and the platform's, where `reach` says.

    A key has the rights of an admin of its platform; its person may be a department's admin too.
    """
    if reach.platform_id is None:
        return unknown_platform()
    if actor.learner is None:
        return False, True
    membership = member_rows.get(unit, reach.platform_id, actor.learner.id)
    belongs = membership is None or membership.active
    return belongs and rows.is_admin(unit, reach.platform_id, actor.learner.id), True


def _record(
    unit: Unit,
    command: Command,
    department: Department,
    before: Mapping[str, object] | None,
    after: Mapping[str, object],
    now: datetime,
) -> None:
    by = origin(command, now)
    kind, platform_id = EventKind.DEPARTMENT_SAVED, department.platform_id
    events.add(unit, Event(kind, by, platform_id, None, department.id, before, after))
