"""Count requests against what each platform may ask in a minute (SQLBI A12, A13, O30)."""

from collections.abc import Sequence
from datetime import datetime

from seatledger.domain.people_command import CountRequest
from seatledger.domain.rate import (
    Allowance,
    allowance,
    one_more,
    seconds_to_wait,
    standing,
)
from seatledger.domain.refusal import Code, Refusal
from seatledger.storage import rates as rate_rows
from seatledger.storage.rates import Counter
from seatledger.storage.unit import Unit


def count_requests(
    unit: Unit, commands: Sequence[CountRequest], now: datetime
) -> list[Allowance | Refusal]:
    """Count in order; what is refused does not count. Each must come from a platform's manager."""
    before = rate_rows.lock(unit, map(_counter, commands))
    hits = {counter: standing(each, now) for counter, each in before.items()}
    counted = set()
    outcomes: list[Allowance | Refusal] = []
    for command in commands:
        counter = _counter(command)
        wait = seconds_to_wait(hits[counter], now, command.per_minute)
        if wait:
            outcomes.append(_too_many(command.per_minute, wait))
            continue
        hits[counter] = one_more(hits[counter], now)
        counted.add(counter)
        outcomes.append(allowance(standing(hits[counter], now), now, command.per_minute))
    rate_rows.write(unit, {counter: hits[counter] for counter in sorted(counted)})
    return outcomes


def _counter(command: CountRequest) -> Counter:
    assert command.by.platform_id is not None, "operators are not counted"
    return command.by.platform_id, command.by.surface


def _too_many(per_minute: int, wait: int) -> Refusal:
    return Refusal(
        Code.RATE_LIMITED,
        f"At most {per_minute} requests a minute are answered; come again in {wait} seconds.",
        details={"per_minute": per_minute, "retry_after_seconds": wait},
    )
