"""GET /api/catalog/enrollment/courses/search/ (ibl P1, B14, V10)."""

from typing import Any

from tests.dialects.ibl.people_contract import checked
from tests.dialects.ibl.persons import CATALOG, HUGE, ids
from tests.dialects.ibl.world import (
    COURSE,
    COURSE_KIND,
    DAY,
    NOON,
    PROGRAM_KIND,
    Clock,
    World,
    problem,
)

PATH = f"{CATALOG}/enrollment/courses/search/"
NAME = "catalog_enrollment_courses_search_retrieve"


def found(world: World, caller: str = "manager", **query: Any) -> list[dict[str, Any]]:
    query = query or {"platform_key": "acme"}
    rows: list[dict[str, Any]] = checked(getattr(world, caller).get(PATH, **query), NAME)["results"]
    return rows


def seat(world: World, **pool: Any) -> dict[str, Any]:
    """Ann's seat in a new pool of the course."""
    licence = world.licence(COURSE_KIND, **pool)
    return world.assign(COURSE_KIND, licence["id"], email="ann@acme.example", metadata={"a": 1})


def nursing_with_the_course(world: World) -> None:
    body = {"program_id": "nursing", "name": "Nursing", "course_list": [{"course_id": COURSE}]}
    assert world.manager.post(f"{CATALOG}/programs/", body).status_code == 200


def test_a_seat_is_an_enrollment(world: World) -> None:
    given = seat(world, expired=(NOON + DAY).isoformat())
    (row,) = found(world)
    assert row == {
        "user_id": given["user_id"],
        "username": "ann@acme.example",
        "email": "ann@acme.example",
        "name": None,
        "course_id": COURSE,
        "course_name": "One",
        "active": True,
        "created": "2026-03-01T12:00:00Z",
        "started": "2026-03-01T12:00:00Z",
        "ended": None,
        "expired": "2026-03-02T12:00:00Z",
        "metadata": {"a": 1},
    }


def test_a_seat_of_a_program_enrolls_in_each_of_its_courses(world: World) -> None:
    licence = world.licence(PROGRAM_KIND)
    world.assign(PROGRAM_KIND, licence["id"], email="ann@acme.example")
    assert found(world) == []
    nursing_with_the_course(world)
    assert ids(found(world), "course_id") == [COURSE]


def test_two_seats_of_one_course_are_one_enrollment_as_long_as_the_longest(world: World) -> None:
    """W10."""
    seat(world, expired=(NOON + DAY).isoformat())
    assert found(world)[0]["expired"] is not None
    seat(world)
    assert ids(found(world), "expired") == [None]
    nursing_with_the_course(world)
    licence = world.licence(PROGRAM_KIND)
    world.assign(PROGRAM_KIND, licence["id"], email="ann@acme.example")
    assert len(found(world)) == 1


def test_an_enrollment_is_there_while_the_seat_is_in_force(world: World, clock: Clock) -> None:
    """W7, W9, W21."""
    given = seat(world, started=(NOON + DAY).isoformat(), expired=(NOON + 3 * DAY).isoformat())
    assert found(world) == []  # the pool has not started
    clock.now = NOON + DAY
    assert ids(found(world), "started") == ["2026-03-02T12:00:00Z"]
    body = {"license_id": given["license_id"], "user_id": given["user_id"]}
    world.manager.post("course/assignment/", {**body, "active": False})
    assert found(world) == []
    world.manager.post("course/assignment/", {**body, "active": True})
    assert len(found(world)) == 1
    world.operator.post("course/update/", {"license_id": given["license_id"], "active": False})
    assert found(world) == []
    world.operator.post("course/update/", {"license_id": given["license_id"], "active": True})
    clock.now = NOON + 3 * DAY
    assert found(world) == []


def test_a_seat_taken_back_enrolls_no_more(world: World) -> None:
    given = seat(world)
    world.manager.delete("course/assignment/", assignment_id=given["id"])
    assert found(world) == []


def test_something_must_be_asked(world: World) -> None:
    """P1."""
    problem(world.manager.get(PATH), 400, "user_id")
    problem(world.manager.get(PATH, course_name="One"), 400, "user_id")


def test_enrollments_are_filtered(world: World) -> None:
    given = seat(world)
    licence = world.licence(COURSE_KIND)
    world.assign(COURSE_KIND, licence["id"], email="bob@acme.example")
    ann, bob = "ann@acme.example", "bob@acme.example"
    asked: list[tuple[dict[str, Any], list[str]]] = [
        ({"user_id": given["user_id"]}, [ann]),
        ({"username": ann}, [ann]),
        ({"email": " ANN@acme.example"}, [ann]),
        ({"email": "nobody@acme.example"}, []),
        ({"course_id": COURSE}, [bob, ann]),
        ({"course_id": COURSE, "sort": "created"}, [ann, bob]),
        ({"course_id": COURSE, "sort": "-email"}, [bob, ann]),
        ({"course_id": COURSE, "course_name": "on"}, [bob, ann]),
        ({"course_id": COURSE, "course_name": "two"}, []),
        ({"course_id": "other"}, []),
        ({"org": "ACME", "include_default_platform": "true"}, [bob, ann]),
        ({"org": "ZETA"}, []),
        ({"slug": "one"}, []),
    ]
    assert [(query, ids(found(world, **query), "email")) for query, _ in asked] == asked


def test_pages_follow_one_another(world: World) -> None:
    licence = world.licence(COURSE_KIND)
    for name in "abc":
        world.assign(COURSE_KIND, licence["id"], email=f"{name}@acme.example")
    query = {"course_id": COURSE, "page_size": 2, "sort": "id"}
    first = checked(world.manager.get(PATH, **query), NAME)
    assert (first["count"], first["previous"], first["next"]) == (3, None, first["next_page"])
    second = checked(world.manager.send("GET", first["next_page"]), NAME)
    names = ids([*first["results"], *second["results"]], "email")
    assert names == ["a@acme.example", "b@acme.example", "c@acme.example"]
    assert second["next_page"] is None


def test_a_stranger_sees_nothing(world: World) -> None:
    """B14."""
    given = seat(world)
    problem(world.stranger.get(PATH, platform_key="acme"), 403)
    assert found(world, "stranger", course_id=COURSE) == []
    assert found(world, "stranger", user_id=given["user_id"]) == []
    assert len(found(world, "operator", course_id=COURSE)) == 1


def test_bad_input_names_its_field(world: World) -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        ({"user_id": "ann"}, "user_id"),
        ({"user_id": HUGE}, "user_id"),
        ({"course_id": ""}, "course_id"),
        ({"course_id": COURSE, "page": 0}, "page"),
        ({"course_id": COURSE, "sort": "price"}, "sort"),
        ({"username": "a\x00"}, "username"),
    ]
    for query, field in cases:
        problem(world.manager.get(PATH, **query), 400, field)
