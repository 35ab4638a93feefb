"""How far a learner has come in an item, as somebody reported it."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from seatledger.domain.instant import text


@dataclass(frozen=True, slots=True)
class Progress:
    """`percent` is from 0 to 100; `completed` is when the item was finished, if it was.

    `at` is as of when that holds. It says nothing of how far somebody has come, and is not
    compared. Progress belongs to the learner and outlives every seat (SQLBI rule 41, O25).
    """

    percent: float
    completed: datetime | None = None
    last_opened: datetime | None = None
    at: datetime | None = field(default=None, compare=False)

    @property
    def come(self) -> float:
        """How far, in percent: who has completed the item has come all the way."""
        return self.percent if self.completed is None else 100.0

    def facts(self) -> dict[str, Any]:
        """What history records of it."""
        return {
            "percent": self.percent,
            "completed": text(self.completed),
            "last_opened": text(self.last_opened),
            "at": text(self.at),
        }


NOT_STARTED = Progress(0)


class Outcome(StrEnum):
    RECORDED = "recorded"
    UNCHANGED = "unchanged"  # it says what was known
    OUTDATED = "outdated"  # a later report is known, and stands


@dataclass(frozen=True, slots=True)
class Reported:
    """What stands after a report, and what the report did to it."""

    progress: Progress
    outcome: Outcome


def report(before: Progress | None, told: Progress, now: datetime) -> Reported:
    """A report replaces the one before it, unless that one is as of later.

    Without an `at` of its own a report is the latest there is; one from the future is as of now,
    so that a clock that is fast can't shut out what follows.
    """
    known = None if before is None else before.at
    at = min(told.at, now) if told.at is not None else max(now, known or now)
    if before is not None and known is not None and at < known:
        return Reported(before, Outcome.OUTDATED)
    outcome = Outcome.UNCHANGED if told == before else Outcome.RECORDED
    return Reported(replace(told, at=at), outcome)
