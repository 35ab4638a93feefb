"""Rows of deliveries: what waits to be handed on, and what came of it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, func, or_, select, tuple_, update
from sqlalchemy import text as sql_text

from seatledger.domain import instant
from seatledger.domain.actor import Reach
from seatledger.domain.delivery import (
    LOG_MAX,
    Attempt,
    Delivery,
    DeliveryState,
    Draft,
    Verdict,
)
from seatledger.storage import cursors
from seatledger.storage.cursors import Followed, Stretch
from seatledger.storage.delivery_tables import deliveries as table
from seatledger.storage.statement import Statement
from seatledger.storage.unit import Unit

ADD = Statement(
    """
    INSERT INTO deliveries (platform_id, subscription_id, seq, message_id, order_key, state,
                            attempts, due_at, log, created_at)
    SELECT platform_id, subscription_id, seq, message_id, order_key, 'waiting', 0, due_at, log,
           created_at
    FROM {drafts} ORDER BY number
    """,
    rows={
        "drafts": {
            "number": "bigint",
            "platform_id": "bigint",
            "subscription_id": "bigint",
            "seq": "bigint",
            "message_id": "bigint",
            "order_key": "text",
            "due_at": "timestamptz",
            "log": "jsonb",
            "created_at": "timestamptz",
        }
    },
)

WAITS = table.c.state == sql_text("'waiting'")  # the very words of the indexes


@dataclass(frozen=True, slots=True)
class DeliveryFilter:
    """What a list of deliveries is narrowed to; None asks nothing."""

    subscription_id: int | None = None
    state: DeliveryState | None = None


def add(
    unit: Unit, platform_id: int, subscription_id: int, drafts: Sequence[Draft], now: datetime
) -> None:
    """New deliveries, due at once, in order."""
    at = instant.text(now)
    rows: list[dict[str, Any]] = [
        {
            "number": number,
            "platform_id": platform_id,
            "subscription_id": subscription_id,
            "seq": draft.seq,
            "message_id": draft.message_id,
            "order_key": draft.order_key,
            "due_at": at,
            "log": [],
            "created_at": at,
        }
        for number, draft in enumerate(drafts)
    ]
    if rows:
        unit.run(ADD, drafts=rows)


def waiting(unit: Unit, subscription_id: int) -> int:
    """How many of a subscription wait."""
    return unit.count(select(func.count()).select_from(table).where(*_waiting_of(subscription_id)))


def settle(
    unit: Unit, delivery: Delivery, attempt: Attempt, verdict: Verdict, claimed_until: datetime
) -> bool:
    """Note an attempt. False where somebody else has had the delivery since: then nothing is."""
    waits = verdict.state is DeliveryState.WAITING
    log = [asdict(each) for each in (*delivery.log, attempt)][-LOG_MAX:]
    own = (
        (table.c.id == delivery.id)
        & (table.c.state == DeliveryState.WAITING)
        & (table.c.claimed_until == claimed_until)
    )
    values = {
        "state": verdict.state,
        "attempts": delivery.attempts + 1,
        "due_at": verdict.due,
        "claimed_until": None,
        "log": [{**each, "at": instant.text(each["at"])} for each in log],
        "settled_at": None if waits else attempt.at,
    }
    if unit.execute(update(table).where(own).values(values)) != 1:
        return False
    if waits and delivery.seq is not None:
        _hold_back_after(unit, delivery, delivery.seq, verdict.due)
    return True


def _hold_back_after(unit: Unit, delivery: Delivery, seq: int, due_: datetime) -> None:
    """Let those that wait behind a delivery be due no sooner, so that nobody looks for them."""
    behind = _behind(delivery, seq), table.c.due_at < due_
    unit.execute(update(table).where(*behind).values(due_at=due_))


def _behind(delivery: Delivery, seq: int) -> ColumnElement[bool]:
    return and_(
        table.c.subscription_id == delivery.subscription_id,
        table.c.order_key == delivery.order_key,
        WAITS,
        tuple_(table.c.seq, table.c.id) > (seq, delivery.id),
    )


def again(unit: Unit, condition: ColumnElement[bool], now: datetime) -> int:
    """Deliver anew what was settled, as if it had never been tried; answers how many."""
    values = {
        "state": DeliveryState.WAITING,
        "attempts": 0,
        "due_at": now,
        "created_at": now,
        "settled_at": None,
        "claimed_until": None,
    }
    settled = table.c.state != DeliveryState.WAITING
    return unit.execute(update(table).where(settled, condition).values(values))


def hasten(unit: Unit, delivery: Delivery, now: datetime) -> None:
    """Let one that waits, and is not being tried, be due now with its whole time before it.

    What was held back behind it is due now, too, and follows it.
    """
    own = table.c.id == delivery.id
    if _hasten(unit, own, now) and delivery.seq is not None:
        behind = _behind(delivery, delivery.seq), table.c.due_at > now
        unit.execute(update(table).where(*behind).values(due_at=now))


def hasten_all(unit: Unit, subscription_id: int, now: datetime) -> None:
    """Let all that waits for a subscription be due now, but for what is being tried."""
    _hasten(unit, and_(*_waiting_of(subscription_id)), now)


def _hasten(unit: Unit, condition: ColumnElement[bool], now: datetime) -> int:
    values = {"attempts": 0, "due_at": now, "created_at": now}
    return unit.execute(update(table).where(*unclaimed(now), condition).values(values))


def drop_waiting(unit: Unit, subscription_id: int) -> int:
    """Delete what waits for a subscription; answers how many."""
    return unit.execute(delete(table).where(*_waiting_of(subscription_id)))


def _waiting_of(subscription_id: int) -> list[ColumnElement[bool]]:
    """All have a key of order; asked for it, SQLite takes the index of what waits."""
    return [table.c.subscription_id == subscription_id, table.c.order_key >= "", WAITS]


def of_range(subscription_id: int, first: int, last: int) -> ColumnElement[bool]:
    """The deliveries of the events numbered `first` to `last`."""
    return and_(
        table.c.subscription_id == subscription_id,
        table.c.seq.between(first, last),
        table.c.message_id.is_(None),  # the very words of the index
    )


def with_id(delivery_id: int) -> ColumnElement[bool]:
    return table.c.id == delivery_id


def known_seqs(unit: Unit, subscription_id: int, first: int, last: int) -> set[int]:
    """The events of the range that have a delivery."""
    query = select(table.c.seq).where(of_range(subscription_id, first, last))
    return {row.seq for row in unit.select(query)}


def forget(unit: Unit, before: datetime, most: int) -> int:
    """Delete what was settled before then, some at a time; answers how many."""
    old = select(table.c.id).where(table.c.settled_at < before).limit(most)
    return unit.execute(delete(table).where(table.c.id.in_(old)))


def get(unit: Unit, reach: Reach, delivery_id: int) -> Delivery | None:
    rows = unit.select(select(table).where(table.c.id == delivery_id, *_within(reach)))
    return build(rows[0]) if rows else None


def follow(
    unit: Unit, reach: Reach, wanted: DeliveryFilter, stretch: Stretch
) -> Followed[Delivery]:
    """The next deliveries, by id."""
    query = select(table).where(*_within(reach))
    if wanted.subscription_id is not None:
        query = query.where(table.c.subscription_id == wanted.subscription_id)
    if wanted.state is not None:
        query = query.where(table.c.state == wanted.state)
    return cursors.follow(unit, query, table.c.id, stretch, build)


def unclaimed(now: datetime) -> list[ColumnElement[bool]]:
    """What waits, and nobody has in hand."""
    return [
        WAITS,
        or_(table.c.claimed_until.is_(None), table.c.claimed_until <= now),
    ]


def _within(reach: Reach) -> list[ColumnElement[bool]]:
    return [] if reach.platform_id is None else [table.c.platform_id == reach.platform_id]


def build(row: Row[Any]) -> Delivery:
    return Delivery(
        id=row.id,
        platform_id=row.platform_id,
        subscription_id=row.subscription_id,
        seq=row.seq,
        message_id=row.message_id,
        order_key=row.order_key,
        state=DeliveryState(row.state),
        attempts=row.attempts,
        due=row.due_at,
        log=[Attempt(**{**each, "at": instant.read(each["at"])}) for each in row.log],
        created=row.created_at,
        settled=row.settled_at,
    )
