"""GET /v1/students: who holds or held a license of the manager."""

from seatledger.domain.command import AssignSeat
from seatledger.domain.item import ItemKind
from seatledger.domain.people_command import LinkLearner
from seatledger.usecases.keep_tokens import SHELL
from tests.dialects.sqlbi.world import World


def emails(world: World, **query: object) -> list[str]:
    answer = world.ask("GET", "/v1/students", params=query)
    assert answer.status_code == 200, answer.text
    return [student["email"].partition("@")[0] for student in answer.json()]


def test_each_element_is_what_the_student_by_itself_is(world: World) -> None:
    license_ = world.assign(world.pool(), "mira")
    student_id = license_["student"]["id"]
    assert world.get("/v1/students") == [world.get("/v1/student", params={"id": student_id})]


def test_students_are_pages_of_ten_in_the_order_of_their_ids(world: World) -> None:
    """Rules 50, 51; O17, O18, O19."""
    pool_id = world.pool(size=20)
    names = [f"learner{number:02}" for number in range(12)]
    for name in reversed(names):
        world.carry_out(AssignSeat(SHELL, pool_id=pool_id, email=f"{name}@acme.example"))
    listed = [student["id"] for student in world.get("/v1/students")]
    rest = [student["id"] for student in world.get("/v1/students", params={"page": 2})]
    assert listed + rest == sorted(listed + rest)
    assert (len(listed), len(rest)) == (10, 2)
    assert emails(world, page=3) == []
    assert len(emails(world, pageSize=100)) == 12
    assert world.ask("GET", "/v1/students").headers["X-Total-Count"] == "12"


def test_students_without_an_active_course_are_left_out_unless_asked_for(world: World) -> None:
    """Rule 53; O21."""
    pool_id = world.pool()
    gone = world.assign(pool_id, "mira")
    world.assign(pool_id, "jon")
    world.revoke(gone["id"])
    assert emails(world) == ["jon"]
    assert world.ask("GET", "/v1/students").headers["X-Total-Count"] == "1"
    every = world.ask("GET", "/v1/students", params={"includeInactive": True})
    assert every.headers["X-Total-Count"] == "2"
    assert [len(student["courses"]) for student in every.json()] == [1, 1]


def test_inactive_courses_are_shown_only_where_they_are_asked_for(world: World) -> None:
    """Rule 53; O24: one element for each license, in the order of the licenses."""
    pool_id, other = world.pool(size=1), world.pool("dax")
    first = world.assign(pool_id, "mira")
    kept = world.assign(other, "mira")
    world.revoke(first["id"])
    again = world.assign(pool_id, "mira")

    def licenses(**query: object) -> list[int]:
        (student,) = world.get("/v1/students", params=query)
        return [course["licenseId"] for course in student["courses"]]

    assert licenses() == [kept["id"], again["id"]]
    assert licenses(includeInactive=True) == [first["id"], kept["id"], again["id"]]


def test_only_people_with_a_license_of_this_manager_are_students(world: World) -> None:
    """Rule 55."""
    world.platform("zeta")
    mine, theirs = world.pool(), world.pool(platform_key="zeta")
    world.assign(mine, "mira")
    for name in ("mira", "jon"):
        world.carry_out(AssignSeat(SHELL, pool_id=theirs, email=f"{name}@acme.example"))
    (student,) = world.get("/v1/students", params={"includeInactive": True})
    assert [course["poolId"] for course in student["courses"]] == [mine]
    assert len(world.get("/v1/students", by="zeta")) == 2


def test_members_without_a_license_and_holders_of_other_things_are_no_students(
    world: World,
) -> None:
    """Rules 1, 55."""
    suite = world.pool("suite", item_kind=ItemKind.PROGRAM)
    seated = world.carry_out(AssignSeat(SHELL, pool_id=suite, email="mira@acme.example"))
    world.carry_out(LinkLearner(SHELL, learner_id=seated.learner.id, platform_key="acme"))
    assert emails(world, includeInactive=True) == []
