"""/platforms: made by operators, changed by who runs them."""

from typing import Any

import pytest

from seatledger.domain.people_command import CreatePlatform, CreateToken
from tests.dialects.native.conftest import Native
from tests.support.cast import OPERATOR

ZETA = {"key": "zeta", "name": "Zeta", "domains": ["@Zeta.Example"]}


def test_an_operator_makes_a_platform_and_finds_it_where_the_answer_says(native: Native) -> None:
    answer = native.ask("POST", "/platforms", native.operator, json=ZETA)
    assert (answer.status_code, answer.headers["location"]) == (201, "/api/v1/platforms/zeta")
    assert answer.json() == {
        "key": "zeta",
        "org": "zeta",
        "name": "Zeta",
        "email": "",
        "domains": ["zeta.example"],
        "learning_url": "",
        "studio_url": "",
        "portal_url": "",
        "created": "2026-03-01T12:00:00Z",
    }
    assert native.told(200, "GET", "/platforms/zeta", token=native.operator) == answer.json()


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"key": "acme"}, "taken", "key"),
        ({"org": "ACME"}, "taken", "org"),
        ({"key": ""}, "invalid", "key"),
        ({"key": "a/b"}, "invalid", "key"),
        ({"key": "k" * 201}, "invalid", "key"),
        ({"name": " "}, "invalid", "name"),
        ({"domains": "zeta.example"}, "invalid", "domains"),
        ({"domains": ["https://zeta.example"]}, "invalid", "domains"),
        ({"domains": ["zeta.example;"]}, "invalid", "domains"),
        ({"domains": [""]}, "invalid", "domains"),
        ({"email": "x"}, "invalid", "email"),
        ({"colour": "red"}, "invalid", "colour"),
        ({"name": "a\0b"}, "invalid", "body"),
    ],
)
def test_what_cannot_be_made_is_refused_by_name(
    native: Native, change: dict[str, Any], code: str, field: str
) -> None:
    ask = {"json": ZETA | change, "token": native.operator}
    assert native.problem(code, "POST", "/platforms", **ask)["field"] == field
    assert len(native.told(200, "GET", "/platforms", token=native.operator)["data"]) == 1


def test_a_manager_makes_no_platform(native: Native) -> None:
    native.problem("forbidden", "POST", "/platforms", json=ZETA)
    native.problem("forbidden", "POST", "/platforms", json={"what": "ever"})


def test_a_manager_changes_their_own_platform_and_no_other(native: Native) -> None:
    native.world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    change = {"name": "Acme & Co", "email": "hi@acme.example", "portal_url": "https://a.example"}
    changed = native.told(200, "PATCH", "/platforms/acme", json=change)
    assert changed == native.told(200, "GET", "/platforms/acme")
    assert {name: changed[name] for name in change} == change
    native.problem("unknown_platform", "PATCH", "/platforms/zeta", json=change)
    native.problem("unknown_platform", "GET", "/platforms/zeta")
    native.problem("unknown_platform", "GET", "/platforms/omega")


@pytest.mark.parametrize("change", [{"key": "acme-2"}, {"domains": []}])
def test_the_key_and_the_domains_are_an_operators_to_change(
    native: Native, change: dict[str, Any]
) -> None:
    native.problem("forbidden", "PATCH", "/platforms/acme", json=change)
    changed = native.told(200, "PATCH", "/platforms/acme", json=change, token=native.operator)
    assert {name: changed[name] for name in change} == change


def test_domains_that_were_changed_decide_from_then_on(native: Native) -> None:
    pool = str(native.world.pool().id)
    body = {"pool": pool, "email": "ada@other.example"}
    native.problem("domain_not_allowed", "POST", "/seats", json=body)
    domains = {"domains": ["OTHER.example"]}
    native.told(200, "PATCH", "/platforms/acme", json=domains, token=native.operator)
    native.told(201, "POST", "/seats", json=body)


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"key": "zeta"}, "taken", "key"),
        ({"key": "a/b"}, "invalid", "key"),
        ({"name": ""}, "invalid", "name"),
        ({"email": "e" * 301}, "invalid", "email"),
        ({"email": "x"}, "invalid", "email"),
        ({"domains": ["acme.example", "me@acme.example"]}, "invalid", "domains"),
        ({"portal_url": "u" * 301}, "invalid", "portal_url"),
        ({"org": "OTHER"}, "invalid", "org"),
    ],
)
def test_what_cannot_be_changed_is_refused_by_name(
    native: Native, change: dict[str, Any], code: str, field: str
) -> None:
    native.world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    ask = {"json": change, "token": native.operator}
    assert native.problem(code, "PATCH", "/platforms/acme", **ask)["field"] == field


def test_an_operator_lists_all_platforms_and_a_manager_their_own(native: Native) -> None:
    for key in ("zeta", "eta"):
        native.world.do(CreatePlatform(OPERATOR, key=key, org=key, name=key))
    zeta = native.world.do(CreateToken(OPERATOR, name="z", platform_key="zeta")).text
    listed = native.told(200, "GET", "/platforms", params={"limit": 2}, token=native.operator)
    assert [row["key"] for row in listed["data"]] == ["acme", "zeta"]
    more = {"after": listed["next"], "fields": "key"}
    assert native.told(200, "GET", "/platforms", params=more, token=native.operator) == {
        "data": [{"key": "eta"}],
        "next": None,
    }
    assert [row["key"] for row in native.told(200, "GET", "/platforms", token=zeta)["data"]] == [
        "zeta"
    ]
