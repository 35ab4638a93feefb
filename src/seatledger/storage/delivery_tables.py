"""The schema of what is handed on: who wants to hear of changes, and each delivery to them."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from seatledger.storage.columns import metadata, own_id, platform, required, tenant
from seatledger.storage.types import Document, Instant

subscriptions = Table(
    "subscriptions",
    metadata,
    own_id(),
    platform(index=True),
    required("connector", Text),
    Column("kinds", Document),
    required("settings", Document),
    required("state", Text),
    Column("reason", Text),
    required("last", BigInteger),
    Column("failing_since", Instant),
    required("failures", Integer),
    required("created_at", Instant),
    UniqueConstraint("platform_id", "id"),
    CheckConstraint("state IN ('active', 'paused', 'deleted')", name="state_known"),
    Index(
        "uq_subscriptions_mail",
        "platform_id",
        unique=True,
        sqlite_where=text("connector = 'mail'"),
        postgresql_where=text("connector = 'mail'"),
    ),
)

WAITING = text("state = 'waiting'")

deliveries = Table(
    "deliveries",
    metadata,
    own_id(),
    tenant(),
    required("subscription_id", BigInteger),
    Column("seq", BigInteger),
    Column("message_id", BigInteger),
    required("order_key", Text),
    required("state", Text),
    required("attempts", Integer),
    required("due_at", Instant),
    Column("claimed_until", Instant),
    required("log", Document),
    required("created_at", Instant),
    Column("settled_at", Instant),
    ForeignKeyConstraint(
        ["platform_id", "subscription_id"], ["subscriptions.platform_id", "subscriptions.id"]
    ),
    CheckConstraint("state IN ('waiting', 'delivered', 'dead')", name="state_known"),
    CheckConstraint("(state = 'waiting') = (settled_at IS NULL)", name="settled_when_over"),
    Index(
        "uq_deliveries_once",
        "subscription_id",
        "seq",
        unique=True,
        sqlite_where=text("message_id IS NULL"),
        postgresql_where=text("message_id IS NULL"),
    ),
    Index("ix_deliveries_message_id", "message_id"),
    Index("ix_deliveries_subscription_id", "subscription_id", "id"),
    Index("ix_deliveries_settled_at", "settled_at"),
    Index(
        "ix_deliveries_due",
        "subscription_id",
        "due_at",
        "id",
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    ),
    Index(
        "ix_deliveries_order",
        "subscription_id",
        "order_key",
        "seq",
        "id",
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    ),
)
