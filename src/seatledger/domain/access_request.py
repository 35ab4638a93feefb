"""A member's request to be let into an item, and what was decided on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRequest:
    """`approved` is None until somebody decides, which `reviewed` tells too (ibl N5).

    `active` is false once it was closed. `seat_id` is the seat that approving gave.
    """

    id: int
    platform_id: int
    platform_key: str
    item_id: int
    item_key: str
    learner_id: int
    active: bool = True
    approved: bool | None = None
    reviewed: bool = False
    metadata: Mapping[str, Any]
    seat_id: int | None = None
    created: datetime
    modified: datetime

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision; else the same may be asked again, as a new one."""
        return self.active and not self.reviewed

    def named(self) -> dict[str, Any]:
        """What every event says of it, so that each can be understood by itself."""
        return {
            "learner_id": self.learner_id,
            "item_id": self.item_id,
            "item_key": self.item_key,
        }

    def facts(self) -> dict[str, Any]:
        """What history records of it."""
        return {
            **self.named(),
            "active": self.active,
            "approved": self.approved,
            "reviewed": self.reviewed,
            "metadata": dict(self.metadata),
            "seat_id": self.seat_id,
        }
