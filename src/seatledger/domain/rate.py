"""How often a caller may ask: at most so many times in any 60 seconds.

Hits are kept as pairs of a tick and a count. A hit stands in the first whole tick after it, so that
it never leaves the window early; it leaves at most one tick late.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

Hits = Sequence[tuple[int, int]]

WINDOW = timedelta(seconds=60)
TICK = timedelta(milliseconds=100)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of a minute's requests, and in how many seconds there will be more."""

    per_minute: int
    remaining: int
    seconds: int


def standing(hits: Iterable[Sequence[int]], now: datetime) -> Hits:
    """The hits that still count, in order of time.

    One that lies far ahead is from before the clock stepped back, and counts no more.
    """
    return sorted((tick, count) for tick, count in hits if now < _leaves(tick) <= now + 2 * WINDOW)


def seconds_to_wait(hits: Hits, now: datetime, per_minute: int) -> int:
    """How long until one more of the standing `hits` is allowed: 0 where it is now."""
    over = sum(count for _, count in hits) - per_minute + 1
    if over <= 0:
        return 0
    for tick, count in hits:
        over -= count
        if over <= 0:
            return _seconds_until(_leaves(tick), now)
    return int(WINDOW.total_seconds())


def allowance(hits: Hits, now: datetime, per_minute: int) -> Allowance:
    """What the standing `hits` leave; with none left, `seconds` is how long to wait."""
    used = sum(count for _, count in hits)
    if used >= per_minute:
        return Allowance(per_minute, 0, seconds_to_wait(hits, now, per_minute))
    seconds = _seconds_until(_leaves(hits[0][0]), now) if hits else 0
    return Allowance(per_minute, per_minute - used, seconds)


def one_more(hits: Hits, now: datetime) -> Hits:
    """The standing `hits` with one at `now`."""
    tick = -((_EPOCH - now) // TICK)
    counts = dict(hits)
    counts[tick] = counts.get(tick, 0) + 1
    return list(counts.items())


def _seconds_until(moment: datetime, now: datetime) -> int:
    return max(1, -((now - moment) // timedelta(seconds=1)))


def _leaves(tick: int) -> datetime:
    return _EPOCH + tick * TICK + WINDOW
