"""/api/core/user-groups/: list, create, read, replace, change, delete (ibl Q4, V14)."""

from typing import Any

from tests.dialects.ibl.people_contract import checked
from tests.dialects.ibl.persons import CORE, HUGE, ids, key_of
from tests.dialects.ibl.world import COURSE_KIND, World, problem

PATH = f"{CORE}/user-groups/"
NEW = {"name": "Night shift", "platform_key": "acme"}


def made(world: World, **fields: Any) -> dict[str, Any]:
    answer = world.manager.post(PATH, {**NEW, **fields})
    group: dict[str, Any] = checked(answer, "core_user_groups_create", 201)
    return group


def looked(world: World, group_id: int) -> dict[str, Any]:
    answer = world.manager.get(f"{PATH}{group_id}/")
    group: dict[str, Any] = checked(answer, "core_user_groups_retrieve")
    return group


def listed(world: World, caller: str = "manager", **query: Any) -> list[dict[str, Any]]:
    answer = getattr(world, caller).get(PATH, **query)
    rows: list[dict[str, Any]] = checked(answer, "core_user_groups_list")["results"]
    return rows


def test_a_group_is_made_with_its_members(world: World) -> None:
    ann, bob = world.member("ann"), world.member("bob")
    group = made(world, users_to_set=[bob, ann, bob], description="Wards 1 to 3")
    assert group["platform"] == {"id": 1, "key": "acme", "name": "Acme"}
    assert (group["name"], group["description"]) == ("Night shift", "Wards 1 to 3")
    assert ids(group["users"]) == [bob, ann]
    assert looked(world, group["id"]) == group


def test_members_may_be_called_users(world: World) -> None:
    """V14."""
    ann, bob = world.member("ann"), world.member("bob")
    assert ids(made(world, users=[ann])["users"]) == [ann]
    assert ids(made(world, users=[ann], users_to_set=[ann])["users"]) == [ann]
    body = {**NEW, "users": [ann], "users_to_set": [bob]}
    problem(world.manager.post(PATH, body), 400, "users_to_set")


def test_the_owner_is_the_person_of_the_key(world: World) -> None:
    ann = world.member("ann")
    group = checked(key_of(world, ann).post(PATH, NEW), "core_user_groups_create", 201)
    assert group["owner"] == {
        "id": ann,
        "username": "ann@acme.example",
        "email": "ann@acme.example",
    }


def test_the_owner_by_a_key_of_nobodys_is_its_service_account(world: World) -> None:
    owners = [made(world)["owner"], made(world)["owner"]]
    assert owners[0] == owners[1]
    assert owners[0]["email"].endswith("@seatledger.invalid")
    verified = world.manager.get(f"{CORE}/token/verify/").json()
    assert verified["email"] == owners[0]["email"]


def test_lists_say_the_members_when_asked(world: World) -> None:
    ann = world.member("ann")
    made(world, users=[ann])
    assert "users" not in listed(world)[0]
    assert ids(listed(world, include_users="true")[0]["users"]) == [ann]


def test_groups_are_listed_by_platform_and_name(world: World) -> None:
    made(world)
    made(world, name="Day shift")
    body = {"name": "Theirs", "platform_key": "zeta"}
    checked(world.operator.post(PATH, body), "core_user_groups_create", 201)
    assert ids(listed(world), "name") == ["Night shift", "Day shift"]
    assert ids(listed(world, name="day"), "name") == ["Day shift"]
    assert ids(listed(world, sort="-name"), "name") == ["Night shift", "Day shift"]
    assert ids(listed(world, page=2, page_size=1), "name") == ["Day shift"]
    assert ids(listed(world, with_permissions="true", required_action="x"), "name") != []
    assert len(listed(world, "operator")) == 3
    assert ids(listed(world, "operator", platform_key="zeta"), "name") == ["Theirs"]


