"""Webhooks in tests: made, and driven by hand or by the courier, at the time of the world."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from seatledger.connectors.port import Connector
from seatledger.connectors.webhook.handle import Sender
from seatledger.connectors.webhook.send import Limits
from seatledger.desk import Desk
from seatledger.domain.actor import Reach
from seatledger.domain.delivery import DeliveryState, Outcome, Refused, Subscription
from seatledger.domain.web_address import read_allowance
from seatledger.domain.webhook import WEBHOOK
from seatledger.domain.webhook_command import CreateWebhook
from seatledger.storage import deliveries, subscriptions
from seatledger.storage.deliveries import DeliveryFilter
from seatledger.usecases.cursor_questions import Stretch
from seatledger.usecases.deliver import Parcel, Tried, settle
from seatledger.usecases.find_webhooks import DeliveryView, views
from seatledger.usecases.relay import each_event
from seatledger.usecases.webhook_health import note_health
from seatledger.usecases.webhook_secrets import Keyed
from seatledger.worker.delivering import deliver_due
from tests.support.cast import MANAGER
from tests.support.outbox import read_on, taken
from tests.support.world import World

LOOPBACK = read_allowance("127.0.0.0/8")
NOWHERE = "http://127.0.0.1:1999/hook"  # allowed in these tests, and nobody listens
SOON = Limits(connect=2, total=2)


def webhook_at(world: World, url: str = NOWHERE, **fields: Any) -> Keyed:
    """A webhook of acme."""
    made: Keyed = world.do(
        CreateWebhook(MANAGER, platform_key="acme", url=url, allowance=LOOPBACK, **fields)
    )
    return made


def sending(world: World) -> dict[str, Connector]:
    """The real connector, which may reach loopback."""
    sender = Sender(LOOPBACK, limits=SOON)
    return {WEBHOOK: Connector(WEBHOOK, sender.handle, after=note_health)}


def answering(answer: Callable[[Parcel], Outcome]) -> dict[str, Connector]:
    """The connector with another way to come to an outcome."""
    return {WEBHOOK: Connector(WEBHOOK, answer, after=note_health)}


def delivered(world: World, connectors: dict[str, Connector] | None = None) -> int:
    """Deliver all that is due; answers how many attempts that took."""

    async def work() -> int:
        desk = Desk(world.database, clock=lambda: world.now)
        attempts = await deliver_due(desk, connectors or sending(world))
        await desk.close()
        return attempts

    return asyncio.run(work())


def in_real_time(world: World) -> None:
    """Set the world's clock right: who verifies a signature looks at the time."""
    world.now = datetime.now(UTC)


def subscription(world: World, webhook_id: int) -> Subscription:
    with world.database.read() as unit:
        return subscriptions.by_ids(unit, [webhook_id])[webhook_id]


def log(world: World, webhook_id: int, state: DeliveryState | None = None) -> list[DeliveryView]:
    """The deliveries to a webhook."""
    with world.database.read() as unit:
        wanted = DeliveryFilter(webhook_id, state)
        found = deliveries.follow(unit, Reach(None), wanted, Stretch(0, 100_000))
        return views(unit, found.rows)


def states(found: Sequence[DeliveryView]) -> list[str]:
    return [each.delivery.state.value for each in found]


def dead_letter(world: World) -> tuple[int, int]:
    """A webhook of acme, and what was not delivered to it for good: their ids."""
    made = webhook_at(world, since_seq=1).webhook
    read_on(world, {WEBHOOK: each_event})
    parcels = taken(world, 10)
    tried = [Tried(each, Refused("never", 400), world.now, 0.1, 0) for each in parcels]
    settle(world.database, tried, {}, world.now)
    return made.id, parcels[0].delivery.id
