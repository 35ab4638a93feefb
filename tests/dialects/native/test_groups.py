"""/groups: who is given pools together."""

from typing import Any

import pytest

from seatledger.domain.command import GrantGroup
from seatledger.domain.people_command import CreatePlatform, CreateToken
from tests.dialects.native.conftest import Native
from tests.support.cast import OPERATOR


def learners(native: Native, *names: str) -> list[str]:
    """People whom the platform knows, as their ids."""
    return [
        native.told(201, "POST", "/learners", json={"email": f"{name}@acme.example"})["id"]
        for name in names
    ]


def test_a_group_is_made_and_found_where_the_answer_says(native: Native) -> None:
    ada, bob = learners(native, "ada", "bob")
    body = {"name": "Team", "description": "All of us", "members": [bob, ada]}
    answer = native.ask("POST", "/groups", json=body)
    assert answer.status_code == 201
    assert answer.json() == {
        "id": "1",
        "platform": "acme",
        **body,
        "created": "2026-03-01T12:00:00Z",
    }
    found = native.ask("GET", answer.headers["location"].removeprefix("/api/v1"))
    assert found.json() == answer.json()
    assert found.headers["etag"] == answer.headers["etag"]


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"name": None}, "invalid", "name"),
        ({"members": ["77"]}, "invalid", "members"),
        ({"members": ["x"]}, "invalid", "members"),
        ({"members": [1]}, "invalid", "members[0]"),
        ({"owner": "ada"}, "invalid", "owner"),
        ({"name": "a\0b"}, "invalid", "body"),
        ({"platform": "zeta"}, "unknown_platform", None),
    ],
)
def test_what_cannot_be_made_is_refused_by_name(
    native: Native, change: dict[str, Any], code: str, field: str | None
) -> None:
    problem = native.problem(code, "POST", "/groups", json={"name": "Team"} | change)
    assert problem.get("field") == field
    assert native.told(200, "GET", "/groups")["data"] == []


@pytest.mark.parametrize(
    ("change", "members"),
    [
        ({}, "ab"),
        ({"members": "bc"}, "bc"),
        ({"members": ""}, ""),
        ({"joining": "c"}, "abc"),
        ({"leaving": "a"}, "b"),
        ({"joining": "ca", "leaving": "b"}, "ac"),
        ({"members": "a", "joining": "c"}, "ac"),
    ],
)
def test_members_are_the_list_that_is_given_less_who_leaves_and_who_joins(
    native: Native, change: dict[str, str], members: str
) -> None:
    ids = dict(zip("abc", learners(native, "a", "b", "c"), strict=True))
    made = {"name": "T", "members": [ids["a"], ids["b"]]}
    group = native.told(201, "POST", "/groups", json=made)
    body = {key: [ids[name] for name in names] for key, names in change.items()}
    changed = native.told(200, "PATCH", f"/groups/{group['id']}", json=body)
    assert changed["members"] == [ids[name] for name in members]
    assert native.told(200, "GET", f"/groups/{group['id']}") == changed


def test_who_joins_gets_what_the_group_was_given_and_who_leaves_loses_it(native: Native) -> None:
    ada, bob = learners(native, "ada", "bob")
    group = native.told(201, "POST", "/groups", json={"name": "T", "members": [ada]})["id"]
    pool = native.world.pool().id
    native.world.do(GrantGroup(OPERATOR, pool_id=pool, group_id=int(group)))
    change = {"joining": [bob], "leaving": [ada]}
    native.told(200, "PATCH", f"/groups/{group}", json=change)
    assert native.world.holders(pool) == ["bob"]
    deleted = native.told(200, "DELETE", f"/groups/{group}")
    assert deleted["members"] == [bob]
    assert native.world.holders(pool) == []
    native.problem("unknown_group", "GET", f"/groups/{group}")
    native.problem("unknown_group", "DELETE", f"/groups/{group}")


def test_who_looked_at_an_older_version_changes_nothing(native: Native) -> None:
    (ada,) = learners(native, "ada")
    made = native.ask("POST", "/groups", json={"name": "T"})
    path, looked_at = f"/groups/{made.json()['id']}", {"If-Match": made.headers["etag"]}
    joined = native.ask("PATCH", path, json={"joining": [ada]}, headers=looked_at)
    assert joined.status_code == 200
    late: dict[str, Any] = {"headers": looked_at}
    problem = native.problem("changed_meanwhile", "PATCH", path, json={"name": "U"}, **late)
    assert problem["status"] == 412
    native.problem("changed_meanwhile", "DELETE", path, **late)
    assert native.told(200, "GET", path)["name"] == "T"
    native.told(200, "DELETE", path, headers={"If-Match": joined.headers["etag"]})


def test_groups_are_listed_narrowed_and_read_on_and_a_strangers_are_unknown(
    native: Native,
) -> None:
    for name in ("Red team", "Blue team", "Board"):
        native.told(201, "POST", "/groups", json={"name": name})
    first = native.told(200, "GET", "/groups", params={"limit": 2})
    assert [row["name"] for row in first["data"]] == ["Red team", "Blue team"]
    rest = native.told(200, "GET", "/groups", params={"after": first["next"], "fields": "name"})
    assert rest == {"data": [{"name": "Board"}], "next": None}
    teams = native.told(200, "GET", "/groups", params={"name": "TEAM"})["data"]
    assert [row["name"] for row in teams] == ["Red team", "Blue team"]
    native.world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    zed = native.world.do(CreateToken(OPERATOR, name="z", platform_key="zeta")).text
    assert native.told(200, "GET", "/groups", token=zed)["data"] == []
    for method, body in (("GET", {}), ("PATCH", {"json": {"name": "Mine"}}), ("DELETE", {})):
        native.problem("unknown_group", method, "/groups/1", token=zed, **body)
