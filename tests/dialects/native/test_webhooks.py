"""/webhooks and /deliveries: made, changed, tested, looked at, and sent once more."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from standardwebhooks import Webhook

from seatledger.domain.people_command import CreatePlatform, CreateToken
from seatledger.storage.engine import Database
from tests.dialects.native.conftest import Native
from tests.support.cast import OPERATOR
from tests.support.receiver import Drop, Status, receiving
from tests.support.webhooks import dead_letter, delivered, in_real_time
from tests.support.world import World

URL = "https://hooks.acme.example/in"
BODY = {"url": URL, "types": ["seat_assigned", "seat_ended"]}

pytestmark = pytest.mark.usefixtures("nobody_at_work")


@pytest.fixture
def lenient(database: Database, database_url: str) -> Iterator[Native]:
    """A server whose operator allows loopback, on a clock that is right."""
    world = World(database)
    in_real_time(world)
    native = Native(database_url, world, webhook_private="127.0.0.0/8")
    with native.client:
        yield native
    world.check()


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


def test_from_making_one_to_verifying_a_message(lenient: Native) -> None:
    with receiving(Status(503, b"busy"), Status()) as receiver:
        body: dict[str, Any] = {"url": receiver.url, "types": ["pool_opened"]}
        made = lenient.told(201, "POST", "/webhooks", json=body)
        path = f"/webhooks/{made['id']}"
        assert lenient.told(202, "POST", f"{path}/test")["id"] == made["id"]
        delivered(lenient.world)
        [failed] = lenient.told(200, "GET", f"{path}/deliveries?state=waiting")["data"]
        assert [(each["status"], each["why"]) for each in failed["log"]] == [(503, "busy")]
        again = lenient.told(202, "POST", f"/deliveries/{failed['id']}/redeliver")
        assert (again["id"], again["attempts"]) == (failed["id"], 0)
        delivered(lenient.world)
        done = lenient.told(200, "GET", f"/deliveries/{failed['id']}")
        assert (done["state"], [each["outcome"] for each in done["log"]]) == (
            "delivered",
            ["failed", "delivered"],
        )
        body = {"first": 1, "last": 100}
        assert lenient.told(202, "POST", f"{path}/redeliver", json=body) == {"deliveries": 1}
        delivered(lenient.world)
    assert len(receiver.received) == 3
    for each in receiver.received:
        message = Webhook(made["secret"]).verify(each.body, each.headers)
        assert message["id"] == each.headers["webhook-id"]
    listed = lenient.told(200, "GET", f"{path}/deliveries")["data"]
    assert {each["webhook"] for each in listed} == {made["id"]}
    assert {each["message"] for each in listed} == {
        each.headers["webhook-id"] for each in receiver.received
    }


def test_the_message_has_the_event_as_the_list_of_events_has_it(lenient: Native) -> None:
    with receiving() as receiver:
        body = {"url": receiver.url, "types": ["seat_assigned"]}
        lenient.told(201, "POST", "/webhooks", json=body)
        pool = lenient.world.pool().id
        seat = {"pool": str(pool), "email": "ada@acme.example"}
        lenient.told(201, "POST", "/seats", json=seat)
        delivered(lenient.world)
    [event] = lenient.told(200, "GET", "/events?type=seat_assigned")["data"]
    data = json.loads(receiver.received[0].body)["data"]
    assert {name: data[name] for name in event} == event
    assert set(data) - set(event) == {"seat", "cut"}


def test_deliveries_are_paged_and_narrowed(lenient: Native) -> None:
    with receiving(Status(), Drop()) as receiver:
        path = lenient.told(201, "POST", "/webhooks", json={"url": receiver.url, "since_seq": 1})
        path = f"/webhooks/{path['id']}/deliveries"
        for _ in range(3):
            lenient.world.pool()
        delivered(lenient.world)
    seen: list[int] = []
    after = ""
    while True:
        found = lenient.told(200, "GET", f"{path}?limit=2{after}")
        seen += [each["seq"] for each in found["data"]]
        if found["next"] is None:
            break
        after = f"&after={found['next']}"
    assert seen == sorted(set(seen))
    assert len(lenient.told(200, "GET", f"{path}?state=delivered")["data"]) == 1
    assert lenient.problem("invalid", "GET", f"{path}?state=lost")["field"] == "state"


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
