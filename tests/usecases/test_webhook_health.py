"""A webhook that nobody answers any more is paused, once, and its platform can be told."""

from datetime import timedelta
from typing import Any

import pytest

from seatledger.domain.delivery import (
    DeliveryState,
    Done,
    Outcome,
    Refused,
    Retry,
    SubscriptionState,
)
from seatledger.domain.event import EventKind
from seatledger.domain.webhook_command import ChangeWebhook, DeleteWebhook
from seatledger.storage.engine import Database
from seatledger.usecases import deliver
from seatledger.usecases.deliver import Parcel, Tried
from seatledger.usecases.webhook_health import GONE, HOPELESS, note_health
from tests.support import outbox
from tests.support.cast import MANAGER
from tests.support.webhooks import answering, delivered, log, states, subscription, webhook_at
from tests.support.world import World
from tests.usecases.test_webhooks import history

HOUR = timedelta(hours=1)
BUSY = answering(lambda _: Retry("busy", status=503))
WELL = answering(lambda _: Done(status=200))


@pytest.fixture
def world(database: Database) -> World:
    return World(database)


def failing(world: World, hours: int, each_hour: int = 1) -> int:
    """A webhook whose attempts have failed for so long; its id."""
    made = webhook_at(world, kinds=(EventKind.POOL_OPENED,)).webhook
    for hour in range(hours + 1):
        if hour:
            world.now += HOUR
        for _ in range(each_hour):
            world.pool()
        delivered(world, BUSY)
    return made.id


def paused(world: World) -> list[Any]:
    return [(row.actor, row.surface, row.after) for row in history(world, EventKind.WEBHOOK_PAUSED)]


def test_after_a_day_without_success_it_is_paused_and_told_once(world: World) -> None:
    webhook = failing(world, 25)
    found = subscription(world, webhook)
    assert (found.state, found.reason) == ("paused", HOPELESS)
    assert paused(world) == [("courier", "worker", {"state": "paused", "reason": HOPELESS})]
    assert not history(world, EventKind.WEBHOOK_PAUSED)[0].silent, "a mail is due"
    assert delivered(world, BUSY) == 0
    world.check()


def test_not_before_the_day_is_over(world: World) -> None:
    webhook = failing(world, 23)
    assert subscription(world, webhook).state == "active"


def test_one_success_begins_the_count_anew(world: World) -> None:
    webhook = failing(world, 20)
    world.pool()
    delivered(world, WELL)
    assert (subscription(world, webhook).failing_since, subscription(world, webhook).failures) == (
        None,
        0,
    )
    world.now += 10 * HOUR
    world.pool()
    delivered(world, BUSY)
    found = subscription(world, webhook)
    assert (found.state, found.failing_since) == ("active", world.now)
    assert found.failures > 10, "what was not due before has failed now"


def test_who_says_gone_is_paused_at_once(world: World) -> None:
    made = webhook_at(world).webhook
    world.pool()
    delivered(world, answering(lambda _: Refused("no more", 410)))
    found = subscription(world, made.id)
    assert (found.state, found.reason) == ("paused", GONE)
    assert paused(world) == [("courier", "worker", {"state": "paused", "reason": GONE})]
    assert set(states(log(world, made.id))) == {"dead"}


def test_resumed_it_has_a_day_again(world: World) -> None:
    webhook = failing(world, 25)
    world.do(ChangeWebhook(MANAGER, webhook_id=webhook, state=SubscriptionState.ACTIVE))
    found = subscription(world, webhook)
    assert (found.state, found.reason, found.failing_since, found.failures) == (
        "active",
        None,
        None,
        0,
    )
    assert delivered(world, BUSY) > 10
    assert subscription(world, webhook).state == "active"


def taken(world: World) -> list[Parcel]:
    """What is due an hour after it failed for the first time, in somebody's hands."""
    delivered(world, BUSY)
    world.now += HOUR
    return outbox.taken(world, 10)


def settle(world: World, parcels: list[Parcel], outcome: Outcome) -> None:
    tried = [Tried(each, outcome, world.now, 0.1, 0) for each in parcels]
    deliver.settle(world.database, tried, {"webhook": note_health}, world.now)


def test_what_was_under_way_while_it_was_paused_pauses_it_no_second_time(world: World) -> None:
    made = webhook_at(world).webhook
    world.pool()
    parcels = taken(world)
    world.do(ChangeWebhook(MANAGER, webhook_id=made.id, state=SubscriptionState.PAUSED))
    settle(world, parcels, Refused("no more", 410))
    assert len(paused(world)) == 1
    assert subscription(world, made.id).reason is None


def test_what_was_under_way_while_it_was_deleted_is_left_alone(world: World) -> None:
    made = webhook_at(world).webhook
    world.pool()
    parcels = taken(world)
    world.do(DeleteWebhook(MANAGER, webhook_id=made.id))
    settle(world, parcels, Retry("busy"))
    assert subscription(world, made.id).state == "deleted"
    assert log(world, made.id, DeliveryState.WAITING) == []
