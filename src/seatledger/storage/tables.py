"""The schema. A tenant's tables carry `platform_id`; what the domain promises, constraints hold.

Rows of pools, seats and events are never deleted: the ledger only grows.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from seatledger.storage import catalog_tables as catalog_tables  # the metadata knows them too
from seatledger.storage import invitation_tables as invitation_tables
from seatledger.storage import job_tables as job_tables
from seatledger.storage import suggestion_tables as suggestion_tables
from seatledger.storage.account_tables import account_links as account_links
from seatledger.storage.account_tables import account_platforms as account_platforms
from seatledger.storage.account_tables import accounts as accounts
from seatledger.storage.account_tables import sessions as sessions
from seatledger.storage.account_tables import sign_in_tries as sign_in_tries
from seatledger.storage.columns import metadata as metadata
from seatledger.storage.columns import own_id as _id
from seatledger.storage.columns import platform as _platform
from seatledger.storage.columns import required as _required
from seatledger.storage.columns import tenant as _tenant
from seatledger.storage.delivery_tables import deliveries as deliveries
from seatledger.storage.delivery_tables import subscriptions as subscriptions
from seatledger.storage.event_tables import event_counters as event_counters
from seatledger.storage.event_tables import events as events
from seatledger.storage.key_tables import signing_keys as signing_keys
from seatledger.storage.link_tables import link_codes as link_codes
from seatledger.storage.link_tables import link_seats as link_seats
from seatledger.storage.link_tables import links as links
from seatledger.storage.message_tables import message_templates as message_templates
from seatledger.storage.message_tables import messages as messages
from seatledger.storage.notice_tables import notices as notices
from seatledger.storage.notice_tables import reminders as reminders
from seatledger.storage.progress_tables import progress as progress
from seatledger.storage.repeat_tables import repeats as repeats
from seatledger.storage.token_tables import tokens as tokens
from seatledger.storage.types import Document, Instant

platforms = Table(
    "platforms",
    metadata,
    _id(),
    _required("key", Text, unique=True),
    _required("org", Text, unique=True),
    _required("name", Text),
    _required("email", Text),
    _required("domains", Document),
    _required("learning_url", Text, server_default=""),
    _required("studio_url", Text, server_default=""),
    _required("portal_url", Text, server_default=""),
    _required("created_at", Instant),
)

learners = Table(
    "learners",
    metadata,
    _id(),
    _required("email_key", Text, unique=True),
    _required("email", Text),
    _required("name", Text),
    Column("username", Text, unique=True),
    _required("registered", Boolean),
    _required("created_at", Instant),
)

members = Table(
    "members",
    metadata,
    Column("platform_id", BigInteger, ForeignKey("platforms.id"), primary_key=True),
    Column("learner_id", BigInteger, ForeignKey("learners.id"), primary_key=True, index=True),
    _required("active", Boolean),
    _required("is_admin", Boolean),
    _required("added_on", Instant),
    Column("expired_on", Instant),
)

items = Table(
    "items",
    metadata,
    _id(),
    _platform(index=True),
    _required("kind", Text),
    _required("key", Text),
    _required("title", Text),
    Column("slug", Text),
    _required("enabled", Boolean, server_default=text("TRUE")),
    Column("details", Document),
    _required("created_at", Instant),
    UniqueConstraint("kind", "key"),
)

pools = Table(
    "pools",
    metadata,
    _id(),
    _platform(),
    _required("item_id", BigInteger),
    _required("kind", Text),
    _required("name", Text),
    _required("size", Integer),
    _required("held", Integer),
    _required("given", BigInteger),
    _required("ended", BigInteger),
    _required("moved", BigInteger),
    _required("starts_at", Instant),
    Column("ends_at", Instant),
    _required("active", Boolean),
    _required("transferable", Boolean),
    _required("source", Text),
    Column("external_id", Text),
    _required("metadata", Document),
    _required("enrolment_config", Document),
    Column("moves", Document),
    _required("created_at", Instant),
    ForeignKeyConstraint(["item_id"], ["items.id"]),
    UniqueConstraint("platform_id", "id"),
    UniqueConstraint("kind", "external_id"),
    CheckConstraint("held >= 0 AND held <= size", name="held_within_size"),
    CheckConstraint("ended >= 0 AND ended <= given", name="ended_within_given"),
    CheckConstraint("moved >= 0 AND moved <= ended", name="moved_within_ended"),
    CheckConstraint("ends_at IS NULL OR starts_at <= ends_at", name="window_forwards"),
    Index("ix_pools_item_id", "item_id"),
)

groups = Table(
    "groups",
    metadata,
    _id(),
    _platform(),
    Column("name", Text),
    Column("description", Text),
    Column("owner_id", BigInteger, ForeignKey("learners.id"), nullable=False),
    _required("deleted", Boolean),
    _required("created_at", Instant),
    UniqueConstraint("platform_id", "id"),
)

group_members = Table(
    "group_members",
    metadata,
    _id(),
    _tenant(),
    _required("group_id", BigInteger),
    Column("learner_id", BigInteger, ForeignKey("learners.id"), nullable=False, index=True),
    UniqueConstraint("group_id", "learner_id"),
    ForeignKeyConstraint(["platform_id", "group_id"], ["groups.platform_id", "groups.id"]),
)

grants = Table(
    "grants",
    metadata,
    _id(),
    _tenant(),
    _required("pool_id", BigInteger),
    _required("group_id", BigInteger),
    _required("active", Boolean),
    _required("fulfilled", Boolean),
    Column("redirect_to", Text),
    _required("metadata", Document),
    _required("removed", Boolean),
    _required("created_at", Instant),
    _required("modified_at", Instant),
    UniqueConstraint("platform_id", "id"),
    ForeignKeyConstraint(["platform_id", "pool_id"], ["pools.platform_id", "pools.id"]),
    Index(
        "uq_grants_standing",
        "pool_id",
        "group_id",
        unique=True,
        sqlite_where=text("NOT removed"),
        postgresql_where=text("NOT removed"),
    ),
    Index("ix_grants_group_id", "group_id"),
)

STANDING = text("state <> 'ended'")

seats = Table(
    "seats",
    metadata,
    _id(),
    _tenant(),
    _required("pool_id", BigInteger),
    _required("item_id", BigInteger),
    _required("learner_id", BigInteger),
    _required("state", Text),
    Column("reason", Text),
    _required("starts_at", Instant),
    Column("ends_at", Instant),
    _required("direct", Boolean),
    _required("grants", Document),
    _required("fulfilled", Boolean),
    Column("redirect_to", Text),
    _required("metadata", Document),
    _required("created_at", Instant),
    _required("modified_at", Instant),
    Column("moved_from", BigInteger),
    Column("moved_to", BigInteger),
    ForeignKeyConstraint(["platform_id", "pool_id"], ["pools.platform_id", "pools.id"]),
    ForeignKeyConstraint(["learner_id"], ["learners.id"]),
    CheckConstraint("state IN ('live', 'suspended', 'ended')", name="state_known"),
    CheckConstraint("(state = 'ended') = (reason IS NOT NULL)", name="ended_for_a_reason"),
    CheckConstraint(
        "(COALESCE(reason, '') = 'passed_on') = (moved_to IS NOT NULL)", name="passed_on_to_one"
    ),
    Index(
        "uq_seats_standing",
        "pool_id",
        "learner_id",
        unique=True,
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    ),
    # Lists are in order of id, and skip what other pages show or a filter leaves out: behind the
    # order stands what filters ask, so that skipping reads the index alone.
    Index("ix_seats_pool_id", "pool_id", "id", "state", "ends_at"),
    Index("ix_seats_platform_id", "platform_id", "id", "state", "ends_at", "pool_id"),
    Index("ix_seats_learner_id", "learner_id", "item_id"),
    Index(
        "ix_seats_due",
        "pool_id",
        "ends_at",
        sqlite_where=text("state = 'live' AND ends_at IS NOT NULL"),
        postgresql_where=text("state = 'live' AND ends_at IS NOT NULL"),
    ),
    Index(
        "ix_seats_overdue",
        "ends_at",
        sqlite_where=text("state = 'live' AND ends_at IS NOT NULL"),
        postgresql_where=text("state = 'live' AND ends_at IS NOT NULL"),
    ),
    Index(
        "ix_seats_oldest",
        "pool_id",
        "starts_at",
        "id",
        sqlite_where=text("state = 'live'"),
        postgresql_where=text("state = 'live'"),
    ),
)

waits = Table(
    "waits",
    metadata,
    _id(),
    _platform(),
    _required("pool_id", BigInteger, index=True),
    Column("grant_id", BigInteger, ForeignKey("grants.id"), nullable=False),
    Column("learner_id", BigInteger, ForeignKey("learners.id"), nullable=False),
    UniqueConstraint("grant_id", "learner_id"),
)

rates = Table(
    "rates",
    metadata,
    Column("platform_id", BigInteger, ForeignKey("platforms.id"), primary_key=True),
    Column("surface", Text, primary_key=True),
    _required("hits", Document),
)
