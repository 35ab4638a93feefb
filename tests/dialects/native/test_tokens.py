"""/tokens: made, listed without their texts, and deleted."""

from typing import Any

import pytest

from seatledger.domain.people_command import CreatePlatform, CreateToken
from tests.dialects.native.conftest import Native
from tests.support.cast import NOON, OPERATOR


def stranger(native: Native) -> str:
    native.world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    return str(native.world.do(CreateToken(OPERATOR, name="z", platform_key="zeta")).text)


def test_a_token_shows_its_text_once_and_opens_what_it_is_for(native: Native) -> None:
    answer = native.ask("POST", "/tokens", json={"name": "LMS"})
    made = answer.json()
    text = made.pop("text")
    assert (answer.status_code, len(text)) == (201, 64)
    assert made == {
        "id": made["id"],
        "name": "LMS",
        "role": "manager",
        "platform": "acme",
        "learner": None,
        "expires": None,
        "created": "2026-03-01T12:00:00Z",
    }
    assert native.told(200, "GET", answer.headers["location"].removeprefix("/api/v1")) == made
    assert made in native.told(200, "GET", "/tokens", token=text)["data"]


def test_a_deleted_token_stops_at_once(native: Native) -> None:
    made = native.told(201, "POST", "/tokens", json={"name": "LMS"})
    text = made.pop("text")
    assert native.told(200, "DELETE", f"/tokens/{made['id']}") == made
    native.problem("unauthenticated", "GET", "/pools", token=text)
    native.problem("unknown_token", "GET", f"/tokens/{made['id']}")
    native.problem("unknown_token", "DELETE", f"/tokens/{made['id']}")


def test_a_token_ends_when_it_says_and_may_be_made_for_a_learner(native: Native) -> None:
    ada = native.told(201, "POST", "/learners", json={"email": "ada@acme.example"})["id"]
    body = {"name": "Ada's", "learner": ada, "expires": "2026-03-01T13:00:00+00:00"}
    made = native.told(201, "POST", "/tokens", json=body)
    assert (made["learner"], made["expires"]) == (ada, "2026-03-01T13:00:00Z")
    native.told(200, "GET", "/pools", token=made["text"])
    native.world.now = NOON.replace(hour=13)
    native.problem("unauthenticated", "GET", "/pools", token=made["text"])


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({}, "invalid", "name"),
        ({"name": " "}, "invalid", "name"),
        ({"name": "n" * 256}, "invalid", "name"),
        ({"name": "m"}, "taken", "name"),
        ({"name": "t", "role": "king"}, "invalid", "role"),
        ({"name": "t", "expires": "soon"}, "invalid", "expires"),
        ({"name": "t", "expires": "2027-01-01T00:00:00"}, "invalid", "expires"),
        ({"name": "t", "learner": "77"}, "unknown_learner", None),
        ({"name": "t", "platform": "zeta"}, "unknown_platform", None),
        ({"name": "t", "role": "operator"}, "forbidden", None),
        ({"name": "t", "text": "f" * 64}, "invalid", "text"),
    ],
)
def test_what_a_manager_cannot_make_is_refused_by_name(
    native: Native, body: dict[str, Any], code: str, field: str | None
) -> None:
    assert native.problem(code, "POST", "/tokens", json=body).get("field") == field
    assert [row["name"] for row in native.told(200, "GET", "/tokens")["data"]] == ["m"]


def test_an_operator_makes_and_sees_all_and_must_say_of_which_platform(native: Native) -> None:
    stranger(native)
    ask: dict[str, Any] = {"token": native.operator}
    body = {"name": "t"}
    assert native.problem("invalid", "POST", "/tokens", json=body, **ask)["field"] == "platform"
    body = {"name": "t", "platform": "zeta"}
    assert native.told(201, "POST", "/tokens", json=body, **ask)["platform"] == "zeta"
    body = {"name": "t", "role": "operator"}
    assert native.told(201, "POST", "/tokens", json=body, **ask)["platform"] is None
    listed = native.told(200, "GET", "/tokens", params={"limit": 3}, **ask)
    names = [row["name"] for row in listed["data"]]
    rest = native.told(200, "GET", "/tokens", params={"after": listed["next"]}, **ask)
    assert names + [row["name"] for row in rest["data"]] == ["root", "m", "z", "t", "t"]
    narrowed = native.told(200, "GET", "/tokens", params={"platform": "zeta"}, **ask)
    assert [row["name"] for row in narrowed["data"]] == ["z", "t"]


def test_a_manager_neither_sees_nor_deletes_the_tokens_of_others(native: Native) -> None:
    zed = stranger(native)
    operators = native.told(200, "GET", "/tokens", token=native.operator)["data"]
    for each in operators:
        if each["name"] != "z":
            native.problem("unknown_token", "GET", f"/tokens/{each['id']}", token=zed)
            native.problem("unknown_token", "DELETE", f"/tokens/{each['id']}", token=zed)
    assert [row["name"] for row in native.told(200, "GET", "/tokens", token=zed)["data"]] == ["z"]
    assert native.told(200, "GET", "/tokens", token=native.operator)["data"] == operators
