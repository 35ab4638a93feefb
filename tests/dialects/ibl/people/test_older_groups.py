"""/api/core/user_groups/ with link/ and link/bulk/: the older spelling (ibl Q5)."""

from typing import Any

from tests.dialects.ibl.people_contract import checked
from tests.dialects.ibl.persons import CORE, HUGE, ids
from tests.dialects.ibl.world import COURSE_KIND, World, problem

PATH = f"{CORE}/user_groups/"
LINK = f"{PATH}link/"
BULK = f"{LINK}bulk/"


def saved(world: World, **body: Any) -> dict[str, Any]:
    group: dict[str, Any] = checked(
        world.manager.post(PATH, {"platform_key": "acme", **body}), "core_user_groups_create2"
    )
    return group


def members(world: World, group_id: int, **query: Any) -> list[int]:
    answer = world.manager.get(LINK, group_id=group_id, **query)
    return ids(checked(answer, "core_user_groups_link_retrieve")["results"], "user_id")


def listed(world: World, caller: str = "manager", **query: Any) -> list[str]:
    answer = getattr(world, caller).get(PATH, **query)
    return ids(checked(answer, "core_user_groups_retrieve2")["results"], "name")


def test_a_group_is_made_by_its_name_once(world: World) -> None:
    first = saved(world, name="Nights")
    again = saved(world, name="Nights", description="Wards")
    assert (again["id"], again["description"]) == (first["id"], "Wards")
    assert listed(world) == ["Nights"]


def test_a_group_is_changed_by_its_id_under_either_name(world: World) -> None:
    ann = world.member("ann")
    group = saved(world, name="Nights")
    assert saved(world, group_id=group["id"], name="Days")["name"] == "Days"
    assert ids(saved(world, id=group["id"], users=[ann])["users"]) == [ann]
    body = {"id": group["id"], "group_id": group["id"] + 1}
    problem(world.manager.post(PATH, body), 400, "group_id")
    problem(world.manager.post(PATH, {"group_id": 999}), 404)
    problem(world.manager.post(PATH, {"platform_key": "acme"}), 400, "name")


def test_groups_are_listed_for_one_platform(world: World) -> None:
    saved(world, name="Nights")
    saved(world, name="Days")
    assert listed(world, platform_key="acme") == ["Nights", "Days"]
    assert listed(world, "operator", platform_org="ACME", name="day") == ["Days"]
    assert listed(world, "stranger") == []
    problem(world.operator.get(PATH), 400, "platform_key")
    problem(world.stranger.get(PATH, platform_key="acme"), 403)


def test_a_deleted_group_is_gone(world: World) -> None:
    group = saved(world, name="Nights")
    gone = world.manager.delete(PATH, group_id=group["id"])
    checked(gone, "core_user_groups_destroy2", 204)
    problem(world.manager.delete(PATH, id=group["id"]), 404)
    problem(world.manager.delete(PATH), 400, "group_id")
    assert listed(world) == []


def test_one_is_added_and_removed_with_what_the_group_was_granted(world: World) -> None:
    ann = world.member("ann")
    group = saved(world, name="Nights")
    licence = world.licence(COURSE_KIND)
    world.grant(COURSE_KIND, licence["id"], group["id"])
    body = {"group_id": group["id"], "user_id": ann}
    link = checked(world.manager.post(LINK, body), "core_user_groups_link_create")
    assert link == {
        "group_id": group["id"],
        "user_id": ann,
        "username": "ann@acme.example",
        "email": "ann@acme.example",
        "name": "ann",
        "active": True,
    }
    assert world.used(COURSE_KIND, licence["id"]) == 1
    left = checked(
        world.manager.post(LINK, {**body, "active": False}), "core_user_groups_link_create"
    )
    assert left == {**link, "active": False}
    assert (members(world, group["id"]), world.used(COURSE_KIND, licence["id"])) == ([], 0)


def test_adding_and_removing_again_changes_nothing(world: World) -> None:
    ann, bob = world.member("ann"), world.member("bob")
    group = saved(world, name="Nights", users=[ann])
    for active in (True, False, False):
        body = {"group_id": group["id"], "email": "Bob@acme.example", "active": active}
        assert world.manager.post(LINK, body).json()["user_id"] == bob
    world.manager.post(LINK, {"group_id": group["id"], "username": "ann@acme.example"})
    assert members(world, group["id"]) == [ann]


