"""The schema of messages, and of the words that platforms have for them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
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

SECRET = text("kind = 'link_code' AND text <> ''")  # of MessageKind.is_secret, with a body

# No event makes a message to one address twice.
messages = Table(
    "messages",
    metadata,
    own_id(),
    platform(),
    Column("learner_id", BigInteger, ForeignKey("learners.id")),
    required("address", Text),
    required("kind", Text),
    Column("item_kind", Text),
    Column("seq", BigInteger),
    required("subject", Text),
    required("text", Text),
    required("html", Text),
    required("status", Text),
    required("mail", Text),
    Column("why", Text),
    required("created_at", Instant),
    required("modified_at", Instant),
    Column("sent_at", Instant),
    UniqueConstraint("platform_id", "seq", "kind", "address"),
    CheckConstraint("status IN ('unread', 'read', 'cancelled')", name="status_known"),
    CheckConstraint("mail IN ('waiting', 'sent', 'kept', 'bounced', 'failed')", name="mail_known"),
    Index("ix_messages_platform_id", "platform_id", "id"),
    Index("ix_messages_learner_id", "learner_id", "id"),
    Index("ix_messages_created_at", "created_at"),
    Index("ix_messages_secret", "created_at", sqlite_where=SECRET, postgresql_where=SECRET),
)

# `item_kind` is empty for a text that is for all items.
message_templates = Table(
    "message_templates",
    metadata,
    own_id(),
    platform(),
    required("kind", Text),
    required("item_kind", Text),
    required("enabled", Boolean),
    Column("subject", Text),
    Column("text", Text),
    Column("html", Text),
    required("created_at", Instant),
    required("modified_at", Instant),
    UniqueConstraint("platform_id", "kind", "item_kind"),
)
