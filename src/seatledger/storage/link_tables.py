"""The schema of auto-enrolment links, of the seats they lent, and of the codes they mail."""

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
)

from seatledger.storage.columns import metadata, own_id, required, tenant
from seatledger.storage.types import Instant

links = Table(
    "links",
    metadata,
    own_id(),
    tenant(),
    required("pool_id", BigInteger, index=True),
    required("token", Text, unique=True),
    required("quota", Integer),
    Column("duration_days", Integer),
    required("auto_reassign", Boolean),
    required("created_at", Instant),
    Column("deleted_at", Instant),
    UniqueConstraint("platform_id", "id"),
    ForeignKeyConstraint(["platform_id", "pool_id"], ["pools.platform_id", "pools.id"]),
    CheckConstraint("quota > 0", name="quota_offers_something"),
)

# A table of its own: a column of `seats` would cost every seat that no link lent.
link_seats = Table(
    "link_seats",
    metadata,
    tenant(),
    required("link_id", BigInteger, index=True),
    Column("seat_id", BigInteger, ForeignKey("seats.id"), primary_key=True, autoincrement=False),
    ForeignKeyConstraint(["platform_id", "link_id"], ["links.platform_id", "links.id"]),
)

# By address, for who asks need not be known yet.
link_codes = Table(
    "link_codes",
    metadata,
    own_id(),
    tenant(),
    required("link_id", BigInteger),
    required("address_key", Text, index=True),
    Column("digest", Text),
    required("tries", Integer),
    required("created_at", Instant, index=True),
    ForeignKeyConstraint(["platform_id", "link_id"], ["links.platform_id", "links.id"]),
    CheckConstraint("tries BETWEEN 0 AND 5", name="tries_bounded"),
    Index("ix_link_codes_link_id", "link_id", "created_at"),
)
