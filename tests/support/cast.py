"""The cast of the tests: one platform, its actors, and values to build worlds from."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from seatledger.domain.actor import Actor, Role
from seatledger.domain.book import Book
from seatledger.domain.event import Origin
from seatledger.domain.item import Item, ItemKind
from seatledger.domain.learner import Learner
from seatledger.domain.pool import Pool
from seatledger.domain.seat import EndReason, Seat, SeatState
from seatledger.domain.window import Window

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
OPERATOR = Actor(name="root", role=Role.OPERATOR, platform_id=None, surface="test")
MANAGER = Actor(name="mira", role=Role.MANAGER, platform_id=1, surface="test", platform_key="acme")
STRANGER = Actor(name="zed", role=Role.MANAGER, platform_id=2, surface="test", platform_key="zeta")
COURSE = Item(1, platform_id=1, kind=ItemKind.COURSE, key="course-v1:ACME+1+2026", title="One")


def origin(now: datetime = NOON) -> Origin:
    return Origin(MANAGER, now)


def learner(number: int, domain: str = "acme.example") -> Learner:
    return Learner(number, f"learner{number}@{domain}", f"Learner {number}", None, True, NOON)


def pool(**changes: Any) -> Pool:
    """A transferable pool of 2, in force for ten days around noon."""
    plain = Pool(
        id=7,
        platform_id=1,
        platform_key="acme",
        domains=("acme.example",),
        item=COURSE,
        name="One",
        size=2,
        held=0,
        given=0,
        ended=0,
        window=Window(NOON - 5 * DAY, NOON + 5 * DAY),
        active=True,
        transferable=True,
        source="",
        external_id=None,
        metadata={},
        enrolment_config={},
        created=NOON - 5 * DAY,
    )
    return replace(plain, **changes)


def seat(number: int, holder: int, of: Pool, **changes: Any) -> Seat:
    """A live, direct seat, taken two days ago."""
    plain = Seat(
        id=number,
        platform_id=of.platform_id,
        pool_id=of.id,
        item_id=of.item.id,
        learner_id=holder,
        state=SeatState.LIVE,
        reason=None,
        start=NOON - 2 * DAY,
        end=None,
        direct=True,
        grants=(),
        fulfilled=False,
        redirect_to=None,
        metadata={},
        created=NOON - 2 * DAY,
        modified=NOON - 2 * DAY,
    )
    return replace(plain, **changes)


def ended(number: int, holder: int, of: Pool) -> Seat:
    return seat(number, holder, of, state=SeatState.ENDED, reason=EndReason.REVOKED, end=NOON - DAY)


def book(*pools: Pool, seats: tuple[Seat, ...] = (), **loaded: Any) -> Book:
    """A book at noon; the next seats get the ids 101, 102 …"""
    return Book(NOON, pools, seats, seat_ids=count(101), **loaded)
