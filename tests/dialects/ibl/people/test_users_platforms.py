"""GET and POST /api/core/users/platforms/ (ibl Q1, W14a, W18, W22)."""

from typing import Any

from tests.dialects.ibl.people_contract import checked
from tests.dialects.ibl.persons import CORE, HUGE, ids
from tests.dialects.ibl.world import (
    COURSE_KIND,
    DAY,
    NOON,
    PROGRAM_KIND,
    USER_KIND,
    Clock,
    World,
    problem,
)

PATH = f"{CORE}/users/platforms/"


def ties(world: World, caller: str = "manager", **query: Any) -> list[dict[str, Any]]:
    answer = getattr(world, caller).get(PATH, **query)
    rows: list[dict[str, Any]] = checked(answer, "core_users_platforms_list")
    return rows


def tied(world: World, user_id: int, **fields: Any) -> dict[str, Any]:
    body = {"user_id": user_id, "platform_key": "acme", **fields}
    answer = world.manager.post(PATH, body)
    tie: dict[str, Any] = checked(answer, "core_users_platforms_create", 201)
    return tie


def test_a_person_is_found_by_id_username_or_address(world: World) -> None:
    ann = world.member("ann")
    (tie,) = ties(world, user_id=ann)
    assert tie == {
        "user_id": ann,
        "username": "ann@acme.example",
        "email": "ann@acme.example",
        "user_active": True,
        "key": "acme",
        "org": "ACME",
        "platform_name": "Acme",
        "lms_url": "",
        "cms_url": "",
        "portal_url": "",
        "is_admin": False,
        "is_staff": False,
        "added_on": "2026-03-01T12:00:00Z",
        "expired_on": None,
        "public": "",
        "active": True,
        "is_enterprise": "",
        "show_paywall": False,
    }
    assert ties(world, email=" ANN@acme.example ") == [tie]
    assert ties(world, username="ann@acme.example") == [tie]
    assert ties(world, user_id=999) == ties(world, email="nobody@acme.example") == []


def test_somebody_must_be_named(world: World) -> None:
    """Q1."""
    problem(world.manager.get(PATH), 400, "user_id")
    problem(world.manager.get(PATH, user_id="ann"), 400, "user_id")
    problem(world.manager.get(PATH, user_id=HUGE), 400, "user_id")
    problem(world.manager.get(PATH, email=""), 400, "email")


def test_a_tie_registers_who_was_only_an_address(world: World) -> None:
    """W14a: their seats that were pending become normal ones."""
    licence = world.licence(PROGRAM_KIND)
    world.assign(PROGRAM_KIND, licence["id"], email="new@acme.example")
    pending = world.assign(COURSE_KIND, world.licence(COURSE_KIND)["id"], email="new@acme.example")
    assert world.seats(PROGRAM_KIND, licence["id"])[0]["user_id"] is None
    tied(world, pending["user_id"])
    assert world.seats(PROGRAM_KIND, licence["id"])[0]["user_id"] == pending["user_id"]
    assert world.look(PROGRAM_KIND, licence["id"])["assignments"]["pending"] == 0


def test_a_tie_is_changed_where_it_stands(world: World, clock: Clock) -> None:
    ann = world.member("ann")
    clock.now = NOON + DAY
    changed = tied(world, ann, is_admin=True, expired_on=(NOON + 9 * DAY).isoformat())
    assert (changed["is_admin"], changed["added_on"]) == (True, "2026-03-01T12:00:00Z")
    kept = tied(world, ann)
    assert kept == changed  # what is left out stays
    assert tied(world, ann, expired_on=None, added_on="2026-01-01T00:00:00+02:00") == {
        **changed,
        "expired_on": None,
        "added_on": "2025-12-31T22:00:00Z",
    }


def test_who_leaves_keeps_no_seat_and_gets_none_back_by_returning(world: World) -> None:
    """W22."""
    ann = world.member("ann")
    licence = world.licence(COURSE_KIND)
    world.assign(COURSE_KIND, licence["id"], user_id=ann)
    assert not tied(world, ann, active=False)["active"]
    assert world.used(COURSE_KIND, licence["id"]) == 0
    assert tied(world, ann, active=True)["active"]
    assert world.used(COURSE_KIND, licence["id"]) == 0


def test_an_operator_ties_a_person_of_another_platform(world: World) -> None:
    """W18."""
    zoe = world.member("zoe", "zeta")
    body = {"user_id": zoe, "platform_key": "acme"}
    problem(world.manager.post(PATH, body), 404)
    checked(world.operator.post(PATH, body), "core_users_platforms_create", 201)
    assert ids(ties(world, "operator", user_id=zoe), "key") == ["acme", "zeta"]
    assert ids(ties(world, "manager", user_id=zoe), "key") == ["acme"]
    assert ids(ties(world, "stranger", user_id=zoe), "key") == ["zeta"]


def test_a_user_seat_of_another_platforms_person_ties_them(world: World) -> None:
    """W18."""
    zoe = world.member("zoe", "zeta")
    licence = world.licence(USER_KIND)
    body = {"license_id": licence["id"], "user_id": zoe}
    assert world.operator.post("user/assignment/", body).status_code == 200
    assert ids(ties(world, user_id=zoe), "key") == ["acme"]


def test_a_stranger_ties_nobody_and_learns_of_nobody(world: World) -> None:
    ann = world.member("ann")
    problem(world.stranger.post(PATH, {"user_id": ann, "platform_key": "acme"}), 403)
    problem(world.stranger.post(PATH, {"user_id": ann, "platform_key": "zeta"}), 404)
    problem(world.operator.post(PATH, {"user_id": ann, "platform_key": "none"}), 404)
    assert ties(world, "stranger", user_id=ann) == []
    assert ties(world, "stranger", email="ann@acme.example") == []


def test_bad_input_names_its_field_and_changes_nothing(world: World) -> None:
    ann = world.member("ann")
    before = ties(world, user_id=ann)
    cases: list[tuple[dict[str, Any], str]] = [
        ({"user_id": "ann"}, "user_id"),
        ({"user_id": HUGE}, "user_id"),
        ({"platform_key": ""}, "platform_key"),
        ({"active": None}, "active"),
        ({"is_admin": "yes"}, "is_admin"),
        ({"added_on": None}, "added_on"),
        ({"expired_on": "tomorrow"}, "expired_on"),
    ]
    for fields, field in cases:
        body = {"user_id": ann, "platform_key": "acme", **fields}
        problem(world.manager.post(PATH, body), 400, field)
    problem(world.manager.post(PATH, {"user_id": ann}), 400, "platform_key")
    problem(world.manager.post(PATH, {"platform_key": "acme"}), 400, "user_id")
    assert ties(world, user_id=ann) == before
