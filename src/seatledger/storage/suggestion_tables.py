"""The schema of suggestions. Withdrawn ones stay, so that an id is never another's."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Table,
    Text,
    text,
)

from seatledger.storage.columns import metadata, own_id, platform, required
from seatledger.storage.types import Document, Instant

_STANDING = text("NOT withdrawn")

suggestions = Table(
    "suggestions",
    metadata,
    own_id(),
    platform(),
    Column("item_id", BigInteger, ForeignKey("items.id"), index=True),
    Column("pathway_id", BigInteger, index=True),
    Column("learner_id", BigInteger, ForeignKey("learners.id"), index=True),
    Column("group_id", BigInteger),
    required("accepted", Boolean),
    required("visible", Boolean),
    required("direct", Boolean),
    Column("suggested_by", Text),
    required("metadata", Document),
    required("withdrawn", Boolean),
    required("created_at", Instant),
    required("modified_at", Instant),
    ForeignKeyConstraint(["platform_id", "pathway_id"], ["pathways.platform_id", "pathways.id"]),
    ForeignKeyConstraint(["platform_id", "group_id"], ["groups.platform_id", "groups.id"]),
    # What was deleted can't be pointed at any more: what was suggested then is in history.
    CheckConstraint(
        "withdrawn OR (item_id IS NULL) <> (pathway_id IS NULL)", name="one_subject_while_standing"
    ),
    CheckConstraint("(learner_id IS NULL) <> (group_id IS NULL)", name="to_one"),
    Index("ix_suggestions_platform_id", "platform_id", "id"),
    *(
        Index(
            f"uq_suggestions_standing_{to}_{subject}",
            f"{to}_id",
            f"{subject}_id",
            "platform_id",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        )
        for to in ("learner", "group")
        for subject in ("item", "pathway")
    ),
)
