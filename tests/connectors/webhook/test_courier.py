"""From a change to a receiver: each event arrives, in order, whatever happens on the way."""

import json
from datetime import timedelta

import pytest
from standardwebhooks import Webhook

from seatledger.domain.command import EndSeat
from seatledger.domain.delivery import SubscriptionState
from seatledger.domain.event import EventKind
from seatledger.domain.privacy import EraseLearner
from seatledger.domain.webhook_command import (
    ChangeWebhook,
    RedeliverOne,
    RedeliverRange,
    RotateWebhookSecret,
    TryWebhook,
)
from seatledger.storage.engine import Database
from tests.support.cast import MANAGER, OPERATOR
from tests.support.receiver import Drop, Receiver, Status, receiving
from tests.support.webhooks import (
    delivered,
    in_real_time,
    log,
    states,
    subscription,
    webhook_at,
)
from tests.support.world import World

SEATS = (EventKind.SEAT_ASSIGNED, EventKind.SEAT_ENDED)
LATER = timedelta(minutes=1)


@pytest.fixture
def world(database: Database) -> World:
    world = World(database)
    in_real_time(world)
    return world


def types(receiver: Receiver) -> list[str]:
    return [json.loads(each.body)["type"] for each in receiver.received]


def test_a_seat_arrives_with_who_holds_it_and_of_what(world: World) -> None:
    pool = world.pool()
    with receiving() as receiver:
        made = webhook_at(world, receiver.url, kinds=SEATS)
        (seated,) = world.assign(pool.id, "ada")
        assert delivered(world) == 1
    [received] = receiver.received
    message = Webhook(made.text).verify(received.body, received.headers)
    assert message["source"] == "/platforms/acme"
    assert message["data"]["after"]["learner_id"] == str(seated.learner.id)
    seat = message["data"]["seat"]
    assert seat.pop("start") is not None
    assert seat == {
        "id": str(seated.seat.id),
        "pool": str(pool.id),
        "item": "course:course-1",
        "learner": str(seated.learner.id),
        "email": "ada@acme.example",
        "state": "live",
        "reason": None,
        "end": None,
        "valid_until": None,
    }
    [noted] = log(world, made.webhook.id)
    assert (noted.delivery.state, noted.delivery.log[0].status, noted.delivery.log[0].why) == (
        "delivered",
        200,
        "thanks",
    )
    assert noted.message_id == message["id"] == received.headers["webhook-id"]


def test_the_seat_is_told_as_it_is_when_the_message_is_sent(world: World) -> None:
    with receiving(Drop(), Status()) as receiver:
        webhook_at(world, receiver.url, kinds=(EventKind.SEAT_ASSIGNED,))
        (seated,) = world.assign(world.pool().id, "ada")
        delivered(world)
        world.do(EraseLearner(OPERATOR, learner_id=seated.learner.id))
        world.now += LATER
        delivered(world)
    first, second = (json.loads(each.body)["data"] for each in receiver.received)
    assert first["after"] == second["after"]
    assert (first["seat"]["state"], first["seat"]["email"]) == ("live", "ada@acme.example")
    assert second["seat"]["state"] == "ended"
    assert second["seat"]["email"].endswith("@seatledger.invalid")


def test_of_one_learner_and_item_the_next_waits_while_the_first_fails(world: World) -> None:
    with receiving(Status(500), Status(), Status(503), Status()) as receiver:
        made = webhook_at(world, receiver.url, kinds=SEATS)
        pool = world.pool().id
        (ada,) = world.assign(pool, "ada")
        assert delivered(world) == 1
        world.do(EndSeat(OPERATOR, seat_id=ada.seat.id))
        world.assign(pool, "bob")
        assert delivered(world) == 1, "only bob's goes"
        world.now += LATER
        assert delivered(world) == 1, "503: ada's first fails again"
        world.now += LATER
        assert delivered(world) == 2
    told = [
        (json.loads(each.body)["data"]["seat"]["email"][:3], type_)
        for each, type_ in zip(receiver.received, types(receiver), strict=True)
    ]
    assigned, ended = "seatledger.seat.assigned", "seatledger.seat.ended"
    assert told == [
        ("ada", assigned),
        ("bob", assigned),
        ("ada", assigned),
        ("ada", assigned),
        ("ada", ended),
    ]
    assert set(states(log(world, made.webhook.id))) == {"delivered"}


