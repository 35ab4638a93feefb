"""Carry out a command as if: the same checks and numbers, and then nothing of it is kept."""

from datetime import datetime
from typing import Any

from seatledger.domain.command import Command
from seatledger.storage import events
from seatledger.storage.engine import Database
from seatledger.usecases.handlers import HANDLERS


class _Undone(Exception):
    """Leaves the transaction, so that it is rolled back."""


def rehearse(database: Database, command: Command, now: datetime) -> Any:
    """What would come of the command. Ids in it are of nothing, and may be given to others."""
    outcome: Any = None
    try:
        with database.write() as unit:
            (outcome,) = HANDLERS[type(command)].verb(unit, [command], now)
            events.settle(unit)  # what is written at the end may meet another writer, too
            raise _Undone
    except _Undone:
        return outcome
