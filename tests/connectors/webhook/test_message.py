"""What is sent: an envelope of CloudEvents, signed so that libraries of others can verify it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from seatledger.connectors.webhook.envelope import BYTES_MAX, body_of, type_of
from seatledger.domain.event import EventKind
from seatledger.domain.webhook import Secret
from seatledger.usecases.webhook_secrets import new_secret
from tests.connectors.webhook.conftest import SECRET, Try, now, told
from tests.support.receiver import Received, Receiver, receiving

HOUR = timedelta(hours=1)


def verified(received: Received, secret: str = SECRET) -> Any:
    return Webhook(secret).verify(received.body, received.headers)


def only(receiver: Receiver) -> Received:
    [received] = receiver.received
    return received


def test_a_message_is_an_event_of_cloud_events(attempt: Try) -> None:
    with receiving() as receiver:
        attempt(receiver.url)
    received = only(receiver)
    assert (received.method, received.path) == ("POST", "/hook")
    assert received.headers["content-type"] == "application/cloudevents+json"
    assert received.headers["user-agent"].startswith("Seatledger/")
    assert verified(received) == {
        "specversion": "1.0",
        "id": "evt_91823",
        "source": "/platforms/acme",
        "type": "seatledger.seat.assigned",
        "subject": "seat/42",
        "time": "2026-11-24T14:53:00Z",
        "sequence": "0000000000000004711",
        "datacontenttype": "application/json",
        "data": {
            "id": "91823",
            "seq": 4711,
            "type": "seat_assigned",
            "at": "2026-11-24T14:53:00Z",
            "actor": "people team",
            "role": "manager",
            "surface": "native",
            "request_id": "order-17",
            "platform": "acme",
            "pool": "7",
            "subject": {"kind": "seat", "id": "42"},
            "before": None,
            "after": {"learner_id": "12", "state": "live"},
            "labels": {"change_type": None, "transaction_id": None},
            "seat": None,
            "cut": False,
        },
    }


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        (EventKind.SEAT_ASSIGNED, "seatledger.seat.assigned"),
        (EventKind.WEBHOOK_SECRET_ROTATED, "seatledger.webhook.secret_rotated"),
        (EventKind.ENROLLED, "seatledger.enrolled"),
    ],
)
def test_a_type_is_made_of_the_kind_by_one_rule(kind: EventKind, type_: str) -> None:
    assert type_of(kind) == type_


def test_no_two_kinds_have_one_type() -> None:
    assert len({type_of(kind) for kind in EventKind}) == len(EventKind)


def test_each_attempt_has_the_same_id_and_its_own_time(attempt: Try) -> None:
    with receiving() as receiver:
        attempt(receiver.url)
        attempt(receiver.url)
    assert {each.headers["webhook-id"] for each in receiver.received} == {"evt_91823"}
    for each in receiver.received:
        assert abs(int(each.headers["webhook-timestamp"]) - now().timestamp()) < 60
        verified(each)


def test_two_live_secrets_sign_and_one_that_ended_does_not(attempt: Try) -> None:
    new, old, dead = (new_secret() for _ in range(3))
    secrets = [
        Secret(new, now()),
        Secret(old, now() - HOUR, until=now() + HOUR),
        Secret(dead, now() - HOUR, until=now()),
    ]
    with receiving() as receiver:
        attempt(receiver.url, *secrets)
    received = only(receiver)
    assert len(received.headers["webhook-signature"].split(" ")) == 2
    for secret in (new, old):
        assert verified(received, secret)["id"] == "evt_91823"
    with pytest.raises(WebhookVerificationError):
        verified(received, dead)


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp", "body"])
def test_what_was_changed_on_the_way_is_noticed(attempt: Try, name: str) -> None:
    with receiving() as receiver:
        attempt(receiver.url)
    received = only(receiver)
    headers, body = dict(received.headers), received.body
    if name == "webhook-id":
        headers[name] = "evt_1"
    elif name == "webhook-timestamp":
        headers[name] = str(int(headers[name]) + 1)
    else:
        body = body.replace(b"live", b"dead")
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(body, headers)


def test_an_event_with_too_many_facts_goes_without_them() -> None:
    body = body_of(told(after={"metadata": {"note": "x" * BYTES_MAX}}, before={"a": 1}), None)
    assert len(body) < BYTES_MAX
    data = json.loads(body)["data"]
    assert (data["cut"], data["before"], data["after"], data["seq"]) == (True, None, {}, 4711)


def test_an_event_just_small_enough_goes_whole() -> None:
    empty = len(body_of(told(after={"note": ""}), None))
    for length, cut in ((BYTES_MAX - empty, False), (BYTES_MAX - empty + 1, True)):
        body = body_of(told(after={"note": "x" * length}), None)
        assert json.loads(body)["data"]["cut"] is cut


def test_a_secret_is_as_the_standard_asks() -> None:
    secret = new_secret()
    assert secret.startswith("whsec_")
    assert secret != new_secret()
    assert Webhook(secret)._whsecret != b""
    assert 24 <= len(Webhook(secret)._whsecret) <= 64
