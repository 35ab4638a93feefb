"""Whether the ledger can be served: the database answers and has this version's schema."""

from seatledger.storage.engine import Database, Unavailable
from seatledger.storage.schema import is_current


def check_ready(database: Database) -> str | None:
    """What stands in the way, as a sentence; None where nothing does."""
    try:
        current = is_current(database)
    except Unavailable:
        return "The database can't be reached."
    return None if current else "The schema is not current: run `seatledger init`."
