"""A pathway: somebody's own list of things to learn, in order. It opens nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from seatledger.domain.learner import Learner


@dataclass(frozen=True, slots=True)
class Pathway:
    """`key` is unique for its owner on its platform, `uuid` everywhere."""

    id: int
    platform_id: int
    platform_key: str
    platform_org: str
    owner: Learner
    key: str
    uuid: str
    name: str
    slug: str | None
    visible: bool
    path: Sequence[Mapping[str, Any]]
    details: Mapping[str, Any] | None
    created: datetime

    def facts(self) -> dict[str, Any]:
        """What history records of a pathway."""
        return {
            "learner_id": self.owner.id,
            "key": self.key,
            "name": self.name,
            "slug": self.slug,
            "visible": self.visible,
            "path": list(self.path),
            "details": None if self.details is None else dict(self.details),
        }

    def holds(self, item_id: str) -> bool:
        """Whether one of its steps names this thing."""
        return any(item_id in step.values() for step in self.path)
