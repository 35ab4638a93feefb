"""GET, POST and DELETE /api/catalog/enrollment/programs/, and …/search/ (ibl P2, S5, V9)."""

from typing import Any

from tests.dialects.ibl.people_contract import checked
from tests.dialects.ibl.persons import CATALOG, HUGE, ids
from tests.dialects.ibl.world import (
    DAY,
    NOON,
    PROGRAM,
    PROGRAM_KIND,
    Clock,
    World,
    problem,
)

PATH = f"{CATALOG}/enrollment/programs/"
SEARCH = f"{PATH}search/"
NAME = "catalog_enrollment_programs"
NURSING = {"program_id": "nursing", "org": "ACME"}


def enroll(world: World, user_id: int, **fields: Any) -> dict[str, Any]:
    answer = world.manager.post(PATH, {"user_id": user_id, **NURSING, **fields})
    enrollment: dict[str, Any] = checked(answer, f"{NAME}_create")
    return enrollment


def look(world: World, user_id: int, **query: Any) -> dict[str, Any]:
    answer = world.manager.get(PATH, user_id=user_id, program_id="nursing", **query)
    enrollment: dict[str, Any] = checked(answer, f"{NAME}_retrieve")
    return enrollment


def searched(world: World, caller: str = "manager", **query: Any) -> list[dict[str, Any]]:
    answer = getattr(world, caller).get(SEARCH, **query)
    rows: list[dict[str, Any]] = checked(answer, f"{NAME}_search_retrieve")["results"]
    return rows


def test_somebody_is_enrolled_by_name(world: World) -> None:
    ann = world.member("ann")
    enrollment = enroll(world, ann)
    assert enrollment == {
        "user_id": ann,
        "username": "ann@acme.example",
        "program_id": "nursing",
        "program_key": PROGRAM,
        "platform_key": "acme",
        "org": "ACME",
        "name": "Nursing",
        "created": "2026-03-01T12:00:00Z",
        "started": "2026-03-01T12:00:00Z",
        "ended": None,
        "expired": None,
        "active": True,
    }
    plus = {**enrollment, "metadata": {}, "program_metadata": None}
    assert look(world, ann) == plus
    assert searched(world) == [plus]


def test_a_seat_of_the_program_shows_as_an_enrollment(world: World) -> None:
    licence = world.licence(PROGRAM_KIND, expired=(NOON + DAY).isoformat())
    ann = world.member("ann")
    seat = world.assign(PROGRAM_KIND, licence["id"], user_id=ann, metadata={"a": 1})
    shown = look(world, ann)
    assert (shown["active"], shown["expired"]) == (True, "2026-03-02T12:00:00Z")
    assert shown["metadata"] == {"a": 1}
    assert searched(world) == [shown]
    world.manager.delete("program/assignment/", assignment_id=seat["id"])
    assert searched(world) == []


def test_enrolled_twice_by_name_and_by_seat_is_enrolled_once(world: World) -> None:
    ann = world.member("ann")
    enroll(world, ann, metadata={"by": "name"})
    licence = world.licence(PROGRAM_KIND)
    world.assign(PROGRAM_KIND, licence["id"], user_id=ann)
    assert ids(searched(world), "metadata") == [{"by": "name"}]
    world.manager.delete(PATH, user_id=ann, **NURSING)
    assert ids(searched(world), "metadata") == [{}]  # the seat still enrolls


def test_enrolling_again_changes_the_enrollment(world: World, clock: Clock) -> None:
    ann = world.member("ann")
    enroll(world, ann, metadata={"a": 1})
    clock.now = NOON + DAY
    changed = enroll(world, ann, expired=(NOON + 2 * DAY).isoformat())
    assert (changed["created"], changed["expired"]) == (
        "2026-03-01T12:00:00Z",
        "2026-03-03T12:00:00Z",
    )
    assert look(world, ann)["metadata"] == {"a": 1}  # what is left out stays
    assert len(searched(world)) == 1


def test_a_delete_deactivates_and_removes_nothing(world: World, clock: Clock) -> None:
    """P2."""
    ann = world.member("ann")
    enroll(world, ann)
    clock.now = NOON + DAY
    gone = checked(world.manager.delete(PATH, user_id=ann, **NURSING), f"{NAME}_destroy")
    assert (gone["active"], gone["ended"]) == (False, "2026-03-02T12:00:00Z")
    clock.now = NOON + 2 * DAY
    again = checked(world.manager.delete(PATH, user_id=ann, **NURSING), f"{NAME}_destroy")
    assert again == gone
    assert searched(world) == []
    problem(world.manager.get(PATH, user_id=ann, **NURSING), 404)
    assert look(world, ann, active="false")["ended"] == gone["ended"]
    assert enroll(world, ann)["ended"] is None  # and back again


def test_what_a_seat_makes_ends_with_the_seat_alone(world: World) -> None:
    ann = world.member("ann")
    licence = world.licence(PROGRAM_KIND)
    world.assign(PROGRAM_KIND, licence["id"], user_id=ann)
    problem(world.manager.delete(PATH, user_id=ann, **NURSING), 404)
    assert world.used(PROGRAM_KIND, licence["id"]) == 1


