"""Forgets deliveries that were over long ago."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from seatledger.domain.outbox_command import ForgetDeliveries
from seatledger.storage import deliveries as delivery_rows
from seatledger.storage.unit import Unit

KEPT = timedelta(days=30)


def forget_deliveries(unit: Unit, commands: Sequence[ForgetDeliveries], now: datetime) -> list[int]:
    """Forget some at a time. What they were about stays in history."""
    return [delivery_rows.forget(unit, now - KEPT, each.rows_max) for each in commands]
