"""/api/core/users/platforms/config/ and …/self-link/ (ibl Q3, T3)."""

from typing import Any

from httpx import Response

from tests.dialects.ibl.people_contract import checked
from tests.dialects.ibl.persons import CORE, ids, key_of
from tests.dialects.ibl.world import DAY, NOON, Clock, World, problem

CONFIG = f"{CORE}/users/platforms/config/"
LINK = f"{CORE}/users/platforms/self-link/"


def allow(world: World, allowed: bool, status: int) -> dict[str, Any]:
    body = {"platform_key": "acme", "allow_self_linking": allowed}
    config: dict[str, Any] = checked(
        world.manager.post(CONFIG, body), "core_users_platforms_config_create", status
    )
    return config


def platforms(world: World, user_id: int) -> list[str]:
    return ids(world.operator.get(f"{CORE}/users/platforms/", user_id=user_id).json(), "key")


def refused(answer: Response, status: int) -> None:
    """T3: the sentence is also the `error`."""
    body = answer.json()
    assert answer.status_code == status, answer.text
    assert body["error"] == body["detail"] != ""


def test_people_may_not_join_until_somebody_lets_them(world: World, clock: Clock) -> None:
    name = "core_users_platforms_config_retrieve"
    config = checked(world.manager.get(CONFIG, platform_key="acme"), name)
    assert config == {
        "platform_key": "acme",
        "platform_name": "Acme",
        "allow_self_linking": False,
        "created": "2026-03-01T12:00:00Z",
        "modified": "2026-03-01T12:00:00Z",
    }
    clock.now = NOON + DAY
    made = allow(world, True, 201)
    assert made["created"] == made["modified"] == "2026-03-02T12:00:00Z"
    clock.now = NOON + 2 * DAY
    assert allow(world, True, 200) == made  # nothing differs
    changed = allow(world, False, 200)
    assert (changed["created"], changed["modified"]) == (made["created"], "2026-03-03T12:00:00Z")
    assert checked(world.manager.get(CONFIG, platform_key="acme"), name) == changed


def test_a_person_joins_where_people_may(world: World) -> None:
    """Q3."""
    zoe = world.member("zoe", "zeta")
    caller = key_of(world, zoe, "zeta")
    refused(caller.post(LINK, {"platform_key": "acme"}), 403)
    assert platforms(world, zoe) == ["zeta"]
    allow(world, True, 201)
    name = "core_users_platforms_self_link_create"
    checked(caller.post(LINK, {"platform_key": "acme"}), name, 201)
    assert platforms(world, zoe) == ["acme", "zeta"]
    checked(caller.post(LINK, {"platform_key": "acme"}), name, 201)  # a member already
    assert platforms(world, zoe) == ["acme", "zeta"]


def test_who_was_sent_away_does_not_come_back_alone(world: World) -> None:
    allow(world, True, 201)
    zoe = world.member("zoe", "zeta")
    world.link(zoe, "acme", active=False)
    refused(key_of(world, zoe, "zeta").post(LINK, {"platform_key": "acme"}), 403)


def test_a_key_of_nobodys_cannot_join(world: World) -> None:
    allow(world, True, 201)
    refused(world.stranger.post(LINK, {"platform_key": "acme"}), 403)
    refused(world.operator.post(LINK, {"platform_key": "acme"}), 403)


def test_a_closed_platform_and_none_look_alike(world: World) -> None:
    caller = key_of(world, world.member("zoe", "zeta"), "zeta")
    closed, none = (caller.post(LINK, {"platform_key": key}) for key in ("acme", "none"))
    refused(none, 403)
    assert closed.json() == none.json()


def test_a_bad_body_is_refused_with_an_error(world: World) -> None:
    caller = key_of(world, world.member("zoe", "zeta"), "zeta")
    bodies: list[Any] = [{}, {"platform_key": 7}, {"platform_key": ""}, []]
    for body in bodies:
        refused(caller.post(LINK, body), 400)
    assert world.nobody.post(LINK, {"platform_key": "acme"}).status_code == 401


def test_only_admins_of_the_platform_read_and_change_the_setting(world: World) -> None:
    body = {"platform_key": "acme", "allow_self_linking": True}
    problem(world.stranger.get(CONFIG, platform_key="acme"), 403)
    problem(world.stranger.post(CONFIG, body), 403)
    problem(world.operator.get(CONFIG, platform_key="none"), 404)
    problem(world.operator.post(CONFIG, {**body, "platform_key": "none"}), 404)
    assert world.operator.get(CONFIG, platform_key="acme").json()["allow_self_linking"] is False


def test_bad_input_names_its_field(world: World) -> None:
    problem(world.manager.get(CONFIG), 400, "platform_key")
    problem(world.manager.post(CONFIG, {"platform_key": "acme"}), 400, "allow_self_linking")
    problem(world.manager.post(CONFIG, {"allow_self_linking": True}), 400, "platform_key")
    body = {"platform_key": "acme", "allow_self_linking": "so"}
    problem(world.manager.post(CONFIG, body), 400, "allow_self_linking")
