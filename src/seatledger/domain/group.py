"""Groups of learners, and grants: a group is given a pool, and every member gets a seat."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Group:
    id: int
    platform_id: int
    platform_key: str
    name: str
    description: str | None
    owner_id: int
    created: datetime


@dataclass(frozen=True, slots=True)
class Grant:
    """At most one standing grant for a group and a pool; `removed` ones remain as history."""

    id: int
    platform_id: int
    pool_id: int
    group_id: int
    active: bool
    fulfilled: bool
    redirect_to: str | None
    metadata: Mapping[str, Any]
    created: datetime
    modified: datetime
    removed: bool = False

    def facts(self) -> dict[str, Any]:
        """What history records of a grant."""
        return {
            "group_id": self.group_id,
            "active": self.active,
            "fulfilled": self.fulfilled,
            "redirect_to": self.redirect_to,
            "metadata": dict(self.metadata),
            "removed": self.removed,
        }


@dataclass(frozen=True, slots=True)
class Wait:
    """A member of a granted group for whom no place was free; seated in order of `id`."""

    id: int
    pool_id: int
    grant_id: int
    learner_id: int
