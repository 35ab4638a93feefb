"""GET /v1/course/{id}: one course with its pools."""

from seatledger.domain.item import ItemKind
from tests.dialects.sqlbi.world import DAY, ENDS, NOON, World, refused


def test_a_course_is_shown_with_the_documented_fields(world: World) -> None:
    """Rules 5, 9; table 3.6: the course's id is a string, its pools' are integers."""
    lent = world.pool(size=5)
    given = world.pool(size=4, transferable=False, start=NOON, end=None)
    world.assign(lent, "mira")
    world.assign(given, "jon")
    (listed,) = world.get("/v1/courses")
    assert world.get(f"/v1/course/{listed['id']}") == {
        "id": listed["id"],
        "title": "The modeling course",
        "licenses": 9,
        "assignedLicenses": 2,
        "availableLicenses": 7,
        "pools": [
            {
                "id": lent,
                "start": "2026-02-03T08:15:42+00:00",
                "end": ENDS["pool"],
                "transferable": True,
                "licenses": 5,
                "assignedLicenses": 1,
                "availableLicenses": 4,
            },
            {
                "id": given,
                "start": "2026-03-01T12:00:00+00:00",
                "end": ENDS["never"],
                "transferable": False,
                "licenses": 4,
                "assignedLicenses": 1,
                "availableLicenses": 3,
            },
        ],
    }


def test_a_pool_that_is_over_counts_as_bought_but_has_nothing_available(world: World) -> None:
    """O26."""
    world.pool(size=3, start=NOON - 9 * DAY, end=NOON - DAY)
    world.pool(size=2)
    (course,) = world.get("/v1/courses")
    assert [pool["availableLicenses"] for pool in course["pools"]] == [0, 2]
    assert (course["licenses"], course["availableLicenses"]) == (5, 2)


def test_another_manager_s_course_is_as_unknown_as_any(world: World) -> None:
    """O3."""
    world.platform("zeta")
    world.pool(platform_key="zeta")
    (theirs,) = world.get("/v1/courses", by="zeta")
    strangers = world.ask("GET", f"/v1/course/{theirs['id']}")
    nobodys = world.ask("GET", "/v1/course/999")
    assert refused(strangers) == (404, "not_found")
    assert strangers.json() == nobodys.json()


def test_a_program_is_no_course(world: World) -> None:
    world.pool("suite", item_kind=ItemKind.PROGRAM)
    assert refused(world.ask("GET", "/v1/course/1")) == (404, "not_found")
