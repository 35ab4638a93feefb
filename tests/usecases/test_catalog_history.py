"""Every change of catalog and people leaves one event; what changes nothing leaves none (I6)."""

from typing import Any

import sqlalchemy

from seatledger.domain.catalog_command import (
    DeleteItem,
    DeletePathway,
    Enrol,
    PathwayName,
    SavePathway,
    Unenrol,
)
from seatledger.domain.command import Command, SaveItem
from seatledger.domain.item import ItemKind
from seatledger.domain.learner import PersonName
from seatledger.domain.people_command import (
    AllowSelfJoin,
    DeleteDepartment,
    LinkLearner,
    SaveDepartment,
    ShapePlatform,
    StaffDepartment,
)
from seatledger.domain.refusal import Code
from tests.support.cast import MANAGER, OPERATOR, STRANGER
from tests.support.world import World

PROGRAM = ItemKind.PROGRAM


def history(world: World, after: int = 0) -> list[tuple[str, Any, Any]]:
    """Kind, before and after of each event since one."""
    query = sqlalchemy.text("SELECT kind, before, after FROM events WHERE id > :after ORDER BY id")
    with world.database.read() as unit:
        rows = unit.connection.execute(query, {"after": after}).fetchall()
    return [tuple(row) for row in rows]


def last(world: World) -> int:
    with world.database.read() as unit:
        return unit.count(sqlalchemy.text("SELECT COALESCE(MAX(id), 0) FROM events"))  # type: ignore[arg-type]


def kinds(world: World, *commands: Command) -> list[str]:
    """The kinds of the events that these commands leave."""
    before = last(world)
    for command in commands:
        world.do(command)
    return [kind for kind, _, _ in history(world, before)]


def ann(world: World) -> PersonName:
    """A member of acme."""
    (seated,) = world.assign(world.pool().id, "ann")
    world.do(LinkLearner(MANAGER, learner_id=seated.learner.id, platform_key="acme"))
    return PersonName(learner_id=seated.learner.id)


def test_a_program_and_its_courses(world: World) -> None:
    world.pool()  # which makes course-1

    def program(**fields: Any) -> SaveItem:
        return SaveItem(MANAGER, kind=PROGRAM, key="P", platform_org="ACME", **fields)

    assert kinds(world, program(title="P", course_keys=("course-1",))) == ["item_saved"]
    assert kinds(world, program(), program(title="P"), program(course_keys=("course-1",))) == []
    assert kinds(world, program(details={"a": 1}), program(course_keys=())) == ["item_saved"] * 2
    assert kinds(world, program(details={"b": 2})) == ["item_saved"]
    gone = DeleteItem(MANAGER, kind=PROGRAM, key="P")
    assert kinds(world, gone, gone) == ["item_deleted"]


def test_a_pathway_and_who_is_in_it(world: World) -> None:
    person = ann(world)

    def way(**fields: Any) -> SavePathway:
        return SavePathway(MANAGER, owner=person, key="way", name="Way", path=(), **fields)

    assert kinds(world, way(), way()) == ["pathway_saved"]
    assert kinds(world, way(slug="w"), way(slug="w")) == ["pathway_saved"]
    named = {"person": person, "pathway": PathwayName(key="way")}
    assert kinds(world, Enrol(MANAGER, **named), Enrol(MANAGER, **named)) == ["enrolled"]  # type: ignore[arg-type]
    leave = Unenrol(MANAGER, **named)  # type: ignore[arg-type]
    assert kinds(world, leave, leave) == ["unenrolled"]
    before = last(world)
    assert world.code(DeletePathway(MANAGER, owner=person, key="way")) is Code.IN_USE
    assert history(world, before) == []
    world.do(SavePathway(MANAGER, owner=person, key="other", name="Other", path=()))
    gone = DeletePathway(MANAGER, owner=person, key="other")
    assert kinds(world, gone, gone) == ["pathway_deleted"]


def test_a_department_and_its_people(world: World) -> None:
    learner_id = ann(world).learner_id or 0
    create = SaveDepartment(MANAGER, name="Surgery")
    assert kinds(world, create, create) == ["department_saved"]
    number = world.do(create).department.id
    rename = SaveDepartment(MANAGER, department_id=number, name="Theatre")
    assert kinds(world, rename, rename) == ["department_saved"]
    join = StaffDepartment(MANAGER, department_id=number, learner_id=learner_id, is_admin=True)
    assert kinds(world, join, join) == ["department_saved"]
    leave = StaffDepartment(MANAGER, department_id=number, learner_id=learner_id, leaves=True)
    assert kinds(world, leave) == ["department_saved"]
    assert world.code(leave) is Code.UNKNOWN_LEARNER
    assert kinds(world, DeleteDepartment(MANAGER, department_id=number)) == ["department_deleted"]


def test_a_platform(world: World) -> None:
    name = ShapePlatform(MANAGER, key="acme", name="Acme Health")
    assert kinds(world, name, name) == ["platform_changed"]
    allow = AllowSelfJoin(MANAGER, platform_key="acme", allowed=True)
    assert kinds(world, allow, allow) == ["platform_changed"]
    kind, before, after = history(world)[-1]
    assert (kind, "true" in str(after).lower(), before is None) == ("platform_changed", True, False)


def test_what_is_refused_leaves_nothing(world: World) -> None:
    person = ann(world)
    before = last(world)
    for command, code in (
        (SaveItem(STRANGER, kind=PROGRAM, key="P", platform_org="ACME"), Code.UNKNOWN_PLATFORM),
        (SavePathway(OPERATOR, owner=person, name="W", path=()), Code.INVALID),
        (Enrol(MANAGER, person=person, program_keys=("P",)), Code.UNKNOWN_ITEM),
        (Enrol(MANAGER, person=person), Code.INVALID),
        (SaveDepartment(STRANGER, platform_key="acme", name="S"), Code.UNKNOWN_PLATFORM),
        (StaffDepartment(MANAGER, department_id=9, learner_id=1), Code.UNKNOWN_DEPARTMENT),
        (ShapePlatform(STRANGER, key="acme", name="Mine"), Code.UNKNOWN_PLATFORM),
        (ShapePlatform(MANAGER, key="acme", new_key="mine"), Code.FORBIDDEN),
        (AllowSelfJoin(STRANGER, platform_key="acme", allowed=True), Code.UNKNOWN_PLATFORM),
    ):
        assert world.code(command) is code, command
    assert history(world, before) == []
