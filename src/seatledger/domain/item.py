"""What a pool opens: a course, a program, a platform, or membership of one (`user`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class ItemKind(StrEnum):
    COURSE = "course"
    PROGRAM = "program"
    PLATFORM = "platform"
    USER = "user"


@dataclass(frozen=True, slots=True)
class Item:
    """`(kind, key)` is unique; `platform_id` is the platform that owns (not: that bought) it.

    `enabled` and `details` are for catalogs to show; they open and close nothing.
    """

    id: int
    platform_id: int
    kind: ItemKind
    key: str
    title: str
    slug: str | None = None
    enabled: bool = True
    details: Mapping[str, Any] = field(default_factory=dict)

    def facts(self) -> dict[str, Any]:
        """What history records of an item."""
        return {
            "kind": self.kind,
            "key": self.key,
            "title": self.title,
            "slug": self.slug,
            "enabled": self.enabled,
            "details": dict(self.details),
            "platform_id": self.platform_id,
        }
