"""What may be asked of webhooks: each write, as a value."""

from dataclasses import dataclass
from datetime import timedelta

from seatledger.domain.command import UNSET, Command, Unset
from seatledger.domain.delivery import SubscriptionState
from seatledger.domain.event import EventKind
from seatledger.domain.web_address import NOTHING, Allowance
from seatledger.domain.webhook import OLD_SECRET_SIGNS


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateWebhook(Command):
    """Have a URL hear what happens on a platform. Answers with Keyed.

    It hears events of these `kinds` (None: all) from the one numbered `since_seq` on, or else from
    now on. `allowance` is what URLs may name besides the public internet.
    """

    platform_key: str
    url: str
    kinds: tuple[EventKind, ...] | None = None
    since_seq: int | None = None
    allowance: Allowance = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeWebhook(Command):
    """Change, pause or resume one. Answers with the Webhook.

    What waits for it is tried at once where it is resumed or has another URL.
    """

    webhook_id: int
    url: str | Unset = UNSET
    kinds: tuple[EventKind, ...] | None | Unset = UNSET
    state: SubscriptionState | Unset = UNSET
    allowance: Allowance = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteWebhook(Command):
    """Delete one, with what waits for it. Answers with what it was: Webhook."""

    webhook_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RotateWebhookSecret(Command):
    """Sign with a new secret from now on, and with the old for `keep` longer: 0 to 7 days.

    Answers with Keyed.
    """

    webhook_id: int
    keep: timedelta = OLD_SECRET_SIGNS


@dataclass(frozen=True, slots=True, kw_only=True)
class TryWebhook(Command):
    """Have one, and no other, hear an event that says nothing. Answers with the Webhook."""

    webhook_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RedeliverOne(Command):
    """Deliver once more, or at once where it waits. Answers with a DeliveryView.

    `webhook_id`, where given, must be the one it is for.
    """

    delivery_id: int
    webhook_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RedeliverRange(Command):
    """Deliver the events numbered `first` to `last` once more. Answers with Redelivered.

    Those are the ones that were delivered before, and all others that the webhook wants to hear of.
    """

    webhook_id: int
    first: int
    last: int
