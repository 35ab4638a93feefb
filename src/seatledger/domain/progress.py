"""How far a learner has come in an item, as somebody reported it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from seatledger.domain.instant import text


@dataclass(frozen=True, slots=True)
class Progress:
    """`percent` is from 0 to 100; `completed` is when the item was finished, if it was.

    It belongs to the learner and outlives every seat (SQLBI rule 41, O25).
    """

    percent: float
    completed: datetime | None = None

    def facts(self) -> dict[str, Any]:
        """What history records of it."""
        return {"percent": self.percent, "completed": text(self.completed)}


NOT_STARTED = Progress(0)
