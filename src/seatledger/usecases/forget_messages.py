"""Forgets messages that are old, and earlier what secret ones said."""

from collections.abc import Sequence
from datetime import datetime

from seatledger.domain.message import KEPT, SECRET_KEPT
from seatledger.domain.outbox_command import ForgetMessages
from seatledger.storage import messages as message_rows
from seatledger.storage.unit import Unit


def forget_messages(unit: Unit, commands: Sequence[ForgetMessages], now: datetime) -> list[int]:
    """Forget some at a time, with what is noted of their delivery."""
    return [_forget(unit, each, now) for each in commands]


def _forget(unit: Unit, command: ForgetMessages, now: datetime) -> int:
    message_rows.blank_secrets(unit, now - SECRET_KEPT)
    old = message_rows.written_before(unit, now - KEPT, command.rows_max)
    return message_rows.remove(unit, old) if old else 0
