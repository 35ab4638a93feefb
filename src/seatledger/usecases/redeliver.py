"""Deliver once more what webhooks were, or should have been, told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from seatledger.domain.delivery import DeliveryState, Draft, Subscription
from seatledger.domain.refusal import Refusal, invalid
from seatledger.domain.webhook import RANGE_MAX, unknown_delivery
from seatledger.domain.webhook_command import RedeliverOne, RedeliverRange
from seatledger.storage import deliveries, event_lists
from seatledger.storage.cursors import Stretch
from seatledger.storage.event_lists import EventFilter, Told
from seatledger.storage.unit import Unit
from seatledger.usecases.delivery_order import order_keys
from seatledger.usecases.find_webhooks import DeliveryView, get_delivery, lock_webhook
from seatledger.usecases.relay import EVENTS_AT_ONCE, wants


@dataclass(frozen=True, slots=True)
class Redelivered:
    """How many deliveries wait for it."""

    deliveries: int


def redeliver_one(
    unit: Unit, commands: Sequence[RedeliverOne], now: datetime
) -> list[DeliveryView | Refusal]:
    return [_one(unit, command, now) for command in commands]


def _one(unit: Unit, command: RedeliverOne, now: datetime) -> DeliveryView | Refusal:
    reach = command.by.reach
    found = get_delivery(unit, reach, command.delivery_id)
    if isinstance(found, Refusal):
        return found
    webhook = lock_webhook(unit, reach, found.delivery.subscription_id)
    if isinstance(webhook, Refusal) or command.webhook_id not in {None, webhook.id}:
        return unknown_delivery()
    if found.delivery.state is DeliveryState.WAITING:
        deliveries.hasten(unit, found.delivery, now)
    else:
        deliveries.again(unit, deliveries.with_id(found.delivery.id), now)
    return get_delivery(unit, reach, command.delivery_id)


def redeliver_ranges(
    unit: Unit, commands: Sequence[RedeliverRange], now: datetime
) -> list[Redelivered | Refusal]:
    return [_range(unit, command, now) for command in commands]


def _range(unit: Unit, command: RedeliverRange, now: datetime) -> Redelivered | Refusal:
    first, last = command.first, command.last
    if first < 1:
        return invalid("first", "first is the seq of an event: 1 or more.")
    if not first <= last < first + RANGE_MAX:
        return invalid("last", f"last is from first on, at most {RANGE_MAX:,} events in all.")
    # Who reads history for the webhook locks it, too: what is read on meanwhile is not made twice.
    webhook = lock_webhook(unit, command.by.reach, command.webhook_id)
    if isinstance(webhook, Refusal):
        return webhook
    last = min(last, webhook.last)
    if last < first:
        return Redelivered(0)
    known = deliveries.known_seqs(unit, webhook.id, first, last)
    again = deliveries.again(unit, deliveries.of_range(webhook.id, first, last), now)
    return Redelivered(again + _forgotten(unit, webhook, first, last, known, now))


def _forgotten(
    unit: Unit, webhook: Subscription, first: int, last: int, known: set[int], now: datetime
) -> int:
    """Make deliveries of what was never delivered, or so long ago that nobody knows."""
    made = 0
    wanted, after = EventFilter(webhook.platform_id), first - 1
    while after < last:
        found = event_lists.follow(unit, wanted, Stretch(after, min(EVENTS_AT_ONCE, last - after)))
        lacking = [
            told for told in found.rows if told.event.seq not in known and wants(webhook, told)
        ]
        made += _deliver(unit, webhook, lacking, now)
        after = found.last_id
        if not found.more:
            break
    return made


def _deliver(unit: Unit, webhook: Subscription, events: Sequence[Told], now: datetime) -> int:
    keys = order_keys(unit, (told.event for told in events))
    drafts = [Draft(told.event.seq, keys[told.event.seq]) for told in events]
    deliveries.add(unit, webhook.platform_id, webhook.id, drafts, now)
    return len(drafts)
