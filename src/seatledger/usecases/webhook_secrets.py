"""Make and rotate the secrets that a webhook's messages are signed with.

Signing needs the secret itself, so that it is kept as it is: whoever reads the database can sign.
"""

import secrets
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from seatledger.domain import instant
from seatledger.domain.event import Event, EventKind
from seatledger.domain.refusal import Refusal, invalid
from seatledger.domain.webhook import (
    OLD_SECRET_SIGNS_MAX,
    Webhook,
    rotated,
    secrets_of,
    settings_of,
    url_of,
)
from seatledger.domain.webhook_command import RotateWebhookSecret
from seatledger.storage import events, subscriptions
from seatledger.storage.unit import Unit
from seatledger.usecases.find_webhooks import lock_webhook, shown
from seatledger.usecases.opening import origin

PREFIX = "whsec_"
BYTES = 32  # the Standard Webhooks ask for 24 to 64


@dataclass(frozen=True, slots=True)
class Keyed:
    """A webhook with its newest secret; `text` is seen here and never again."""

    text: str
    webhook: Webhook


def new_secret() -> str:
    return PREFIX + b64encode(secrets.token_bytes(BYTES)).decode()


def rotate_webhook_secrets(
    unit: Unit, commands: Sequence[RotateWebhookSecret], now: datetime
) -> list[Keyed | Refusal]:
    return [_rotate(unit, command, now) for command in commands]


def _rotate(unit: Unit, command: RotateWebhookSecret, now: datetime) -> Keyed | Refusal:
    if not timedelta(0) <= command.keep <= OLD_SECRET_SIGNS_MAX:
        return invalid("keep", f"An old secret signs for up to {OLD_SECRET_SIGNS_MAX.days} days.")
    before = lock_webhook(unit, command.by.reach, command.webhook_id)
    if isinstance(before, Refusal):
        return before
    text = new_secret()
    signing = rotated(secrets_of(before), text, command.keep, now)
    after = replace(before, settings=settings_of(url_of(before), signing))
    subscriptions.write(unit, after)
    old_until = instant.text(now + command.keep)
    events.add(
        unit,
        Event(
            EventKind.WEBHOOK_SECRET_ROTATED,
            origin(command, now),
            after.platform_id,
            None,
            after.id,
            None,
            {"old_until": old_until},
        ),
    )
    return Keyed(text, shown(unit, after))
