"""GET, POST and DELETE /api/catalog/courses/ (ibl M1–M3)."""

from typing import Any

import pytest

from tests.dialects.ibl.people_contract import checked
from tests.dialects.ibl.persons import CATALOG, ids
from tests.dialects.ibl.world import COURSE, COURSE_KIND, World, problem

PATH = f"{CATALOG}/courses/"
NEW = {"course_id": "course-v1:ACME+9+2026", "org": "ACME"}


def listed(world: World, caller: str = "operator", **query: Any) -> list[str]:
    rows = checked(getattr(world, caller).get(PATH, **query), "catalog_courses_list")
    return ids(rows, "course_id")


def test_a_course_is_made_once_and_then_changed(world: World) -> None:
    """M2: 201 when made, 200 when updated."""
    made = checked(world.manager.post(PATH, NEW), "catalog_courses_create", 201)
    assert made == {**NEW, "name": NEW["course_id"], "slug": None}
    named = {**NEW, "name": "Nine"}
    changed = checked(world.manager.post(PATH, named), "catalog_courses_create", 200)
    assert changed == {**named, "slug": None}
    again = checked(world.manager.post(PATH, NEW), "catalog_courses_create", 200)
    assert again["name"] == "Nine"  # what is left out stays (W12)


def test_slug_and_data_are_ignored_on_write(world: World) -> None:
    """M2."""
    body = {**NEW, "slug": "nine", "data": {"a": 1}}
    assert checked(world.manager.post(PATH, body), "catalog_courses_create", 201)["slug"] is None
    assert listed(world, slug="nine") == []


def test_the_org_of_a_course_changes_only_when_that_is_asked(world: World) -> None:
    """M2."""
    body = {"course_id": COURSE, "org": "ZETA"}
    kept = checked(world.operator.post(PATH, body), "catalog_courses_create", 200)
    assert kept["org"] == "ACME"
    moved = checked(
        world.operator.post(PATH, {**body, "overwrite_existing_org": True}),
        "catalog_courses_create",
        200,
    )
    assert moved["org"] == "ZETA"


def test_courses_are_filtered_by_id_and_by_org(world: World) -> None:
    """M1."""
    world.operator.post(PATH, {"course_id": "course-v1:ZETA+1+2026", "org": "ZETA"})
    assert listed(world) == [COURSE, "course-v1:ZETA+1+2026"]
    assert listed(world, course_id=COURSE) == [COURSE]
    assert listed(world, org="ZETA") == ["course-v1:ZETA+1+2026"]
    assert listed(world, org="NONE") == []


def test_a_manager_sees_what_the_platform_owns_or_has_bought(world: World) -> None:
    assert listed(world, "stranger") == []
    world.licence(COURSE_KIND, platform_key="zeta")
    assert listed(world, "stranger") == [COURSE]


def test_a_course_that_nothing_stands_on_can_be_deleted(world: World) -> None:
    """M3."""
    world.manager.post(PATH, NEW)
    gone = world.manager.delete(PATH, course_id=NEW["course_id"])
    assert checked(gone, "catalog_courses_destroy") == {"count": 1, "type": {"course": 1}}
    again = world.manager.delete(PATH, course_id=NEW["course_id"])
    assert checked(again, "catalog_courses_destroy") == {"count": 0, "type": {}}
    assert listed(world) == [COURSE]


def test_a_course_with_a_licence_stays(world: World) -> None:
    world.licence(COURSE_KIND)
    problem(world.manager.delete(PATH, course_id=COURSE), 400)
    assert listed(world) == [COURSE]


@pytest.mark.parametrize("narrower", [{"org": "ZETA"}, {"slug": "other"}])
def test_a_course_is_deleted_only_where_all_that_is_said_fits(
    world: World, narrower: dict[str, str]
) -> None:
    gone = world.operator.delete(PATH, course_id=COURSE, **narrower)
    assert checked(gone, "catalog_courses_destroy")["count"] == 0
    assert listed(world) == [COURSE]


def test_a_stranger_changes_and_deletes_nothing(world: World) -> None:
    """W56: another platform's name is 403; an id that lives elsewhere is unknown."""
    problem(world.stranger.post(PATH, NEW), 403)
    problem(world.stranger.post(PATH, {"course_id": COURSE, "org": "ZETA"}), 404)
    problem(world.stranger.delete(PATH, course_id=COURSE, org="ACME"), 403)
    assert world.stranger.delete(PATH, course_id=COURSE).json()["count"] == 0
    assert listed(world) == [COURSE]


def test_there_is_no_default_platform(world: World) -> None:
    """M2 knows one; here an org must be somebody's."""
    problem(world.operator.post(PATH, {**NEW, "org": "NONE"}), 404)
    assert listed(world) == [COURSE]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"org": "ACME"}, "course_id"),
        ({"course_id": NEW["course_id"]}, "org"),
        ({**NEW, "course_id": ""}, "course_id"),
        ({**NEW, "course_id": 7}, "course_id"),
        ({**NEW, "course_id": "c" * 256}, "course_id"),
        ({**NEW, "name": "a\x00b"}, "name"),
        ({**NEW, "overwrite_existing_org": "perhaps"}, "overwrite_existing_org"),
    ],
)
def test_bad_input_names_its_field_and_makes_nothing(
    world: World, body: dict[str, Any], field: str
) -> None:
    problem(world.manager.post(PATH, body), 400, field)
    assert listed(world) == [COURSE]


def test_a_delete_needs_the_course(world: World) -> None:
    problem(world.manager.delete(PATH), 400, "course_id")
