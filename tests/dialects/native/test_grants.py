"""/grants: a group is given a pool, whole or not at all."""

from typing import Any

import pytest

from seatledger.domain.command import GrantGroup, SaveGroup
from seatledger.domain.people_command import CreatePlatform, CreateToken
from tests.dialects.native.conftest import Native
from tests.support.cast import OPERATOR


def team(native: Native, *names: str) -> str:
    """A group of people with these names; its id."""
    added = [
        native.told(201, "POST", "/learners", json={"email": f"{name}@acme.example"})["id"]
        for name in names
    ]
    return str(native.told(201, "POST", "/groups", json={"name": "T", "members": added})["id"])


def test_everybody_in_the_group_gets_a_seat_and_asking_again_changes_nothing(
    native: Native,
) -> None:
    pool, group = native.world.pool(size=2).id, team(native, "ada", "bob")
    body = {"pool": str(pool), "group": group}
    answer = native.ask("POST", "/grants", json=body)
    assert answer.status_code == 201
    assert answer.json() == {
        "id": "1",
        "platform": "acme",
        **body,
        "active": True,
        "members": 2,
        "seated": 2,
        "waiting": 0,
        "created": "2026-03-01T12:00:00Z",
        "modified": "2026-03-01T12:00:00Z",
    }
    path = answer.headers["location"].removeprefix("/api/v1")
    assert native.told(200, "GET", path) == answer.json()
    assert native.told(200, "POST", "/grants", json=body) == answer.json()
    assert native.world.holders(pool) == ["ada", "bob"]


def test_a_group_that_does_not_fit_gets_nothing_and_the_problem_says_by_how_much(
    native: Native,
) -> None:
    pool, group = native.world.pool(size=1).id, team(native, "ada", "bob")
    body = {"pool": str(pool), "group": group}
    problem = native.problem("group_does_not_fit", "POST", "/grants", json=body)
    assert (problem["status"], problem["field"]) == (409, "group")
    assert problem["details"] == {"bought": 1, "used": 0, "asked": 2}
    assert native.world.holders(pool) == []
    assert native.told(200, "GET", "/grants")["data"] == []


@pytest.mark.parametrize(("keep_seats", "holders"), [(False, []), (True, ["ada"])])
def test_a_grant_is_taken_back_with_its_seats_or_without(
    native: Native, keep_seats: bool, holders: list[str]
) -> None:
    pool, group = native.world.pool().id, team(native, "ada")
    body = {"pool": str(pool), "group": group}
    grant = native.told(201, "POST", "/grants", json=body)["id"]
    params = {"keep_seats": str(keep_seats).lower()}
    taken = native.told(200, "DELETE", f"/grants/{grant}", params=params)
    assert (taken["id"], taken["seated"]) == (grant, len(holders))
    assert native.world.holders(pool) == holders
    native.problem("unknown_grant", "GET", f"/grants/{grant}")
    native.problem("unknown_grant", "DELETE", f"/grants/{grant}")


def test_a_grant_that_is_switched_off_suspends_its_seats_until_it_is_switched_on(
    native: Native,
) -> None:
    pool, group = native.world.pool().id, team(native, "ada")
    body = {"pool": str(pool), "group": group}
    native.told(201, "POST", "/grants", json=body)
    off = native.told(200, "POST", "/grants", json={**body, "active": False})
    assert (off["active"], off["seated"], native.world.holders(pool)) == (False, 0, [])
    native.told(200, "POST", "/grants", json={**body, "active": True})
    assert native.world.holders(pool) == ["ada"]


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"pool": "77"}, "unknown_pool", None),
        ({"pool": "x"}, "unknown_pool", None),
        ({"group": "77"}, "unknown_group", None),
        ({"group": "9" * 30}, "unknown_group", None),
        ({"group": 1}, "invalid", "group"),
        ({"active": "yes"}, "invalid", "active"),
        ({"whole": True}, "invalid", "whole"),
    ],
)
def test_what_cannot_be_given_is_refused_by_name(
    native: Native, change: dict[str, Any], code: str, field: str | None
) -> None:
    body = {"pool": str(native.world.pool().id), "group": team(native, "ada")}
    assert native.problem(code, "POST", "/grants", json=body | change).get("field") == field
    assert native.told(200, "GET", "/grants")["data"] == []


@pytest.mark.parametrize(
    ("parameters", "ids"),
    [
        ({}, ["1", "2", "3"]),
        ({"limit": "2"}, ["1", "2"]),
        ({"after": "Mg"}, ["3"]),
        ({"pool": "1"}, ["1", "3"]),
        ({"group": "2"}, ["3"]),
        ({"active": "false"}, ["2"]),
        ({"platform": "acme", "pool": "2"}, ["2"]),
    ],
)
def test_grants_are_listed_narrowed_and_read_on(
    native: Native, parameters: dict[str, str], ids: list[str]
) -> None:
    world = native.world
    pools = [world.pool(item_key=key).id for key in ("c-1", "c-2")]
    groups = [
        world.do(SaveGroup(OPERATOR, platform_key="acme", name=name)).group.id for name in "ab"
    ]
    for pool, group, active in ((0, 0, True), (1, 0, False), (0, 1, True)):
        grant = {"pool_id": pools[pool], "group_id": groups[group], "active": active}
        world.do(GrantGroup(OPERATOR, **grant))
    found = native.told(200, "GET", "/grants", params=parameters)
    assert [row["id"] for row in found["data"]] == ids
    assert (found["next"] is None) == ("limit" not in parameters)


def test_a_stranger_neither_sees_nor_takes_back_nor_gives(native: Native) -> None:
    pool, group = native.world.pool().id, team(native, "ada")
    body = {"pool": str(pool), "group": group}
    native.told(201, "POST", "/grants", json=body)
    native.world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    zed = native.world.do(CreateToken(OPERATOR, name="z", platform_key="zeta")).text
    native.problem("unknown_grant", "GET", "/grants/1", token=zed)
    native.problem("unknown_grant", "DELETE", "/grants/1", token=zed)
    native.problem("unknown_pool", "POST", "/grants", json=body, token=zed)
    own = native.world.pool(platform_key="zeta").id
    mixed = {**body, "pool": str(own)}
    native.problem("unknown_group", "POST", "/grants", json=mixed, token=zed)
    assert native.told(200, "GET", "/grants", token=zed)["data"] == []
    assert native.world.holders(pool) == ["ada"]
