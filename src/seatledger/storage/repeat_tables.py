"""The schema of what came of requests with a key: a row for each command of such a request."""

from sqlalchemy import BigInteger, Column, Integer, Table, Text

from seatledger.storage.columns import metadata, required
from seatledger.storage.types import Instant

repeats = Table(
    "repeats",
    metadata,
    # Operators have keys of their own, under 0: a NULL would not be unique.
    Column("platform_id", BigInteger, primary_key=True, autoincrement=False),
    Column("key", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    required("fingerprint", Text),
    required("at", Instant, index=True),
    required("outcome", Text),
    Column("answer", Text),
)
