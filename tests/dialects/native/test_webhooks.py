"""/webhooks: made with a secret, changed, paused, deleted."""

from typing import Any

import pytest

from seatledger.domain.people_command import CreatePlatform, CreateToken
from tests.dialects.native.conftest import Native
from tests.support.cast import OPERATOR
from tests.support.webhooks import dead_letter

URL = "https://hooks.acme.example/in"
BODY = {"url": URL, "types": ["seat_assigned", "seat_ended"]}


def test_a_webhook_shows_its_secret_once(native: Native) -> None:
    answer = native.ask("POST", "/webhooks", json=BODY)
    made = answer.json()
    assert answer.status_code == 201, answer.text
    assert made.pop("secret").startswith("whsec_")
    assert made == {
        "id": made["id"],
        "platform": "acme",
        "url": URL,
        "types": ["seat_assigned", "seat_ended"],
        "state": "active",
        "reason": None,
        "seq": made["seq"],
        "failing_since": None,
        "failures": 0,
        "secrets": [{"created": "2026-03-01T12:00:00Z", "until": None}],
        "created": "2026-03-01T12:00:00Z",
    }
    assert native.told(200, "GET", answer.headers["location"].removeprefix("/api/v1")) == made
    assert native.told(200, "GET", "/webhooks") == {"data": [made], "next": None}
    assert native.told(200, "GET", f"/webhooks/{made['id']}?fields=url") == {"url": URL}


def test_what_is_left_out_of_a_change_stays(native: Native) -> None:
    path = f"/webhooks/{native.told(201, 'POST', '/webhooks', json=BODY)['id']}"
    changed = native.told(200, "PATCH", path, json={"state": "paused"})
    assert (changed["state"], changed["url"], changed["types"]) == ("paused", URL, BODY["types"])
    changed = native.told(200, "PATCH", path, json={"state": "active", "types": None})
    assert (changed["state"], changed["types"]) == ("active", None)
    assert native.told(200, "PATCH", path, json={"url": URL + "2"})["url"] == URL + "2"


def test_what_was_deleted_is_gone(native: Native) -> None:
    made = native.told(201, "POST", "/webhooks", json=BODY)
    made.pop("secret")
    path = f"/webhooks/{made['id']}"
    assert native.told(200, "DELETE", path) == made
    for method, below in (
        ("GET", ""),
        ("DELETE", ""),
        ("GET", "/deliveries"),
        ("POST", "/test"),
    ):
        native.problem("unknown_webhook", method, path + below)
    assert native.told(200, "GET", "/webhooks")["data"] == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "url"),
        ({"url": 7}, "url"),
        ({"url": "http://hooks.acme.example/"}, "url"),
        ({"url": "https://127.0.0.1/"}, "url"),
        ({"url": "https://me:hush@acme.example/"}, "url"),
        ({"url": "https://acme.example:25/"}, "url"),
        ({"url": URL, "types": []}, "types"),
        ({"url": URL, "types": ["seat_sold"]}, "types"),
        ({"url": URL, "since_seq": 0}, "since_seq"),
        ({"url": URL, "since_seq": 10**30}, "since_seq"),
        ({"url": URL, "secret": "whsec_x"}, "secret"),
    ],
)
def test_what_cannot_be_made_is_refused_by_name(
    native: Native, body: dict[str, Any], field: str
) -> None:
    assert native.problem("invalid", "POST", "/webhooks", json=body)["field"] == field
    assert native.told(200, "GET", "/webhooks")["data"] == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"url": "ftp://acme.example"}, "url"),
        ({"url": None}, "url"),
        ({"types": ["x"]}, "types"),
        ({"state": "deleted"}, "state"),
        ({"state": "asleep"}, "state"),
        ({"platform": "zeta"}, "platform"),
    ],
)
def test_what_cannot_be_changed_is_refused_by_name(
    native: Native, body: dict[str, Any], field: str
) -> None:
    made = native.told(201, "POST", "/webhooks", json=BODY)
    made.pop("secret")
    path = f"/webhooks/{made['id']}"
    assert native.problem("invalid", "PATCH", path, json=body)["field"] == field
    assert native.told(200, "GET", path) == made


@pytest.mark.parametrize(
    ("verb", "body", "field"),
    [
        ("secret/rotate", {"keep_hours": -1}, "keep_hours"),
        ("secret/rotate", {"keep_hours": 169}, "keep_hours"),
        ("secret/rotate", {"keep_hours": 10**30}, "keep_hours"),
        ("redeliver", {}, "first"),
        ("redeliver", {"first": 0, "last": 1}, "first"),
        ("redeliver", {"first": 1, "last": 10_001}, "last"),
        ("redeliver", {"first": 10**30, "last": 10**40}, "last"),
    ],
)
def test_what_cannot_be_done_is_refused_by_name(
    native: Native, verb: str, body: dict[str, Any], field: str
) -> None:
    made = native.told(201, "POST", "/webhooks", json=BODY)
    path = f"/webhooks/{made['id']}/{verb}"
    assert native.problem("invalid", "POST", path, json=body)["field"] == field


def test_a_rotated_secret_is_shown_once_and_a_body_is_not_needed(native: Native) -> None:
    made = native.told(201, "POST", "/webhooks", json=BODY)
    path = f"/webhooks/{made['id']}/secret/rotate"
    rotated = native.told(200, "POST", path)
    assert rotated["secret"] not in {None, made["secret"]}
    assert [each["until"] for each in rotated["secrets"]] == [None, "2026-03-02T12:00:00Z"]
    assert len(native.told(200, "POST", path, json={"keep_hours": 0})["secrets"]) == 1


def test_too_many_are_refused_with_the_number(native: Native) -> None:
    for _ in range(20):
        native.told(201, "POST", "/webhooks", json=BODY)
    problem = native.problem("limit_reached", "POST", "/webhooks", json=BODY)
    assert (problem["status"], problem["details"]) == (409, {"allowed": 20})


def test_a_paused_one_is_not_tested(native: Native) -> None:
    path = f"/webhooks/{native.told(201, 'POST', '/webhooks', json=BODY)['id']}"
    native.told(200, "PATCH", path, json={"state": "paused"})
    assert native.problem("webhook_paused", "POST", f"{path}/test")["status"] == 409


def test_nobody_sees_or_moves_what_is_anothers(native: Native) -> None:
    webhook, delivery = dead_letter(native.world)
    native.world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    zed = str(native.world.do(CreateToken(OPERATOR, name="z", platform_key="zeta")).text)
    assert native.told(200, "GET", "/webhooks", token=zed)["data"] == []
    native.problem("unknown_webhook", "GET", f"/webhooks/{webhook}", token=zed)
    native.problem("unknown_webhook", "GET", f"/webhooks/{webhook}/deliveries", token=zed)
    native.problem("unknown_delivery", "GET", f"/deliveries/{delivery}", token=zed)
    native.problem("unknown_delivery", "POST", f"/deliveries/{delivery}/redeliver", token=zed)
    operator: dict[str, Any] = {"token": native.operator}
    assert len(native.told(200, "GET", "/webhooks?platform=acme", **operator)["data"]) == 1
    assert native.told(200, "GET", "/webhooks?platform=zeta", **operator)["data"] == []
    assert native.problem("invalid", "POST", "/webhooks", json=BODY, **operator)["field"] == (
        "platform"
    )
