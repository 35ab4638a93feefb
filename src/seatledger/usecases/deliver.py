"""Takes what is due to be delivered, and notes what came of it.

Between the two, outside of any transaction, a connector does its work. Whoever takes a delivery has
it for a while only: if they are gone, somebody else tries it again.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from seatledger.domain.delivery import (
    Attempt,
    Delivery,
    DeliveryState,
    Done,
    Outcome,
    Refused,
    Subscription,
    verdict,
)
from seatledger.domain.message import Message
from seatledger.storage import deliveries, event_lists, subscriptions
from seatledger.storage import messages as message_rows
from seatledger.storage.engine import Database
from seatledger.storage.event_lists import Told
from seatledger.storage.unit import Unit

CLAIM = timedelta(minutes=2)  # longer than any connector takes
EACH_MAX = 16  # of one subscription at the same time
KEPT = timedelta(days=30)
FORGOTTEN_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Parcel:
    """One delivery to be tried, with all that is known of it. `event` is None for mail alone.

    `message` is what is to be mailed; None for other connectors, or where it is gone by now.
    """

    delivery: Delivery
    subscription: Subscription
    event: Told | None
    claimed_until: datetime
    message: Message | None = None

    @property
    def taken(self) -> datetime:
        """When it was taken to be tried."""
        return self.claimed_until - CLAIM


@dataclass(frozen=True, slots=True)
class Tried:
    """A parcel and what came of it; it took `seconds`."""

    parcel: Parcel
    outcome: Outcome
    at: datetime
    seconds: float
    chance: float


@dataclass(frozen=True, slots=True)
class Settled:
    """A noted attempt, and the state the delivery has now."""

    tried: Tried
    state: DeliveryState


After: TypeAlias = Callable[[Unit, Settled, datetime], None]
"""What a connector wants done in the transaction that notes an attempt."""


def take(
    database: Database,
    busy: Mapping[int, int],
    room: int,
    now: datetime,
    connectors: Collection[str] | None = None,
) -> list[Parcel]:
    """Up to `room` deliveries that are due, each now the caller's for a while.

    `busy` says how many of a subscription the caller has in hand already. Those of other connectors
    than these are left alone; None is all.
    """
    with database.read() as unit:
        due = deliveries.due(unit, now, connectors)
        open_ = [each for each in due if busy.get(each, 0) <= EACH_MAX // 2]
    if not open_ or room < 1:
        return []
    until = now + CLAIM
    share = max(1, min(EACH_MAX // 2, room // len(open_)))
    with database.write() as unit:
        claimed = deliveries.claim(unit, open_[:room], share, now, until)
        own = subscriptions.by_ids(unit, {delivery.subscription_id for delivery in claimed})
        events = event_lists.by_seq(
            unit, {(delivery.platform_id, delivery.seq) for delivery in claimed if delivery.seq}
        )
        messages = message_rows.by_ids(
            unit, {delivery.message_id for delivery in claimed if delivery.message_id}
        )
    return [
        Parcel(
            delivery,
            own[delivery.subscription_id],
            events.get((delivery.platform_id, delivery.seq or 0)),
            until,
            messages.get(delivery.message_id or 0),
        )
        for delivery in claimed
    ]


def settle(
    database: Database, tried: Sequence[Tried], after: Mapping[str, After], now: datetime
) -> list[Settled]:
    """Note attempts, all in one transaction; what somebody else has taken over is left to them."""
    noted: list[Settled] = []
    with database.write() as unit:
        for each in sorted(tried, key=lambda one: one.parcel.delivery.id):
            parcel = each.parcel
            meant = verdict(parcel.delivery, each.outcome, each.at, each.chance)
            attempt = Attempt(
                at=each.at,
                outcome=_word(each.outcome),
                why=each.outcome.why,
                status=each.outcome.status,
                seconds=each.seconds,
            )
            if deliveries.settle(unit, parcel.delivery, attempt, meant, parcel.claimed_until):
                settled = Settled(each, meant.state)
                noted.append(settled)
                if parcel.subscription.connector in after:
                    after[parcel.subscription.connector](unit, settled, now)
    return noted


def forget_old(database: Database, now: datetime) -> int:
    """Forget deliveries that were over long ago, some at a time; answers how many."""
    with database.write() as unit:
        return deliveries.forget(unit, now - KEPT, FORGOTTEN_AT_ONCE)


def _word(outcome: Outcome) -> str:
    if isinstance(outcome, Done):
        return "delivered"
    return "refused" if isinstance(outcome, Refused) else "failed"
