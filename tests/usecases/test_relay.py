"""History is read for each subscription by number: every event once, in order, whoever reads."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from seatledger.domain.delivery import Draft, SubscriptionState
from seatledger.domain.event import EventKind
from seatledger.domain.people_command import CreatePlatform
from seatledger.storage import subscriptions
from seatledger.usecases import relay
from seatledger.usecases.relay import relay_once
from tests.support.cast import OPERATOR
from tests.support.outbox import PROBE, ROAD, listed, read_on, subscribe
from tests.support.world import World
from tests.usecases.invitations import inviting, redeeming


def seqs(world: World, subscription_id: int) -> list[int | None]:
    return [each.seq for each in listed(world) if each.subscription_id == subscription_id]


def test_what_happened_becomes_one_delivery_each_in_order(world: World) -> None:
    mine = subscribe(world)
    pool = world.pool()
    world.assign(pool.id, "ada", "bob")
    assert read_on(world) == 4  # the platform, the pool and two seats
    assert seqs(world, mine.id) == [1, 2, 3, 4]
    assert read_on(world) == 0
    world.assign(pool.id, "cyd")
    read_on(world)
    assert seqs(world, mine.id) == [1, 2, 3, 4, 5]


def test_a_subscription_hears_only_the_kinds_it_wants_of_its_own_platform(world: World) -> None:
    world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    mine = subscribe(world, kinds=[EventKind.SEAT_ASSIGNED])
    other = subscribe(world, platform_id=2, kinds=[EventKind.SEAT_ASSIGNED])
    world.assign(world.pool().id, "ada")
    read_on(world)
    assert seqs(world, mine.id) == [3]
    assert seqs(world, other.id) == []


def test_a_new_one_may_begin_anywhere_in_history(world: World) -> None:
    world.pool()
    late = subscribe(world, last=1)
    read_on(world)
    assert seqs(world, late.id) == [2]


def test_seats_of_a_learner_and_item_share_an_order_and_others_do_not(world: World) -> None:
    subscribe(world, kinds=[EventKind.SEAT_ASSIGNED])
    first, second = world.pool(), world.pool()
    third = world.pool(item_key="course-2", item_title="Course 2")
    world.assign(first.id, "ada", "bob")
    world.assign(second.id, "ada")
    world.assign(third.id, "ada")
    read_on(world)
    keys = [each.order_key for each in listed(world)]
    assert keys[0] == keys[2]
    assert len(set(keys)) == 3


def test_an_invitation_is_told_before_the_seat_that_comes_of_it(world: World) -> None:
    subscribe(world, kinds=[EventKind.INVITATION_CREATED, EventKind.SEAT_ASSIGNED])
    world.pool()
    world.do(inviting("ada", source="fair"))
    world.do(redeeming("ada"))
    read_on(world)
    assert len(listed(world)) == 2
    assert len({each.order_key for each in listed(world)}) == 1


@pytest.mark.parametrize("state", [SubscriptionState.PAUSED, SubscriptionState.DELETED])
def test_one_that_is_not_active_reads_nothing(world: World, state: SubscriptionState) -> None:
    mine = subscribe(world)
    with world.database.write() as unit:
        subscriptions.write(unit, replace(mine, state=state))
    assert read_on(world) == 0
    assert listed(world) == []


def test_what_goes_wrong_while_reading_leaves_all_of_it_to_be_read(world: World) -> None:
    mine = subscribe(world)

    def broken(*_: object) -> Sequence[Draft]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        relay_once(world.database, {PROBE: broken}, world.now)
    assert listed(world) == []
    read_on(world)
    assert seqs(world, mine.id) == [1]


def test_where_too_many_wait_the_rest_stays_in_history(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "WAITING_MAX", 1)
    monkeypatch.setattr(relay, "EVENTS_AT_ONCE", 1)
    full, other = subscribe(world), subscribe(world, kinds=[EventKind.POOL_OPENED])
    world.pool()
    read_on(world)
    assert seqs(world, full.id) == [1]
    assert seqs(world, other.id) == [2]


def test_many_readers_make_each_delivery_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "EVENTS_AT_ONCE", 3)
    subscribed = [subscribe(world).id for _ in range(3)]
    world.assign(world.pool(size=60).id, *(f"p{number}" for number in range(60)))
    database = world.database

    def read() -> None:
        idle = 0
        while idle < 30:
            idle = 0 if relay_once(database, ROAD, world.now) else idle + 1

    with ThreadPoolExecutor(6) as threads:
        for reader in [threads.submit(read) for _ in range(6)]:
            reader.result()
    read_on(world)
    for each in subscribed:
        assert seqs(world, each) == list(range(1, 63))


def _mail(world: World) -> list[tuple[int, int]]:
    with world.database.read() as unit:
        return [
            (each.platform_id, each.last)
            for platform_id in (1, 2)
            for each in subscriptions.of_platform(unit, platform_id, relay.MAIL)
        ]


def test_each_platform_has_its_subscription_to_mail(world: World) -> None:
    world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    relay_once(world.database, {relay.MAIL: relay.each_event}, world.now)
    assert [platform_id for platform_id, _ in _mail(world)] == [1, 2]


def test_while_mail_is_off_it_misses_what_happens(world: World) -> None:
    relay_once(world.database, {}, world.now)
    world.pool()
    relay_once(world.database, {}, world.now)
    assert _mail(world) == [(1, 2)]
    assert relay_once(world.database, {relay.MAIL: relay.each_event}, world.now) == 0
    world.pool()
    assert relay_once(world.database, {relay.MAIL: relay.each_event}, world.now) == 1
