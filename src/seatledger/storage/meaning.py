"""What the drivers' errors mean to whoever works on the ledger."""

from typing import Any

from sqlalchemy.exc import DatabaseError, DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

SERIALIZATION_FAILURE, DEADLOCK, READ_ONLY = "40001", "40P01", "25006"


class Conflict(Exception):
    """Another writer was there first (unique key, deadlock …): the work may be tried again."""


class Unavailable(Exception):
    """The database can't be reached, or is locked, full or read-only; nothing was written."""


class Uncertain(Exception):
    """The connection broke during the commit: it is not known whether the work was written."""


def meaning(error: DBAPIError | PoolTimeout, *, committing: bool) -> Exception:
    """One of the three; the error itself where it means none of them."""
    if isinstance(error, PoolTimeout):
        return Unavailable("all database connections are busy")
    broken = error.connection_invalidated
    if committing and broken:
        return Uncertain(str(error.orig))
    state: Any = getattr(error.orig, "sqlstate", None)
    if isinstance(error, IntegrityError) or state in {SERIALIZATION_FAILURE, DEADLOCK}:
        return Conflict(str(error.orig))
    # A bare DatabaseError is SQLite's for a file that is none of its own, or is damaged.
    unusable = isinstance(error, OperationalError) or type(error) is DatabaseError
    if broken or unusable or state == READ_ONLY:
        return Unavailable(str(error.orig))
    return error
