"""Takes what is due to be delivered, and notes what came of it.

Between the two, outside of any transaction, a connector does its work. Whoever takes a delivery has
it for a while only: if they are gone, somebody else tries it again.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import SystemRandom
from typing import TypeAlias

from seatledger.domain.actor import Reach
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
from seatledger.domain.event import subject_of
from seatledger.domain.hands import EACH_MAX, Hands, share_out
from seatledger.domain.message import Message
from seatledger.domain.seating import Seated
from seatledger.storage import deliveries, due_deliveries, event_lists, seat_lists, subscriptions
from seatledger.storage import messages as message_rows
from seatledger.storage.engine import Database
from seatledger.storage.event_lists import Told
from seatledger.storage.unit import Unit

CLAIM = timedelta(minutes=2)  # longer than any connector takes
LOOKED_AT = 4  # times as many as there is room for: some wait for what others have in hand

_random = SystemRandom()


@dataclass(frozen=True, slots=True)
class Parcel:
    """One delivery to be tried, with all that is known of it. `event` is None for mail alone.

    `message` is what is to be mailed; None for other connectors, or where it is gone by now.
    Where an event that is not mailed is about a seat, `seated` is that seat as it is by now.
    """

    delivery: Delivery
    subscription: Subscription
    event: Told | None
    claimed_until: datetime
    message: Message | None = None
    seated: Seated | None = None

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
) -> list[Delivery]:
    """Up to `room` deliveries that are due, each now the caller's for a while.

    `busy` says how many of a subscription the caller has in hand already: who has the fewest comes
    first, of those with as many any. Those of other connectors than these are left alone; None is
    all.
    """
    if room < 1:
        return []
    with database.read() as unit:
        queues = due_deliveries.queues(unit, now, connectors)
        known = {each.id: each.connector for each in queues}
        known |= subscriptions.connectors(unit, busy.keys() - known.keys())
    hands = Hands(room, busy, known)
    open_ = [each for each in queues if hands.open_to(each)]
    if not open_:
        return []
    open_.sort(key=lambda each: (hands.of(each), _random.random()))
    asked = open_[: room * LOOKED_AT]
    most = max(1, min(EACH_MAX, room * LOOKED_AT // len(asked)))
    with database.write() as unit:
        waiting = due_deliveries.heads(unit, (each.id for each in asked), most, now)
        return due_deliveries.claim(unit, share_out(hands, asked, waiting), now, now + CLAIM)


def pack(database: Database, taken: Sequence[Delivery], now: datetime) -> list[Parcel]:
    """What was taken at that time, with all that is known of it."""
    if not taken:
        return []
    with database.read() as unit:
        own = subscriptions.by_ids(unit, {delivery.subscription_id for delivery in taken})
        events = event_lists.by_seq(
            unit, {(delivery.platform_id, delivery.seq) for delivery in taken if delivery.seq}
        )
        messages = message_rows.by_ids(
            unit, {delivery.message_id for delivery in taken if delivery.message_id}
        )
        told = [events.get((each.platform_id, each.seq or 0)) for each in taken]
        pairs = zip(taken, told, strict=True)
        seats = _seats(unit, [event for each, event in pairs if event and not each.message_id], now)
    return [
        Parcel(
            delivery,
            own[delivery.subscription_id],
            event,
            now + CLAIM,
            messages.get(delivery.message_id or 0),
            seats.get(event.event.id) if event is not None else None,
        )
        for delivery, event in zip(taken, told, strict=True)
    ]


def _seats(unit: Unit, told: Sequence[Told], now: datetime) -> dict[int, Seated]:
    """The seats that events are about, by the event's id."""
    about = {
        each.event.id: each.event.subject_id
        for each in told
        if subject_of(each.event.kind) == "seat"
    }
    seats = seat_lists.by_ids(unit, Reach(None), set(about.values()), now)
    return {event_id: seats[seat_id] for event_id, seat_id in about.items() if seat_id in seats}


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


def _word(outcome: Outcome) -> str:
    if isinstance(outcome, Done):
        return "delivered"
    return "refused" if isinstance(outcome, Refused) else "failed"
