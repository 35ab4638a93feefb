"""/items: courses, programs, platforms and memberships, named KIND:KEY."""

from typing import Any
from urllib.parse import quote

import pytest

from seatledger.domain.people_command import CreatePlatform, CreateToken
from tests.dialects.native.conftest import Native
from tests.support.cast import OPERATOR

KEY = "course-v1:ACME+DATA+2026"


def stranger(native: Native) -> str:
    native.world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    return str(native.world.do(CreateToken(OPERATOR, name="z", platform_key="zeta")).text)


def test_an_item_is_made_once_and_then_changed_in_what_is_told(native: Native) -> None:
    told = {"title": "Data", "details": {"level": 1, "hours": 3}}
    answer = native.ask("PUT", f"/items/course:{KEY}", json=told)
    assert (answer.status_code, answer.headers["location"]) == (201, f"/api/v1/items/course:{KEY}")
    assert answer.json() == {
        "item": f"course:{KEY}",
        "kind": "course",
        "key": KEY,
        "platform": "acme",
        "title": "Data",
        "slug": None,
        "enabled": True,
        "details": {"level": 1, "hours": 3},
        "courses": [],
    }
    change = {"enabled": False, "slug": "data", "details": {"level": 2}}
    changed = native.told(200, "PUT", f"/items/course:{KEY}", json=change)
    assert changed == answer.json() | {
        "enabled": False,
        "slug": "data",
        "details": {"level": 2, "hours": 3},
    }
    assert native.told(200, "GET", f"/items/course:{KEY}") == changed


@pytest.mark.parametrize("key", [KEY, "a b", "50%", "a/b", "a?b#c", "ä+ö", "x:y:z"])
def test_a_key_of_any_letters_is_found_where_the_answer_says(native: Native, key: str) -> None:
    answer = native.ask("PUT", f"/items/course:{quote(key, safe='')}", json={"title": key})
    assert answer.json()["key"] == key
    path = answer.headers["location"].removeprefix("/api/v1")
    assert native.told(200, "GET", path) == answer.json()
    assert native.told(200, "DELETE", path) == answer.json()
    native.problem("unknown_item", "GET", path)


def test_a_program_says_which_courses_it_opens_in_order(native: Native) -> None:
    for key in ("c-1", "c-2"):
        native.told(201, "PUT", f"/items/course:{key}", json={})
    made = native.told(201, "PUT", "/items/program:p", json={"courses": ["c-2", "c-1"]})
    assert made["courses"] == ["c-2", "c-1"]
    assert native.told(200, "PUT", "/items/program:p", json={"title": "P"})["courses"] == [
        "c-2",
        "c-1",
    ]
    listed = native.told(200, "GET", "/items", params={"kind": "program"})
    assert [(row["item"], row["courses"]) for row in listed["data"]] == [
        ("program:p", ["c-2", "c-1"])
    ]
    assert native.problem("in_use", "DELETE", "/items/course:c-1")["status"] == 409
    native.told(200, "DELETE", "/items/program:p")
    native.told(200, "DELETE", "/items/course:c-1")


@pytest.mark.parametrize(
    ("path", "body", "code", "field"),
    [
        ("/items/c-1", {}, "invalid", "item"),
        ("/items/cursus:c-1", {}, "invalid", "item"),
        ("/items/course:", {}, "invalid", "item"),
        (f"/items/course:{'k' * 256}", {}, "invalid", "key"),
        ("/items/course:c-1", {"title": 7}, "invalid", "title"),
        ("/items/course:c-1", {"key": "c-2"}, "invalid", "key"),
        ("/items/course:c-1", {"title": "a\0b"}, "invalid", "body"),
        ("/items/program:p", {"courses": ["nowhere"]}, "invalid", "courses"),
        ("/items/course:c-1?platform=zeta", {}, "unknown_platform", None),
    ],
)
def test_what_cannot_be_saved_is_refused_by_name(
    native: Native, path: str, body: dict[str, Any], code: str, field: str | None
) -> None:
    assert native.problem(code, "PUT", path, json=body).get("field") == field
    assert native.told(200, "GET", "/items")["data"] == []


def test_an_operator_must_say_whose_it_is(native: Native) -> None:
    ask = {"json": {}, "token": native.operator}
    assert native.problem("invalid", "PUT", "/items/course:c", **ask)["field"] == "platform"
    assert native.told(201, "PUT", "/items/course:c?platform=acme", **ask)["platform"] == "acme"


def test_what_is_another_platforms_is_neither_seen_nor_changed(native: Native) -> None:
    zed = stranger(native)
    native.told(201, "PUT", "/items/course:c-1", json={"title": "Ours"})
    native.problem("unknown_item", "GET", "/items/course:c-1", token=zed)
    native.problem("unknown_item", "PUT", "/items/course:c-1", json={"title": "Mine"}, token=zed)
    native.problem("unknown_item", "DELETE", "/items/course:c-1", token=zed)
    sold = {"courses": ["c-1"]}
    refused = native.problem("invalid", "PUT", "/items/program:p", json=sold, token=zed)
    assert refused["field"] == "courses"
    assert native.told(200, "GET", "/items", token=zed)["data"] == []
    assert native.told(200, "GET", "/items/course:c-1")["title"] == "Ours"


def test_what_a_platform_only_bought_it_sees_and_does_not_change(native: Native) -> None:
    zed = stranger(native)
    native.world.pool(item_key="c-1")
    native.world.pool(item_key="c-1", platform_key="zeta")
    assert native.told(200, "GET", "/items/course:c-1", token=zed)["platform"] == "acme"
    native.problem("unknown_item", "PUT", "/items/course:c-1", json={}, token=zed)
    native.problem("unknown_item", "DELETE", "/items/course:c-1", token=zed)


def test_items_are_listed_narrowed_and_read_on(native: Native) -> None:
    for name in ("course:b", "program:a", "course:c"):
        native.told(201, "PUT", f"/items/{name}", json={})
    first = native.told(200, "GET", "/items", params={"limit": 2, "fields": "item"})
    assert first["data"] == [{"item": "course:b"}, {"item": "program:a"}]
    rest = native.told(200, "GET", "/items", params={"after": first["next"], "fields": "item"})
    assert rest == {"data": [{"item": "course:c"}], "next": None}
    assert native.problem("invalid", "GET", "/items", params={"kind": "cursus"})["field"] == "kind"
