"""GET and POST /api/core/platform/ (ibl Q8)."""

from typing import Any

from tests.dialects.ibl.people_contract import checked
from tests.dialects.ibl.persons import CORE, HUGE
from tests.dialects.ibl.world import World, problem

PATH = f"{CORE}/platform/"
ACME = {
    "key": "acme",
    "name": "Acme",
    "org": "ACME",
    "lms_url": None,
    "cms_url": None,
    "portal_url": None,
    "active": True,
}


def look(world: World, key: str = "acme") -> dict[str, Any]:
    platform: dict[str, Any] = checked(world.operator.get(PATH, key=key), "core_platform_retrieve")
    return platform


def test_a_platform_is_read_by_its_key(world: World) -> None:
    assert look(world) == ACME
    answer = world.manager.get(PATH, key="acme", user_id=7)
    assert checked(answer, "core_platform_retrieve") == ACME


def test_a_manager_changes_name_and_addresses(world: World) -> None:
    body = {
        "user_id": 1,
        "key": "acme",
        "name": "Acme Health",
        "lms_url": "https://learn.acme.example",
        "cms_url": "https://studio.acme.example",
        "portal_url": "https://acme.example",
    }
    changed = checked(world.manager.post(PATH, body), "core_platform_create")
    assert changed == {**ACME, **{k: v for k, v in body.items() if k != "user_id"}}
    assert look(world) == changed
    kept = world.manager.post(PATH, {"user_id": 1, "key": "acme", "lms_url": ""})
    assert kept.json() == {**changed, "lms_url": None}
    ann = world.member("ann")
    (tie,) = world.manager.get(f"{CORE}/users/platforms/", user_id=ann).json()
    assert (tie["platform_name"], tie["cms_url"]) == ("Acme Health", "https://studio.acme.example")


def test_only_an_operator_gives_another_key(world: World) -> None:
    body = {"user_id": 1, "key": "acme", "new_key": "acme-health"}
    problem(world.manager.post(PATH, body), 403)
    same = checked(world.manager.post(PATH, {**body, "new_key": "acme"}), "core_platform_create")
    assert same == ACME
    problem(world.operator.post(PATH, {**body, "new_key": "zeta"}), 400, "new_key")
    changed = checked(world.operator.post(PATH, body), "core_platform_create")
    assert changed["key"] == "acme-health"
    problem(world.operator.get(PATH, key="acme"), 404)
    assert world.manager.get(PATH, key="acme-health").status_code == 200  # their key still works


def test_a_stranger_reads_and_changes_nothing(world: World) -> None:
    """Q8."""
    problem(world.stranger.get(PATH, key="acme"), 403)
    problem(world.stranger.get(PATH, key="none"), 403)
    problem(world.stranger.post(PATH, {"user_id": 1, "key": "acme", "name": "Mine"}), 403)
    problem(world.operator.get(PATH, key="none"), 404)
    assert look(world) == ACME


def test_bad_input_names_its_field_and_changes_nothing(world: World) -> None:
    problem(world.manager.get(PATH), 400, "key")
    problem(world.manager.get(PATH, key=""), 400, "key")
    cases: list[tuple[dict[str, Any], str]] = [
        ({"user_id": None}, "user_id"),
        ({"user_id": HUGE}, "user_id"),
        ({"key": 7}, "key"),
        ({"new_key": ""}, "new_key"),
        ({"new_key": "k" * 201}, "new_key"),
        ({"name": " "}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"lms_url": "u" * 301}, "lms_url"),
        ({"cms_url": 7}, "cms_url"),
    ]
    for fields, field in cases:
        body = {"user_id": 1, "key": "acme", "portal_url": "x", **fields}
        problem(world.operator.post(PATH, body), 400, field)
    problem(world.operator.post(PATH, {"key": "acme"}), 400, "user_id")
    problem(world.operator.post(PATH, {"user_id": 1}), 400, "key")
    assert look(world) == ACME