def test_each_attempt_and_each_redelivery_has_one_id(world: World) -> None:
    with receiving(Status(500), Status()) as receiver:
        made = webhook_at(world, receiver.url, kinds=SEATS)
        world.assign(world.pool().id, "ada")
        delivered(world)
        world.now += LATER
        delivered(world)
        [only] = log(world, made.webhook.id)
        world.do(RedeliverOne(MANAGER, delivery_id=only.delivery.id))
        delivered(world)
        world.do(RedeliverRange(MANAGER, webhook_id=made.webhook.id, first=1, last=99))
        delivered(world)
    assert [each.headers["webhook-id"] for each in receiver.received] == [only.message_id] * 4


def test_two_secrets_sign_until_the_old_one_ends(world: World) -> None:
    with receiving() as receiver:
        made = webhook_at(world, receiver.url, kinds=SEATS)
        rotate = RotateWebhookSecret(MANAGER, webhook_id=made.webhook.id, keep=LATER)
        keyed = world.do(rotate)
        world.do(TryWebhook(MANAGER, webhook_id=made.webhook.id))
        delivered(world)
        world.now += LATER
        world.do(TryWebhook(MANAGER, webhook_id=made.webhook.id))
        delivered(world)
    both, one = receiver.received
    for secret in (made.text, keyed.text):
        assert (
            Webhook(secret).verify(both.body, both.headers)["type"] == "seatledger.webhook.tested"
        )
    assert len(both.headers["webhook-signature"].split()) == 2
    assert len(one.headers["webhook-signature"].split()) == 1
    Webhook(keyed.text).verify(one.body, one.headers)


def test_who_answers_gone_is_asked_no_more(world: World) -> None:
    with receiving(Status(410, b"moved out")) as receiver:
        made = webhook_at(world, receiver.url)
        delivered(world)
        world.pool()
        assert delivered(world) == 0
        found = subscription(world, made.webhook.id)
        assert found.state is SubscriptionState.PAUSED
        resume = ChangeWebhook(MANAGER, webhook_id=made.webhook.id, state=SubscriptionState.ACTIVE)
        world.do(resume)
        delivered(world)
    assert types(receiver)[0] == "seatledger.webhook.created"
    assert "seatledger.pool.opened" in types(receiver)[1:], "nothing was lost meanwhile"


def test_a_receiver_that_says_when_to_come_again_is_left_alone_until_then(world: World) -> None:
    with receiving(Status(429, b"slow down", (("Retry-After", "600"),)), Status()) as receiver:
        webhook_at(world, receiver.url)
        delivered(world)
        world.now += timedelta(seconds=599)
        assert delivered(world) == 0
        world.now += timedelta(seconds=1)
        assert delivered(world) == 1
    assert len(receiver.received) == 2


@pytest.mark.parametrize("name", ["Ada Lovelace", "Jörg Äußerst"])
def test_what_a_receiver_said_of_a_person_is_forgotten_with_them(world: World, name: str) -> None:
    said = f"no account for ADA@acme.example, {name}".encode()
    with receiving(Status(500, said), Status(500, b"busy")) as receiver:
        made = webhook_at(world, receiver.url, kinds=SEATS)
        (seated,) = world.assign(world.pool().id, "ada", name=name)
        for _ in range(2):
            delivered(world)
            world.now += LATER
        world.do(EraseLearner(OPERATOR, learner_id=seated.learner.id))
    told = [each.why for each in log(world, made.webhook.id)[0].delivery.log]
    assert told == ["", "busy"]
