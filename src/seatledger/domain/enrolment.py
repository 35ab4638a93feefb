"""An enrolment in a program or a pathway that was made by name, not by a seat.

A seat enrols by itself, for as long as it gives access, and leaves no such row.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from seatledger.domain.instant import text


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Of `item_id` (a program) and `pathway_id` one is set. `ended`: when it was made inactive."""

    id: int
    platform_id: int
    learner_id: int
    item_id: int | None
    pathway_id: int | None
    active: bool
    start: datetime | None
    end: datetime | None
    ended: datetime | None
    metadata: Mapping[str, Any]
    created: datetime

    def facts(self) -> dict[str, Any]:
        """What history records of an enrolment."""
        return {
            "learner_id": self.learner_id,
            "item_id": self.item_id,
            "pathway_id": self.pathway_id,
            "active": self.active,
            "start": text(self.start),
            "end": text(self.end),
            "metadata": dict(self.metadata),
        }
