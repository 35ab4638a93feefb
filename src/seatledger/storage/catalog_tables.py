"""The schema of what surrounds the seats: programs' courses, pathways, enrolments, departments."""

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

from seatledger.storage.columns import metadata, own_id, platform, required, tenant
from seatledger.storage.types import Document, Instant

item_parts = Table(
    "item_parts",
    metadata,
    platform(),
    Column("item_id", BigInteger, ForeignKey("items.id"), primary_key=True),
    Column("part_id", BigInteger, ForeignKey("items.id"), primary_key=True, index=True),
    required("position", Integer),
)

pathways = Table(
    "pathways",
    metadata,
    own_id(),
    platform(),
    Column("learner_id", BigInteger, ForeignKey("learners.id"), nullable=False, index=True),
    required("key", Text),
    required("uuid", Text, unique=True),
    required("name", Text),
    Column("slug", Text),
    required("visible", Boolean),
    required("path", Document),
    Column("details", Document),
    required("created_at", Instant),
    UniqueConstraint("platform_id", "id"),
    UniqueConstraint("platform_id", "learner_id", "key"),
)

enrolments = Table(
    "enrolments",
    metadata,
    own_id(),
    platform(),
    Column("learner_id", BigInteger, ForeignKey("learners.id"), nullable=False, index=True),
    Column("item_id", BigInteger, ForeignKey("items.id")),
    Column("pathway_id", BigInteger),
    required("active", Boolean),
    Column("starts_at", Instant),
    Column("ends_at", Instant),
    Column("ended_at", Instant),
    required("metadata", Document),
    required("created_at", Instant),
    ForeignKeyConstraint(["platform_id", "pathway_id"], ["pathways.platform_id", "pathways.id"]),
    UniqueConstraint("platform_id", "item_id", "learner_id"),
    UniqueConstraint("platform_id", "pathway_id", "learner_id"),
    CheckConstraint("(item_id IS NULL) <> (pathway_id IS NULL)", name="one_subject"),
)

departments = Table(
    "departments",
    metadata,
    own_id(),
    platform(),
    required("name", Text),
    required("deleted", Boolean),
    required("created_at", Instant),
    UniqueConstraint("platform_id", "id"),
    Index(
        "uq_departments_standing",
        "platform_id",
        "name",
        unique=True,
        sqlite_where=text("NOT deleted"),
        postgresql_where=text("NOT deleted"),
    ),
)

department_members = Table(
    "department_members",
    metadata,
    tenant(),
    Column("department_id", BigInteger, primary_key=True),
    Column("learner_id", BigInteger, ForeignKey("learners.id"), primary_key=True, index=True),
    required("is_admin", Boolean),
    required("added_at", Instant),
    ForeignKeyConstraint(
        ["platform_id", "department_id"], ["departments.platform_id", "departments.id"]
    ),
)

self_joins = Table(
    "self_joins",
    metadata,
    Column("platform_id", BigInteger, ForeignKey("platforms.id"), primary_key=True),
    required("allowed", Boolean),
    required("created_at", Instant),
    required("modified_at", Instant),
)
