"""The schema of history: what happened, numbered within its platform."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from seatledger.storage.columns import metadata, own_id, required
from seatledger.storage.types import Document, Instant

# Of each platform, the number of its last event; of 0, that of the last one without a platform.
# Nothing else is in the row, so that nothing else locks it: it is the last lock of a transaction.
event_counters = Table(
    "event_counters",
    metadata,
    Column("platform_id", BigInteger, primary_key=True, autoincrement=False),
    required("last", BigInteger),
)

events = Table(
    "events",
    metadata,
    own_id(),
    Column("platform_id", BigInteger),
    required("seq", BigInteger),
    Column("pool_id", BigInteger),
    required("kind", Text),
    required("subject_id", BigInteger),
    required("at", Instant),
    required("actor", Text),
    required("role", Text),
    required("surface", Text),
    Column("request_id", Text),
    Column("change_type", Text),
    Column("transaction_id", Text),
    Column("before", Document),
    required("after", Document),
    required("silent", Boolean, server_default=text("FALSE")),
    # What happens to a pool happens on its platform. A key to `platforms` would cost each writer a
    # shared lock on the row of the platform that all of them write for; the pool is locked anyway.
    ForeignKeyConstraint(["platform_id", "pool_id"], ["pools.platform_id", "pools.id"]),
    UniqueConstraint("platform_id", "seq"),
    Index(
        "uq_events_of_none",
        "seq",
        unique=True,
        sqlite_where=text("platform_id IS NULL"),
        postgresql_where=text("platform_id IS NULL"),
    ),
    Index("ix_events_pool_id", "pool_id", "seq"),
    Index("ix_events_subject_id", "subject_id", "seq"),
)
