"""What a pool opens: a course, a program, a platform, or membership of one (`user`)."""

from dataclasses import dataclass
from enum import StrEnum


class ItemKind(StrEnum):
    COURSE = "course"
    PROGRAM = "program"
    PLATFORM = "platform"
    USER = "user"


@dataclass(frozen=True, slots=True)
class Item:
    """`(kind, key)` is unique; `platform_id` is the platform that owns (not: that bought) it."""

    id: int
    platform_id: int
    kind: ItemKind
    key: str
    title: str
    slug: str | None = None
