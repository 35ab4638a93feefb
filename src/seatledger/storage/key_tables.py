"""The schema of the keys that answers are signed with. They are the deployment's, no platform's."""

from sqlalchemy import CheckConstraint, Column, Index, Table, Text, text

from seatledger.storage.columns import metadata, own_id, required
from seatledger.storage.types import Instant

# A retired key has no private part any more.
signing_keys = Table(
    "signing_keys",
    metadata,
    own_id(),
    required("algorithm", Text),
    required("kid", Text, unique=True),
    required("public", Text),
    Column("private", Text),
    required("created_at", Instant),
    Column("retired_at", Instant),
    CheckConstraint("(retired_at IS NULL) = (private IS NOT NULL)", name="signs_or_is_retired"),
    Index(
        "uq_signing_keys_signing",
        "algorithm",
        unique=True,
        sqlite_where=text("retired_at IS NULL"),
        postgresql_where=text("retired_at IS NULL"),
    ),
)
