"""Webhooks and their deliveries, found for whoever reaches them."""

from collections.abc import Iterable
from dataclasses import dataclass

from seatledger.domain.actor import Reach
from seatledger.domain.delivery import Delivery, Subscription
from seatledger.domain.event import EventKind
from seatledger.domain.refusal import Refusal
from seatledger.domain.webhook import (
    WEBHOOK,
    Webhook,
    message_id,
    unknown_delivery,
    unknown_webhook,
    webhook_of,
)
from seatledger.storage import deliveries, event_lists, subscriptions
from seatledger.storage import platforms as platform_rows
from seatledger.storage.cursors import Followed, Stretch
from seatledger.storage.deliveries import DeliveryFilter as DeliveryFilter
from seatledger.storage.unit import Unit


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """A delivery, with the id of its messages and the kind of event that they tell."""

    delivery: Delivery
    message_id: str
    kind: EventKind


def lock_webhook(unit: Unit, reach: Reach, webhook_id: int) -> Subscription | Refusal:
    """The subscription of a webhook, locked until the transaction ends."""
    found = subscriptions.lock(unit, reach, webhook_id)
    return unknown_webhook() if found is None or found.connector != WEBHOOK else found


def shown(unit: Unit, subscription: Subscription) -> Webhook:
    """A webhook as people may know it."""
    platform = platform_rows.by_id(unit, subscription.platform_id)
    assert platform is not None, "a subscription has a platform"
    return webhook_of(subscription, platform.key)


def get_webhook(unit: Unit, reach: Reach, webhook_id: int) -> Webhook | Refusal:
    found = _get(unit, reach, webhook_id)
    return found if isinstance(found, Refusal) else shown(unit, found)


def follow_webhooks(unit: Unit, reach: Reach, stretch: Stretch) -> Followed[Webhook]:
    """The next webhooks, by id."""
    found = subscriptions.follow(unit, reach, WEBHOOK, stretch)
    platforms = platform_rows.by_ids(unit, {each.platform_id for each in found.rows})
    rows = [webhook_of(each, platforms[each.platform_id].key) for each in found.rows]
    return Followed(rows, found.last_id, found.more)


def follow_deliveries(
    unit: Unit, reach: Reach, wanted: DeliveryFilter, stretch: Stretch
) -> Followed[DeliveryView] | Refusal:
    """The next deliveries to one webhook, by id."""
    assert wanted.subscription_id is not None
    webhook = _get(unit, reach, wanted.subscription_id)
    if isinstance(webhook, Refusal):
        return webhook
    found = deliveries.follow(unit, reach, wanted, stretch)
    return Followed(views(unit, found.rows), found.last_id, found.more)


def get_delivery(unit: Unit, reach: Reach, delivery_id: int) -> DeliveryView | Refusal:
    """A delivery to a webhook that is there."""
    delivery = deliveries.get(unit, reach, delivery_id)
    if delivery is None:
        return unknown_delivery()
    if isinstance(_get(unit, reach, delivery.subscription_id), Refusal):
        return unknown_delivery()
    return views(unit, [delivery])[0]


def views(unit: Unit, found: Iterable[Delivery]) -> list[DeliveryView]:
    """Deliveries with what history says of them."""
    told = [(each, each.seq) for each in found if each.seq is not None]
    events = event_lists.by_seq(unit, {(each.platform_id, seq) for each, seq in told})
    return [
        DeliveryView(each, message_id(event.id), event.kind)
        for each, seq in told
        for event in [events[each.platform_id, seq].event]
    ]


def _get(unit: Unit, reach: Reach, webhook_id: int) -> Subscription | Refusal:
    found = subscriptions.get(unit, reach, webhook_id)
    return unknown_webhook() if found is None or found.connector != WEBHOOK else found