def test_a_put_needs_what_a_post_needs_and_a_patch_nothing(world: World) -> None:
    ann = world.member("ann")
    group = made(world, users=[ann], description="Wards")
    path = f"{PATH}{group['id']}/"
    body = {**NEW, "name": "Late shift"}
    put = checked(world.manager.send("PUT", path, json=body), "core_user_groups_update")
    assert put == {**group, "name": "Late shift"}  # what is left out stays
    problem(world.manager.send("PUT", path, json={"name": "x"}), 400, "platform_key")
    problem(world.manager.send("PUT", path, json={"platform_key": "acme"}), 400, "name")
    patched = checked(
        world.manager.send("PATCH", path, json={"users_to_set": [], "description": None}),
        "core_user_groups_partial_update",
    )
    assert patched == {**put, "description": None, "users": []}
    nothing = world.manager.send("PATCH", path)
    assert checked(nothing, "core_user_groups_partial_update") == patched


def test_who_joins_gets_what_the_group_was_granted_and_who_leaves_loses_it(world: World) -> None:
    """H8, W27."""
    ann, bob = world.member("ann"), world.member("bob")
    group = made(world, users=[ann])
    licence = world.licence(COURSE_KIND)
    world.grant(COURSE_KIND, licence["id"], group["id"])
    path = f"{PATH}{group['id']}/"
    world.manager.send("PATCH", path, json={"users": [bob]})
    assert ids(world.seats(COURSE_KIND, licence["id"]), "user_id") == [bob]
    assert world.used(COURSE_KIND, licence["id"]) == 1


def test_a_deleted_group_is_gone_with_its_seats(world: World) -> None:
    """Q4, W29."""
    group = made(world, users=[world.member("ann")])
    licence = world.licence(COURSE_KIND)
    world.grant(COURSE_KIND, licence["id"], group["id"])
    path = f"{PATH}{group['id']}/"
    checked(world.manager.send("DELETE", path), "core_user_groups_destroy", 204)
    assert world.used(COURSE_KIND, licence["id"]) == 0
    for method in ("GET", "DELETE", "PATCH"):
        problem(world.manager.send(method, path), 404)
    assert listed(world) == []


def test_a_stranger_sees_and_changes_nothing(world: World) -> None:
    group = made(world)
    path = f"{PATH}{group['id']}/"
    problem(world.stranger.post(PATH, NEW), 403)
    problem(world.stranger.get(PATH, platform_key="acme"), 403)
    for method, body in (("GET", None), ("PUT", NEW), ("PATCH", {"name": "x"}), ("DELETE", None)):
        problem(world.stranger.send(method, path, json=body), 404)
    assert listed(world, "stranger") == []
    assert ids(listed(world), "name") == ["Night shift"]


def test_a_group_stays_on_its_platform(world: World) -> None:
    path = f"{PATH}{made(world)['id']}/"
    body = {"name": "x", "platform_key": "zeta"}
    problem(world.operator.send("PUT", path, json=body), 400, "platform_key")
    problem(world.manager.send("PATCH", path, json={"platform_key": "zeta"}), 403)


def test_bad_input_names_its_field_and_makes_nothing(world: World) -> None:
    zoe = world.member("zoe", "zeta")
    cases: list[tuple[dict[str, Any], str]] = [
        ({"name": "n" * 256}, "name"),
        ({"name": 7}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"platform_key": None}, "platform_key"),
        ({"description": []}, "description"),
        ({"users_to_set": 7}, "users_to_set"),
        ({"users_to_set": ["ann"]}, "users_to_set"),
        ({"users_to_set": [HUGE]}, "users_to_set"),
        ({"users_to_set": [999]}, "users_to_set"),
        ({"users_to_set": [zoe]}, "users_to_set"),
    ]
    for fields, field in cases:
        problem(world.manager.post(PATH, {**NEW, **fields}), 400, field)
    problem(world.manager.post(PATH, {"platform_key": "acme"}), 400, "name")
    problem(world.operator.post(PATH, {**NEW, "platform_key": "none"}), 404)
    assert listed(world, "operator") == []


def test_ids_that_cannot_be_are_refused(world: World) -> None:
    problem(world.manager.get(f"{PATH}abc/"), 400, "id")
    problem(world.manager.get(f"{PATH}{HUGE}/"), 400, "id")
    problem(world.manager.get(f"{PATH}-1/"), 404)


def test_lists_refuse_what_they_cannot_read(world: World) -> None:
    problem(world.manager.get(PATH, sort="price"), 400, "sort")
    problem(world.manager.get(PATH, page="x"), 400, "page")
    problem(world.manager.get(PATH, include_users="so"), 400, "include_users")
