"""What a pool may become."""

from datetime import timedelta
from typing import Any

import pytest

from seatledger.domain.book import Book
from seatledger.domain.command import ShapePool
from seatledger.domain.group import Wait
from seatledger.domain.item import ItemKind
from seatledger.domain.pool import Pool
from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.shaping import SIZE_MAX, shape
from tests.support.cast import DAY, MANAGER, NOON, book, origin, pool, seat


def change(world: Book, **fields: Any) -> Pool | Refusal:
    command = ShapePool(MANAGER, item_kind=ItemKind.COURSE, pool_id=7, **fields)
    return shape(world, command, origin())


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"size": -1}, Code.INVALID),
        ({"size": SIZE_MAX + 1}, Code.INVALID),
        ({"end": NOON - 30 * DAY}, Code.WINDOW_REVERSED),
        ({"start": NOON + 30 * DAY}, Code.WINDOW_REVERSED),
        ({"size": 0}, Code.SIZE_BELOW_HELD),
        ({"size": 0, "end": NOON - 30 * DAY}, Code.WINDOW_REVERSED),
    ],
)
def test_a_shape_that_cant_be_is_refused_and_changes_nothing(
    fields: dict[str, Any], expected: Code
) -> None:
    world = book(pool(held=1), seats=(seat(1, 1, pool()),))
    refusal = change(world, **fields)
    assert isinstance(refusal, Refusal)
    assert refusal.code is expected
    assert (world.events, world.pools[7]) == ([], pool(held=1))


def test_the_size_may_go_down_to_the_seats_in_use_ibl_w4() -> None:
    world = book(pool(held=1), seats=(seat(1, 1, pool()),))
    shaped = change(world, size=1)
    assert isinstance(shaped, Pool)
    assert (shaped.size, shaped.free) == (1, 0)


def test_seats_that_have_lapsed_dont_stand_in_the_way() -> None:
    world = book(pool(held=1), seats=(seat(1, 1, pool(), end=NOON),))
    shaped = change(world, size=0)
    assert isinstance(shaped, Pool)
    assert (shaped.size, shaped.held) == (0, 0)


def test_a_larger_size_seats_who_waits_in_order_of_joining() -> None:
    full = pool(size=0)
    waits = [Wait(2, 7, 3, 22), Wait(1, 7, 3, 11), Wait(3, 7, 3, 33)]
    world = book(full, waits=waits)
    change(world, size=2)
    assert [world.seats[number].learner_id for number in world.new_seats] == [11, 22]
    assert world.pools[7].held == 2


def test_what_is_left_out_stays_and_the_event_tells_only_what_changed_ibl_d8() -> None:
    world = book(pool())
    shaped = change(world, name="Two")
    assert isinstance(shaped, Pool)
    assert (shaped.name, shaped.size, shaped.window) == ("Two", 2, pool().window)
    assert [(event.before, event.after) for event in world.events] == [
        ({"name": "One"}, {"name": "Two"})
    ]


def test_no_end_is_a_value_of_its_own_ibl_d8() -> None:
    shaped = change(book(pool()), end=None)
    assert isinstance(shaped, Pool)
    assert shaped.window.end is None


def test_a_window_is_half_open() -> None:
    window = pool().window
    assert window.end is not None
    tick = timedelta(microseconds=1)
    inside = [window.start, window.end - tick]
    outside = [window.start - tick, window.end]
    assert [window.contains(now) for now in inside + outside] == [True, True, False, False]
