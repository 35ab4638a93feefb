"""The schema of what people were told already, so that they are told once."""

from sqlalchemy import BigInteger, Column, Integer, Table, Text

from seatledger.storage.columns import metadata, tenant
from seatledger.storage.types import Instant

notices = Table(
    "notices",
    metadata,
    tenant(),
    Column("seat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("ends_at", Instant, primary_key=True),
    Column("days", Integer, primary_key=True, autoincrement=False),
)

reminders = Table(
    "reminders",
    metadata,
    tenant(),
    Column("subject", Text, primary_key=True),
    Column("subject_id", BigInteger, primary_key=True, autoincrement=False),
)
