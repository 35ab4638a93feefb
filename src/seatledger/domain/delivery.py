"""Handing changes on to other systems: what is to be delivered, and what becomes of it.

The history is the outbox. A subscription reads it by number, as far as it has come, and makes a
delivery of what it wants; each is tried until it is taken, refused, or too old.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, TypeAlias

from seatledger.domain.event import EventKind

ATTEMPTS_MAX = 14
AGE_MAX = timedelta(days=3)  # since it was due for the first time
FIRST_PAUSE = timedelta(seconds=5)
PAUSE_GROWS = 4
PAUSE_MAX = timedelta(hours=8)
FAILING_AFTER = 8  # failures in a row; one or two are no reason to slow down
LOG_MAX = 10  # attempts that are remembered of a delivery


@dataclass(frozen=True, slots=True)
class Done:
    """It was taken. `status` is what the other side answered, where that is a number."""

    why: str = ""
    status: int | None = None


@dataclass(frozen=True, slots=True)
class Retry:
    """It was not taken, and may be later: not before `after`, where the other side named a time."""

    why: str
    after: timedelta | None = None
    status: int | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """It will never be taken."""

    why: str
    status: int | None = None


Outcome: TypeAlias = Done | Retry | Refused


class DeliveryState(StrEnum):
    WAITING = "waiting"  # to be tried, now or later
    DELIVERED = "delivered"
    DEAD = "dead"  # given up: a dead letter, until somebody asks for it again


class SubscriptionState(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"  # nothing is delivered; what happens meanwhile is when it goes on
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Subscription:
    """Who wants to hear what of a platform's history. `last` is the number it has read up to.

    `kinds` None is every kind of event. `failing_since` is when the first of the attempts failed
    that have all failed since; `failures` is how many they are.
    """

    id: int
    platform_id: int
    connector: str
    kinds: tuple[str, ...] | None
    settings: Mapping[str, Any]
    state: SubscriptionState
    reason: str | None
    last: int
    failing_since: datetime | None
    failures: int
    created: datetime

    def hears(self, kind: EventKind, subject_id: int) -> bool:
        """Whether it is told of such an event. A test is for the one that is tested, always."""
        if kind is EventKind.WEBHOOK_TESTED:
            return self.id == subject_id
        return self.kinds is None or kind in self.kinds


@dataclass(frozen=True, slots=True)
class Draft:
    """A delivery to be: of the event numbered `seq`, and for mail of one message about it.

    Those with the same `order_key` are delivered one after the other.
    """

    seq: int | None
    order_key: str
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try. It took `seconds`."""

    at: datetime
    outcome: str
    why: str
    status: int | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Delivery:
    """`due` is when it is tried next, or was last. `log` has the last attempts, oldest first."""

    id: int
    platform_id: int
    subscription_id: int
    seq: int | None
    message_id: int | None
    order_key: str
    state: DeliveryState
    attempts: int
    due: datetime
    log: Sequence[Attempt]
    created: datetime
    settled: datetime | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an attempt means for the delivery: its next state, and when it is due if it waits."""

    state: DeliveryState
    due: datetime


def verdict(delivery: Delivery, outcome: Outcome, now: datetime, chance: float) -> Verdict:
    """What becomes of a delivery after one more attempt; `chance` is from 0 up to 1.

    The pauses grow by a factor, each shortened by up to half at random, so that what failed
    together does not come back together.
    """
    if isinstance(outcome, Done):
        return Verdict(DeliveryState.DELIVERED, now)
    if isinstance(outcome, Refused) or delivery.attempts + 1 >= ATTEMPTS_MAX:
        return Verdict(DeliveryState.DEAD, now)
    grown = FIRST_PAUSE * PAUSE_GROWS ** min(delivery.attempts, 12)
    pause = min(grown, PAUSE_MAX) * (1 - chance / 2)
    if outcome.after is not None:
        pause = max(pause, min(outcome.after, AGE_MAX))
    due = now + pause
    if due - delivery.created > AGE_MAX:
        return Verdict(DeliveryState.DEAD, now)
    return Verdict(DeliveryState.WAITING, due)
