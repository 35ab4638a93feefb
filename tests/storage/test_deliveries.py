"""What is due is found by index, also before the database has statistics of what waits."""

from collections.abc import Callable

import pytest

from seatledger.storage import deliveries, due_deliveries
from seatledger.storage.engine import Database
from seatledger.storage.unit import Unit
from tests.support.cast import NOON
from tests.support.plans import plans_of


def test_what_waits_before_a_delivery_is_looked_up_by_its_order(database: Database) -> None:
    steps = plans_of(database, lambda unit: due_deliveries.heads(unit, [1], 8, NOON))
    [at] = [number for number, step in enumerate(steps) if "ix_deliveries_order" in step]
    told = " ".join(steps[at : at + 2])
    assert "subscription_id" in told, steps
    assert "order_key" in told, steps


WAITING: dict[str, Callable[[Unit], object]] = {
    "counted": lambda unit: deliveries.waiting(unit, 1),
    "dropped": lambda unit: deliveries.drop_waiting(unit, 1),
    "hastened": lambda unit: deliveries.hasten_all(unit, 1, NOON),
}
OF_EVENTS: dict[str, Callable[[Unit], object]] = {
    "known": lambda unit: deliveries.known_seqs(unit, 1, 4, 9),
    "again": lambda unit: deliveries.again(unit, deliveries.of_range(1, 4, 9), NOON),
}


@pytest.mark.parametrize("what", WAITING)
def test_what_waits_is_found_without_what_is_over(database: Database, what: str) -> None:
    steps = plans_of(database, WAITING[what])
    indexes = "ix_deliveries_due", "ix_deliveries_order"
    assert any(index in step for step in steps for index in indexes), steps


@pytest.mark.parametrize("what", OF_EVENTS)
def test_deliveries_of_events_are_found_by_their_numbers(database: Database, what: str) -> None:
    steps = plans_of(database, OF_EVENTS[what])
    assert any("uq_deliveries_once" in step for step in steps), steps
