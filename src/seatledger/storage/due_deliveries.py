"""Rows of deliveries that are due: of whom, which come first, and who has them in hand."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select, update

from seatledger.domain import instant
from seatledger.domain.delivery import FAILING_AFTER, Delivery, SubscriptionState
from seatledger.domain.hands import Queue
from seatledger.storage.deliveries import build, unclaimed
from seatledger.storage.delivery_tables import deliveries as table
from seatledger.storage.delivery_tables import subscriptions
from seatledger.storage.statement import First, Statement
from seatledger.storage.unit import Unit

# The first few of each subscription that are due, none before one of the same order that waits:
# in the order of history, not of when they were made a delivery of (some are so again, much later).
# With LIMIT, PostgreSQL looks each up in the index; NOT EXISTS it would make a join, and without
# statistics one that compares all with all.
HEADS = Statement(
    """
    SELECT head.subscription_id, head.id FROM {open} {first} ORDER BY head.due_at, head.id
    """,
    rows={"open": {"subscription_id": "bigint"}},
    first=First(
        table="deliveries",
        alias="head",
        where="""
            deliveries.subscription_id = open.subscription_id
            AND deliveries.state = 'waiting'
            AND deliveries.due_at <= :now
            AND (deliveries.claimed_until IS NULL OR deliveries.claimed_until <= :now)
            AND (
                SELECT earlier.id FROM deliveries AS earlier
                WHERE earlier.subscription_id = deliveries.subscription_id
                AND earlier.order_key = deliveries.order_key
                AND earlier.state = 'waiting'
                AND (earlier.seq, earlier.id) < (deliveries.seq, deliveries.id)
                ORDER BY earlier.seq, earlier.id
                LIMIT 1
            ) IS NULL
        """,
        order="deliveries.due_at, deliveries.id",
    ),
)


def queues(unit: Unit, now: datetime, connectors: Collection[str] | None = None) -> list[Queue]:
    """The active subscriptions with something to deliver. Of these connectors; None is all."""
    wanted = [] if connectors is None else [subscriptions.c.connector.in_(list(connectors))]
    query = (
        select(subscriptions.c.id, subscriptions.c.connector, subscriptions.c.failures)
        .where(subscriptions.c.state == SubscriptionState.ACTIVE, *wanted)
        .where(
            select(table.c.id)
            .where(table.c.subscription_id == subscriptions.c.id)
            .where(*_free(now))
            .exists()
        )
    )
    return [
        Queue(row.id, row.connector, failing=row.failures >= FAILING_AFTER)
        for row in unit.select(query)
    ]


def heads(
    unit: Unit, subscription_ids: Iterable[int], most: int, now: datetime
) -> Mapping[int, Sequence[int]]:
    """The ids of up to `most` deliveries of each subscription, in the order they are due."""
    open_ = [{"subscription_id": each} for each in subscription_ids]
    found: dict[int, list[int]] = defaultdict(list)
    for row in unit.rows(HEADS, open=open_, now=instant.text(now), most=most) if open_ else []:
        found[row.subscription_id].append(row.id)
    return found


def claim(unit: Unit, ids: Collection[int], now: datetime, until: datetime) -> list[Delivery]:
    """Those of the deliveries that are still free, which nobody else gets before `until`."""
    if not ids:
        return []
    query = select(table).where(table.c.id.in_(ids), *_free(now))
    rows = unit.select(query.order_by(table.c.id).with_for_update(skip_locked=True, key_share=True))
    claimed = [row.id for row in rows]
    if claimed:
        unit.execute(update(table).where(table.c.id.in_(claimed)).values(claimed_until=until))
    return [build(row) for row in rows]


def _free(now: datetime) -> list[ColumnElement[bool]]:
    return [table.c.due_at <= now, *unclaimed(now)]
