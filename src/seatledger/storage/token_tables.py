"""The schema of the tokens that callers show."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from seatledger.storage.columns import metadata, own_id, platform, required
from seatledger.storage.types import Instant

tokens = Table(
    "tokens",
    metadata,
    own_id(),
    platform(nullable=True),
    required("digest", Text, unique=True),
    required("name", Text),
    required("role", Text),
    Column("learner_id", BigInteger, ForeignKey("learners.id")),
    Column("expires_at", Instant),
    required("created_at", Instant),
    UniqueConstraint("platform_id", "name"),
    CheckConstraint("(role = 'manager') = (platform_id IS NOT NULL)", name="role_fits_platform"),
    Index(
        "uq_tokens_of_operators",
        "name",
        unique=True,
        sqlite_where=text("platform_id IS NULL"),
        postgresql_where=text("platform_id IS NULL"),
    ),
)
