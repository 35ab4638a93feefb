"""GET and POST /api/catalog/access_requests/course/manage/ (ibl N3–N5, B11, W47)."""

from typing import Any

import pytest

from tests.dialects.ibl.access_requests.requesting import MANAGE, ask, decide, listed
from tests.dialects.ibl.persons import ids
from tests.dialects.ibl.world import COURSE_KIND, DAY, Clock, World, problem


def test_a_platforms_requests_newest_first_and_by_whether_they_were_reviewed_n3(
    world: World,
) -> None:
    made = [ask(world.manager, user_id=world.member(name)) for name in ("ada", "bob")]
    assert listed(world.manager) == made[::-1]
    assert listed(world.manager, platform_key="acme", sort="id") == made
    decide(world, made[0]["id"], approved=False)
    assert ids(listed(world.manager, reviewed="true")) == [made[0]["id"]]
    assert ids(listed(world.manager, reviewed="0")) == [made[1]["id"]]
    assert listed(world.stranger) == []
    assert len(listed(world.operator, platform_org="ACME")) == 2


def test_an_operator_names_the_platform_n3(world: World) -> None:
    problem(world.operator.get(MANAGE), 400, "platform_key")
    problem(world.operator.get(MANAGE, platform_key="nowhere"), 404)
    problem(world.manager.get(MANAGE, platform_key="zeta"), 403)
    problem(world.manager.get(MANAGE, sort="colour"), 400, "sort")
    problem(world.manager.get(MANAGE, reviewed="maybe"), 400, "reviewed")


def test_approval_gives_a_seat_n4_w47(world: World, clock: Clock) -> None:
    licence = world.licence(COURSE_KIND, 1)
    first, second = (ask(world.manager, user_id=world.member(name)) for name in ("ada", "bob"))
    clock.now += DAY
    approved = decide(world, first["id"], approved=True)
    assert approved == {
        **first,
        "approved": True,
        "reviewed": True,
        "modified": "2026-03-02T12:00:00Z",
    }
    (seat,) = world.manager.get("course/assignment/", license_id=licence["id"]).json()["results"]
    assert seat["user_id"] == first["user_id"]
    body = {"request_id": second["id"], "approved": True}
    assert "1 bought, 1 in use" in problem(world.manager.post(MANAGE, body), 400)
    assert ids(listed(world.manager, reviewed="false")) == [second["id"]]


def test_deciding_again_is_allowed_w47(world: World) -> None:
    made = ask(world.manager, user_id=world.member("ada"))
    rejected = decide(world, made["id"], approved=False, active=False)
    assert (rejected["approved"], rejected["reviewed"]) == (False, True)
    assert decide(world, made["id"], approved=True)["approved"] is True


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "approved"),
        ({"approved": None}, "approved"),
        ({"approved": "true"}, "approved"),
        ({"active": 1}, "active"),
        ({"request_id": "1", "approved": True}, "request_id"),
        ({"request_id": 10**30, "approved": True}, "request_id"),
        ({"request_id": None, "approved": True}, "request_id"),
    ],
)
def test_bad_fields_are_400_by_name(world: World, said: dict[str, Any], field: str) -> None:
    made = ask(world.manager, user_id=world.member("ada"))
    problem(world.manager.post(MANAGE, {"request_id": made["id"], **said}), 400, field)
    assert listed(world.manager) == [made]


def test_unknown_and_foreign_requests_are_404_n4(world: World) -> None:
    made = ask(world.manager, user_id=world.member("ada"))
    said = {"approved": True}
    foreign = world.stranger.post(MANAGE, {"request_id": made["id"], **said})
    unknown = world.stranger.post(MANAGE, {"request_id": 99, **said})
    assert problem(foreign, 404) == problem(unknown, 404)
    body = {"request_id": made["id"], **said}
    problem(world.operator.post(f"{MANAGE}?platform_key=zeta", body), 404)
    problem(world.operator.post(MANAGE, {**body, "platform_key": "nowhere"}), 404)
    problem(world.manager.post(MANAGE, {**body, "platform_org": "ZETA"}), 403)
    assert world.operator.post(MANAGE, body).status_code == 200
