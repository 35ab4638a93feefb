"""Webhooks and their deliveries, as they are shown."""

from datetime import datetime

import msgspec

from seatledger.domain import webhook as domain
from seatledger.domain.delivery import DeliveryState, SubscriptionState
from seatledger.domain.event import EventKind
from seatledger.usecases.find_webhooks import DeliveryView
from seatledger.usecases.webhook_secrets import Keyed


class SigningSecret(msgspec.Struct):
    """When a secret began to sign, and when it stops; null is never. Its text is not shown."""

    created: datetime
    until: datetime | None


class Webhook(msgspec.Struct):
    """`types` null is all of them. `seq` is the last event that it has read of history.

    `failing_since` is when the first of the `failures` in a row was. `reason` is why it was paused.
    """

    id: str
    platform: str
    url: str
    types: list[EventKind] | None
    state: SubscriptionState
    reason: str | None
    seq: int
    failing_since: datetime | None
    failures: int
    secrets: list[SigningSecret]
    created: datetime


class WebhookWithSecret(Webhook):
    """`secret` signs from now on; it is shown once, and null where that is repeated."""

    secret: str | None


class DeliveryAttempt(msgspec.Struct):
    """`why` is the beginning of the answer, or why there was none."""

    at: datetime
    outcome: str
    status: int | None
    why: str
    seconds: float


class Delivery(msgspec.Struct):
    """One message to one webhook. `message` is its `webhook-id`, `due` when it is tried (again).

    `attempts` counts those since it was last asked for; `log` has the last ten, oldest first.
    """

    id: str
    webhook: str
    message: str
    seq: int
    type: EventKind
    state: DeliveryState
    attempts: int
    due: datetime
    created: datetime
    settled: datetime | None
    log: list[DeliveryAttempt]


def shown(webhook: domain.Webhook) -> Webhook:
    kinds = webhook.kinds
    return Webhook(
        id=str(webhook.id),
        platform=webhook.platform_key,
        url=webhook.url,
        types=None if kinds is None else list(kinds),
        state=webhook.state,
        reason=webhook.reason,
        seq=webhook.seq,
        failing_since=webhook.failing_since,
        failures=webhook.failures,
        secrets=[SigningSecret(each.created, each.until) for each in webhook.secrets],
        created=webhook.created,
    )


def shown_with_secret(keyed: Keyed) -> WebhookWithSecret:
    row = msgspec.structs.asdict(shown(keyed.webhook))
    return WebhookWithSecret(**row, secret=keyed.text or None)


def shown_delivery(view: DeliveryView) -> Delivery:
    delivery = view.delivery
    return Delivery(
        id=str(delivery.id),
        webhook=str(delivery.subscription_id),
        message=view.message_id,
        seq=delivery.seq or 0,
        type=view.kind,
        state=delivery.state,
        attempts=delivery.attempts,
        due=delivery.due,
        created=delivery.created,
        settled=delivery.settled,
        log=[
            DeliveryAttempt(each.at, each.outcome, each.status, each.why, each.seconds)
            for each in delivery.log
        ],
    )
