"""/api/core/platform/api-tokens/ and /api/core/token/verify/ (ibl Q7, Q9, A5, A8)."""

from typing import Any

import pytest

from tests.dialects.ibl.people_contract import checked
from tests.dialects.ibl.persons import CORE, HUGE, ids, key_of
from tests.dialects.ibl.world import DAY, NOON, Caller, Clock, World, problem

PATH = f"{CORE}/platform/api-tokens/"
VERIFY = f"{CORE}/token/verify/"
NEW = {"name": "nightly-sync", "platform_key": "acme"}


def made(world: World, **fields: Any) -> dict[str, Any]:
    answer = world.manager.post(PATH, {**NEW, **fields})
    key: dict[str, Any] = checked(answer, "core_platform_api_tokens_create", 201)
    return key


def with_key(world: World, key: str) -> Caller:
    return Caller(world.client, {"Authorization": f"Api-Token {key}"})


def listed(world: World, caller: str = "manager", platform: str = "acme") -> list[dict[str, Any]]:
    answer = getattr(world, caller).get(PATH, platform_key=platform)
    rows: list[dict[str, Any]] = checked(answer, "core_platform_api_tokens_list")
    return rows


def test_a_key_is_shown_once_and_works_at_once(world: World) -> None:
    """Q7."""
    key = made(world)
    assert len(key["key"]) == 64
    assert with_key(world, key["key"]).get(VERIFY).status_code == 200
    assert ids(listed(world), "name") == ["manager", "nightly-sync"]
    assert ids(listed(world), "key") == ["", ""]


def test_a_key_reaches_its_platform_alone(world: World) -> None:
    caller = with_key(world, made(world)["key"])
    assert caller.get(f"{CORE}/platform/users/").status_code == 200
    problem(caller.get(f"{CORE}/platform/users/", platform_key="zeta"), 403)


def test_an_operator_makes_keys_for_any_platform_and_never_another_operators(world: World) -> None:
    answer = world.operator.post(PATH, {**NEW, "platform_key": "zeta"})
    caller = with_key(world, checked(answer, "core_platform_api_tokens_create", 201)["key"])
    problem(caller.post("course/create/", {"platform_key": "zeta", "course_id": "x"}), 403)
    assert ids(listed(world, "operator", "zeta"), "name") == ["stranger", "nightly-sync"]


def test_a_key_belongs_to_a_person(world: World) -> None:
    """A5: who is named, else who makes it."""
    ann, bob = world.member("ann"), world.member("bob")
    for_bob = made(world, user_id=bob)
    assert for_bob["username"] == "bob@acme.example"
    verified = checked(with_key(world, for_bob["key"]).get(VERIFY), "core_token_verify_retrieve")
    assert verified == {"username": "bob@acme.example", "email": "bob@acme.example"}
    by_ann = key_of(world, ann).post(PATH, {**NEW, "name": "hers"}).json()
    assert by_ann["username"] == "ann@acme.example"
    assert with_key(world, by_ann["key"]).get(VERIFY).json()["email"] == "ann@acme.example"


def test_a_key_for_nobody_has_a_service_account_of_its_own(world: World) -> None:
    """Q9."""
    first, second = made(world), made(world, name="other")
    assert first["username"] != second["username"]
    said = checked(with_key(world, first["key"]).get(VERIFY), "core_token_verify_retrieve")
    assert said == {"username": first["username"], "email": first["username"]}
    assert said["email"].endswith("@seatledger.invalid")  # where no mail arrives


def test_a_key_of_somebody_who_left_opens_nothing(world: World) -> None:
    """W55."""
    ann = world.member("ann")
    caller = key_of(world, ann)
    assert caller.get(VERIFY).status_code == 200
    world.link(ann, active=False)
    problem(caller.get(VERIFY), 401)
    world.link(ann, active=True)
    assert caller.get(VERIFY).status_code == 200


@pytest.mark.parametrize("spelling", ["86400", 86400, "1 00:00:00", "24:00:00", "P1D", "PT24H"])
def test_a_key_may_end(world: World, clock: Clock, spelling: str | int) -> None:
    key = made(world, expires_in=spelling)
    assert key["expires"] == "2026-03-02T12:00:00Z"
    assert with_key(world, key["key"]).get(VERIFY).status_code == 200
    clock.now = NOON + DAY
    problem(with_key(world, key["key"]).get(VERIFY), 401)


def test_a_key_without_an_end_ends_in_the_year_9999(world: World) -> None:
    """The contract has no null there."""
    assert made(world)["expires"] == "9999-12-31T23:59:59Z"
    assert made(world, name="other", expires_in=None)["expires"] == "9999-12-31T23:59:59Z"


def test_a_name_is_used_once_in_a_platform(world: World) -> None:
    """Q7."""
    made(world)
    problem(world.manager.post(PATH, NEW), 400, "name")
    checked(
        world.stranger.post(PATH, {**NEW, "platform_key": "zeta"}),
        "core_platform_api_tokens_create",
        201,
    )


def test_a_deleted_key_stops_at_once(world: World) -> None:
    key = made(world)
    path = f"{PATH}nightly-sync"
    gone = world.manager.delete(path, platform_key="acme")
    checked(gone, "core_platform_api_tokens_destroy", 204)
    problem(with_key(world, key["key"]).get(VERIFY), 401)
    problem(world.manager.delete(path, platform_key="acme"), 404)
    assert ids(listed(world), "name") == ["manager"]


def test_credentials_are_asked_for(world: World) -> None:
    """A8: the description says they are not."""
    problem(world.nobody.get(PATH, platform_key="acme"), 401)
    problem(world.nobody.post(PATH, NEW), 401)
    problem(world.nobody.delete(f"{PATH}manager", platform_key="acme"), 401)
    problem(world.nobody.get(VERIFY), 401)


def test_a_stranger_sees_makes_and_deletes_no_key(world: World) -> None:
    zoe = world.member("zoe", "zeta")
    problem(world.stranger.get(PATH, platform_key="acme"), 403)
    problem(world.stranger.post(PATH, NEW), 403)
    problem(world.stranger.delete(f"{PATH}manager", platform_key="acme"), 403)
    problem(world.stranger.delete(f"{PATH}manager", platform_key="zeta"), 404)
    problem(world.manager.post(PATH, {**NEW, "user_id": zoe}), 404)
    problem(world.operator.delete(f"{PATH}operator", platform_key="acme"), 404)
    problem(world.operator.get(PATH, platform_key="none"), 404)
    assert ids(listed(world), "name") == ["manager"]


def test_bad_input_names_its_field_and_makes_nothing(world: World) -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        ({"name": ""}, "name"),
        ({"name": "two words"}, "name"),
        ({"name": "line\n"}, "name"),
        ({"name": "n" * 256}, "name"),
        ({"platform_key": None}, "platform_key"),
        ({"expires_in": "soon"}, "expires_in"),
        ({"expires_in": "0"}, "expires_in"),
        ({"expires_in": -1}, "expires_in"),
        ({"expires_in": "P"}, "expires_in"),
        ({"expires_in": "9999999 00:00:00"}, "expires_in"),
        ({"expires_in": HUGE}, "expires_in"),
        ({"user_id": "x"}, "user_id"),
    ]
    for fields, field in cases:
        problem(world.manager.post(PATH, {**NEW, **fields}), 400, field)
    problem(world.manager.post(PATH, {"platform_key": "acme"}), 400, "name")
    problem(world.manager.get(PATH), 400, "platform_key")
    problem(world.manager.delete(f"{PATH}manager"), 400, "platform_key")
    assert ids(listed(world), "name") == ["manager"]
