"""Rows that tell which link lent a seat, and what can be counted by them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select

from seatledger.domain.book import Book
from seatledger.domain.link import Library, counted
from seatledger.domain.seat import Seat, SeatState
from seatledger.storage.seats import build
from seatledger.storage.statement import Statement
from seatledger.storage.tables import link_seats, links, pools, seats
from seatledger.storage.unit import Unit, Writes

ADD = Statement(
    """
    INSERT INTO link_seats (platform_id, link_id, seat_id)
    SELECT platform_id, link_id, seat_id FROM {lent}
    """,
    rows={"lent": {"platform_id": "bigint", "link_id": "bigint", "seat_id": "bigint"}},
)


@dataclass(frozen=True, slots=True)
class Lent:
    """How many seats a link lent that are in use, and how many it ever did."""

    live: int
    ever: int


def writes(book: Book) -> Writes:
    """The rows for the new seats of a book, for whoever writes it; mostly there are none."""
    rows = [
        {
            "platform_id": book.seats[seat_id].platform_id,
            "link_id": link_id,
            "seat_id": seat_id,
        }
        for seat_id, link_id in book.lent.items()
    ]
    return {"lent": (ADD, rows)} if rows else {}


def lent(unit: Unit, link_ids: Collection[int], now: datetime) -> dict[int, Lent]:
    """What each link has out. A seat whose end has come is back, recorded or not (F21g)."""
    query = (
        select(
            link_seats.c.link_id,
            func.count(case((_in_use(now), 1))).label("live"),
            func.count().label("ever"),
        )
        .join_from(link_seats, seats, seats.c.id == link_seats.c.seat_id)
        .where(link_seats.c.link_id.in_(link_ids))
        .group_by(link_seats.c.link_id)
    )
    found = {row.link_id: Lent(row.live, row.ever) for row in unit.select(query)}
    return {link_id: found.get(link_id, Lent(0, 0)) for link_id in link_ids}


def libraries(
    unit: Unit, links_: Mapping[int, int], now: datetime
) -> tuple[dict[int, Library], list[Seat]]:
    """What a batch must know of links whose pools are locked; and the seats held longest.

    Of each link at least as many as `links_` says, if there are.
    """
    query = select(links.c.id, links.c.quota, pools.c.transferable)
    query = query.join_from(links, pools, pools.c.id == links.c.pool_id)
    out = lent(unit, links_, now)
    found: dict[int, Library] = {}
    longest: list[Seat] = []
    for row in unit.select(query.where(links.c.id.in_(links_))):
        each = out[row.id]
        oldest = _oldest(unit, row.id, links_[row.id], now)
        longest += oldest
        found[row.id] = Library(
            row.quota,
            counted(each.live, each.ever, transferable=row.transferable),
            {seat.id for seat in oldest},
        )
    return found, longest


def held_by(unit: Unit, link_id: int, learner_id: int, now: datetime) -> Seat | None:
    """The seat that a learner has from a link now."""
    query = _lent_by(link_id, now).where(seats.c.learner_id == learner_id)
    rows = unit.select(query)
    return build(rows[0]) if rows else None


def _oldest(unit: Unit, link_id: int, count: int, now: datetime) -> list[Seat]:
    query = _lent_by(link_id, now).order_by(seats.c.starts_at, seats.c.id).limit(count)
    return [build(row) for row in unit.select(query)] if count else []


def _lent_by(link_id: int, now: datetime) -> Select[Any]:
    query = select(seats).join_from(link_seats, seats, seats.c.id == link_seats.c.seat_id)
    return query.where(link_seats.c.link_id == link_id, _in_use(now))


def _in_use(now: datetime) -> ColumnElement[bool]:
    over = or_(seats.c.ends_at.is_(None), seats.c.ends_at > now)
    return (seats.c.state == SeatState.LIVE) & over
