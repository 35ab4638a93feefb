"""Notes how a webhook fares, and pauses one where nobody seems to be there any more."""

from dataclasses import replace
from datetime import datetime

from seatledger.domain.actor import Actor, Reach, Role
from seatledger.domain.delivery import Done, Refused, Subscription, SubscriptionState
from seatledger.domain.event import Event, EventKind, Origin, difference
from seatledger.domain.webhook import FAILING_FOR, Health, facts
from seatledger.storage import events, subscriptions
from seatledger.storage.unit import Unit
from seatledger.usecases.deliver import Settled

COURIER = Actor(name="courier", role=Role.OPERATOR, platform_id=None, surface="worker")
GONE = "It answered 410: it is gone for good."
HOPELESS = f"For {FAILING_FOR.total_seconds() / 3600:.0f} hours no attempt went well."


def note_health(unit: Unit, settled: Settled, now: datetime) -> None:
    """What an attempt says of the webhook, in the transaction that notes the attempt."""
    subscription, outcome = settled.tried.parcel.subscription, settled.tried.outcome
    if isinstance(outcome, Done):
        subscriptions.succeeded(unit, subscription.id)
        return
    standing = subscriptions.lock(unit, Reach(subscription.platform_id), subscription.id)
    if standing is None:
        return
    health = Health(standing.failing_since, standing.failures).after_failure(settled.tried.at)
    noted = replace(standing, failing_since=health.failing_since, failures=health.failures)
    reason = GONE if isinstance(outcome, Refused) else None
    if reason is None and health.hopeless(settled.tried.at):
        reason = HOPELESS
    if reason is not None and standing.state is SubscriptionState.ACTIVE:
        noted = replace(noted, state=SubscriptionState.PAUSED, reason=reason)
        _record(unit, standing, noted, now)
    subscriptions.write(unit, noted)


def _record(unit: Unit, before: Subscription, after: Subscription, now: datetime) -> None:
    changes = difference(facts(before), facts(after))
    by = Origin(COURIER, now)
    events.add(
        unit, Event(EventKind.WEBHOOK_PAUSED, by, after.platform_id, None, after.id, *changes)
    )
