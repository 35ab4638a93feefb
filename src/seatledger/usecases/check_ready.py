"""Whether the ledger can be served: the database answers and has this version's schema."""

from seatledger.storage.engine import Database, Unavailable
from seatledger.storage.schema import is_current

NO_LEDGER = "There is no ledger yet: run `seatledger init`."
NOT_CURRENT = "The schema is not current: run `seatledger init`."


def check_ready(database: Database) -> str | None:
    """What stands in the way, as a sentence; None where nothing does."""
    if not database.is_there:
        return NO_LEDGER
    try:
        current = is_current(database)
    except Unavailable:
        return "The database can't be reached."
    return None if current else NOT_CURRENT
