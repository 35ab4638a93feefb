"""Who may do what (part B), and on which platform (C2, W56)."""

import pytest

from tests.dialects.ibl.world import ALL, COURSE_KIND, SEATED, Kind, World, problem


@pytest.mark.parametrize("kind", ALL, ids=str)
@pytest.mark.parametrize("verb", ["create", "update"])
def test_only_an_operator_creates_and_changes_licences(world: World, kind: Kind, verb: str) -> None:
    """B2. The right is asked before the body is read."""
    made = world.licence(kind)
    for body in ({**kind.create, "license_id": made["id"], "count": 99}, {}):
        problem(world.manager.post(f"{kind}/{verb}/", body), 403)
    assert world.look(kind, made["id"])["count"] == 10


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_a_manager_sees_the_licences_of_their_own_platform_only(world: World, kind: Kind) -> None:
    """B1."""
    made = world.licence(kind)
    ids = {
        name: [row["id"] for row in caller.get(f"{kind}/").json()["results"]]
        for name, caller in world.callers.items()
    }
    assert ids == {"operator": [made["id"]], "manager": [made["id"]], "stranger": []}


@pytest.mark.parametrize("name", ["platform_key", "key", "platform_org", "org"])
def test_a_manager_may_name_their_own_platform_and_no_other(world: World, name: str) -> None:
    """C1, C2, W56. Whether the other platform exists makes no difference."""
    made = world.licence(COURSE_KIND)
    own, other, none = ("ACME", "ZETA", "NONE") if "org" in name else ("acme", "zeta", "none")
    for path in ("course/", "course/assignment/", "course/assignment/group/"):
        query = {"license_id": made["id"]} if "assignment" in path else {}
        assert world.manager.get(path, **query, **{name: own}).status_code == 200
        problem(world.manager.get(path, **query, **{name: other}), 403)
        problem(world.manager.get(path, **query, **{name: none}), 403)


@pytest.mark.parametrize("name", ["platform_key", "key", "platform_org", "org"])
def test_an_operator_narrows_a_list_to_a_platform_or_sees_all(world: World, name: str) -> None:
    """C2: naming none means all."""
    world.licence(COURSE_KIND)
    world.licence(COURSE_KIND, platform_key="zeta")
    own, none = ("ZETA", "NONE") if "org" in name else ("zeta", "none")

    def platforms(**query: str) -> list[str]:
        rows = world.operator.get("course/", **query).json()["results"]
        return [row["platform_key"] for row in rows]

    assert platforms() == ["zeta", "acme"]
    assert platforms(**{name: own}) == ["zeta"]
    assert platforms(**{name: none}) == []
    assert platforms(platform_key="zeta", org="ACME") == []


@pytest.mark.parametrize("kind", SEATED, ids=str)
def test_what_lives_on_another_platform_is_unknown_to_a_manager(world: World, kind: Kind) -> None:
    """W56."""
    made = world.licence(kind)
    given = world.assign(kind, made["id"], email="ada@acme.example")
    grant = world.grant(kind, made["id"], world.group())
    other = world.stranger
    seat_body = {"license_id": made["id"], "email": "eve@zeta.example"}
    grant_body = {"license_id": made["id"], "group_id": world.group(platform="zeta")}
    problem(other.post(f"{kind}/assignment/", seat_body), 404)
    problem(other.post(f"{kind}/assignment/group/", grant_body), 404)
    problem(other.delete(f"{kind}/assignment/", assignment_id=given["id"]), 404)
    problem(other.delete(f"{kind}/assignment/group/", assignment_id=grant["id"]), 404)
    for path in ("assignment", "assignment/group"):
        answer = other.get(f"{kind}/{path}/", license_id=made["id"])
        assert (answer.status_code, answer.json()["count"]) == (200, 0)  # T1: a list has no 404
    assert world.used(kind, made["id"]) == 1
    assert len(world.grants(kind, made["id"])) == 1


@pytest.mark.parametrize("kind", SEATED, ids=str)
def test_a_platform_named_beside_a_seat_must_be_the_seats_own(world: World, kind: Kind) -> None:
    """W56 for managers; an operator who names the wrong platform finds nothing there."""
    made = world.licence(kind)
    body = {"license_id": made["id"], "email": "ada@acme.example"}
    post = f"{kind}/assignment/"
    problem(world.manager.post(post, {**body, "platform_key": "zeta"}), 403)
    problem(world.manager.post(post, body, params={"platform_org": "ZETA"}), 403)
    problem(world.operator.post(post, {**body, "platform_key": "zeta"}), 404)
    problem(world.operator.post(post, {**body, "platform_key": "none"}), 404)
    problem(world.operator.post(post, body, params={"platform_org": "ZETA"}), 404)
    assert world.used(kind, made["id"]) == 0
    given = world.operator.post(post, {**body, "platform_key": "acme", "platform_org": "ACME"})
    assert given.status_code == 200
    delete = {"assignment_id": given.json()["id"]}
    problem(world.manager.delete(post, **delete, platform_key="zeta"), 403)
    problem(world.operator.delete(post, **delete, platform_key="zeta"), 404)
    assert world.used(kind, made["id"]) == 1
    assert world.operator.delete(post, **delete, platform_key="acme").status_code == 200


@pytest.mark.parametrize("kind", SEATED, ids=str)
def test_a_platform_named_beside_a_grant_must_be_the_grants_own(world: World, kind: Kind) -> None:
    """W56."""
    made = world.licence(kind)
    body = {"license_id": made["id"], "group_id": world.group()}
    path = f"{kind}/assignment/group/"
    problem(world.manager.post(path, {**body, "platform_key": "zeta"}), 403)
    problem(world.operator.post(path, {**body, "platform_org": "ZETA"}), 404)
    grant = world.operator.post(path, {**body, "platform_org": "ACME"}).json()
    problem(world.operator.delete(path, assignment_id=grant["id"], org="ZETA"), 404)
    answer = world.operator.delete(path, assignment_id=grant["id"], org="ACME")
    assert answer.status_code == 200
