"""Deliveries are taken by one at a time, in order, and tried until they are over."""

from collections import Counter, deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from seatledger.domain.command import EndSeat
from seatledger.domain.delivery import ATTEMPTS_MAX, FAILING_AFTER, DeliveryState, Refused, Retry
from seatledger.domain.event import EventKind
from seatledger.domain.hands import EACH_MAX
from seatledger.domain.outbox_command import ForgetDeliveries
from seatledger.storage import deliveries, subscriptions
from seatledger.storage.engine import Database
from seatledger.usecases import deliver
from seatledger.usecases.forget_deliveries import KEPT
from seatledger.usecases.keep_tokens import SWEEP
from seatledger.usecases.relay import MAIL, each_event
from tests.support.cast import OPERATOR
from tests.support.outbox import PROBE, listed, read_on, settle, subscribe, taken
from tests.support.world import World

LATER = timedelta(minutes=1)
SEATS = [EventKind.SEAT_ASSIGNED, EventKind.SEAT_ENDED]


@pytest.fixture
def world(database: Database) -> World:
    world = World(database)
    subscribe(world, kinds=SEATS)
    return world


def told(world: World, *names: str) -> list[int]:
    """A seat given to each, and the deliveries made of it; the ids of the seats."""
    seats = [each.seat.id for each in world.assign(world.pool(size=99).id, *names)]
    read_on(world)
    return seats


def test_a_parcel_has_the_event_and_the_subscription(world: World) -> None:
    seats = told(world, "ada")
    [parcel] = taken(world)
    assert parcel.event is not None
    assert parcel.event.platform_key == "acme"
    assert parcel.event.event.kind is EventKind.SEAT_ASSIGNED
    assert parcel.event.event.subject_id == seats[0]
    assert parcel.subscription.id == parcel.delivery.subscription_id


def test_what_somebody_has_nobody_else_is_given_until_they_are_long_gone(world: World) -> None:
    told(world, "ada")
    [parcel] = taken(world)
    assert taken(world) == []
    world.now += deliver.CLAIM - timedelta(seconds=1)
    assert taken(world) == []
    world.now += timedelta(seconds=1)
    [again] = taken(world)
    assert again.delivery.id == parcel.delivery.id
    assert settle(world, parcel) == 0, "it is another's by now"
    assert settle(world, again) == 1
    assert [each.attempts for each in listed(world)] == [1]


def test_what_is_over_does_not_come_again(world: World) -> None:
    told(world, "ada", "bob")
    settle(world, *taken(world))
    world.now += deliver.CLAIM
    assert taken(world) == []
    assert [each.state for each in listed(world)] == [DeliveryState.DELIVERED] * 2


def test_of_one_learner_and_item_the_second_waits_for_the_first(world: World) -> None:
    [seat] = told(world, "ada")
    told(world, "bob")
    world.do(EndSeat(OPERATOR, seat_id=seat))
    read_on(world)
    first = taken(world)
    assert [each.event and each.event.event.kind for each in first] == ["seat_assigned"] * 2
    assert settle(world, first[0], outcome=Retry("busy")) == 1
    assert taken(world) == [], "what comes later waits while the first is tried again"
    world.now += LATER
    [again] = taken(world)
    assert again.delivery.id == first[0].delivery.id
    settle(world, again)
    [last] = taken(world)
    assert last.event is not None
    assert last.event.event.kind is EventKind.SEAT_ENDED


def test_what_waits_behind_a_failed_one_is_due_no_sooner(world: World) -> None:
    [seat] = told(world, "ada")
    told(world, "bob")
    world.do(EndSeat(OPERATOR, seat_id=seat))
    read_on(world)
    settle(world, *taken(world, 1), outcome=Retry("busy"))
    due = [each.due for each in listed(world)]
    assert due[0] == due[2] > world.now, "the end of the seat waits with its beginning"
    assert due[1] == world.now, "others don't"


def test_a_dead_letter_lets_those_behind_it_pass(world: World) -> None:
    [seat] = told(world, "ada")
    world.do(EndSeat(OPERATOR, seat_id=seat))
    read_on(world)
    settle(world, *taken(world), outcome=Refused("never"))
    [last] = taken(world)
    assert last.event is not None
    assert last.event.event.kind is EventKind.SEAT_ENDED
    [dead] = listed(world, DeliveryState.DEAD)
    assert [each.why for each in dead.log] == ["never"]


def test_it_is_tried_so_many_times_and_the_log_keeps_the_last(world: World) -> None:
    told(world, "ada")
    for _ in range(ATTEMPTS_MAX):
        settle(world, *taken(world), outcome=Retry("busy", status=503))
        world.now = max(world.now, listed(world)[0].due)
    [dead] = listed(world)
    assert (dead.state, dead.attempts, len(dead.log)) == (DeliveryState.DEAD, ATTEMPTS_MAX, 10)
    assert {(each.outcome, each.status) for each in dead.log} == {("failed", 503)}


