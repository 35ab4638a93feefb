"""The schema of the console's accounts. They are the deployment's; managers' have platforms."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Table,
    Text,
)

from seatledger.storage.columns import metadata, own_id, required
from seatledger.storage.types import Document, Instant


def _account() -> Column[int]:
    return Column("account_id", BigInteger, ForeignKey("accounts.id"), nullable=False, index=True)


accounts = Table(
    "accounts",
    metadata,
    own_id(),
    required("email_key", Text, unique=True),
    required("email", Text),
    required("name", Text),
    required("role", Text),
    Column("password", Text),
    required("active", Boolean),
    required("created_at", Instant),
    CheckConstraint("role IN ('operator', 'manager')", name="role_known"),
)

account_platforms = Table(
    "account_platforms",
    metadata,
    Column("platform_id", BigInteger, ForeignKey("platforms.id"), primary_key=True),
    Column("account_id", BigInteger, ForeignKey("accounts.id"), primary_key=True, index=True),
)

sessions = Table(
    "sessions",
    metadata,
    own_id(),
    required("digest", Text, unique=True),
    _account(),
    required("agent", Text),
    required("created_at", Instant),
    required("seen_at", Instant),
)

account_links = Table(
    "account_links",
    metadata,
    own_id(),
    required("digest", Text, unique=True),
    _account(),
    required("created_at", Instant),
    required("expires_at", Instant),
)

# `subject` is an account that is tried, or the address that tries come from.
sign_in_tries = Table(
    "sign_in_tries",
    metadata,
    Column("subject", Text, primary_key=True),
    required("tries", Document),
    required("last_at", Instant, index=True),
)
