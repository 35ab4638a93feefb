"""History is read for each subscription by number: every event once, in order, whoever reads."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from seatledger.domain.command import EndSeat
from seatledger.domain.delivery import Draft, Subscription, SubscriptionState
from seatledger.domain.event import EventKind
from seatledger.domain.item import ItemKind
from seatledger.domain.learner import PersonName
from seatledger.domain.people_command import CreatePlatform, ReportProgress
from seatledger.domain.suggestion import Notes, SubjectKind
from seatledger.domain.suggestion_command import SubjectName, Suggest, Wish, WithdrawSuggestion
from seatledger.storage import subscriptions
from seatledger.storage.unit import Unit
from seatledger.usecases import relay
from seatledger.usecases.relay import Relay
from tests.support.cast import MANAGER, OPERATOR
from tests.support.outbox import PROBE, ROAD, listed, read_on, relay_of, subscribe
from tests.support.world import World
from tests.usecases.invitations import inviting, redeeming

COURSE = SubjectName(kind=SubjectKind.COURSE, key="course-1")
MAIL_ROAD = {relay.MAIL: relay.each_event}


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


def test_they_read_in_turn_however_much_one_has_to_read(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "EVENTS_AT_ONCE", 1)
    world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    subscribe(world, kinds=[EventKind.SEAT_ASSIGNED])
    other = subscribe(world, platform_id=2)
    for _ in range(5):
        world.pool()
    reader = relay_of(world)
    reader.once(world.now)
    reader.once(world.now)
    assert seqs(world, other.id) == [1]


def test_where_reading_goes_wrong_for_one_the_others_read_on(world: World) -> None:
    broken, other = subscribe(world), subscribe(world)
    faults: list[str] = []

    def expand(unit: Unit, mine: Subscription, *rest: Any) -> Sequence[Draft]:
        if mine.id == broken.id:
            raise ZeroDivisionError
        return relay.each_event(unit, mine, *rest)

    reader = Relay(world.database, {PROBE: expand}, lambda where, _: faults.append(where))
    assert reader.once(world.now) == 1
    assert (seqs(world, broken.id), seqs(world, other.id)) == ([], [1])
    assert reader.once(world.now) == 0
    assert faults == [f"reading on for subscription {broken.id}"], "it is not tried all the time"
    world.now += relay.REST
    reader.once(world.now)
    assert len(faults) == 2


def test_what_goes_wrong_for_nobody_in_particular_is_no_ones_fault(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = subscribe(world)
    faults: list[str] = []
    reader = Relay(world.database, ROAD, lambda where, _: faults.append(where))

    def broken(*_: object) -> Subscription:
        raise RuntimeError("no such column")

    with monkeypatch.context() as patched:
        patched.setattr(subscriptions, "take_behind", broken)
        with pytest.raises(RuntimeError):
            reader.once(world.now)
    assert faults == []
    assert reader.once(world.now) == 1
    assert seqs(world, mine.id) == [1]


def test_all_that_happens_to_a_learner_and_an_item_shares_an_order(world: World) -> None:
    [seated] = world.assign(world.pool().id, "ada")
    learner_id = seated.learner.id
    subscribe(world, last=3)
    person = PersonName(learner_id=learner_id)
    wish = Wish(subject=COURSE, person=person, notes=Notes())
    made = world.do(Suggest(MANAGER, platform_key="acme", wish=wish)).suggestion
    wish = replace(wish, notes=Notes(accepted=True))
    world.do(Suggest(MANAGER, platform_key="acme", wish=wish))
    world.do(WithdrawSuggestion(MANAGER, suggestion_id=made.id, kind=SubjectKind.COURSE))
    world.do(
        ReportProgress(
            MANAGER,
            platform_key="acme",
            learner_id=learner_id,
            item_kind=ItemKind.COURSE,
            item_key="course-1",
            percent=35,
        )
    )
    world.do(EndSeat(OPERATOR, seat_id=seated.seat.id))
    read_on(world)
    keys = [each.order_key for each in listed(world)]
    assert keys == [f"learner:{learner_id}:{made.item_id}"] * 5


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
        relay_of(world, {PROBE: broken}).once(world.now)
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

    def read() -> None:
        relay, idle = relay_of(world), 0
        while idle < 30:
            idle = 0 if relay.once(world.now) else idle + 1

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
    read_on(world, MAIL_ROAD)
    assert [platform_id for platform_id, _ in _mail(world)] == [1, 2]


def test_while_mail_is_off_it_misses_what_happens(world: World) -> None:
    read_on(world, {})
    world.pool()
    read_on(world, {})
    assert _mail(world) == [(1, 2)]
    assert read_on(world, MAIL_ROAD) == 0
    world.pool()
    assert read_on(world, MAIL_ROAD) == 1
