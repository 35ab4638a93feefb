"""GET, POST and DELETE /api/catalog/programs/ (ibl M4–M6, V9)."""

from typing import Any

import pytest

from tests.dialects.ibl.people_contract import checked
from tests.dialects.ibl.persons import CATALOG, ids
from tests.dialects.ibl.world import COURSE, PROGRAM, PROGRAM_KIND, World, problem

PATH = f"{CATALOG}/programs/"
NEW: dict[str, Any] = {
    "program_id": "care",
    "org": "ACME",
    "name": "Care",
    "course_list": [{"course_id": COURSE}],
}


def listed(world: World, caller: str = "operator", **query: Any) -> list[str]:
    rows = checked(getattr(world, caller).get(PATH, **query), "catalog_programs_list")
    return ids(rows, "program_id")


def test_a_program_is_made_with_its_courses(world: World) -> None:
    """M5."""
    made = checked(world.manager.post(PATH, NEW), "catalog_programs_create", 201)
    assert made == {
        "program_id": "care",
        "program_key": "ACME+care",
        "org": "ACME",
        "platform_key": "acme",
        "name": "Care",
        "slug": None,
        "program_type": 1,
        "enabled": True,
        "course_list": [{"course_id": COURSE, "name": "One"}],
        "data": None,
    }
    assert checked(world.manager.get(PATH, program_id="care"), "catalog_programs_list") == [made]


def test_a_program_named_again_is_changed_and_keeps_what_is_left_out(world: World) -> None:
    body = {**NEW, "slug": "care", "program_type": "3", "enabled": False, "data": {"a": [1]}}
    world.manager.post(PATH, body)
    changed = checked(
        world.manager.post(PATH, {**NEW, "name": "Caring", "course_list": []}),
        "catalog_programs_create",
        200,
    )
    assert changed["name"] == "Caring"
    assert changed["course_list"] == []
    kept = {name: changed[name] for name in ("slug", "program_type", "enabled", "data")}
    assert kept == {"slug": "care", "program_type": 3, "enabled": False, "data": {"a": [1]}}


@pytest.mark.parametrize(
    "naming", [{}, {"platform_key": "acme"}, {"org": "ACME"}, {"program_key": "ACME+care"}]
)
def test_a_managers_program_is_of_their_platform_however_it_is_named(
    world: World, naming: dict[str, str]
) -> None:
    body = {**{k: v for k, v in NEW.items() if k != "org"}, **naming}
    made = checked(world.manager.post(PATH, body), "catalog_programs_create", 201)
    assert (made["org"], made["program_key"]) == ("ACME", "ACME+care")


def test_an_operator_must_name_the_platform(world: World) -> None:
    body = {k: v for k, v in NEW.items() if k != "org"}
    problem(world.operator.post(PATH, body), 400, "org")
    made = world.operator.post(PATH, {**body, "platform_key": "acme"})
    assert checked(made, "catalog_programs_create", 201)["org"] == "ACME"


def test_programs_are_filtered(world: World) -> None:
    """M4."""
    world.manager.post(PATH, {**NEW, "slug": "Care-1"})
    world.manager.post(PATH, {**NEW, "program_id": "off", "enabled": False, "course_list": []})
    assert listed(world) == ["nursing", "care", "off"]
    assert listed(world, program_id="ACME+care") == ["care"]
    assert listed(world, course_id=COURSE) == ["care"]
    assert listed(world, slug="care-1") == ["care"]
    assert listed(world, name="Care") == ["care", "off"]
    assert listed(world, enabled="false") == ["off"]
    assert listed(world, enabled="1") == ["nursing", "care"]
    assert listed(world, org="ZETA") == []


def test_a_manager_sees_what_the_platform_owns_or_has_bought(world: World) -> None:
    assert listed(world, "stranger") == []
    world.licence(PROGRAM_KIND, platform_key="zeta")
    assert listed(world, "stranger") == ["nursing"]


def test_no_program_opens_a_course_of_another_platform(world: World) -> None:
    """Not even one that the platform bought seats of: they would be handed out without end."""
    world.operator.post("course/create/", {"platform_key": "zeta", "course_id": COURSE, "count": 1})
    body = {**NEW, "org": "ZETA"}
    problem(world.stranger.post(PATH, body), 400, "course_list")
    assert listed(world, "stranger") == []
    checked(world.operator.post(PATH, body), "catalog_programs_create", 201)


def test_a_program_that_nothing_stands_on_can_be_deleted(world: World) -> None:
    """M6."""
    world.manager.post(PATH, NEW)
    gone = world.manager.delete(PATH, program_id="care", org="ACME")
    assert checked(gone, "catalog_programs_destroy") == {"count": 1, "type": {"program": 1}}
    again = world.manager.delete(PATH, program_id="care", org="ACME")
    assert checked(again, "catalog_programs_destroy") == {"count": 0, "type": {}}


def test_a_program_with_a_licence_stays(world: World) -> None:
    world.licence(PROGRAM_KIND)
    problem(world.manager.delete(PATH, program_id="nursing", org="ACME"), 400)
    assert listed(world) == ["nursing"]


def test_a_course_of_a_program_stays(world: World) -> None:
    world.manager.post(PATH, NEW)
    problem(world.manager.delete(f"{CATALOG}/courses/", course_id=COURSE), 400)


def test_a_stranger_changes_and_deletes_nothing(world: World) -> None:
    problem(world.stranger.post(PATH, NEW), 403)
    problem(world.stranger.post(PATH, {**NEW, "org": "ZETA", "platform_key": "acme"}), 403)
    problem(world.stranger.delete(PATH, program_id="nursing", org="ACME"), 403)
    gone = world.stranger.delete(PATH, program_id=PROGRAM, org="ZETA")
    assert checked(gone, "catalog_programs_destroy")["count"] == 0
    assert listed(world) == ["nursing"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"program_id": None}, "program_id"),
        ({"name": ""}, "name"),
        ({"course_list": None}, "course_list"),
        ({"course_list": [{}]}, "course_list"),
        ({"course_list": [COURSE]}, "course_list"),
        ({"course_list": [{"course_id": "course-v1:NO+1+1"}]}, "course_list"),
        ({"program_type": 4}, "program_type"),
        ({"program_type": "custom"}, "program_type"),
        ({"program_key": "ZETA+care"}, "program_key"),
        ({"program_id": "p" * 300}, "program_id"),
        ({"data": {"a": "\x00"}}, "data"),
    ],
)
def test_bad_input_names_its_field_and_makes_nothing(
    world: World, fields: dict[str, Any], field: str
) -> None:
    problem(world.manager.post(PATH, {**NEW, **fields}), 400, field)
    assert listed(world) == ["nursing"]


@pytest.mark.parametrize("left_out", ["program_id", "name", "course_list"])
def test_what_is_required_is_asked_for(world: World, left_out: str) -> None:
    body = {name: value for name, value in NEW.items() if name != left_out}
    problem(world.manager.post(PATH, body), 400, left_out)


@pytest.mark.parametrize("left_out", ["program_id", "org"])
def test_a_delete_needs_the_program_and_its_org(world: World, left_out: str) -> None:
    query = {"program_id": "nursing", "org": "ACME"}
    del query[left_out]
    problem(world.manager.delete(PATH, **query), 400, left_out)
