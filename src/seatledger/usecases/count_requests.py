"""Count requests against what each platform may ask in a minute (SQLBI A12, A13, O30)."""

from collections.abc import Sequence
from datetime import datetime

from seatledger.domain.command import CountRequest
from seatledger.domain.rate import one_more, seconds_to_wait, standing
from seatledger.domain.refusal import Code, Refusal
from seatledger.storage import rates as rate_rows
from seatledger.storage.unit import Unit


def count_requests(
    unit: Unit, commands: Sequence[CountRequest], now: datetime
) -> list[Refusal | None]:
    """Count in order; what is refused does not count. Each must come from a platform's manager."""
    before = rate_rows.lock(unit, map(_platform_id, commands))
    hits = {platform_id: standing(each, now) for platform_id, each in before.items()}
    counted = set()
    outcomes: list[Refusal | None] = []
    for command in commands:
        platform_id = _platform_id(command)
        wait = seconds_to_wait(hits[platform_id], now, command.per_minute)
        if wait == 0:
            hits[platform_id] = one_more(hits[platform_id], now)
            counted.add(platform_id)
        outcomes.append(_too_many(command.per_minute, wait) if wait else None)
    rate_rows.write(unit, {platform_id: hits[platform_id] for platform_id in sorted(counted)})
    return outcomes


def _platform_id(command: CountRequest) -> int:
    assert command.by.platform_id is not None, "operators are not counted"
    return command.by.platform_id


def _too_many(per_minute: int, wait: int) -> Refusal:
    return Refusal(
        Code.RATE_LIMITED,
        f"At most {per_minute} requests a minute are answered; come again in {wait} seconds.",
        details={"retry_after_seconds": wait},
    )
