"""Rows of subscriptions: who wants to hear of changes, and how far each has read."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, exists, insert, literal, select, update

from seatledger.domain.actor import Reach
from seatledger.domain.delivery import Subscription, SubscriptionState
from seatledger.storage import cursors
from seatledger.storage.cursors import Followed, Stretch
from seatledger.storage.delivery_tables import subscriptions as table
from seatledger.storage.tables import event_counters, platforms
from seatledger.storage.unit import Unit

ACTIVE = table.c.state == SubscriptionState.ACTIVE
BEHIND = (
    select(literal(1))
    .where(event_counters.c.platform_id == table.c.platform_id)
    .where(event_counters.c.last > table.c.last)
    .exists()
)


def add(
    unit: Unit,
    *,
    platform_id: int,
    connector: str,
    kinds: Iterable[str] | None,
    settings: Mapping[str, Any],
    last: int,
    now: datetime,
) -> Subscription:
    row = unit.select(
        insert(table)
        .values(
            platform_id=platform_id,
            connector=connector,
            kinds=None if kinds is None else list(kinds),
            settings=dict(settings),
            state=SubscriptionState.ACTIVE,
            last=last,
            failures=0,
            created_at=now,
        )
        .returning(*table.c)
    )[0]
    return build(row)


def add_missing(unit: Unit, connector: str, now: datetime) -> int:
    """Give each platform that has none a subscription of the connector, from its first event on."""
    lacking = select(platforms.c.id).where(
        ~exists().where(table.c.platform_id == platforms.c.id, table.c.connector == connector)
    )
    ids = [row.id for row in unit.select(lacking)]
    for platform_id in ids:
        add(
            unit,
            platform_id=platform_id,
            connector=connector,
            kinds=None,
            settings={},
            last=0,
            now=now,
        )
    return len(ids)


def any_missing(unit: Unit, connector: str) -> bool:
    """Whether any platform has no subscription of the connector."""
    lacking = ~exists().where(table.c.platform_id == platforms.c.id, table.c.connector == connector)
    return bool(unit.select(select(platforms.c.id).where(lacking).limit(1)))


def any_behind(unit: Unit, connectors: Iterable[str]) -> bool:
    """Whether any active one of these connectors has something to read."""
    query = select(table.c.id).where(ACTIVE, BEHIND, table.c.connector.in_(list(connectors)))
    return bool(unit.select(query.limit(1)))


def take_behind(
    unit: Unit, connectors: Iterable[str], skip: Iterable[int], after: int
) -> Subscription | None:
    """The next that has something to read, locked until the transaction ends; none others have.

    It is the next by id `after` one, and behind the last the first.
    """
    query = (
        select(table)
        .where(ACTIVE, BEHIND, table.c.connector.in_(list(connectors)))
        .where(table.c.id.not_in(list(skip)))
        .order_by(table.c.id <= after, table.c.id)
        .limit(1)
        .with_for_update(skip_locked=True, key_share=True)
    )
    rows = unit.select(query)
    return build(rows[0]) if rows else None


def move_on(unit: Unit, subscription_id: int, last: int) -> None:
    """Record how far one has read."""
    unit.execute(update(table).where(table.c.id == subscription_id).values(last=last))


def pass_over(unit: Unit, connector: str) -> int:
    """Let all of a connector that is switched off miss what has happened until now."""
    counted = (
        select(event_counters.c.last)
        .where(event_counters.c.platform_id == table.c.platform_id)
        .scalar_subquery()
    )
    behind = update(table).where(table.c.connector == connector, BEHIND)
    return unit.execute(behind.values(last=counted))


def get(unit: Unit, reach: Reach, subscription_id: int) -> Subscription | None:
    rows = unit.select(select(table).where(*_standing(reach), table.c.id == subscription_id))
    return build(rows[0]) if rows else None


def lock(unit: Unit, reach: Reach, subscription_id: int) -> Subscription | None:
    """One that is not deleted, locked until the transaction ends."""
    query = select(table).where(*_standing(reach), table.c.id == subscription_id)
    rows = unit.select(query.with_for_update(key_share=True))
    return build(rows[0]) if rows else None


def by_ids(unit: Unit, ids: Iterable[int]) -> dict[int, Subscription]:
    rows = unit.select(select(table).where(table.c.id.in_(list(ids))))
    return {row.id: build(row) for row in rows}


def connectors(unit: Unit, ids: Iterable[int]) -> dict[int, str]:
    """The connector of each."""
    wanted = list(ids)
    query = select(table.c.id, table.c.connector).where(table.c.id.in_(wanted))
    return {row.id: row.connector for row in unit.select(query)} if wanted else {}


def of_platform(unit: Unit, platform_id: int, connector: str) -> list[Subscription]:
    """All that are not deleted."""
    query = select(table).where(*_standing(Reach(platform_id)), table.c.connector == connector)
    return [build(row) for row in unit.select(query.order_by(table.c.id))]


def follow(unit: Unit, reach: Reach, connector: str, stretch: Stretch) -> Followed[Subscription]:
    """The next of a connector, by id."""
    query = select(table).where(*_standing(reach), table.c.connector == connector)
    return cursors.follow(unit, query, table.c.id, stretch, build)


def write(unit: Unit, subscription: Subscription) -> None:
    """What may change of one, but for how far it has read."""
    values = {
        "kinds": None if subscription.kinds is None else list(subscription.kinds),
        "settings": dict(subscription.settings),
        "state": subscription.state,
        "reason": subscription.reason,
        "failing_since": subscription.failing_since,
        "failures": subscription.failures,
    }
    unit.execute(update(table).where(table.c.id == subscription.id).values(values))


def succeeded(unit: Unit, subscription_id: int) -> None:
    """Forget the attempts that failed before one that went well."""
    failing = (table.c.id == subscription_id) & (table.c.failures > 0)
    unit.execute(update(table).where(failing).values(failing_since=None, failures=0))


def _standing(reach: Reach) -> list[ColumnElement[bool]]:
    conditions = [table.c.state != SubscriptionState.DELETED]
    if reach.platform_id is not None:
        conditions.append(table.c.platform_id == reach.platform_id)
    return conditions


def build(row: Row[Any]) -> Subscription:
    return Subscription(
        id=row.id,
        platform_id=row.platform_id,
        connector=row.connector,
        kinds=None if row.kinds is None else tuple(row.kinds),
        settings=row.settings,
        state=SubscriptionState(row.state),
        reason=row.reason,
        last=row.last,
        failing_since=row.failing_since,
        failures=row.failures,
        created=row.created_at,
    )
