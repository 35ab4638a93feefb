"""GET /v1/courses: the courses that the manager has pools of."""

from seatledger.domain.command import SaveItem
from seatledger.domain.item import ItemKind
from seatledger.usecases.keep_tokens import SHELL
from tests.dialects.sqlbi.world import World


def titles(world: World, **query: int) -> list[str]:
    return [course["title"] for course in world.get("/v1/courses", params=query)]


def test_each_element_is_what_the_course_by_itself_is(world: World) -> None:
    """O5."""
    world.pool()
    (course,) = world.get("/v1/courses")
    assert course == world.get(f"/v1/course/{course['id']}")
    assert isinstance(course["id"], str)
    assert isinstance(course["pools"][0]["id"], int)


def test_courses_are_pages_of_ten_in_the_order_of_their_ids(world: World) -> None:
    """Rules 50, 51; O14, O19."""
    for number in range(12):
        world.pool(f"c{number:02}")
    assert titles(world) == [f"The c{number:02} course" for number in range(10)]
    assert titles(world, page=2) == ["The c10 course", "The c11 course"]
    assert titles(world, page=3, pageSize=5) == ["The c10 course", "The c11 course"]
    assert world.ask("GET", "/v1/courses").headers["X-Total-Count"] == "12"


def test_a_course_of_two_pools_is_one_element(world: World) -> None:
    """Rule 1."""
    world.pool(size=1)
    world.pool(size=2, transferable=False)
    assert titles(world) == ["The modeling course"]


def test_a_course_without_a_pool_is_not_the_manager_s(world: World) -> None:
    world.carry_out(SaveItem(SHELL, kind=ItemKind.COURSE, key="owned", platform_org="acme"))
    assert titles(world) == []


def test_what_is_no_course_is_left_out(world: World) -> None:
    for kind in (ItemKind.PROGRAM, ItemKind.PLATFORM, ItemKind.USER):
        world.pool("suite", item_kind=kind)
    assert titles(world) == []
    assert world.get("/v1/pools") == []


def test_another_manager_s_courses_are_not_shown(world: World) -> None:
    world.platform("zeta")
    world.pool(platform_key="zeta")
    assert titles(world) == []


def test_a_course_shows_only_the_pools_of_the_manager_who_asks(world: World) -> None:
    world.platform("zeta")
    world.pool(size=1, platform_key="zeta")
    mine = world.pool(size=5)
    (course,) = world.get("/v1/courses")
    assert [pool["id"] for pool in course["pools"]] == [mine]
    assert course["licenses"] == 5
