"""The schema of jobs: what is asked, and its rows in chunks, each with what came of it."""

from sqlalchemy import (
    BigInteger,
    Boolean,
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

from seatledger.storage.columns import metadata, own_id, required, tenant
from seatledger.storage.types import Document, Instant

WAITING = text("state IN ('queued', 'running')")

jobs = Table(
    "jobs",
    metadata,
    own_id(),
    tenant(),
    required("pool_id", BigInteger),
    required("kind", Text),
    required("mode", Text),
    required("silent", Boolean),
    required("trial", Boolean),
    required("state", Text),
    required("total", Integer),
    required("counts", Document),
    required("columns", Document),
    required("author", Document),
    Column("parent_id", BigInteger),
    Column("reason", Text),
    required("created_at", Instant),
    Column("started_at", Instant),
    Column("finished_at", Instant),
    required("worked_at", Instant),
    UniqueConstraint("platform_id", "id"),
    ForeignKeyConstraint(["platform_id", "pool_id"], ["pools.platform_id", "pools.id"]),
    ForeignKeyConstraint(["platform_id", "parent_id"], ["jobs.platform_id", "jobs.id"]),
    CheckConstraint(
        "(state IN ('queued', 'running')) = (finished_at IS NULL)", name="finished_when_over"
    ),
    Index("ix_jobs_waiting", "worked_at", "id", sqlite_where=WAITING, postgresql_where=WAITING),
    Index("ix_jobs_pool_id", "pool_id", "id"),
)

job_chunks = Table(
    "job_chunks",
    metadata,
    tenant(),
    Column("job_id", BigInteger, primary_key=True, autoincrement=False),
    Column("first", Integer, primary_key=True, autoincrement=False),
    required("size", Integer),
    required("rows", Text),
    Column("told", Text),
    Column("counts", Document),
    ForeignKeyConstraint(["platform_id", "job_id"], ["jobs.platform_id", "jobs.id"]),
    CheckConstraint("(told IS NULL) = (counts IS NULL)", name="told_and_counted"),
)
