"""GET /v1/student: one student, by address, by id, or by both."""

from datetime import UTC, datetime

import pytest

from seatledger.domain.command import AssignSeat
from seatledger.domain.item import ItemKind
from seatledger.usecases.keep_tokens import SHELL
from tests.dialects.sqlbi.world import ENDS, World, refused


def test_a_student_is_shown_with_the_documented_fields(world: World) -> None:
    """Rule 45; O25; table 3.6: the course's id is a string, all others are integers."""
    lent, given = world.pool(), world.pool("dax", transferable=False)
    first = world.assign(lent, "mira", name="Mira Okafor")
    second = world.assign(given, "mira", endDate="2027-06-30")
    student_id = first["student"]["id"]
    completed = datetime(2026, 2, 27, 18, 31, 0, 123_456, tzinfo=UTC)
    world.progress(student_id, 100, item_key="dax", completed=completed)
    assert world.get("/v1/student", params={"id": student_id}) == {
        "id": student_id,
        "name": "Mira Okafor",
        "email": "mira@acme.example",
        "courses": [
            {
                "id": first["courseId"],
                "title": "The modeling course",
                "poolId": lent,
                "licenseId": first["id"],
                "licenseActive": True,
                "licenseRevokable": True,
                "licenseEditable": True,
                "start": "2026-03-01T12:00:00+00:00",
                "end": ENDS["pool"],
                "progress": 0,
                "completed": None,
            },
            {
                "id": second["courseId"],
                "title": "The dax course",
                "poolId": given,
                "licenseId": second["id"],
                "licenseActive": True,
                "licenseRevokable": False,
                "licenseEditable": False,
                "start": "2026-03-01T12:00:00+00:00",
                "end": "2027-06-30T00:00:00+00:00",
                "progress": 100,
                "completed": "2026-02-27T18:31:00+00:00",
            },
        ],
    }


@pytest.mark.parametrize(
    ("query", "status"),
    [
        pytest.param({"id": "mira"}, 200, id="by id"),
        pytest.param({"email": "mira"}, 200, id="by address"),
        pytest.param({"email": "mira", "id": "mira"}, 200, id="by both, of one student"),
        pytest.param({"email": "mira", "id": "jon"}, 404, id="by both, of two students"),
        pytest.param({"email": "mira", "id": "nobody"}, 404, id="by both, one of nobody"),
        pytest.param({"email": "nobody"}, 404, id="by an address of nobody"),
        pytest.param({"email": "", "id": "mira"}, 200, id="an empty address is none"),
        pytest.param({"email": ""}, 400, id="nothing but an empty address"),
        pytest.param({}, 400, id="by nothing"),
    ],
)
def test_a_student_is_found_by_address_by_id_or_where_both_agree(
    world: World, query: dict[str, str], status: int
) -> None:
    """O3, O22."""
    pool_id = world.pool()
    ids = {who: world.assign(pool_id, who)["student"]["id"] for who in ("mira", "jon")}
    asked = {
        "id": {"id": ids.get(query.get("id", ""), 999)},
        "email": {"email": query.get("email") and f"{query['email']}@acme.example"},
    }
    params = {name: value for each in query for name, value in asked[each].items()}
    answer = world.ask("GET", "/v1/student", params=params)
    assert answer.status_code == status
    if status == 200:
        assert answer.json()["id"] == ids["mira"]
    else:
        assert refused(answer)[1] == {404: "not_found", 400: "invalid_email"}[status]


@pytest.mark.parametrize("spelling", ["MIRA@Acme.Example", "  mira@acme.example "])
def test_an_address_is_trimmed_and_compared_without_regard_to_case(
    world: World, spelling: str
) -> None:
    """O13."""
    world.assign(world.pool(), "mira")
    assert world.get("/v1/student", params={"email": spelling})["email"] == "mira@acme.example"


@pytest.mark.parametrize("email", ["%00", "mira", "m\0@acme.example", "'; --", "%", "m" * 3000])
def test_what_is_no_address_is_nobody_s(world: World, email: str) -> None:
    """O3."""
    answer = world.ask("GET", "/v1/student", params={"email": email})
    assert refused(answer) == (404, "not_found")


