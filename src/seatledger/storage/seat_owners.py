"""Whose seats are, and of what: never changed once a seat is there."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from seatledger.storage.tables import seats
from seatledger.storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Owner:
    learner_id: int
    item_id: int


def by_id(unit: Unit, seat_ids: Iterable[int]) -> dict[int, Owner]:
    """The owners of seats, by the seat's id."""
    wanted = list(seat_ids)
    if not wanted:
        return {}
    query = select(seats.c.id, seats.c.learner_id, seats.c.item_id).where(seats.c.id.in_(wanted))
    return {row.id: Owner(row.learner_id, row.item_id) for row in unit.select(query)}
