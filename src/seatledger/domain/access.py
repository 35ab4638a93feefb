"""May a person open an item now? Yes, by which seat and until when; or no, and why.

A person has ways to an item: seats they hold or held, and places in line for one. Of one way the
obstacle farthest from access is told, for all of them must go; of several ways, the closest one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeAlias

from seatledger.domain.seat import EndReason, SeatState
from seatledger.domain.window import Window, earliest


class Reason(StrEnum):
    """Why not, from the closest to access to the farthest. Closed; the order is a promise."""

    NOT_STARTED = "not_started"  # comes by itself, at a known instant
    POOL_INACTIVE = "pool_inactive"  # the seat has its place; its pool is switched off
    SUSPENDED = "suspended"  # the seat stands, without a place
    WAITING = "waiting"  # a group was granted it, and no place was free
    POOL_ENDED = "pool_ended"
    EXPIRED = "expired"  # the seat's own end came, recorded or not
    SEAT_ENDED = "seat_ended"  # taken back, passed on, or made way
    NO_SEAT = "no_seat"
    UNKNOWN_LEARNER = "unknown_learner"  # nobody whom the platform knows
    UNKNOWN_ITEM = "unknown_item"  # nothing that the platform owns or has a pool of


DISTANCE = {reason: distance for distance, reason in enumerate(Reason)}
_FOR_EVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Way:
    """A seat of the person that opens the item; without `seat_id`, a place in line for one.

    `window` and `pool_active` are its pool's. `program` is the program (`program:KEY`) whose seat
    it is, where the item is a course of that.
    """

    pool_id: int
    window: Window
    pool_active: bool = True
    seat_id: int | None = None
    state: SeatState = SeatState.LIVE
    end_reason: EndReason | None = None
    end: datetime | None = None
    direct: bool = False
    grants: tuple[int, ...] = ()
    program: str | None = None

    @property
    def until(self) -> datetime | None:
        """When it ends as things stand; None is never."""
        return earliest(self.end, self.window.end)

    def obstacle(self, now: datetime) -> Reason | None:
        """What is farthest in the way; None where it gives access now."""
        ended = self.state is SeatState.ENDED
        lapsed = self.end is not None and self.end <= now
        in_the_way = (
            (Reason.SEAT_ENDED, ended and self.end_reason is not EndReason.LAPSED),
            (Reason.EXPIRED, ended or lapsed),
            (Reason.POOL_ENDED, self.window.has_ended(now)),
            (Reason.WAITING, self.seat_id is None),
            (Reason.SUSPENDED, self.state is SeatState.SUSPENDED),
            (Reason.POOL_INACTIVE, not self.pool_active),
            (Reason.NOT_STARTED, not self.window.has_started(now)),
        )
        return next((reason for reason, stands in in_the_way if stands), None)


@dataclass(frozen=True, slots=True)
class Sought:
    """What was found for a question. A learner or item is known, or not, to one platform."""

    learner_id: int | None
    item_known: bool = True
    ways: Sequence[Way] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Allowed:
    """`until` is when access ends as things stand; None is never."""

    learner_id: int
    way: Way

    @property
    def until(self) -> datetime | None:
        return self.way.until


@dataclass(frozen=True, slots=True)
class Denied:
    """`way` is the one closest to access, None where there is none at all."""

    reason: Reason
    learner_id: int | None = None
    way: Way | None = None

    @property
    def next(self) -> datetime | None:
        """When access begins as things stand; None where it does not by itself."""
        return self.way.window.start if self.way and self.reason is Reason.NOT_STARTED else None

    @property
    def since(self) -> datetime | None:
        """When it was over; None where nothing is over."""
        if self.way is None or self.reason not in _OVER:
            return None
        return self.way.window.end if self.reason is Reason.POOL_ENDED else self.way.end


Access: TypeAlias = Allowed | Denied
_OVER = {Reason.POOL_ENDED, Reason.EXPIRED, Reason.SEAT_ENDED}


def decide(sought: Sought, now: datetime) -> Access:
    """Of several ways that are open the one that lasts longest answers."""
    if not sought.item_known:
        return Denied(Reason.UNKNOWN_ITEM, sought.learner_id)
    if sought.learner_id is None:
        return Denied(Reason.UNKNOWN_LEARNER)
    closed: list[Denied] = []
    opened: list[Way] = []
    for way in sought.ways:
        reason = way.obstacle(now)
        if reason is None:
            opened.append(way)
        else:
            closed.append(Denied(reason, sought.learner_id, way))
    if opened:
        return Allowed(sought.learner_id, longest(opened))
    return min(closed, key=_remoteness, default=Denied(Reason.NO_SEAT, sought.learner_id))


def longest(ways: Sequence[Way]) -> Way:
    """The one that lasts longest; of equals the first."""
    return max(ways, key=lambda way: way.until or _FOR_EVER)


def _remoteness(denied: Denied) -> tuple[int, float]:
    """By reason; then what begins first, or was over last."""
    if denied.next is not None:
        return DISTANCE[denied.reason], denied.next.timestamp()
    over = denied.since
    return DISTANCE[denied.reason], 0.0 if over is None else -over.timestamp()
