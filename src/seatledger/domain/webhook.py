"""A webhook: a URL that hears what happens on a platform, each event as one signed request.

To the outbox it is a subscription, with the URL and the secrets in its settings.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from seatledger.domain import instant
from seatledger.domain.delivery import Subscription, SubscriptionState
from seatledger.domain.event import EventKind
from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.web_address import origin_of

WEBHOOK = "webhook"  # the name of its connector
WEBHOOKS_MAX = 20  # of a platform
SECRETS_MAX = 5  # that sign at the same time: the new one and the newest of the old
OLD_SECRET_SIGNS = timedelta(hours=24)
OLD_SECRET_SIGNS_MAX = timedelta(days=7)
RANGE_MAX = 10_000  # events that are delivered anew at once
FAILING_FOR = timedelta(hours=24)
FAILURES_LEAST = 10


@dataclass(frozen=True, slots=True)
class Secret:
    """What messages are signed with: `whsec_` and the key in Base64. It signs before `until`."""

    text: str
    created: datetime
    until: datetime | None = None

    def signs(self, now: datetime) -> bool:
        return self.until is None or now < self.until


@dataclass(frozen=True, slots=True)
class SecretTerm:
    """When a secret began to sign, and when it ends; the secret itself is shown once."""

    created: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Webhook:
    """What people may know of it. `kinds` None is every kind, `seq` the last event it has read."""

    id: int
    platform_key: str
    url: str
    kinds: tuple[EventKind, ...] | None
    state: SubscriptionState
    reason: str | None
    seq: int
    failing_since: datetime | None
    failures: int
    secrets: tuple[SecretTerm, ...]
    created: datetime


def webhook_of(subscription: Subscription, platform_key: str) -> Webhook:
    """The webhook that a subscription is."""
    kinds = subscription.kinds
    return Webhook(
        id=subscription.id,
        platform_key=platform_key,
        url=url_of(subscription),
        kinds=None if kinds is None else tuple(map(EventKind, kinds)),
        state=subscription.state,
        reason=subscription.reason,
        seq=subscription.last,
        failing_since=subscription.failing_since,
        failures=subscription.failures,
        secrets=tuple(SecretTerm(each.created, each.until) for each in secrets_of(subscription)),
        created=subscription.created,
    )


def settings_of(url: str, secrets: Sequence[Secret]) -> dict[str, Any]:
    """What a subscription keeps of its webhook."""
    told = [
        {
            "text": each.text,
            "created": instant.text(each.created),
            "until": instant.text(each.until),
        }
        for each in secrets
    ]
    return {"url": url, "secrets": told}


def url_of(subscription: Subscription) -> str:
    return str(subscription.settings["url"])


def secrets_of(subscription: Subscription) -> tuple[Secret, ...]:
    """All its secrets, the newest first."""
    return tuple(map(_secret, subscription.settings["secrets"]))


def _secret(told: Mapping[str, Any]) -> Secret:
    until = told["until"]
    created = instant.read(told["created"])
    return Secret(told["text"], created, None if until is None else instant.read(until))


def rotated(
    secrets: Sequence[Secret], text: str, keep: timedelta, now: datetime
) -> tuple[Secret, ...]:
    """The secrets with a new one; those before it sign for `keep` longer, if they did until now."""
    last = now + keep
    old = [
        Secret(each.text, each.created, last if each.until is None else min(each.until, last))
        for each in secrets
    ]
    signing = [each for each in old if each.signs(now)]
    return (Secret(text, now), *signing)[:SECRETS_MAX]


def facts(subscription: Subscription) -> dict[str, Any]:
    """What history records: of the URL its origin and a digest, for the rest may be secret."""
    kinds = subscription.kinds
    return {
        "origin": origin_of(url_of(subscription)),
        "url_digest": sha256(url_of(subscription).encode()).hexdigest()[:16],
        "kinds": None if kinds is None else list(kinds),
        "state": subscription.state,
        "reason": subscription.reason,
    }


def message_id(event_id: int) -> str:
    """What a message about an event is called, at each attempt and to each webhook."""
    return f"evt_{event_id}"


@dataclass(frozen=True, slots=True)
class Health:
    """Since when all attempts have failed, and how many that are."""

    failing_since: datetime | None
    failures: int

    def after_failure(self, at: datetime) -> "Health":
        return Health(self.failing_since or at, self.failures + 1)

    def hopeless(self, now: datetime) -> bool:
        """Whether nobody seems to be there any more: too many in a row, for too long."""
        long_ago = self.failing_since is not None and now - self.failing_since >= FAILING_FOR
        return long_ago and self.failures >= FAILURES_LEAST


def unknown_webhook() -> Refusal:
    return Refusal(Code.UNKNOWN_WEBHOOK, "There is no such webhook.")


def unknown_delivery() -> Refusal:
    return Refusal(Code.UNKNOWN_DELIVERY, "There is no such delivery.")
