"""GET /api/core/platform/users/ (ibl Q2, S5, V11)."""

from typing import Any

from tests.dialects.ibl.people_contract import checked
from tests.dialects.ibl.persons import CORE, ids
from tests.dialects.ibl.world import World, problem

PATH = f"{CORE}/platform/users/"
NAME = "core_platform_users_retrieve"


def names(world: World, caller: str = "manager", **query: Any) -> list[str]:
    return ids(checked(getattr(world, caller).get(PATH, **query), NAME)["results"], "name")


def test_the_people_of_a_platform_are_listed(world: World) -> None:
    ann = world.member("ann")
    world.member("zoe", "zeta")
    page = checked(world.manager.get(PATH), NAME)
    assert page == {
        "count": 1,
        "next_page": None,
        "previous_page": None,
        "results": [
            {
                "user_id": ann,
                "username": "ann@acme.example",
                "name": "ann",
                "email": "ann@acme.example",
                "is_admin": False,
                "is_staff": False,
                "active": True,
                "platform_key": "acme",
                "platform_org": "ACME",
                "added_on": "2026-03-01T12:00:00Z",
                "expired_on": None,
            }
        ],
    }


def test_with_policies_the_rows_lie_one_level_deeper(world: World) -> None:
    """Q2; there are none here."""
    world.member("ann")
    results = checked(world.manager.get(PATH, return_policies="true"), NAME)["results"]
    assert results["allowed_policies"] == []
    assert ids(results["data"], "policies") == [[]]
    problem(world.manager.get(PATH, return_policies="so"), 400, "return_policies")


def test_people_are_filtered_and_sorted(world: World) -> None:
    ann, bob, cid = (world.member(name) for name in ("ann", "bob", "cid"))
    world.link(bob, is_admin=True)
    world.link(cid, active=False)
    asked: list[tuple[dict[str, Any], list[str]]] = [
        ({}, ["ann", "bob", "cid"]),
        ({"query": "BO"}, ["bob"]),
        ({"query": "acme.example"}, ["ann", "bob", "cid"]),
        ({"query": "%"}, []),
        ({"is_admin": "true"}, ["bob"]),
        ({"is_admin": "0"}, ["ann", "cid"]),
        ({"sort": "-email"}, ["cid", "bob", "ann"]),
        ({"sort": "-user_id"}, ["cid", "bob", "ann"]),
        ({"sort": "name", "platform_key": "acme"}, ["ann", "bob", "cid"]),
        ({"platform_org": "ACME"}, ["ann", "bob", "cid"]),
    ]
    assert [(query, names(world, **query)) for query, _ in asked] == asked
    assert ann < bob < cid


def test_pages_are_linked_by_number(world: World) -> None:
    """V11."""
    for name in "abc":
        world.member(name)
    pages = [world.manager.get(PATH, page=page, page_size=2).json() for page in (1, 2, 3)]
    links = [(page["previous_page"], page["next_page"], len(page["results"])) for page in pages]
    assert links == [(None, 2, 2), (1, None, 1), (2, None, 0)]


def test_an_operator_names_the_platform(world: World) -> None:
    world.member("zoe", "zeta")
    assert names(world, "operator", platform_key="zeta") == ["zoe"]
    assert names(world, "operator", platform_org="ACME") == []
    problem(world.operator.get(PATH), 400, "platform_key")
    problem(world.operator.get(PATH, platform_key="none"), 404)
    problem(world.operator.get(PATH, platform_key="acme", platform_org="ZETA"), 404)


def test_a_stranger_sees_nobody(world: World) -> None:
    world.member("ann")
    assert names(world, "stranger") == []
    problem(world.stranger.get(PATH, platform_key="acme"), 403)
    problem(world.stranger.get(PATH, platform_org="ACME"), 403)


def test_lists_refuse_what_they_cannot_read(world: World) -> None:
    for query, field in [
        ({"sort": "price"}, "sort"),
        ({"page_size": "x"}, "page_size"),
        ({"query": ""}, "query"),
        ({"query": "\x00"}, "query"),
        ({"is_admin": "so"}, "is_admin"),
    ]:
        problem(world.manager.get(PATH, **query), 400, field)