def test_a_student_without_an_active_course_is_shown_with_none(world: World) -> None:
    """Rule 53; O21."""
    license_ = world.assign(world.pool(), "mira")
    world.revoke(license_["id"])
    query = {"id": license_["student"]["id"]}
    assert world.get("/v1/student", params=query)["courses"] == []
    every = world.get("/v1/student", params={**query, "includeInactive": True})
    (course,) = every["courses"]
    flags = ("licenseActive", "licenseRevokable", "licenseEditable")
    assert [course[flag] for flag in flags] == [False, False, False]


def test_the_flags_of_a_course_are_those_of_its_license(world: World) -> None:
    """Rule 45."""
    lent, given = world.pool(size=3), world.pool("dax", transferable=False)
    world.revoke(world.assign(lent, "mira")["id"])
    world.assign(lent, "mira", endDate="2026-03-02")
    world.assign(given, "mira")
    for _ in range(2):
        student = world.get("/v1/students", params={"includeInactive": True})[0]
        for course in student["courses"]:
            license_ = world.get(f"/v1/license/{course['licenseId']}")
            assert (license_["active"], license_["revokable"], license_["editable"]) == (
                course["licenseActive"],
                course["licenseRevokable"],
                course["licenseEditable"],
            )
            assert (license_["start"], license_["end"]) == (course["start"], course["end"])
        world.clock.forward(days=1)


def test_each_license_of_a_course_is_an_element_with_the_same_progress(world: World) -> None:
    """Rule 41; O24, O25."""
    pool_id = world.pool()
    first = world.assign(pool_id, "mira")
    world.revoke(first["id"])
    second = world.assign(pool_id, "mira")
    student_id = first["student"]["id"]
    world.progress(student_id, 12.5)
    every = world.get("/v1/student", params={"id": student_id, "includeInactive": 1})["courses"]
    assert [course["licenseId"] for course in every] == [first["id"], second["id"]]
    assert [course["progress"] for course in every] == [12.5, 12.5]
    active = world.get("/v1/student", params={"id": student_id})["courses"]
    assert [course["licenseId"] for course in active] == [second["id"]]


@pytest.mark.parametrize(("percent", "shown"), [(0, "0"), (35.0, "35"), (99.5, "99.5")])
def test_progress_is_a_number_and_whole_where_it_can_be(
    world: World, percent: float, shown: str
) -> None:
    """O25."""
    student_id = world.assign(world.pool(), "mira")["student"]["id"]
    world.progress(student_id, percent)
    answer = world.ask("GET", "/v1/student", params={"id": student_id})
    assert f'"progress":{shown},' in answer.text


def test_who_has_nothing_from_this_manager_is_unknown(world: World) -> None:
    """Rule 55; O3."""
    world.platform("zeta")
    others = [world.pool(platform_key="zeta"), world.pool("suite", item_kind=ItemKind.PROGRAM)]
    for pool_id in others:
        seated = world.carry_out(AssignSeat(SHELL, pool_id=pool_id, email="mira@acme.example"))
    for query in ({"email": "mira@acme.example"}, {"id": seated.learner.id}):
        answer = world.ask("GET", "/v1/student", params={**query, "includeInactive": True})
        assert refused(answer) == (404, "not_found")


def test_only_this_manager_s_licenses_and_reports_are_shown(world: World) -> None:
    """Rule 55."""
    world.platform("zeta")
    mine, theirs = world.pool(), world.pool(platform_key="zeta")
    student_id = world.assign(mine, "mira")["student"]["id"]
    world.carry_out(AssignSeat(SHELL, pool_id=theirs, email="mira@acme.example"))
    world.progress(student_id, 80, platform_key="zeta")
    (course,) = world.get("/v1/student", params={"id": student_id})["courses"]
    assert (course["poolId"], course["progress"]) == (mine, 0)
    (theirs_shown,) = world.get("/v1/student", by="zeta", params={"id": student_id})["courses"]
    assert (theirs_shown["poolId"], theirs_shown["progress"]) == (theirs, 80)
