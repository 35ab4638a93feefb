"""The courier: everything arrives, whatever connectors do, and nothing holds up the rest."""

import asyncio
import threading
from collections import defaultdict
from datetime import datetime, timedelta

import pytest

from seatledger.connectors.port import Connector
from seatledger.desk import Desk
from seatledger.domain.command import EndSeat
from seatledger.domain.delivery import DeliveryState, Done, Outcome, Retry
from seatledger.domain.people_command import CreatePlatform
from seatledger.storage.engine import Database
from seatledger.storage.tables import events
from seatledger.storage.unit import Unit
from seatledger.usecases.deliver import Parcel, Settled
from seatledger.usecases.relay import Relay
from seatledger.worker.delivering import deliver_due, delivering
from tests.support.cast import OPERATOR
from tests.support.outbox import PROBE, listed, probe, read_on, subscribe
from tests.support.world import World

pytestmark = pytest.mark.anyio
LOOKS_MAX = 2_000


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def world(database: Database) -> World:
    world = World(database)
    subscribe(world)
    return world


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world.database, clock=lambda: world.now)


def sequences(parcels: list[Parcel]) -> dict[str, list[int]]:
    """The numbers of the events in the order they came, by key of order."""
    found: dict[str, list[int]] = defaultdict(list)
    for each in parcels:
        found[each.delivery.order_key].append(each.delivery.seq or 0)
    return found


async def test_all_that_is_due_is_delivered(world: World, desk: Desk) -> None:
    got: list[Parcel] = []

    def take(parcel: Parcel) -> Outcome:
        got.append(parcel)
        return Done(status=200)

    seats = world.assign(world.pool(size=50).id, *(f"p{number}" for number in range(50)))
    for each in seats[:20]:
        world.do(EndSeat(OPERATOR, seat_id=each.seat.id))
    assert await deliver_due(desk, probe(take)) == 72
    assert sorted(each.delivery.seq or 0 for each in got) == list(range(1, 73))
    for numbers in sequences(got).values():
        assert numbers == sorted(numbers)
    assert {each.state for each in listed(world)} == {DeliveryState.DELIVERED}
    assert await deliver_due(desk, probe(take)) == 0
    await desk.close()


async def test_each_attempt_is_observed(world: World, desk: Desk) -> None:
    seen: list[tuple[str, str]] = []
    outcomes: list[Outcome] = [Retry("busy"), Done()]
    world.pool()
    connectors = probe(lambda _: outcomes.pop())
    async with delivering(desk, connectors, lambda *told: seen.append(told)):
        for _ in range(LOOKS_MAX):
            if len(seen) == 2:
                break
            await asyncio.sleep(0.02)
    assert sorted(seen) == [("probe", "delivered"), ("probe", "waiting")]
    await desk.close()


async def test_what_a_connector_raises_is_a_failed_attempt(world: World, desk: Desk) -> None:
    def stumble(_: Parcel) -> Outcome:
        raise ZeroDivisionError

    assert await deliver_due(desk, probe(stumble)) == 1
    [waiting] = listed(world)
    assert (waiting.state, waiting.attempts) == (DeliveryState.WAITING, 1)
    assert "ZeroDivision" not in waiting.log[0].why
    await desk.close()


async def test_what_failed_is_tried_again_when_it_is_due(world: World, desk: Desk) -> None:
    outcomes: list[Outcome] = [Retry("busy"), Done()]
    connectors = probe(lambda _: outcomes.pop(0))
    assert await deliver_due(desk, connectors) == 1
    assert await deliver_due(desk, connectors) == 0
    world.now += timedelta(seconds=5)
    assert await deliver_due(desk, connectors) == 1
    assert [each.state for each in listed(world)] == [DeliveryState.DELIVERED]
    await desk.close()


async def test_one_receiver_that_hangs_holds_up_no_other(world: World, desk: Desk) -> None:
    other = subscribe(world)
    hung = threading.Event()

    def handle(parcel: Parcel) -> Outcome:
        if parcel.subscription.id != other.id:
            hung.wait(30)
        return Done()

    world.assign(world.pool(size=99).id, *(f"p{number}" for number in range(99)))
    async with delivering(desk, probe(handle)):
        for _ in range(LOOKS_MAX):
            arrived = [each for each in listed(world) if each.subscription_id == other.id]
            if len(arrived) == 101 and all(each.settled for each in arrived):
                break
            await asyncio.sleep(0.02)
        hung.set()
    assert [each.state for each in arrived] == [DeliveryState.DELIVERED] * 101
    await desk.close()


async def test_an_event_that_nobody_can_read_stops_only_whom_it_is_for(
    world: World, desk: Desk
) -> None:
    """As after a newer version was rolled back that knew more kinds."""
    world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    other = subscribe(world, platform_id=2)
    world.pool()
    with world.database.write() as unit:
        unit.execute(events.update().where(events.c.platform_id == 1).values(kind="unheard_of"))
    assert await deliver_due(desk, probe(lambda _: Done())) == 1
    assert [each.subscription_id for each in listed(world)] == [other.id]
    await desk.close()


async def test_a_delivery_that_nobody_can_read_holds_up_no_other(world: World, desk: Desk) -> None:
    world.pool()
    read_on(world)
    with world.database.write() as unit:
        unit.execute(events.update().where(events.c.seq == 1).values(kind="unheard_of"))
    assert await deliver_due(desk, probe(lambda _: Done())) == 1
    assert [each.state for each in listed(world)] == [
        DeliveryState.WAITING,
        DeliveryState.DELIVERED,
    ]
    await desk.close()


async def test_an_outcome_that_cannot_be_noted_keeps_no_other_from_being_noted(
    world: World, desk: Desk
) -> None:
    def stumble(_unit: Unit, settled: Settled, _now: datetime) -> None:
        if settled.tried.parcel.delivery.seq == 1:
            raise ZeroDivisionError

    world.pool()
    await deliver_due(desk, {PROBE: Connector(PROBE, lambda _: Done(), after=stumble)})
    assert [each.state for each in listed(world)] == [
        DeliveryState.WAITING,
        DeliveryState.DELIVERED,
    ]
    await desk.close()


async def test_where_nothing_can_be_read_on_what_waits_is_delivered(
    world: World, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_on(world)

    def fail(*_: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(Relay, "once", fail)
    assert await deliver_due(desk, probe(lambda _: Done())) == 1
    await desk.close()
