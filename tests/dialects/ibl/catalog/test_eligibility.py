"""GET /api/catalog/eligibility/courses/ and …/check/ (ibl P3, P4)."""

from typing import Any

from tests.dialects.ibl.people_contract import checked
from tests.dialects.ibl.persons import CATALOG, HUGE, ids, key_of
from tests.dialects.ibl.world import (
    COURSE,
    COURSE_KIND,
    DAY,
    NOON,
    PROGRAM_KIND,
    USER_KIND,
    Clock,
    Kind,
    World,
    problem,
)

PATH = f"{CATALOG}/eligibility/courses/"
CHECK = f"{PATH}check/"


def courses(world: World, caller: str = "manager", **query: Any) -> list[str]:
    rows = checked(getattr(world, caller).get(PATH, **query), "catalog_eligibility_courses_list")
    return ids(rows, "course_id")


def eligible(world: World, user_id: int, course_id: str = COURSE) -> bool:
    answer = world.manager.get(CHECK, user_id=user_id, course_id=course_id, local_only="true")
    body = checked(answer, "catalog_eligibility_courses_check_retrieve")
    assert set(body) == {"is_eligible"}
    return bool(body["is_eligible"])


def seated(world: World, kind: Kind, **pool: Any) -> int:
    """The id of Ann, who has a seat in a new pool."""
    licence = world.licence(kind, **pool)
    world.assign(kind, licence["id"], user_id=(ann := world.member("ann")))
    return ann


def test_a_seat_of_the_course_makes_eligible(world: World) -> None:
    ann = seated(world, COURSE_KIND)
    assert eligible(world, ann)
    assert COURSE in courses(world, user_id=ann)


def test_a_seat_of_a_program_opens_its_courses_and_no_others(world: World) -> None:
    ann = seated(world, PROGRAM_KIND)
    assert not eligible(world, ann)
    body = {"program_id": "nursing", "name": "Nursing", "course_list": [{"course_id": COURSE}]}
    world.manager.post(f"{CATALOG}/programs/", body)
    assert eligible(world, ann)
    assert not eligible(world, ann, "course-v1:ACME+2+2026")


def test_a_seat_on_the_platform_opens_no_course(world: World) -> None:
    ann = seated(world, USER_KIND)
    assert not eligible(world, ann)


def test_an_enrollment_in_a_program_opens_no_course(world: World) -> None:
    """Else seats would be handed out that nobody bought."""
    ann = world.member("ann")
    body = {"program_id": "nursing", "name": "Nursing", "course_list": [{"course_id": COURSE}]}
    world.manager.post(f"{CATALOG}/programs/", body)
    enrolment = {"user_id": ann, "program_id": "nursing"}
    assert world.manager.post(f"{CATALOG}/enrollment/programs/", enrolment).status_code == 200
    assert not eligible(world, ann)


def test_eligibility_ends_at_the_second_the_pool_does(world: World, clock: Clock) -> None:
    ann = seated(world, COURSE_KIND, expired=(NOON + DAY).isoformat())
    clock.now = NOON + DAY
    assert not eligible(world, ann)


def test_without_local_only_the_enroll_state_is_said_as_the_ledger_knows_it(world: World) -> None:
    """P3: a seat enrolls, so both are the same; nothing here is by invitation only."""
    ann = seated(world, COURSE_KIND)
    bob = world.member("bob")
    for user_id, yes in ((ann, True), (bob, False)):
        answer = world.manager.get(CHECK, user_id=user_id, course_id=COURSE)
        assert checked(answer, "catalog_eligibility_courses_check_retrieve") == {
            "is_eligible": yes,
            "is_enrolled": yes,
            "can_enroll": yes,
            "invitation_only": False,
        }


def test_courses_are_narrowed_by_org_and_by_title(world: World) -> None:
    ann = seated(world, COURSE_KIND)
    assert courses(world, user_id=ann, query="ON") == [COURSE]
    assert courses(world, user_id=ann, query="two") == []
    assert COURSE in courses(world, username="ann@acme.example", org="ACME")
    assert courses(world, user_id=ann, org="ZETA") == []


def test_a_key_that_belongs_to_somebody_may_leave_them_out(world: World) -> None:
    ann = seated(world, COURSE_KIND)
    answer = key_of(world, ann).get(CHECK, course_id=COURSE, local_only="true")
    assert answer.json() == {"is_eligible": True}
    assert COURSE in ids(
        key_of(world, world.member("bob")).get(PATH, user_id=ann).json(), "course_id"
    )


def test_somebody_must_be_named(world: World) -> None:
    problem(world.manager.get(PATH), 400, "user_id")
    problem(world.manager.get(CHECK, course_id=COURSE), 400, "user_id")
    problem(world.manager.get(CHECK, user_id=1), 400, "course_id")


def test_people_of_other_platforms_are_unknown(world: World) -> None:
    ann = seated(world, COURSE_KIND)
    problem(world.stranger.get(PATH, user_id=ann), 404)
    problem(world.stranger.get(CHECK, user_id=ann, course_id=COURSE), 404)
    problem(world.manager.get(CHECK, user_id=999, course_id=COURSE), 404)
    assert COURSE in courses(world, "operator", user_id=ann)


def test_bad_input_names_its_field(world: World) -> None:
    problem(world.manager.get(PATH, user_id=HUGE), 400, "user_id")
    problem(world.manager.get(CHECK, user_id="x", course_id=COURSE), 400, "user_id")
    problem(
        world.manager.get(CHECK, user_id=1, course_id=COURSE, local_only="so"), 400, "local_only"
    )