def test_an_expired_enrollment_shows_only_when_that_is_asked(world: World, clock: Clock) -> None:
    """P2."""
    ann = world.member("ann")
    enroll(world, ann, expired=(NOON + DAY).isoformat())
    clock.now = NOON + DAY
    assert searched(world) == []
    problem(world.manager.get(PATH, user_id=ann, **NURSING), 404)
    assert look(world, ann, ignore_expiration="true")["expired"] is not None


def test_program_data_is_shown_as_metadata_unless_it_is_not_wanted(world: World) -> None:
    body = {"program_id": "nursing", "name": "Nursing", "course_list": [], "data": {"level": 2}}
    world.manager.post(f"{CATALOG}/programs/", body)
    ann = world.member("ann")
    enroll(world, ann, metadata={"a": 1})
    shown = look(world, ann)
    assert (shown["metadata"], shown["program_metadata"]) == ({"a": 1}, {"level": 2})
    bare = look(world, ann, include_metadata="false")
    assert (bare["metadata"], bare["program_metadata"]) == (None, None)


def test_the_query_names_as_well_as_the_body(world: World) -> None:
    ann = world.member("ann")
    query = {"username": "ann@acme.example", "program_key": PROGRAM, "active": "false"}
    answer = world.manager.post(PATH, None, params=query)
    assert checked(answer, f"{NAME}_create")["active"] is False
    body = {"user_id": str(ann), "program_key": PROGRAM}
    problem(world.manager.post(PATH, body, params={"user_id": ann + 1}), 400, "user_id")


def test_a_platform_enrolls_its_people_in_a_program_it_bought(world: World) -> None:
    zoe = world.member("zoe", "zeta")
    body = {"user_id": zoe, **NURSING}
    problem(world.stranger.post(PATH, body), 404)
    world.licence(PROGRAM_KIND, platform_key="zeta")
    enrollment = checked(world.stranger.post(PATH, body), f"{NAME}_create")
    assert (enrollment["platform_key"], enrollment["org"]) == ("zeta", "ACME")
    assert searched(world) == []
    assert ids(searched(world, "stranger"), "user_id") == [zoe]
    assert ids(searched(world, "operator"), "user_id") == [zoe]


def test_searches_are_filtered_and_paged_by_number(world: World) -> None:
    """S5."""
    people = {name: world.member(name) for name in "abc"}
    for user_id in people.values():
        enroll(world, user_id)
    asked: list[tuple[dict[str, Any], str]] = [
        ({}, "cba"),
        ({"sort": "email"}, "abc"),
        ({"user_id": people["b"]}, "b"),
        ({"username": "c@acme.example"}, "c"),
        ({"program_id": "nursing"}, "cba"),
        ({"program_id": "other"}, ""),
        ({"org": "ZETA"}, ""),
        ({"slug": "none"}, ""),
        ({"program_type": "3"}, ""),
        ({"platform_key": "acme"}, "cba"),
    ]
    found = [
        (query, "".join(row["username"][0] for row in searched(world, **query)))
        for query, _ in asked
    ]
    assert found == asked
    pages = [world.manager.get(SEARCH, page=page, page_size=2).json() for page in (1, 2, 3)]
    links = [(page["previous_page"], page["next_page"], len(page["results"])) for page in pages]
    assert links == [(None, 2, 2), (1, None, 1), (2, None, 0)]


def test_a_stranger_sees_and_changes_nothing(world: World) -> None:
    ann = world.member("ann")
    enroll(world, ann)
    problem(world.stranger.get(PATH, user_id=ann, **NURSING), 404)
    problem(world.stranger.get(SEARCH, platform_key="acme"), 403)
    problem(world.stranger.post(PATH, {"user_id": ann, **NURSING}), 404)
    problem(world.stranger.post(PATH, {"user_id": ann, **NURSING, "platform_key": "acme"}), 403)
    problem(world.stranger.delete(PATH, user_id=ann, **NURSING), 404)
    assert searched(world, "stranger") == []
    assert look(world, ann)["active"]


def test_bad_input_names_its_field_and_enrolls_nobody(world: World) -> None:
    ann = world.member("ann")
    body = {"user_id": ann, **NURSING}
    cases: list[tuple[dict[str, Any], int, str | None]] = [
        ({"user_id": "ann"}, 400, "user_id"),
        ({"user_id": HUGE}, 400, "user_id"),
        ({"user_id": 999}, 404, None),
        ({"program_id": "other"}, 404, None),
        ({"program_id": 7}, 400, "program_id"),
        ({"active": "so"}, 400, "active"),
        ({"started": "soon"}, 400, "started"),
        ({"expired": (NOON - DAY).isoformat()}, 400, "expired"),
        ({"metadata": [1]}, 400, "metadata"),
        ({"metadata": {"a": "\x00"}}, 400, "metadata"),
    ]
    for fields, status, field in cases:
        problem(world.manager.post(PATH, {**body, **fields}), status, field)
    problem(world.manager.post(PATH, NURSING), 400, "user_id")
    problem(world.manager.post(PATH, {"user_id": ann}), 400, "program_id")
    problem(world.manager.get(PATH, program_id="nursing"), 400, "user_id")
    problem(world.manager.get(PATH, user_id=ann), 400, "program_id")
    problem(world.manager.delete(PATH, user_id=ann), 400, "program_id")
    problem(world.manager.get(SEARCH, sort="price"), 400, "sort")
    assert searched(world) == []
