"""Forgets messages that are old, and earlier what secret ones said."""

from datetime import datetime

from seatledger.domain.message import KEPT, SECRET_KEPT
from seatledger.storage import messages as message_rows
from seatledger.storage.engine import Database

FORGOTTEN_AT_ONCE = 1_000


def forget_messages(database: Database, now: datetime) -> int:
    """Forget some at a time, with what is noted of their delivery; answers how many."""
    with database.write() as unit:
        message_rows.blank_secrets(unit, now - SECRET_KEPT)
        old = message_rows.written_before(unit, now - KEPT, FORGOTTEN_AT_ONCE)
        return message_rows.remove(unit, old) if old else 0
