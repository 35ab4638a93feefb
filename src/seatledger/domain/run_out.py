"""When a pool will have no free place: an estimate, with its method stated."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil

from seatledger.domain.pool import Pool
from seatledger.domain.usage import Day

DAYS_LOOKED_AT = 28
DAYS_AHEAD_MAX = 3_650
METHOD = f"linear, net change a day over the last {DAYS_LOOKED_AT} days"


@dataclass(frozen=True, slots=True)
class RunOut:
    """The day when the last place will be taken; or None, and why."""

    date: date | None
    why: str | None
    method: str = METHOD


def looked_at(today: date) -> date:
    """The first of the days that count: whole ones, today not among them."""
    return today - timedelta(days=DAYS_LOOKED_AT)


def run_out(pool: Pool, days: Iterable[Day], now: datetime) -> RunOut:
    """What to expect of a pool, where the days are those of its past."""
    today = now.date()
    if pool.window.has_ended(now):
        return RunOut(None, "The pool has ended.")
    if pool.free <= 0:
        return RunOut(None, "The pool is full already.")
    if pool.created.date() > looked_at(today):
        return RunOut(None, f"The pool has less than {DAYS_LOOKED_AT} days of history.")
    net = sum(day.places for day in days if day.day and looked_at(today) <= day.day < today)
    if net <= 0:
        return RunOut(None, f"No more places are taken than {DAYS_LOOKED_AT} days ago.")
    wait = ceil(pool.free * DAYS_LOOKED_AT / net)
    if wait > DAYS_AHEAD_MAX:
        return RunOut(None, f"At this rate not within {DAYS_AHEAD_MAX} days.")
    expected = today + timedelta(days=wait)
    if pool.window.end is not None and pool.window.end.date() <= expected:
        return RunOut(None, "At this rate the pool ends before it is full.")
    return RunOut(expected, None)
