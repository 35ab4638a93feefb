"""A half-open stretch of time `[start, end)`, in UTC."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Window:
    """From `start` (inclusive) to `end` (exclusive); no end means for ever.

    `start == end` is allowed and holds no instant; `end < start` is what `reversed` tells.
    """

    start: datetime
    end: datetime | None = None

    @property
    def reversed(self) -> bool:
        return self.end is not None and self.end < self.start

    def has_started(self, now: datetime) -> bool:
        return self.start <= now

    def has_ended(self, now: datetime) -> bool:
        return self.end is not None and self.end <= now

    def contains(self, now: datetime) -> bool:
        return self.has_started(now) and not self.has_ended(now)


def earliest(*ends: datetime | None) -> datetime | None:
    """The first of several ends, where None is "never"."""
    return min((end for end in ends if end is not None), default=None)
