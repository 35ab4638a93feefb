"""A sender whose names are looked up in a table, and which gives up soon."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeAlias

import pytest

from seatledger.connectors.webhook.handle import Sender
from seatledger.connectors.webhook.send import Limits
from seatledger.domain.actor import Role
from seatledger.domain.delivery import (
    Delivery,
    DeliveryState,
    Outcome,
    Subscription,
    SubscriptionState,
)
from seatledger.domain.event import EventKind
from seatledger.domain.web_address import read_allowance
from seatledger.domain.webhook import Secret, settings_of
from seatledger.storage.event_lists import Told
from seatledger.storage.events import Recorded
from seatledger.usecases.deliver import CLAIM, Parcel
from seatledger.usecases.webhook_secrets import new_secret

LOOPBACK = "127.0.0.0/8"
SOON = Limits(connect=2, total=2)
AT_ONCE = Limits(connect=0.3, total=0.3)
SECRET = new_secret()
Try: TypeAlias = Callable[..., Outcome]


def nobody(name: str) -> Sequence[str]:
    """No name has an address."""
    raise OSError(name)


def now() -> datetime:
    return datetime.now(UTC)


def told(**fields: Any) -> Told:
    """An event of the platform `acme`."""
    given: dict[str, Any] = {
        "id": 91823,
        "seq": 4711,
        "platform_id": 1,
        "pool_id": 7,
        "kind": EventKind.SEAT_ASSIGNED,
        "subject_id": 42,
        "at": datetime(2026, 11, 24, 14, 53, tzinfo=UTC),
        "actor": "people team",
        "role": Role.MANAGER,
        "surface": "native",
        "request_id": "order-17",
        "change_type": None,
        "transaction_id": None,
        "before": None,
        "after": {"learner_id": 12, "state": "live"},
        "silent": False,
    }
    return Told(Recorded(**{**given, **fields}), "acme")


def parcel(url: str, *secrets: Secret, event: Told | None = None) -> Parcel:
    """A delivery to the URL, of that event."""
    settings = settings_of(url, secrets or [Secret(SECRET, now())])
    state = SubscriptionState.ACTIVE
    webhook = Subscription(3, 1, "webhook", None, settings, state, None, 0, None, 0, now())
    waiting = DeliveryState.WAITING
    delivery = Delivery(5, 1, 3, 4711, None, "seat:42", waiting, 0, now(), [], now(), None)
    return Parcel(delivery, webhook, event or told(), now() + CLAIM)


@pytest.fixture
def attempt() -> Try:
    """Tries one delivery to a URL."""

    def once(url: str, *secrets: Secret, allowed: str = LOOPBACK, **fields: Any) -> Outcome:
        event = fields.pop("event", None)
        given: dict[str, Any] = {"resolve": nobody, "limits": SOON, **fields}
        sender = Sender(read_allowance(allowed), **given)
        return sender.handle(parcel(url, *secrets, event=event))

    return once
