"""Make, change, pause, resume, test and delete webhooks."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from seatledger.domain.command import Command, Unset
from seatledger.domain.delivery import Subscription, SubscriptionState
from seatledger.domain.event import Event, EventKind, Origin, difference
from seatledger.domain.refusal import Code, Refusal, invalid, unknown_platform
from seatledger.domain.web_address import Allowance, read_web_address
from seatledger.domain.webhook import (
    WEBHOOK,
    WEBHOOKS_MAX,
    Secret,
    Webhook,
    facts,
    secrets_of,
    settings_of,
    url_of,
)
from seatledger.domain.webhook_command import (
    ChangeWebhook,
    CreateWebhook,
    DeleteWebhook,
    TryWebhook,
)
from seatledger.storage import deliveries, events, subscriptions
from seatledger.storage import platforms as platform_rows
from seatledger.storage.unit import Unit
from seatledger.usecases.find_webhooks import lock_webhook, shown
from seatledger.usecases.opening import origin
from seatledger.usecases.webhook_secrets import Keyed, new_secret

_SWITCHED = {
    SubscriptionState.PAUSED: EventKind.WEBHOOK_PAUSED,
    SubscriptionState.ACTIVE: EventKind.WEBHOOK_RESUMED,
}


def create_webhooks(
    unit: Unit, commands: Sequence[CreateWebhook], now: datetime
) -> list[Keyed | Refusal]:
    return [_create(unit, command, now) for command in commands]


def _create(unit: Unit, command: CreateWebhook, now: datetime) -> Keyed | Refusal:
    platform = platform_rows.by_key(unit, command.platform_key)
    if platform is None or not command.by.reach.covers(platform.id):
        return unknown_platform()
    if refusal := _wrong(command.url, command.kinds, command.allowance):
        return refusal
    platform_rows.lock(unit, platform.id)  # against others who count at the same time
    if len(subscriptions.of_platform(unit, platform.id, WEBHOOK)) >= WEBHOOKS_MAX:
        sentence = f"A platform has at most {WEBHOOKS_MAX} webhooks."
        return Refusal(Code.LIMIT_REACHED, sentence, details={"allowed": WEBHOOKS_MAX})
    last = events.last_number(unit, platform.id)
    if command.since_seq is not None:
        if not 1 <= command.since_seq <= last + 1:
            return invalid("since_seq", f"since_seq is from 1 to {last + 1}, the next event's.")
        last = command.since_seq - 1
    text = new_secret()
    made = subscriptions.add(
        unit,
        platform_id=platform.id,
        connector=WEBHOOK,
        kinds=command.kinds,
        settings=settings_of(command.url, [Secret(text, now)]),
        last=last,
        now=now,
    )
    _record(unit, EventKind.WEBHOOK_CREATED, origin(command, now), made, None, facts(made))
    return Keyed(text, shown(unit, made))


def change_webhooks(
    unit: Unit, commands: Sequence[ChangeWebhook], now: datetime
) -> list[Webhook | Refusal]:
    return [_change(unit, command, now) for command in commands]


def _change(unit: Unit, command: ChangeWebhook, now: datetime) -> Webhook | Refusal:
    before = lock_webhook(unit, command.by.reach, command.webhook_id)
    if isinstance(before, Refusal):
        return before
    url = url_of(before) if isinstance(command.url, Unset) else command.url
    kinds = before.kinds if isinstance(command.kinds, Unset) else command.kinds
    state = before.state if isinstance(command.state, Unset) else command.state
    if state not in _SWITCHED:
        return invalid("state", "A webhook is active or paused.")
    given = None if isinstance(command.url, Unset) else url
    if refusal := _wrong(given, kinds, command.allowance):
        return refusal
    after = replace(before, kinds=kinds, state=state, settings=settings_of(url, secrets_of(before)))
    if state is not before.state:
        after = replace(after, reason=None, failing_since=None, failures=0)
    if after == before:
        return shown(unit, before)
    subscriptions.write(unit, after)
    if _begins_anew(before, after):
        deliveries.hasten_all(unit, after.id, now)
    _record_change(unit, command, before, after, now)
    return shown(unit, after)


def _begins_anew(before: Subscription, after: Subscription) -> bool:
    """Whether what waits may fare better now than it did before."""
    resumed = after.state is SubscriptionState.ACTIVE is not before.state
    return resumed or url_of(after) != url_of(before)


def _record_change(
    unit: Unit, command: Command, before: Subscription, after: Subscription, now: datetime
) -> None:
    by = origin(command, now)
    kind = EventKind.WEBHOOK_CHANGED
    if after.state is not before.state:
        kind = _SWITCHED[after.state]
        by = replace(by, silent=True)  # who pauses one by hand need not be told by mail
    _record(unit, kind, by, after, *difference(facts(before), facts(after)))


def delete_webhooks(
    unit: Unit, commands: Sequence[DeleteWebhook], now: datetime
) -> list[Webhook | Refusal]:
    return [_delete(unit, command, now) for command in commands]


def _delete(unit: Unit, command: DeleteWebhook, now: datetime) -> Webhook | Refusal:
    before = lock_webhook(unit, command.by.reach, command.webhook_id)
    if isinstance(before, Refusal):
        return before
    settings = settings_of(url_of(before), [])
    subscriptions.write(unit, replace(before, state=SubscriptionState.DELETED, settings=settings))
    deliveries.drop_waiting(unit, before.id)
    _record(unit, EventKind.WEBHOOK_DELETED, origin(command, now), before, facts(before), {})
    return shown(unit, before)


def try_webhooks(
    unit: Unit, commands: Sequence[TryWebhook], now: datetime
) -> list[Webhook | Refusal]:
    """Tell history of a test: as any event it becomes a delivery, but to this webhook alone."""
    return [_try(unit, command, now) for command in commands]


def _try(unit: Unit, command: TryWebhook, now: datetime) -> Webhook | Refusal:
    found = lock_webhook(unit, command.by.reach, command.webhook_id)
    if isinstance(found, Refusal):
        return found
    if found.state is SubscriptionState.PAUSED:
        return Refusal(Code.WEBHOOK_PAUSED, "The webhook is paused: resume it first.")
    _record(unit, EventKind.WEBHOOK_TESTED, origin(command, now), found, None, {})
    return shown(unit, found)


def _wrong(
    url: str | None, kinds: Sequence[EventKind | str] | None, allowance: Allowance
) -> Refusal | None:
    if url is not None:
        web = read_web_address(url, allowance)
        if isinstance(web, Refusal):
            return web
    if kinds is not None and not kinds:
        return invalid("kinds", "Name at least one type of event, or none at all for all of them.")
    return None


def _record(
    unit: Unit,
    kind: EventKind,
    by: Origin,
    subscription: Subscription,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any],
) -> None:
    about = subscription.platform_id, None, subscription.id
    events.add(unit, Event(kind, by, *about, before, after))
