"""The schema of how far learners have come."""

from sqlalchemy import BigInteger, CheckConstraint, Column, Double, ForeignKey, Table

from seatledger.storage.columns import metadata, required
from seatledger.storage.types import Instant

progress = Table(
    "progress",
    metadata,
    Column("platform_id", BigInteger, ForeignKey("platforms.id"), primary_key=True),
    Column("learner_id", BigInteger, ForeignKey("learners.id"), primary_key=True, index=True),
    Column("item_id", BigInteger, ForeignKey("items.id"), primary_key=True),
    required("percent", Double),
    Column("completed_at", Instant),
    Column("last_opened_at", Instant),
    required("reported_at", Instant),
    required("updated_at", Instant),
    CheckConstraint("percent >= 0 AND percent <= 100", name="percent_in_range"),
)
