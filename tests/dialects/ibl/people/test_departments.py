"""/api/core/departments/ with members/, members/bulk/ and members/check/ (ibl Q6)."""

from typing import Any

from tests.dialects.ibl.people_contract import checked
from tests.dialects.ibl.persons import CORE, HUGE, ids, key_of
from tests.dialects.ibl.world import World, problem

PATH = f"{CORE}/departments/"
MEMBERS = f"{PATH}members/"
BULK = f"{MEMBERS}bulk/"
CHECK = f"{MEMBERS}check/"


def saved(world: World, **body: Any) -> dict[str, Any]:
    answer = world.manager.post(PATH, body)
    department: dict[str, Any] = checked(answer, "core_departments_create")
    return department


def listed(world: World, caller: str = "manager", **query: Any) -> list[str]:
    answer = getattr(world, caller).get(PATH, **query)
    return ids(checked(answer, "core_departments_retrieve")["results"], "name")


def joined(world: World, department_id: int, user_id: int, **fields: Any) -> dict[str, Any]:
    body = {"department_id": department_id, "user_id": user_id, **fields}
    member: dict[str, Any] = checked(
        world.manager.post(MEMBERS, body), "core_departments_members_create"
    )
    return member


def members(world: World, department_id: int, **query: Any) -> list[int]:
    answer = world.manager.get(MEMBERS, department_id=department_id, **query)
    return ids(checked(answer, "core_departments_members_retrieve")["results"], "user_id")


def test_a_department_is_made_by_its_name_once(world: World) -> None:
    first = saved(world, platform_key="acme", name="Surgery")
    assert first == {"id": first["id"], "name": "Surgery", "platform_key": "acme", "active": True}
    assert saved(world, name="Surgery") == first
    assert listed(world) == ["Surgery"]


def test_a_department_is_renamed_by_its_id_under_either_name(world: World) -> None:
    first = saved(world, name="Surgery")
    assert saved(world, department_id=first["id"], name="Theatre")["name"] == "Theatre"
    assert saved(world, id=first["id"]) == {**first, "name": "Theatre"}
    saved(world, name="Surgery")
    body = {"id": first["id"], "name": "Surgery"}
    problem(world.manager.post(PATH, body), 400, "name")
    body = {"id": first["id"], "department_id": first["id"] + 1}
    problem(world.manager.post(PATH, body), 400, "department_id")
    problem(world.manager.post(PATH, {"id": 999, "name": "x"}), 404)


def test_departments_are_listed_for_one_platform(world: World) -> None:
    saved(world, name="Surgery")
    saved(world, name="Kitchen")
    assert listed(world) == ["Surgery", "Kitchen"]
    assert listed(world, sort="name", page_size=1) == ["Kitchen"]
    assert listed(world, "operator", platform_org="ACME", name="SURG") == ["Surgery"]
    assert listed(world, "stranger") == []
    problem(world.operator.get(PATH), 400, "platform_key")
    problem(world.stranger.get(PATH, platform_key="acme"), 403)
    problem(world.manager.get(PATH, sort="price"), 400, "sort")


def test_a_deleted_department_is_gone_and_its_name_is_free(world: World) -> None:
    first = saved(world, name="Surgery")
    ann = world.member("ann")
    joined(world, first["id"], ann)
    gone = world.manager.delete(PATH, department_id=first["id"])
    checked(gone, "core_departments_destroy", 204)
    problem(world.manager.delete(PATH, id=first["id"]), 404)
    problem(world.manager.get(MEMBERS, department_id=first["id"]), 404)
    problem(world.manager.delete(PATH), 400, "department_id")
    again = saved(world, name="Surgery")
    assert again["id"] != first["id"]
    assert members(world, again["id"]) == []


def test_somebody_is_added_made_admin_and_removed(world: World) -> None:
    department_id = saved(world, name="Surgery")["id"]
    ann = world.member("ann")
    member = joined(world, department_id, ann)
    assert member == {
        "department_id": department_id,
        "user_id": ann,
        "username": "ann@acme.example",
        "email": "ann@acme.example",
        "name": "ann",
        "is_admin": False,
        "active": True,
    }
    assert joined(world, department_id, ann, is_admin=True)["is_admin"]
    assert joined(world, department_id, ann)["is_admin"]  # what is left out stays
    assert not joined(world, department_id, ann, active=False)["active"]
    assert members(world, department_id) == []
    body = {"department_id": department_id, "user_id": ann, "active": False}
    problem(world.manager.post(MEMBERS, body), 404)


