"""One unit of a pool held by one learner, now or once.

    assign                    end
──────────────▶  live  ──────────────────▶  ended (final)
                 ▲  │ suspend                 ▲
          resume │  ▼                         │
               suspended ─────────────────────┘
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from seatledger.domain.instant import text
from seatledger.domain.pool import Pool
from seatledger.domain.window import earliest


class SeatState(StrEnum):
    LIVE = "live"  # holds a place
    SUSPENDED = "suspended"  # holds none, may go live again when one is free
    ENDED = "ended"  # final


class EndReason(StrEnum):
    REVOKED = "revoked"  # taken back, or its last source went
    RETURNED = "returned"  # given back by who held it
    LAPSED = "lapsed"  # its own end came
    RECYCLED = "recycled"  # made way for a newcomer to a full pool
    MOVED = "moved"  # exchanged for a seat of another pool
    PASSED_ON = "passed_on"  # its place went to a seat of another learner


@dataclass(frozen=True, slots=True)
class Seat:
    """`end` is the seat's own; None follows the pool, so that a prolonged pool prolongs it.

    A seat has sources: `direct` (given by name) and the ids of the `grants` that gave it. It ends
    when its last source goes. An ended seat is never revived or used again (I4). `moved_from` is
    the seat whose place it got, `moved_to` the one that got its place.
    """

    id: int
    platform_id: int
    pool_id: int
    item_id: int
    learner_id: int
    state: SeatState
    reason: EndReason | None
    start: datetime
    end: datetime | None
    direct: bool
    grants: tuple[int, ...]
    fulfilled: bool
    redirect_to: str | None
    metadata: Mapping[str, Any]
    created: datetime
    modified: datetime
    moved_from: int | None = None
    moved_to: int | None = None

    @property
    def live(self) -> bool:
        return self.state is SeatState.LIVE

    def lapsed(self, now: datetime) -> bool:
        """Whether its own end has come, recorded or not."""
        return self.end is not None and self.end <= now

    def end_within(self, pool: Pool) -> datetime | None:
        """When it really ends: a seat never outlasts its pool (SQLBI rule 46)."""
        return earliest(self.end, pool.window.end)

    def in_force(self, pool: Pool, now: datetime) -> bool:
        """Whether it gives access now."""
        return self.live and not self.lapsed(now) and pool.opens(now)

    def facts(self) -> dict[str, Any]:
        """What history records of a seat."""
        moves = {"moved_from": self.moved_from, "moved_to": self.moved_to}
        return {
            "learner_id": self.learner_id,
            "state": self.state,
            "reason": self.reason,
            "start": text(self.start),
            "end": text(self.end),
            "direct": self.direct,
            "grants": list(self.grants),
            "fulfilled": self.fulfilled,
            "redirect_to": self.redirect_to,
            "metadata": dict(self.metadata),
            **{name: seat_id for name, seat_id in moves.items() if seat_id is not None},
        }


def takes_place(state: str, reason: str | None, *, transferable: bool) -> bool:
    """Whether a seat takes a place of its pool: live ones do.

    Where nothing is transferable, ended ones keep theirs, save one that was passed on: its place
    went to its successor, and must not be counted twice.
    """
    if state == SeatState.LIVE:
        return True
    return state == SeatState.ENDED and not transferable and reason != EndReason.PASSED_ON
