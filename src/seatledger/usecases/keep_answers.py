"""Keep the answers to requests with a key, and forget what is old."""

from collections.abc import Sequence
from datetime import datetime

from seatledger.domain.repeat_command import KEPT_FOR, ForgetRepeats, KeepAnswer
from seatledger.storage import repeats as repeat_rows
from seatledger.storage.unit import Unit


def keep_answers(unit: Unit, commands: Sequence[KeepAnswer], _now: datetime) -> list[None]:
    repeat_rows.keep(unit, {(each.platform_id, each.key): each.answer for each in commands})
    return [None] * len(commands)


def forget_repeats(unit: Unit, commands: Sequence[ForgetRepeats], now: datetime) -> list[int]:
    return [repeat_rows.remove(unit, now - KEPT_FOR, each.rows_max) for each in commands]
