"""What was delivered is delivered once more, by its id or by the numbers of its events."""

from datetime import timedelta

import pytest

from seatledger.domain.command import EndSeat
from seatledger.domain.delivery import Done, Outcome, Refused, Retry, SubscriptionState
from seatledger.domain.event import EventKind
from seatledger.domain.outbox_command import ForgetDeliveries
from seatledger.domain.refusal import Code
from seatledger.domain.webhook_command import ChangeWebhook, RedeliverOne, RedeliverRange
from seatledger.usecases.deliver import Parcel
from seatledger.usecases.forget_deliveries import KEPT
from seatledger.usecases.keep_tokens import SWEEP
from tests.support.cast import DAY, MANAGER, OPERATOR, STRANGER
from tests.support.outbox import taken
from tests.support.webhooks import answering, delivered, log, states, webhook_at
from tests.support.world import World

SEATS = EventKind.SEAT_ASSIGNED, EventKind.SEAT_ENDED


class Heard:
    """Notes the numbers of the events that arrive."""

    def __init__(self) -> None:
        self.seqs: list[int] = []
        self.connectors = answering(self._take)

    def _take(self, parcel: Parcel) -> Outcome:
        self.seqs.append(parcel.delivery.seq or 0)
        return Done(status=200)


def seats(world: World) -> int:
    """A webhook that hears of seats, and five events about ada's (4 to 8); its id."""
    made = webhook_at(world, kinds=SEATS).webhook
    pool = world.pool().id
    for _ in range(3):
        (seated,) = world.assign(pool, "ada")
        world.do(EndSeat(OPERATOR, seat_id=seated.seat.id))
    return made.id


def test_one_is_delivered_once_more(world: World) -> None:
    webhook, heard = seats(world), Heard()
    delivered(world, heard.connectors)
    first = log(world, webhook)[0]
    again = world.do(RedeliverOne(MANAGER, delivery_id=first.delivery.id))
    assert (again.message_id, again.delivery.state, again.delivery.attempts) == (
        first.message_id,
        "waiting",
        0,
    )
    before = heard.seqs[:]
    delivered(world, heard.connectors)
    assert heard.seqs == [*before, first.delivery.seq]
    assert [each.outcome for each in log(world, webhook)[0].delivery.log] == ["delivered"] * 2


def test_a_dead_letter_comes_to_life(world: World) -> None:
    webhook = webhook_at(world).webhook.id
    delivered(world, answering(lambda _: Refused("bad", 400)))
    [dead] = log(world, webhook)
    assert dead.delivery.state == "dead"
    world.do(ChangeWebhook(MANAGER, webhook_id=webhook, state=SubscriptionState.ACTIVE))
    world.do(RedeliverOne(MANAGER, delivery_id=dead.delivery.id))
    heard = Heard()
    delivered(world, heard.connectors)
    assert heard.seqs[0] == dead.delivery.seq


def test_one_that_waits_is_tried_at_once(world: World) -> None:
    webhook = webhook_at(world).webhook.id
    delivered(world, answering(lambda _: Retry("busy", timedelta(hours=9))))
    [waiting] = log(world, webhook)
    world.now += timedelta(minutes=1)
    assert delivered(world, Heard().connectors) == 0
    world.do(RedeliverOne(MANAGER, delivery_id=waiting.delivery.id))
    assert delivered(world, Heard().connectors) == 1
    assert states(log(world, webhook)) == ["delivered"]


def test_what_was_held_back_behind_one_that_waits_follows_it(world: World) -> None:
    webhook = webhook_at(world, kinds=SEATS).webhook.id
    seat = world.assign(world.pool().id, "ada")[0].seat
    delivered(world, answering(lambda _: Retry("busy")))
    world.do(EndSeat(OPERATOR, seat_id=seat.id))
    world.now += timedelta(minutes=1)
    delivered(world, answering(lambda _: Retry("busy")))
    [first, held_back] = log(world, webhook)
    assert first.delivery.due == held_back.delivery.due > world.now
    world.do(RedeliverOne(MANAGER, delivery_id=first.delivery.id))
    heard = Heard()
    assert delivered(world, heard.connectors) == 2
    assert heard.seqs == sorted(heard.seqs)