def test_a_link_that_is_there_can_be_deleted(world: World) -> None:
    ann = world.member("ann")
    group = saved(world, name="Nights", users=[ann])
    query = {"group_id": group["id"], "user_id": ann}
    checked(world.manager.delete(LINK, **query), "core_user_groups_link_destroy", 204)
    problem(world.manager.delete(LINK, **query), 404)
    problem(world.manager.delete(LINK, group_id=group["id"]), 400, "user_id")


def test_members_are_listed_in_pages_and_sorted(world: World) -> None:
    people = [world.member(name) for name in ("cid", "ann", "bob")]
    group = saved(world, name="Nights", users=people)
    cid, ann, bob = people
    assert members(world, group["id"]) == [cid, ann, bob]
    assert members(world, group["id"], sort="-id") == [bob, ann, cid]
    assert members(world, group["id"], sort="email") == [ann, bob, cid]
    assert members(world, group["id"], sort="-name", page_size=2) == [cid, bob]
    assert members(world, group["id"], page=2, page_size=2) == [bob]
    problem(world.manager.get(LINK, group_id=group["id"], sort="price"), 400, "sort")
    problem(world.manager.get(LINK), 400, "group_id")


def test_many_are_added_and_a_bad_one_keeps_nobody_back(world: World) -> None:
    """W42."""
    ann, bob = world.member("ann"), world.member("bob")
    zoe = world.member("zoe", "zeta")
    group = saved(world, name="Nights")
    body = {"group_id": group["id"], "user_ids": [ann, zoe, bob, 999, ann]}
    done = checked(world.manager.post(BULK, body), "core_user_groups_link_bulk_create")
    assert done["successes"] == 2
    assert [sentence.partition(":")[0] for sentence in done["error_codes"]] == [str(zoe), "999"]
    assert members(world, group["id"]) == [ann, bob]
    body = {"group_id": group["id"], "users": [ann], "active": False}
    assert world.manager.post(BULK, body).json() == {"successes": 1, "error_codes": []}
    assert members(world, group["id"]) == [bob]


def test_a_stranger_reaches_nobody_and_no_group(world: World) -> None:
    ann = world.member("ann")
    group = saved(world, name="Nights", users=[ann])
    named = {"group_id": group["id"], "user_id": ann}
    problem(world.stranger.get(LINK, group_id=group["id"]), 404)
    problem(world.stranger.post(LINK, {**named, "active": False}), 404)
    problem(world.stranger.delete(LINK, **named), 404)
    problem(world.stranger.post(BULK, {"group_id": group["id"], "user_ids": [ann]}), 404)
    problem(world.stranger.post(PATH, {"group_id": group["id"], "name": "Mine"}), 404)
    problem(world.stranger.post(PATH, {"platform_key": "acme", "name": "Mine"}), 403)
    problem(world.stranger.delete(PATH, group_id=group["id"]), 404)
    body = {"group_id": group["id"], "user_id": world.member("zoe", "zeta")}
    problem(world.operator.post(LINK, body), 404)  # who is not of the group's platform
    assert members(world, group["id"]) == [ann]


def test_bad_input_names_its_field_and_changes_nothing(world: World) -> None:
    ann = world.member("ann")
    group_id = saved(world, name="Nights")["id"]
    for path, body, field in [
        (LINK, {"user_id": ann}, "group_id"),
        (LINK, {"group_id": HUGE, "user_id": ann}, "group_id"),
        (LINK, {"group_id": group_id}, "user_id"),
        (LINK, {"group_id": group_id, "user_id": "x"}, "user_id"),
        (LINK, {"group_id": group_id, "user_id": ann, "active": "x"}, "active"),
        (BULK, {"group_id": group_id}, "user_ids"),
        (BULK, {"group_id": group_id, "user_ids": []}, "user_ids"),
        (BULK, {"group_id": group_id, "user_ids": ["x"]}, "user_ids"),
        (BULK, {"group_id": group_id, "users": [HUGE]}, "users"),
        (PATH, {"platform_key": "acme", "name": "n" * 256}, "name"),
        (PATH, {"group_id": group_id, "users": [999]}, "users_to_set"),
    ]:
        problem(world.manager.post(path, body), 400, field)
    assert members(world, group_id) == []
