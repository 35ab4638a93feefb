"""GET and POST /api/catalog/access_requests/course/request/ (ibl N1, N2, B10, W46)."""

import pytest

from seatledger.domain.command import SaveItem
from seatledger.domain.item import ItemKind
from tests.dialects.ibl.access_requests.requesting import REQUEST, ask, decide, listed, status
from tests.dialects.ibl.people_contract import checked
from tests.dialects.ibl.persons import key_of
from tests.dialects.ibl.world import COURSE, ROOT, World, problem


def test_the_keys_person_asks_and_learns_what_came_of_it_n1_n2(world: World) -> None:
    ada = world.member("ada")
    caller = key_of(world, ada)
    assert status(caller) == {"active": False, "approved": None, "exists": False}
    made = ask(caller, reason="work", level=2)
    assert made == {
        "id": 1,
        "user_id": ada,
        "username": "ada@acme.example",
        "name": "ada",
        "approved": None,
        "reviewed": False,
        "created": "2026-03-01T12:00:00Z",
        "modified": "2026-03-01T12:00:00Z",
        "metadata": {"reason": "work", "level": 2},
        "platform_key": "acme",
        "course_id": COURSE,
    }
    assert status(caller) == {"active": True, "approved": None, "exists": True}
    decide(world, made["id"], approved=False)
    assert status(caller) == {"active": True, "approved": False, "exists": True}
    decide(world, made["id"], active=False)
    assert status(caller) == {"active": False, "approved": False, "exists": True}


def test_asked_twice_it_is_the_same_open_request_w46(world: World) -> None:
    caller = key_of(world, world.member("ada"))
    first = ask(caller, reason="work")
    assert ask(caller, reason="fun") == first
    decide(world, first["id"], approved=True)
    anew = ask(caller)
    assert anew["id"] != first["id"]
    assert status(caller)["approved"] is None


def test_a_key_of_nobody_must_name_the_person(world: World) -> None:
    ada = world.member("ada")
    sentence = problem(world.manager.post(REQUEST, {"course_id": COURSE}), 400, "user_id")
    assert "nobody's" in sentence
    problem(world.manager.get(REQUEST, course_id=COURSE), 400, "user_id")
    for named in (
        {"user_id": ada},
        {"user_id": str(ada)},
        {"username": "ada@acme.example"},
        {"email": "ADA@acme.example"},
    ):
        assert ask(world.manager, **named)["user_id"] == ada
        assert status(world.manager, **named)["exists"]
    assert len(listed(world.manager)) == 1


@pytest.mark.parametrize("person", ["gone", "of zeta"])
def test_only_members_ask_b10(world: World, person: str) -> None:
    if person == "gone":
        other = world.member("gone")
        world.link(other, active=False)
        problem(world.manager.post(REQUEST, {"course_id": COURSE, "user_id": other}), 403)
    else:
        other = world.member("zed", "zeta")
        problem(world.manager.post(REQUEST, {"course_id": COURSE, "user_id": other}), 404)
        problem(world.operator.post(REQUEST, {"course_id": COURSE, "user_id": other}), 403)
    assert listed(world.manager) == []


def test_course_and_platform_may_be_said_twice_but_not_differently_n2(world: World) -> None:
    caller = key_of(world, world.member("ada"))
    world.do(SaveItem(ROOT, kind=ItemKind.COURSE, key="other", platform_org="ACME"))
    answer = caller.send(
        "POST",
        REQUEST,
        params={"course_id": COURSE, "platform_key": "acme", "platform_org": "ACME"},
        json={"course_id": COURSE, "platform_key": "acme", "platform_org": "ACME"},
    )
    made = checked(answer, "catalog_access_requests_course_request_create")
    assert made["metadata"] == {}
    answer = caller.post(f"{REQUEST}?course_id=other", {"course_id": COURSE})
    problem(answer, 400, "course_id")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_is_unknown_and_what_is_foreign_is_404_and_another_platform_403(
    world: World, method: str
) -> None:
    caller = key_of(world, world.member("ada"))
    world.do(SaveItem(ROOT, kind=ItemKind.COURSE, key="theirs", platform_org="ZETA"))

    def answered(**said: str) -> str:
        options = {"params": said} if method == "GET" else {"json": said}
        answer = caller.send(method, REQUEST, **options)
        return problem(answer, 403 if said.get("platform_key") == "zeta" else 404)

    assert answered(course_id="nothing") == answered(course_id="theirs")
    answered(course_id=COURSE, platform_key="zeta")


def test_the_course_is_needed_n2(world: World) -> None:
    caller = key_of(world, world.member("ada"))
    problem(caller.post(REQUEST, {}), 400, "course_id")
    problem(caller.get(REQUEST), 400, "course_id")
    problem(caller.post(REQUEST, {"course_id": COURSE, "why": "\x00"}), 400, "why")
    problem(caller.post(REQUEST, {"course_id": COURSE, "user_id": "x"}), 400, "user_id")
