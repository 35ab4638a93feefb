"""Seats bought together: so many, of one item, for a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from seatledger.domain.instant import text
from seatledger.domain.item import Item
from seatledger.domain.moves import MoveRule, usual_rule
from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.window import Window


@dataclass(frozen=True, slots=True)
class Pool:
    """`held` counts the places taken: 0 ≤ held ≤ size, always (I1).

    In a transferable pool a place is taken by each live seat. In any other, a seat keeps its place
    for good: ended seats count too (SQLBI rule 4).

    `given` counts the seats there ever were, `ended` those of them that have ended (I2). With
    `held` they tell how many are live, suspended or ended, so that nobody has to count rows.
    `moved` counts those that were passed on, each of which has a successor. `moves` None is the
    usual rule for its kind.
    """

    id: int
    platform_id: int
    platform_key: str
    domains: tuple[str, ...]
    item: Item
    name: str
    size: int
    held: int
    given: int
    ended: int
    window: Window
    active: bool
    transferable: bool
    source: str
    external_id: str | None
    metadata: Mapping[str, Any]
    enrolment_config: Mapping[str, Any]
    created: datetime
    moves: MoveRule | None = None
    moved: int = 0

    @property
    def free(self) -> int:
        return self.size - self.held

    @property
    def counters(self) -> tuple[int, int, int, int]:
        """What only seats change: no reshaping does."""
        return self.held, self.given, self.ended, self.moved

    @property
    def move_rule(self) -> MoveRule:
        """Whether its seats may pass to other learners."""
        return self.moves or usual_rule(transferable=self.transferable)

    def opens(self, now: datetime) -> bool:
        """Whether its live seats give access now."""
        return self.active and self.window.contains(now)

    def closed_to_newcomers(self, now: datetime, must_have_started: bool) -> Refusal | None:
        """Why nobody may be seated now, whatever is free; None if somebody may."""
        if not self.active:
            return Refusal(Code.POOL_INACTIVE, f"Pool {self.id} is switched off.")
        if self.window.has_ended(now):
            return Refusal(Code.POOL_ENDED, f"Pool {self.id} ended on {text(self.window.end)}.")
        if must_have_started and not self.window.has_started(now):
            return Refusal(
                Code.POOL_NOT_STARTED, f"Pool {self.id} starts on {text(self.window.start)}."
            )
        return None

    def beyond(self, end: datetime) -> Refusal | None:
        """A seat never outlasts its pool (SQLBI rules 33, 46; O9: refused, never capped)."""
        if self.window.end is None or end <= self.window.end:
            return None
        return Refusal(
            Code.END_AFTER_POOL,
            f"The end may not be later than that of pool {self.id}: {text(self.window.end)}.",
            field="end",
        )

    def facts(self) -> dict[str, Any]:
        """What history records of a pool; no counter is among it, since seats tell them (I2)."""
        return {
            "item_id": self.item.id,
            "name": self.name,
            "size": self.size,
            "start": text(self.window.start),
            "end": text(self.window.end),
            "active": self.active,
            "transferable": self.transferable,
            "source": self.source,
            "external_id": self.external_id,
            "metadata": dict(self.metadata),
            "enrolment_config": dict(self.enrolment_config),
            "moves": None if self.moves is None else self.moves.facts(),
        }