def test_one_that_is_being_tried_is_not_tried_twice(world: World) -> None:
    webhook = webhook_at(world).webhook.id
    delivered(world, answering(lambda _: Retry("busy")))
    world.now += timedelta(hours=1)
    [parcel] = taken(world, 10)
    world.do(RedeliverOne(MANAGER, delivery_id=parcel.delivery.id))
    assert taken(world, 10) == []
    assert states(log(world, webhook)) == ["waiting"]


def test_a_strangers_delivery_is_unknown(world: World) -> None:
    webhook = seats(world)
    delivered(world, Heard().connectors)
    first = log(world, webhook)[0].delivery.id
    assert world.code(RedeliverOne(STRANGER, delivery_id=first)) is Code.UNKNOWN_DELIVERY
    assert world.code(RedeliverOne(MANAGER, delivery_id=987_654)) is Code.UNKNOWN_DELIVERY


@pytest.mark.parametrize("forgotten", [False, True])
def test_a_range_is_delivered_once_more_in_order(world: World, forgotten: bool) -> None:
    webhook, heard = seats(world), Heard()
    delivered(world, heard.connectors)
    first, *_, last = seqs = heard.seqs[:]
    assert seqs == sorted(seqs)
    assert len(seqs) == 6
    if forgotten:
        world.now += KEPT + DAY
        world.do(ForgetDeliveries(SWEEP))
        assert log(world, webhook) == []
    command = RedeliverRange(MANAGER, webhook_id=webhook, first=first + 1, last=last - 1)
    assert world.do(command).deliveries == 4
    heard.seqs.clear()
    delivered(world, heard.connectors)
    assert heard.seqs == seqs[1:-1]
    assert len(log(world, webhook)) == (4 if forgotten else 6)


def test_what_was_forgotten_still_comes_before_what_was_not(world: World) -> None:
    webhook, heard = seats(world), Heard()
    delivered(world, heard.connectors)
    world.now += KEPT + DAY
    for each in log(world, webhook)[3:]:
        world.do(RedeliverOne(MANAGER, delivery_id=each.delivery.id))
    delivered(world, heard.connectors)
    world.do(ForgetDeliveries(SWEEP))
    assert len(log(world, webhook)) == 3, "of the later half somebody still knows"
    world.do(RedeliverRange(MANAGER, webhook_id=webhook, first=1, last=99))
    heard.seqs.clear()
    delivered(world, heard.connectors)
    assert heard.seqs == sorted(heard.seqs)
    assert len(heard.seqs) == 6


def test_what_is_not_read_yet_is_left_to_be_read(world: World) -> None:
    webhook, heard = seats(world), Heard()
    assert world.do(RedeliverRange(MANAGER, webhook_id=webhook, first=1, last=99)).deliveries == 0
    delivered(world, heard.connectors)
    assert len(heard.seqs) == len(set(heard.seqs)) == 6


def test_what_happened_before_there_was_a_webhook_can_be_delivered_too(world: World) -> None:
    world.assign(world.pool().id, "ada", "bob")
    made = webhook_at(world, kinds=(EventKind.SEAT_ASSIGNED,)).webhook
    heard = Heard()
    delivered(world, heard.connectors)
    assert heard.seqs == []
    assert world.do(RedeliverRange(MANAGER, webhook_id=made.id, first=1, last=99)).deliveries == 2
    delivered(world, heard.connectors)
    assert len(heard.seqs) == 2


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [(0, 5, "first"), (-1, 5, "first"), (5, 4, "last"), (1, 10_001, "last"), (1, 2**70, "last")],
)
def test_a_range_that_is_none_is_refused(world: World, first: int, last: int, field: str) -> None:
    made = webhook_at(world).webhook
    command = RedeliverRange(MANAGER, webhook_id=made.id, first=first, last=last)
    assert world.refusal(command).field == field


@pytest.mark.parametrize(("first", "last"), [(1, 10_000), (2**70, 2**70 + 1)])
def test_a_range_may_reach_beyond_what_there_is(world: World, first: int, last: int) -> None:
    made = webhook_at(world).webhook
    world.do(RedeliverRange(MANAGER, webhook_id=made.id, first=first, last=last))
