"""/pools: bought and changed by operators, seen by managers."""

from typing import Any

import pytest

from tests.dialects.native.conftest import Native
from tests.support.cast import DAY, NOON

NEW = {"platform": "acme", "item": "course:c-1", "title": "C 1", "size": 2}


def test_an_operator_buys_seats_and_the_manager_sees_them(native: Native) -> None:
    answer = native.ask("POST", "/pools", native.operator, json=NEW)
    opened = answer.json()
    assert answer.status_code == 201, opened
    assert answer.headers["location"] == f"/api/v1/pools/{opened['id']}"
    assert {**opened, "id": "", "created": ""} == {
        "id": "",
        "platform": "acme",
        "item": "course:c-1",
        "title": "C 1",
        "name": "C 1",
        "size": 2,
        "held": 0,
        "free": 2,
        "start": "2026-03-01T12:00:00Z",
        "end": None,
        "active": True,
        "transferable": True,
        "source": "",
        "external_id": None,
        "metadata": {},
        "created": "",
        "moves": {"allowed": "always"},
        "moved": 0,
    }
    assert native.told(200, "GET", f"/pools/{opened['id']}") == opened
    assert native.told(200, "GET", "/pools")["data"] == [opened]


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"item": "c-1"}, "invalid", "item"),
        ({"item": "cursus:c-1"}, "invalid", "item"),
        ({"size": -1}, "invalid", "size"),
        ({"size": 2**40}, "invalid", "size"),
        ({"size": "many"}, "invalid", "size"),
        ({"platform": "zeta"}, "unknown_platform", None),
        ({"platform": None}, "invalid", "platform"),
        ({"title": None}, "unknown_item", None),
        ({"colour": "red"}, "invalid", "colour"),
        ({"name": "a\0b"}, "invalid", "body"),
        ({"end": "2026-02-01T00:00:00Z"}, "window_reversed", "end"),
        ({"start": "2026-02-01T00:00:00"}, "invalid", "start"),
    ],
)
def test_what_cannot_be_bought_is_refused_by_name(
    native: Native, change: dict[str, Any], code: str, field: str | None
) -> None:
    problem = native.problem(code, "POST", "/pools", json=NEW | change, token=native.operator)
    assert problem.get("field") == field
    assert native.told(200, "GET", "/pools")["data"] == []


def test_a_manager_neither_buys_nor_changes(native: Native) -> None:
    native.world.pool()
    native.problem("forbidden", "POST", "/pools", json=NEW)
    native.problem("forbidden", "POST", "/pools", json={"size": "none of their business"})
    native.problem("forbidden", "PATCH", "/pools/1", json={"size": 99})
    assert native.world.look(1).size == 10


def test_a_pool_changes_in_what_is_named_and_only_from_the_version_looked_at(
    native: Native,
) -> None:
    native.world.pool()
    native.world.assign(1, "a", "b")
    seen = native.ask("GET", "/pools/1").headers["etag"]
    ask: dict[str, Any] = {"token": native.operator, "headers": {"If-Match": seen}}
    native.world.assign(1, "c")  # counts are no version
    end = (NOON + DAY).isoformat().replace("+00:00", "Z")
    changed = native.told(200, "PATCH", "/pools/1", json={"size": 3, "end": end}, **ask)
    assert (changed["size"], changed["held"], changed["end"]) == (3, 3, end)
    native.problem("changed_meanwhile", "PATCH", "/pools/1", json={"size": 4}, **ask)
    del ask["headers"]
    small = native.problem("size_below_held", "PATCH", "/pools/1", json={"size": 2}, **ask)
    assert small["field"] == "size"
    endless = native.told(200, "PATCH", "/pools/1", json={"end": None}, **ask)
    assert (endless["size"], endless["end"]) == (3, None)


@pytest.mark.parametrize(
    ("parameters", "ids"),
    [
        ({}, ["1", "2", "3"]),
        ({"limit": "2"}, ["1", "2"]),
        ({"item": "course:course-1"}, ["1"]),
        ({"item": "program:course-1"}, []),
        ({"external_id": "po-7"}, ["2"]),
        ({"active": "false"}, ["3"]),
        ({"platform": "acme", "after": "Mg"}, ["3"]),
    ],
)
def test_pools_are_listed_narrowed_and_read_on(
    native: Native, parameters: dict[str, str], ids: list[str]
) -> None:
    native.world.pool()
    native.world.pool(item_key="course-2", external_id="po-7")
    native.world.pool(item_key="course-3", active=False)
    found = native.told(200, "GET", "/pools", params=parameters)
    assert [row["id"] for row in found["data"]] == ids
    assert (found["next"] is None) == (len(ids) != 2)
