"""/deliveries: what was sent to webhooks, listed with its attempts, and sent once more."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from standardwebhooks import Webhook

from seatledger.storage.engine import Database
from tests.dialects.native.conftest import Native
from tests.support.receiver import Drop, Status, receiving
from tests.support.webhooks import delivered, in_real_time
from tests.support.world import World


@pytest.fixture
def lenient(database: Database, database_url: str) -> Iterator[Native]:
    """A server whose operator allows loopback, on a clock that is right."""
    world = World(database)
    in_real_time(world)
    native = Native(database_url, world, webhook_private="127.0.0.0/8")
    with native.client:
        yield native
    world.check()


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
