"""Measure how a pool, or all of a platform's, were used, and when a pool will be full."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from seatledger.domain.actor import Reach
from seatledger.domain.pool import Pool
from seatledger.domain.refusal import Refusal, unknown_pool
from seatledger.domain.run_out import RunOut, looked_at, run_out
from seatledger.domain.usage import Day, Span, Step, Used, spans, use
from seatledger.storage import pool_lists, usage
from seatledger.storage.unit import Unit


@dataclass(frozen=True, slots=True)
class UsageAsked:
    """From which day to which, in steps of what; None is what is usual."""

    first: date | None = None
    last: date | None = None
    step: Step = Step.DAY


@dataclass(frozen=True, slots=True)
class Usage:
    """What went on in each step; `run_out` is of a pool only."""

    steps: list[Used]
    run_out: RunOut | None = None


def measure_pool(
    unit: Unit, reach: Reach, pool_id: int, asked: UsageAsked, now: datetime
) -> Usage | Refusal:
    """How a pool was used."""
    pool = pool_lists.get(unit, reach, pool_id, now)
    if pool is None:
        return unknown_pool()
    today = now.date()
    steps = spans(asked.first, asked.last, asked.step, today)
    if isinstance(steps, Refusal):
        return steps
    since = min(steps[0].first, looked_at(today))
    days = usage.by_day(unit, since, pool_id=pool_id)
    return Usage(use(steps, days), run_out(_as_told(pool, days, today), days, now))


def measure_platform(
    unit: Unit, platform_id: int, asked: UsageAsked, now: datetime
) -> Usage | Refusal:
    """How all pools of a platform were used, which must be within the reach of who asks."""
    steps = spans(asked.first, asked.last, asked.step, now.date())
    if isinstance(steps, Refusal):
        return steps
    return Usage(use(steps, usage.by_day(unit, steps[0].first, platform_id=platform_id)))


def _as_told(pool: Pool, days: Iterable[Day], today: date) -> Pool:
    """The pool with what history says is taken: the same numbers as in the steps."""
    (now_used,) = use([Span(today, today)], days)
    return replace(pool, size=now_used.size, held=now_used.held)
