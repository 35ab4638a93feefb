"""The schema of invitations, and of requests to be let into an item."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Table,
    Text,
    text,
)

from seatledger.storage.columns import metadata, own_id, platform, required
from seatledger.storage.types import Document, Instant

PENDING = text("active")
BLANK = text("learner_id IS NULL AND active")
OPEN = text("active AND NOT reviewed")
# The words of the indexes, for queries: of the column, SQLAlchemy asks SQLite for `active = 1`.
ACTIVE = text("invitations.active")

invitations = Table(
    "invitations",
    metadata,
    own_id(),
    platform(),
    required("kind", Text),
    Column("item_id", BigInteger, ForeignKey("items.id"), index=True),
    Column("learner_id", BigInteger, ForeignKey("learners.id"), index=True),
    required("active", Boolean),
    Column("ends_at", Instant),
    Column("source", Text),
    Column("redirect_to", Text),
    required("metadata", Document),
    required("enrolment_config", Document),
    required("profile", Document),
    Column("user_group", Text),
    Column("group_owner_id", BigInteger, ForeignKey("learners.id")),
    required("created_at", Instant),
    Column("accepted_at", Instant),
    Column("seat_id", BigInteger, ForeignKey("seats.id")),
    Column("undeliverable_at", Instant),
    Column("undeliverable_why", Text),
    CheckConstraint("(kind = 'platform') = (item_id IS NULL)", name="item_or_platform"),
    CheckConstraint("accepted_at IS NULL OR learner_id IS NOT NULL", name="accepted_by_somebody"),
    Index("ix_invitations_platform_id", "platform_id", "id"),
    Index("ix_invitations_pending", "created_at", sqlite_where=PENDING, postgresql_where=PENDING),
    Index(
        "ix_invitations_blank",
        "source",
        "kind",
        "platform_id",
        "id",
        sqlite_where=BLANK,
        postgresql_where=BLANK,
    ),
)

access_requests = Table(
    "access_requests",
    metadata,
    own_id(),
    platform(),
    Column("item_id", BigInteger, ForeignKey("items.id"), nullable=False, index=True),
    Column("learner_id", BigInteger, ForeignKey("learners.id"), nullable=False, index=True),
    required("active", Boolean),
    Column("approved", Boolean),
    required("reviewed", Boolean),
    required("metadata", Document),
    Column("seat_id", BigInteger, ForeignKey("seats.id")),
    required("created_at", Instant),
    required("modified_at", Instant),
    CheckConstraint("(approved IS NOT NULL) = reviewed", name="reviewed_once_decided"),
    Index("ix_access_requests_platform_id", "platform_id", "id"),
    Index(
        "uq_access_requests_open",
        "platform_id",
        "item_id",
        "learner_id",
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    ),
)
