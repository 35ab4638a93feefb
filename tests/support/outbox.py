"""Subscriptions in tests, and connectors that only note what they are given."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from seatledger.connectors.port import Connector
from seatledger.domain.actor import Reach
from seatledger.domain.delivery import Delivery, DeliveryState, Done, Outcome, Subscription
from seatledger.storage import deliveries, subscriptions
from seatledger.storage.cursors import Stretch
from seatledger.storage.deliveries import DeliveryFilter
from seatledger.usecases import deliver
from seatledger.usecases.deliver import Parcel, Tried
from seatledger.usecases.relay import Expand, Relay, each_event
from tests.support.world import World

PROBE = "probe"
ROAD = {PROBE: each_event}


def subscribe(world: World, platform_id: int = 1, **fields: Any) -> Subscription:
    """A subscription of the connector `probe`, from the first event on."""
    wanted: dict[str, Any] = {"kinds": None, "settings": {}, "last": 0, **fields}
    with world.database.write() as unit:
        return subscriptions.add(
            unit, platform_id=platform_id, connector=PROBE, now=world.now, **wanted
        )


def probe(handle: Callable[[Parcel], Outcome]) -> dict[str, Connector]:
    return {PROBE: Connector(PROBE, handle)}


def relay_of(world: World, expand: Mapping[str, Expand] = ROAD) -> Relay:
    """One that raises what nobody planned."""

    def fail(_where: str, error: Exception) -> None:
        raise error

    return Relay(world.database, expand, fail)


def read_on(world: World, expand: Mapping[str, Expand] = ROAD) -> int:
    """Let all subscriptions read all there is; answers how many events that were."""
    relay, read = relay_of(world, expand), 0
    while found := relay.once(world.now):
        read += found
    return read


def listed(world: World, state: DeliveryState | None = None) -> Sequence[Delivery]:
    with world.database.read() as unit:
        wanted = DeliveryFilter(state=state)
        return deliveries.follow(unit, Reach(None), wanted, Stretch(0, 100_000)).rows


def taken(
    world: World, room: int = 100, busy: Mapping[int, int] = MappingProxyType({})
) -> list[Parcel]:
    """What is due, in the hands of whoever has so many of each subscription already."""
    found = deliver.take(world.database, busy, room, world.now)
    return deliver.pack(world.database, found, world.now)


def settle(world: World, *parcels: Parcel, outcome: Outcome | None = None) -> int:
    """Note the same outcome of all; answers how many were still the caller's."""
    tried = [Tried(each, outcome or Done(), world.now, 0.1, 0) for each in parcels]
    return len(deliver.settle(world.database, tried, {}, world.now))