def test_a_member_can_be_deleted_once(world: World) -> None:
    department_id = saved(world, name="Surgery")["id"]
    ann = world.member("ann")
    joined(world, department_id, ann)
    query = {"department_id": department_id, "username": "ann@acme.example"}
    checked(world.manager.delete(MEMBERS, **query), "core_departments_members_destroy", 204)
    problem(world.manager.delete(MEMBERS, **query), 404)
    problem(world.manager.delete(MEMBERS, department_id=department_id), 400, "user_id")


def test_members_are_listed_in_pages_and_sorted(world: World) -> None:
    department_id = saved(world, name="Surgery")["id"]
    bob, ann = world.member("bob"), world.member("ann")
    for user_id in (ann, bob):
        joined(world, department_id, user_id)
    assert members(world, department_id) == [bob, ann]
    assert members(world, department_id, sort="email") == [ann, bob]
    assert members(world, department_id, page=2, page_size=1) == [ann]
    problem(world.manager.get(MEMBERS, department_id=department_id, sort="x"), 400, "sort")
    problem(world.manager.get(MEMBERS), 400, "department_id")


def test_many_are_added_and_a_bad_one_keeps_nobody_back(world: World) -> None:
    department_id = saved(world, name="Surgery")["id"]
    ann, bob = world.member("ann"), world.member("bob")
    body = {"department_id": department_id, "user_ids": [ann, 999, bob], "is_admin": True}
    done = checked(world.manager.post(BULK, body), "core_departments_members_bulk_create")
    assert (done["successes"], len(done["error_codes"])) == (2, 1)
    assert members(world, department_id) == [ann, bob]
    body = {"department_id": department_id, "users": [ann], "active": False}
    assert world.manager.post(BULK, body).json() == {"successes": 1, "error_codes": []}
    assert members(world, department_id) == [bob]


def test_the_caller_learns_what_they_are(world: World) -> None:
    """Q6."""
    department_id = saved(world, name="Surgery")["id"]
    ann = world.member("ann")
    caller = key_of(world, ann)
    name = "core_departments_members_check_retrieve"
    asked = [checked(world.manager.get(CHECK, platform_key="acme"), name)]
    for is_admin in (False, True):
        joined(world, department_id, ann, is_admin=is_admin)
        asked.append(checked(caller.get(CHECK, platform_key="acme"), name))
    assert ids(asked, "is_department_admin") == [False, False, True]
    assert ids(asked, "is_platform_admin") == [True, True, True]
    problem(caller.get(CHECK), 400, "platform_key")
    problem(caller.get(CHECK, platform_key="zeta"), 403)
    problem(world.operator.get(CHECK, platform_key="none"), 404)


def test_a_stranger_reaches_nobody_and_no_department(world: World) -> None:
    department_id = saved(world, name="Surgery")["id"]
    ann = world.member("ann")
    joined(world, department_id, ann)
    named = {"department_id": department_id, "user_id": ann}
    problem(world.stranger.get(MEMBERS, department_id=department_id), 404)
    problem(world.stranger.post(MEMBERS, {**named, "active": False}), 404)
    problem(world.stranger.delete(MEMBERS, **named), 404)
    body = {"department_id": department_id, "user_ids": [ann], "active": False}
    problem(world.stranger.post(BULK, body), 404)
    problem(world.stranger.post(PATH, {"id": department_id, "name": "Mine"}), 404)
    problem(world.stranger.post(PATH, {"platform_key": "acme", "name": "Mine"}), 403)
    problem(world.stranger.delete(PATH, id=department_id), 404)
    body = {"department_id": department_id, "user_id": world.member("zoe", "zeta")}
    problem(world.operator.post(MEMBERS, body), 404)  # who is not of the department's platform
    assert (listed(world), members(world, department_id)) == (["Surgery"], [ann])


def test_bad_input_names_its_field_and_changes_nothing(world: World) -> None:
    department_id = saved(world, name="Surgery")["id"]
    ann = world.member("ann")
    for path, body, field in [
        (PATH, {}, "name"),
        (PATH, {"name": ""}, "name"),
        (PATH, {"name": "n" * 256}, "name"),
        (PATH, {"name": "a\x00"}, "name"),
        (PATH, {"id": HUGE, "name": "x"}, "id"),
        (MEMBERS, {"user_id": ann}, "department_id"),
        (MEMBERS, {"department_id": department_id}, "user_id"),
        (MEMBERS, {"department_id": department_id, "user_id": HUGE}, "user_id"),
        (MEMBERS, {"department_id": department_id, "user_id": ann, "is_admin": 1}, "is_admin"),
        (BULK, {"department_id": department_id}, "user_ids"),
        (BULK, {"department_id": department_id, "user_ids": [ann], "active": 2}, "active"),
    ]:
        problem(world.manager.post(path, body), 400, field)
    assert (listed(world), members(world, department_id)) == (["Surgery"], [])