def test_delivered_anew_it_is_as_if_it_were_fresh(world: World) -> None:
    told(world, "ada", "bob")
    settle(world, *taken(world), outcome=Refused("never"))
    world.now += LATER
    first = listed(world)[0]
    with world.database.write() as unit:
        assert deliveries.again(unit, deliveries.with_id(first.id), world.now) == 1
    [parcel] = taken(world)
    assert (parcel.delivery.id, parcel.delivery.attempts) == (first.id, 0)
    settle(world, parcel)
    assert [each.state for each in listed(world)] == [DeliveryState.DELIVERED, DeliveryState.DEAD]


def test_one_has_so_many_at_a_time_and_no_more(world: World) -> None:
    slow = told(world, *(f"p{number}" for number in range(40)))
    hanging = taken(world)
    assert len(hanging) == EACH_MAX < len(slow)
    assert taken(world, busy={hanging[0].subscription.id: EACH_MAX}) == []


def test_who_has_the_fewest_in_hand_comes_first(world: World) -> None:
    [first, second, third] = [subscribe(world, kinds=SEATS).id for _ in range(3)]
    told(world, *(f"p{number}" for number in range(9)))
    busy = {1: 3, first: 3, second: 1, third: 2}
    got = Counter(each.subscription.id for each in taken(world, 9, busy))
    assert got == {second: 2, third: 1}, "of 18 hands 13 are for one connector"


def test_slow_ones_with_much_to_deliver_get_as_many_turns_as_the_others(world: World) -> None:
    """Twelve of them share eight hands; whoever was given work longest ago is through with it."""
    everyone = [1, *(subscribe(world, kinds=SEATS).id for _ in range(11))]
    told(world, *(f"p{number}" for number in range(30)))
    in_hand = deque(taken(world, 8))
    turns = Counter(each.subscription.id for each in in_hand)
    for _ in range(112):
        settle(world, in_hand.popleft())
        busy = Counter(each.subscription.id for each in in_hand)
        got = taken(world, 8 - len(in_hand), busy)
        turns.update(each.subscription.id for each in got)
        in_hand.extend(got)
    assert turns.keys() == set(everyone)
    assert min(turns.values()) > 1


def test_some_hands_are_left_for_other_connectors(world: World) -> None:
    hanging = [subscribe(world, kinds=SEATS).id for _ in range(8)]
    world.assign(world.pool().id, "ada", "bob")
    read_on(world, {PROBE: each_event, MAIL: each_event})
    with world.database.read() as unit:
        [mail] = subscriptions.of_platform(unit, 1, MAIL)
    found = taken(world, 8, dict.fromkeys(hanging, 3))
    assert {each.subscription.id for each in found} == {mail.id}


def test_what_waits_for_something_in_other_hands_keeps_no_hand_from_the_rest(
    world: World,
) -> None:
    [seat] = told(world, "ada")
    world.do(EndSeat(OPERATOR, seat_id=seat))
    read_on(world)
    taken(world)
    other = subscribe(world, kinds=SEATS)
    read_on(world)
    assert [each.subscription.id for each in taken(world, 1)] == [other.id]


def test_one_that_fails_is_tried_with_one_at_a_time_until_that_goes_well(world: World) -> None:
    told(world, *(f"p{number}" for number in range(9)))
    with world.database.write() as unit:
        [failing] = subscriptions.of_platform(unit, 1, PROBE)
        subscriptions.write(unit, replace(failing, failing_since=world.now, failures=FAILING_AFTER))
    [only] = taken(world)
    assert taken(world, busy={failing.id: 1}) == []
    settle(world, only)
    with world.database.write() as unit:
        subscriptions.succeeded(unit, failing.id)
    assert len(taken(world)) > 1


def test_a_few_failures_slow_nothing_down(world: World) -> None:
    told(world, *(f"p{number}" for number in range(9)))
    with world.database.write() as unit:
        [flaky] = subscriptions.of_platform(unit, 1, PROBE)
        failures = FAILING_AFTER - 1
        subscriptions.write(unit, replace(flaky, failing_since=world.now, failures=failures))
    assert len(taken(world)) > 1


def test_many_takers_never_hold_the_same(world: World) -> None:
    told(world, *(f"p{number}" for number in range(60)))

    def take(_: int) -> list[int]:
        mine: list[int] = []
        for _ in range(20):
            mine += [each.delivery.id for each in taken(world, 5)]
        return mine

    with ThreadPoolExecutor(6) as threads:
        held = [each for some in threads.map(take, range(6)) for each in some]
    assert len(held) == len(set(held)) == 60


def test_what_was_over_long_ago_is_forgotten(world: World) -> None:
    told(world, "ada", "bob")
    ada, bob = taken(world)
    settle(world, ada)
    world.now += KEPT
    settle(world, bob, outcome=Refused("never"))  # whoever took it is slow, but it is theirs
    assert world.do(ForgetDeliveries(SWEEP)) == 0
    world.now += timedelta(seconds=1)
    assert world.do(ForgetDeliveries(SWEEP)) == 1
    assert [each.id for each in listed(world)] == [bob.delivery.id]
