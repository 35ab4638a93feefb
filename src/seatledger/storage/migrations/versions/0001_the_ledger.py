"""The ledger"""

import sqlalchemy as sa
from alembic import op

from seatledger.storage.types import Document, Id, Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("email_key", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.CheckConstraint("role IN ('operator', 'manager')", name=op.f("ck_accounts_role_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("email_key", name=op.f("uq_accounts_email_key")),
    )
    op.create_table(
        "event_counters",
        sa.Column("platform_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("platform_id", name=op.f("pk_event_counters")),
    )
    op.create_table(
        "learners",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("email_key", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("username", sa.Text(), nullable=True),
        sa.Column("registered", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learners")),
        sa.UniqueConstraint("email_key", name=op.f("uq_learners_email_key")),
        sa.UniqueConstraint("username", name=op.f("uq_learners_username")),
    )
    op.create_table(
        "notices",
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("seat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ends_at", Instant, nullable=False),
        sa.Column("days", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("seat_id", "ends_at", "days", name=op.f("pk_notices")),
    )
    op.create_table(
        "platforms",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("org", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("domains", Document, nullable=False),
        sa.Column("learning_url", sa.Text(), server_default="", nullable=False),
        sa.Column("studio_url", sa.Text(), server_default="", nullable=False),
        sa.Column("portal_url", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platforms")),
        sa.UniqueConstraint("key", name=op.f("uq_platforms_key")),
        sa.UniqueConstraint("org", name=op.f("uq_platforms_org")),
    )
    op.create_table(
        "reminders",
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("subject", "subject_id", name=op.f("pk_reminders")),
    )
    op.create_table(
        "repeats",
        sa.Column("platform_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("platform_id", "key", "number", name=op.f("pk_repeats")),
    )
    with op.batch_alter_table("repeats", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_repeats_at"), ["at"], unique=False)

    op.create_table(
        "sign_in_tries",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("tries", Document, nullable=False),
        sa.Column("last_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_sign_in_tries")),
    )
    with op.batch_alter_table("sign_in_tries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_tries_last_at"), ["last_at"], unique=False)

    op.create_table(
        "signing_keys",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("algorithm", sa.Text(), nullable=False),
        sa.Column("kid", sa.Text(), nullable=False),
        sa.Column("public", sa.Text(), nullable=False),
        sa.Column("private", sa.Text(), nullable=True),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("retired_at", Instant, nullable=True),
        sa.CheckConstraint(
            "(retired_at IS NULL) = (private IS NOT NULL)",
            name=op.f("ck_signing_keys_signs_or_is_retired"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_keys")),
        sa.UniqueConstraint("kid", name=op.f("uq_signing_keys_kid")),
    )
    with op.batch_alter_table("signing_keys", schema=None) as batch_op:
        batch_op.create_index(
            "uq_signing_keys_signing",
            ["algorithm"],
            unique=True,
            sqlite_where=sa.text("retired_at IS NULL"),
            postgresql_where=sa.text("retired_at IS NULL"),
        )

    op.create_table(
        "account_links",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("expires_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_account_links_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_links")),
        sa.UniqueConstraint("digest", name=op.f("uq_account_links_digest")),
    )
    with op.batch_alter_table("account_links", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_account_links_account_id"), ["account_id"], unique=False
        )

    op.create_table(
        "account_platforms",
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_account_platforms_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_account_platforms_platform_id")
        ),
        sa.PrimaryKeyConstraint("platform_id", "account_id", name=op.f("pk_account_platforms")),
    )
    with op.batch_alter_table("account_platforms", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_account_platforms_account_id"), ["account_id"], unique=False
        )

    op.create_table(
        "departments",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_departments_platform_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_departments")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_departments_platform_id_id")),
    )
    with op.batch_alter_table("departments", schema=None) as batch_op:
        batch_op.create_index(
            "uq_departments_standing",
            ["platform_id", "name"],
            unique=True,
            sqlite_where=sa.text("NOT deleted"),
            postgresql_where=sa.text("NOT deleted"),
        )

    op.create_table(
        "groups",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["learners.id"], name=op.f("fk_groups_owner_id")),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_groups_platform_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_groups_platform_id_id")),
    )
    op.create_table(
        "items",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=True),
        sa.Column("enabled", sa.Boolean(), server_default=sa.text("(TRUE)"), nullable=False),
        sa.Column("details", Document, nullable=True),
        sa.Column("created_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_items_platform_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_items")),
        sa.UniqueConstraint("kind", "key", name=op.f("uq_items_kind_key")),
    )
    with op.batch_alter_table("items", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_items_platform_id"), ["platform_id"], unique=False)

    op.create_table(
        "members",
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("learner_id", sa.BigInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("added_on", Instant, nullable=False),
        sa.Column("expired_on", Instant, nullable=True),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["learners.id"], name=op.f("fk_members_learner_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_members_platform_id")
        ),
        sa.PrimaryKeyConstraint("platform_id", "learner_id", name=op.f("pk_members")),
    )
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_members_learner_id"), ["learner_id"], unique=False)

    op.create_table(
        "message_templates",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("item_kind", sa.Text(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("html", sa.Text(), nullable=True),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("modified_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_message_templates_platform_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_templates")),
        sa.UniqueConstraint(
            "platform_id",
            "kind",
            "item_kind",
            name=op.f("uq_message_templates_platform_id_kind_item_kind"),
        ),
    )
    op.create_table(
        "messages",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("learner_id", sa.BigInteger(), nullable=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("item_kind", sa.Text(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("mail", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("modified_at", Instant, nullable=False),
        sa.Column("sent_at", Instant, nullable=True),
        sa.CheckConstraint(
            "mail IN ('waiting', 'sent', 'kept', 'bounced', 'failed')",
            name=op.f("ck_messages_mail_known"),
        ),
        sa.CheckConstraint(
            "status IN ('unread', 'read', 'cancelled')", name=op.f("ck_messages_status_known")
        ),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["learners.id"], name=op.f("fk_messages_learner_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_messages_platform_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint(
            "platform_id",
            "seq",
            "kind",
            "address",
            name=op.f("uq_messages_platform_id_seq_kind_address"),
        ),
    )
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.create_index("ix_messages_created_at", ["created_at"], unique=False)
        batch_op.create_index("ix_messages_learner_id", ["learner_id", "id"], unique=False)
        batch_op.create_index("ix_messages_platform_id", ["platform_id", "id"], unique=False)
        batch_op.create_index(
            "ix_messages_secret",
            ["created_at"],
            unique=False,
            sqlite_where=sa.text("kind = 'link_code' AND text <> ''"),
            postgresql_where=sa.text("kind = 'link_code' AND text <> ''"),
        )

    op.create_table(
        "pathways",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("learner_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("uuid", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=True),
        sa.Column("visible", sa.Boolean(), nullable=False),
        sa.Column("path", Document, nullable=False),
        sa.Column("details", Document, nullable=True),
        sa.Column("created_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["learners.id"], name=op.f("fk_pathways_learner_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_pathways_platform_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pathways")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_pathways_platform_id_id")),
        sa.UniqueConstraint(
            "platform_id", "learner_id", "key", name=op.f("uq_pathways_platform_id_learner_id_key")
        ),
        sa.UniqueConstraint("uuid", name=op.f("uq_pathways_uuid")),
    )
    with op.batch_alter_table("pathways", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pathways_learner_id"), ["learner_id"], unique=False)

    op.create_table(
        "rates",
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("surface", sa.Text(), nullable=False),
        sa.Column("hits", Document, nullable=False),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_rates_platform_id")
        ),
        sa.PrimaryKeyConstraint("platform_id", "surface", name=op.f("pk_rates")),
    )
    op.create_table(
        "self_joins",
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("modified_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_self_joins_platform_id")
        ),
        sa.PrimaryKeyConstraint("platform_id", name=op.f("pk_self_joins")),
    )
    op.create_table(
        "sessions",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("seen_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_sessions_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("digest", name=op.f("uq_sessions_digest")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sessions_account_id"), ["account_id"], unique=False)

    op.create_table(
        "subscriptions",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("connector", sa.Text(), nullable=False),
        sa.Column("kinds", Document, nullable=True),
        sa.Column("settings", Document, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("failing_since", Instant, nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.CheckConstraint(
            "state IN ('active', 'paused', 'deleted')", name=op.f("ck_subscriptions_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_subscriptions_platform_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriptions")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_subscriptions_platform_id_id")),
    )
    with op.batch_alter_table("subscriptions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_subscriptions_platform_id"), ["platform_id"], unique=False
        )
        batch_op.create_index(
            "uq_subscriptions_mail",
            ["platform_id"],
            unique=True,
            sqlite_where=sa.text("connector = 'mail'"),
            postgresql_where=sa.text("connector = 'mail'"),
        )

    op.create_table(
        "tokens",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("platform_id", sa.BigInteger(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("learner_id", sa.BigInteger(), nullable=True),
        sa.Column("expires_at", Instant, nullable=True),
        sa.Column("created_at", Instant, nullable=False),
        sa.CheckConstraint(
            "(role = 'manager') = (platform_id IS NOT NULL)",
            name=op.f("ck_tokens_role_fits_platform"),
        ),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"], name=op.f("fk_tokens_learner_id")),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_tokens_platform_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tokens")),
        sa.UniqueConstraint("digest", name=op.f("uq_tokens_digest")),
        sa.UniqueConstraint("platform_id", "name", name=op.f("uq_tokens_platform_id_name")),
    )
    with op.batch_alter_table("tokens", schema=None) as batch_op:
        batch_op.create_index(
            "uq_tokens_of_operators",
            ["name"],
            unique=True,
            sqlite_where=sa.text("platform_id IS NULL"),
            postgresql_where=sa.text("platform_id IS NULL"),
        )

    op.create_table(
        "deliveries",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("subscription_id", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("order_key", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", Instant, nullable=False),
        sa.Column("claimed_until", Instant, nullable=True),
        sa.Column("log", Document, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("settled_at", Instant, nullable=True),
        sa.CheckConstraint(
            "(state = 'waiting') = (settled_at IS NULL)",
            name=op.f("ck_deliveries_settled_when_over"),
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'delivered', 'dead')", name=op.f("ck_deliveries_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "subscription_id"],
            ["subscriptions.platform_id", "subscriptions.id"],
            name=op.f("fk_deliveries_platform_id_subscription_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
    )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.create_index(
            "ix_deliveries_due",
            ["subscription_id", "due_at", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.create_index("ix_deliveries_message_id", ["message_id"], unique=False)
        batch_op.create_index(
            "ix_deliveries_order",
            ["subscription_id", "order_key", "seq", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.create_index("ix_deliveries_settled_at", ["settled_at"], unique=False)
        batch_op.create_index(
            "ix_deliveries_subscription_id", ["subscription_id", "id"], unique=False
        )
        batch_op.create_index(
            "uq_deliveries_once",
            ["subscription_id", "seq"],
            unique=True,
            sqlite_where=sa.text("message_id IS NULL"),
            postgresql_where=sa.text("message_id IS NULL"),
        )

    op.create_table(
        "department_members",
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("department_id", sa.BigInteger(), nullable=False),
        sa.Column("learner_id", sa.BigInteger(), nullable=False),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("added_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["learners.id"], name=op.f("fk_department_members_learner_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "department_id"],
            ["departments.platform_id", "departments.id"],
            name=op.f("fk_department_members_platform_id_department_id"),
        ),
        sa.PrimaryKeyConstraint("department_id", "learner_id", name=op.f("pk_department_members")),
    )
    with op.batch_alter_table("department_members", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_department_members_learner_id"), ["learner_id"], unique=False
        )

    op.create_table(
        "enrolments",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("learner_id", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=True),
        sa.Column("pathway_id", sa.BigInteger(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("starts_at", Instant, nullable=True),
        sa.Column("ends_at", Instant, nullable=True),
        sa.Column("ended_at", Instant, nullable=True),
        sa.Column("metadata", Document, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.CheckConstraint(
            "(item_id IS NULL) <> (pathway_id IS NULL)", name=op.f("ck_enrolments_one_subject")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_enrolments_item_id")),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["learners.id"], name=op.f("fk_enrolments_learner_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "pathway_id"],
            ["pathways.platform_id", "pathways.id"],
            name=op.f("fk_enrolments_platform_id_pathway_id"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_enrolments_platform_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolments")),
        sa.UniqueConstraint(
            "platform_id",
            "item_id",
            "learner_id",
            name=op.f("uq_enrolments_platform_id_item_id_learner_id"),
        ),
        sa.UniqueConstraint(
            "platform_id",
            "pathway_id",
            "learner_id",
            name=op.f("uq_enrolments_platform_id_pathway_id_learner_id"),
        ),
    )
    with op.batch_alter_table("enrolments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_enrolments_learner_id"), ["learner_id"], unique=False)

    op.create_table(
        "group_members",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("learner_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["learners.id"], name=op.f("fk_group_members_learner_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "group_id"],
            ["groups.platform_id", "groups.id"],
            name=op.f("fk_group_members_platform_id_group_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_members")),
        sa.UniqueConstraint(
            "group_id", "learner_id", name=op.f("uq_group_members_group_id_learner_id")
        ),
    )
    with op.batch_alter_table("group_members", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_group_members_learner_id"), ["learner_id"], unique=False
        )

    op.create_table(
        "item_parts",
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("part_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_item_parts_item_id")),
        sa.ForeignKeyConstraint(["part_id"], ["items.id"], name=op.f("fk_item_parts_part_id")),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_item_parts_platform_id")
        ),
        sa.PrimaryKeyConstraint("item_id", "part_id", name=op.f("pk_item_parts")),
    )
    with op.batch_alter_table("item_parts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_parts_part_id"), ["part_id"], unique=False)

    op.create_table(
        "pools",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("given", sa.BigInteger(), nullable=False),
        sa.Column("ended", sa.BigInteger(), nullable=False),
        sa.Column("moved", sa.BigInteger(), nullable=False),
        sa.Column("starts_at", Instant, nullable=False),
        sa.Column("ends_at", Instant, nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("transferable", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("metadata", Document, nullable=False),
        sa.Column("enrolment_config", Document, nullable=False),
        sa.Column("moves", Document, nullable=True),
        sa.Column("created_at", Instant, nullable=False),
        sa.CheckConstraint(
            "ended >= 0 AND ended <= given", name=op.f("ck_pools_ended_within_given")
        ),
        sa.CheckConstraint(
            "ends_at IS NULL OR starts_at <= ends_at", name=op.f("ck_pools_window_forwards")
        ),
        sa.CheckConstraint("held >= 0 AND held <= size", name=op.f("ck_pools_held_within_size")),
        sa.CheckConstraint(
            "moved >= 0 AND moved <= ended", name=op.f("ck_pools_moved_within_ended")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_pools_item_id")),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_pools_platform_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pools")),
        sa.UniqueConstraint("kind", "external_id", name=op.f("uq_pools_kind_external_id")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_pools_platform_id_id")),
    )
    with op.batch_alter_table("pools", schema=None) as batch_op:
        batch_op.create_index("ix_pools_item_id", ["item_id"], unique=False)

    op.create_table(
        "progress",
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("learner_id", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("percent", sa.Double(), nullable=False),
        sa.Column("completed_at", Instant, nullable=True),
        sa.Column("last_opened_at", Instant, nullable=True),
        sa.Column("reported_at", Instant, nullable=False),
        sa.Column("updated_at", Instant, nullable=False),
        sa.CheckConstraint(
            "percent >= 0 AND percent <= 100", name=op.f("ck_progress_percent_in_range")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_progress_item_id")),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["learners.id"], name=op.f("fk_progress_learner_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_progress_platform_id")
        ),
        sa.PrimaryKeyConstraint("platform_id", "learner_id", "item_id", name=op.f("pk_progress")),
    )
    with op.batch_alter_table("progress", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_progress_learner_id"), ["learner_id"], unique=False)

    op.create_table(
        "suggestions",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=True),
        sa.Column("pathway_id", sa.BigInteger(), nullable=True),
        sa.Column("learner_id", sa.BigInteger(), nullable=True),
        sa.Column("group_id", sa.BigInteger(), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("visible", sa.Boolean(), nullable=False),
        sa.Column("direct", sa.Boolean(), nullable=False),
        sa.Column("suggested_by", sa.Text(), nullable=True),
        sa.Column("metadata", Document, nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("modified_at", Instant, nullable=False),
        sa.CheckConstraint(
            "(learner_id IS NULL) <> (group_id IS NULL)", name=op.f("ck_suggestions_to_one")
        ),
        sa.CheckConstraint(
            "withdrawn OR (item_id IS NULL) <> (pathway_id IS NULL)",
            name=op.f("ck_suggestions_one_subject_while_standing"),
        ),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_suggestions_item_id")),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["learners.id"], name=op.f("fk_suggestions_learner_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "group_id"],
            ["groups.platform_id", "groups.id"],
            name=op.f("fk_suggestions_platform_id_group_id"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "pathway_id"],
            ["pathways.platform_id", "pathways.id"],
            name=op.f("fk_suggestions_platform_id_pathway_id"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_suggestions_platform_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestions")),
    )
    with op.batch_alter_table("suggestions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_suggestions_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_suggestions_learner_id"), ["learner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_suggestions_pathway_id"), ["pathway_id"], unique=False)
        batch_op.create_index("ix_suggestions_platform_id", ["platform_id", "id"], unique=False)
        batch_op.create_index(
            "uq_suggestions_standing_group_item",
            ["group_id", "item_id", "platform_id"],
            unique=True,
            sqlite_where=sa.text("NOT withdrawn"),
            postgresql_where=sa.text("NOT withdrawn"),
        )
        batch_op.create_index(
            "uq_suggestions_standing_group_pathway",
            ["group_id", "pathway_id", "platform_id"],
            unique=True,
            sqlite_where=sa.text("NOT withdrawn"),
            postgresql_where=sa.text("NOT withdrawn"),
        )
        batch_op.create_index(
            "uq_suggestions_standing_learner_item",
            ["learner_id", "item_id", "platform_id"],
            unique=True,
            sqlite_where=sa.text("NOT withdrawn"),
            postgresql_where=sa.text("NOT withdrawn"),
        )
        batch_op.create_index(
            "uq_suggestions_standing_learner_pathway",
            ["learner_id", "pathway_id", "platform_id"],
            unique=True,
            sqlite_where=sa.text("NOT withdrawn"),
            postgresql_where=sa.text("NOT withdrawn"),
        )

    op.create_table(
        "events",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("platform_id", sa.BigInteger(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("pool_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("surface", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=True),
        sa.Column("change_type", sa.Text(), nullable=True),
        sa.Column("transaction_id", sa.Text(), nullable=True),
        sa.Column("before", Document, nullable=True),
        sa.Column("after", Document, nullable=False),
        sa.Column("silent", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.ForeignKeyConstraint(
            ["platform_id", "pool_id"],
            ["pools.platform_id", "pools.id"],
            name=op.f("fk_events_platform_id_pool_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint("platform_id", "seq", name=op.f("uq_events_platform_id_seq")),
    )
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.create_index("ix_events_pool_id", ["pool_id", "seq"], unique=False)
        batch_op.create_index("ix_events_subject_id", ["subject_id", "seq"], unique=False)
        batch_op.create_index(
            "uq_events_of_none",
            ["seq"],
            unique=True,
            sqlite_where=sa.text("platform_id IS NULL"),
            postgresql_where=sa.text("platform_id IS NULL"),
        )

    op.create_table(
        "grants",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("pool_id", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fulfilled", sa.Boolean(), nullable=False),
        sa.Column("redirect_to", sa.Text(), nullable=True),
        sa.Column("metadata", Document, nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("modified_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(
            ["platform_id", "pool_id"],
            ["pools.platform_id", "pools.id"],
            name=op.f("fk_grants_platform_id_pool_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grants")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_grants_platform_id_id")),
    )
    with op.batch_alter_table("grants", schema=None) as batch_op:
        batch_op.create_index("ix_grants_group_id", ["group_id"], unique=False)
        batch_op.create_index(
            "uq_grants_standing",
            ["pool_id", "group_id"],
            unique=True,
            sqlite_where=sa.text("NOT removed"),
            postgresql_where=sa.text("NOT removed"),
        )

    op.create_table(
        "jobs",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("pool_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("silent", sa.Boolean(), nullable=False),
        sa.Column("trial", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("counts", Document, nullable=False),
        sa.Column("columns", Document, nullable=False),
        sa.Column("author", Document, nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("started_at", Instant, nullable=True),
        sa.Column("finished_at", Instant, nullable=True),
        sa.Column("worked_at", Instant, nullable=False),
        sa.CheckConstraint(
            "(state IN ('queued', 'running')) = (finished_at IS NULL)",
            name=op.f("ck_jobs_finished_when_over"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "parent_id"],
            ["jobs.platform_id", "jobs.id"],
            name=op.f("fk_jobs_platform_id_parent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "pool_id"],
            ["pools.platform_id", "pools.id"],
            name=op.f("fk_jobs_platform_id_pool_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_jobs_platform_id_id")),
    )
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.create_index("ix_jobs_pool_id", ["pool_id", "id"], unique=False)
        batch_op.create_index(
            "ix_jobs_waiting",
            ["worked_at", "id"],
            unique=False,
            sqlite_where=sa.text("state IN ('queued', 'running')"),
            postgresql_where=sa.text("state IN ('queued', 'running')"),
        )

    op.create_table(
        "links",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("pool_id", sa.BigInteger(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("quota", sa.Integer(), nullable=False),
        sa.Column("duration_days", sa.Integer(), nullable=True),
        sa.Column("auto_reassign", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("deleted_at", Instant, nullable=True),
        sa.CheckConstraint("quota > 0", name=op.f("ck_links_quota_offers_something")),
        sa.ForeignKeyConstraint(
            ["platform_id", "pool_id"],
            ["pools.platform_id", "pools.id"],
            name=op.f("fk_links_platform_id_pool_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_links_platform_id_id")),
        sa.UniqueConstraint("token", name=op.f("uq_links_token")),
    )
    with op.batch_alter_table("links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_links_pool_id"), ["pool_id"], unique=False)

    op.create_table(
        "seats",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("pool_id", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("learner_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("starts_at", Instant, nullable=False),
        sa.Column("ends_at", Instant, nullable=True),
        sa.Column("direct", sa.Boolean(), nullable=False),
        sa.Column("grants", Document, nullable=False),
        sa.Column("fulfilled", sa.Boolean(), nullable=False),
        sa.Column("redirect_to", sa.Text(), nullable=True),
        sa.Column("metadata", Document, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("modified_at", Instant, nullable=False),
        sa.Column("moved_from", sa.BigInteger(), nullable=True),
        sa.Column("moved_to", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(COALESCE(reason, '') = 'passed_on') = (moved_to IS NOT NULL)",
            name=op.f("ck_seats_passed_on_to_one"),
        ),
        sa.CheckConstraint(
            "(state = 'ended') = (reason IS NOT NULL)", name=op.f("ck_seats_ended_for_a_reason")
        ),
        sa.CheckConstraint(
            "state IN ('live', 'suspended', 'ended')", name=op.f("ck_seats_state_known")
        ),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"], name=op.f("fk_seats_learner_id")),
        sa.ForeignKeyConstraint(
            ["platform_id", "pool_id"],
            ["pools.platform_id", "pools.id"],
            name=op.f("fk_seats_platform_id_pool_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seats")),
    )
    with op.batch_alter_table("seats", schema=None) as batch_op:
        batch_op.create_index(
            "ix_seats_due",
            ["pool_id", "ends_at"],
            unique=False,
            sqlite_where=sa.text("state = 'live' AND ends_at IS NOT NULL"),
            postgresql_where=sa.text("state = 'live' AND ends_at IS NOT NULL"),
        )
        batch_op.create_index("ix_seats_learner_id", ["learner_id", "item_id"], unique=False)
        batch_op.create_index(
            "ix_seats_oldest",
            ["pool_id", "starts_at", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'live'"),
            postgresql_where=sa.text("state = 'live'"),
        )
        batch_op.create_index(
            "ix_seats_overdue",
            ["ends_at"],
            unique=False,
            sqlite_where=sa.text("state = 'live' AND ends_at IS NOT NULL"),
            postgresql_where=sa.text("state = 'live' AND ends_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_seats_platform_id",
            ["platform_id", "id", "state", "ends_at", "pool_id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_seats_pool_id", ["pool_id", "id", "state", "ends_at"], unique=False
        )
        batch_op.create_index(
            "uq_seats_standing",
            ["pool_id", "learner_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'ended'"),
            postgresql_where=sa.text("state <> 'ended'"),
        )

    op.create_table(
        "access_requests",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("learner_id", sa.BigInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=True),
        sa.Column("reviewed", sa.Boolean(), nullable=False),
        sa.Column("metadata", Document, nullable=False),
        sa.Column("seat_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("modified_at", Instant, nullable=False),
        sa.CheckConstraint(
            "(approved IS NOT NULL) = reviewed",
            name=op.f("ck_access_requests_reviewed_once_decided"),
        ),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_access_requests_item_id")),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["learners.id"], name=op.f("fk_access_requests_learner_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_access_requests_platform_id")
        ),
        sa.ForeignKeyConstraint(["seat_id"], ["seats.id"], name=op.f("fk_access_requests_seat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_requests")),
    )
    with op.batch_alter_table("access_requests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_access_requests_item_id"), ["item_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_access_requests_learner_id"), ["learner_id"], unique=False
        )
        batch_op.create_index("ix_access_requests_platform_id", ["platform_id", "id"], unique=False)
        batch_op.create_index(
            "uq_access_requests_open",
            ["platform_id", "item_id", "learner_id"],
            unique=True,
            sqlite_where=sa.text("active AND NOT reviewed"),
            postgresql_where=sa.text("active AND NOT reviewed"),
        )

    op.create_table(
        "invitations",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=True),
        sa.Column("learner_id", sa.BigInteger(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("ends_at", Instant, nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("redirect_to", sa.Text(), nullable=True),
        sa.Column("metadata", Document, nullable=False),
        sa.Column("enrolment_config", Document, nullable=False),
        sa.Column("profile", Document, nullable=False),
        sa.Column("user_group", sa.Text(), nullable=True),
        sa.Column("group_owner_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("accepted_at", Instant, nullable=True),
        sa.Column("seat_id", sa.BigInteger(), nullable=True),
        sa.Column("undeliverable_at", Instant, nullable=True),
        sa.Column("undeliverable_why", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'platform') = (item_id IS NULL)", name=op.f("ck_invitations_item_or_platform")
        ),
        sa.CheckConstraint(
            "accepted_at IS NULL OR learner_id IS NOT NULL",
            name=op.f("ck_invitations_accepted_by_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["group_owner_id"], ["learners.id"], name=op.f("fk_invitations_group_owner_id")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_invitations_item_id")),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["learners.id"], name=op.f("fk_invitations_learner_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_invitations_platform_id")
        ),
        sa.ForeignKeyConstraint(["seat_id"], ["seats.id"], name=op.f("fk_invitations_seat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
    )
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.create_index(
            "ix_invitations_blank",
            ["source", "kind", "platform_id", "id"],
            unique=False,
            sqlite_where=sa.text("learner_id IS NULL AND active"),
            postgresql_where=sa.text("learner_id IS NULL AND active"),
        )
        batch_op.create_index(batch_op.f("ix_invitations_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitations_learner_id"), ["learner_id"], unique=False)
        batch_op.create_index(
            "ix_invitations_pending",
            ["created_at"],
            unique=False,
            sqlite_where=sa.text("active"),
            postgresql_where=sa.text("active"),
        )
        batch_op.create_index("ix_invitations_platform_id", ["platform_id", "id"], unique=False)

    op.create_table(
        "job_chunks",
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("job_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("first", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=True),
        sa.Column("counts", Document, nullable=True),
        sa.CheckConstraint(
            "(told IS NULL) = (counts IS NULL)", name=op.f("ck_job_chunks_told_and_counted")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "job_id"],
            ["jobs.platform_id", "jobs.id"],
            name=op.f("fk_job_chunks_platform_id_job_id"),
        ),
        sa.PrimaryKeyConstraint("job_id", "first", name=op.f("pk_job_chunks")),
    )
    op.create_table(
        "link_codes",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("link_id", sa.BigInteger(), nullable=False),
        sa.Column("address_key", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.CheckConstraint("tries BETWEEN 0 AND 5", name=op.f("ck_link_codes_tries_bounded")),
        sa.ForeignKeyConstraint(
            ["platform_id", "link_id"],
            ["links.platform_id", "links.id"],
            name=op.f("fk_link_codes_platform_id_link_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_codes")),
    )
    with op.batch_alter_table("link_codes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_link_codes_address_key"), ["address_key"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_link_codes_created_at"), ["created_at"], unique=False)
        batch_op.create_index("ix_link_codes_link_id", ["link_id", "created_at"], unique=False)

    op.create_table(
        "link_seats",
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("link_id", sa.BigInteger(), nullable=False),
        sa.Column("seat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["platform_id", "link_id"],
            ["links.platform_id", "links.id"],
            name=op.f("fk_link_seats_platform_id_link_id"),
        ),
        sa.ForeignKeyConstraint(["seat_id"], ["seats.id"], name=op.f("fk_link_seats_seat_id")),
        sa.PrimaryKeyConstraint("seat_id", name=op.f("pk_link_seats")),
    )
    with op.batch_alter_table("link_seats", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_link_seats_link_id"), ["link_id"], unique=False)

    op.create_table(
        "waits",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("pool_id", sa.BigInteger(), nullable=False),
        sa.Column("grant_id", sa.BigInteger(), nullable=False),
        sa.Column("learner_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["grant_id"], ["grants.id"], name=op.f("fk_waits_grant_id")),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"], name=op.f("fk_waits_learner_id")),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_waits_platform_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waits")),
        sa.UniqueConstraint("grant_id", "learner_id", name=op.f("uq_waits_grant_id_learner_id")),
    )
    with op.batch_alter_table("waits", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_waits_pool_id"), ["pool_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("waits", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_waits_pool_id"))

    op.drop_table("waits")
    with op.batch_alter_table("link_seats", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_link_seats_link_id"))

    op.drop_table("link_seats")
    with op.batch_alter_table("link_codes", schema=None) as batch_op:
        batch_op.drop_index("ix_link_codes_link_id")
        batch_op.drop_index(batch_op.f("ix_link_codes_created_at"))
        batch_op.drop_index(batch_op.f("ix_link_codes_address_key"))

    op.drop_table("link_codes")
    op.drop_table("job_chunks")
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.drop_index("ix_invitations_platform_id")
        batch_op.drop_index(
            "ix_invitations_pending",
            sqlite_where=sa.text("active"),
            postgresql_where=sa.text("active"),
        )
        batch_op.drop_index(batch_op.f("ix_invitations_learner_id"))
        batch_op.drop_index(batch_op.f("ix_invitations_item_id"))
        batch_op.drop_index(
            "ix_invitations_blank",
            sqlite_where=sa.text("learner_id IS NULL AND active"),
            postgresql_where=sa.text("learner_id IS NULL AND active"),
        )

    op.drop_table("invitations")
    with op.batch_alter_table("access_requests", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_access_requests_open",
            sqlite_where=sa.text("active AND NOT reviewed"),
            postgresql_where=sa.text("active AND NOT reviewed"),
        )
        batch_op.drop_index("ix_access_requests_platform_id")
        batch_op.drop_index(batch_op.f("ix_access_requests_learner_id"))
        batch_op.drop_index(batch_op.f("ix_access_requests_item_id"))

    op.drop_table("access_requests")
    with op.batch_alter_table("seats", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_seats_standing",
            sqlite_where=sa.text("state <> 'ended'"),
            postgresql_where=sa.text("state <> 'ended'"),
        )
        batch_op.drop_index("ix_seats_pool_id")
        batch_op.drop_index("ix_seats_platform_id")
        batch_op.drop_index(
            "ix_seats_overdue",
            sqlite_where=sa.text("state = 'live' AND ends_at IS NOT NULL"),
            postgresql_where=sa.text("state = 'live' AND ends_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_seats_oldest",
            sqlite_where=sa.text("state = 'live'"),
            postgresql_where=sa.text("state = 'live'"),
        )
        batch_op.drop_index("ix_seats_learner_id")
        batch_op.drop_index(
            "ix_seats_due",
            sqlite_where=sa.text("state = 'live' AND ends_at IS NOT NULL"),
            postgresql_where=sa.text("state = 'live' AND ends_at IS NOT NULL"),
        )

    op.drop_table("seats")
    with op.batch_alter_table("links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_links_pool_id"))

    op.drop_table("links")
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_jobs_waiting",
            sqlite_where=sa.text("state IN ('queued', 'running')"),
            postgresql_where=sa.text("state IN ('queued', 'running')"),
        )
        batch_op.drop_index("ix_jobs_pool_id")

    op.drop_table("jobs")
    with op.batch_alter_table("grants", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_grants_standing",
            sqlite_where=sa.text("NOT removed"),
            postgresql_where=sa.text("NOT removed"),
        )
        batch_op.drop_index("ix_grants_group_id")

    op.drop_table("grants")
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_events_of_none",
            sqlite_where=sa.text("platform_id IS NULL"),
            postgresql_where=sa.text("platform_id IS NULL"),
        )
        batch_op.drop_index("ix_events_subject_id")
        batch_op.drop_index("ix_events_pool_id")

    op.drop_table("events")
    with op.batch_alter_table("suggestions", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_suggestions_standing_learner_pathway",
            sqlite_where=sa.text("NOT withdrawn"),
            postgresql_where=sa.text("NOT withdrawn"),
        )
        batch_op.drop_index(
            "uq_suggestions_standing_learner_item",
            sqlite_where=sa.text("NOT withdrawn"),
            postgresql_where=sa.text("NOT withdrawn"),
        )
        batch_op.drop_index(
            "uq_suggestions_standing_group_pathway",
            sqlite_where=sa.text("NOT withdrawn"),
            postgresql_where=sa.text("NOT withdrawn"),
        )
        batch_op.drop_index(
            "uq_suggestions_standing_group_item",
            sqlite_where=sa.text("NOT withdrawn"),
            postgresql_where=sa.text("NOT withdrawn"),
        )
        batch_op.drop_index("ix_suggestions_platform_id")
        batch_op.drop_index(batch_op.f("ix_suggestions_pathway_id"))
        batch_op.drop_index(batch_op.f("ix_suggestions_learner_id"))
        batch_op.drop_index(batch_op.f("ix_suggestions_item_id"))

    op.drop_table("suggestions")
    with op.batch_alter_table("progress", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_progress_learner_id"))

    op.drop_table("progress")
    with op.batch_alter_table("pools", schema=None) as batch_op:
        batch_op.drop_index("ix_pools_item_id")

    op.drop_table("pools")
    with op.batch_alter_table("item_parts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_parts_part_id"))

    op.drop_table("item_parts")
    with op.batch_alter_table("group_members", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_group_members_learner_id"))

    op.drop_table("group_members")
    with op.batch_alter_table("enrolments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_enrolments_learner_id"))

    op.drop_table("enrolments")
    with op.batch_alter_table("department_members", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_department_members_learner_id"))

    op.drop_table("department_members")
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_deliveries_once",
            sqlite_where=sa.text("message_id IS NULL"),
            postgresql_where=sa.text("message_id IS NULL"),
        )
        batch_op.drop_index("ix_deliveries_subscription_id")
        batch_op.drop_index("ix_deliveries_settled_at")
        batch_op.drop_index(
            "ix_deliveries_order",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index("ix_deliveries_message_id")
        batch_op.drop_index(
            "ix_deliveries_due",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.drop_table("deliveries")
    with op.batch_alter_table("tokens", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_tokens_of_operators",
            sqlite_where=sa.text("platform_id IS NULL"),
            postgresql_where=sa.text("platform_id IS NULL"),
        )

    op.drop_table("tokens")
    with op.batch_alter_table("subscriptions", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_subscriptions_mail",
            sqlite_where=sa.text("connector = 'mail'"),
            postgresql_where=sa.text("connector = 'mail'"),
        )
        batch_op.drop_index(batch_op.f("ix_subscriptions_platform_id"))

    op.drop_table("subscriptions")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sessions_account_id"))

    op.drop_table("sessions")
    op.drop_table("self_joins")
    op.drop_table("rates")
    with op.batch_alter_table("pathways", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pathways_learner_id"))

    op.drop_table("pathways")
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_messages_secret",
            sqlite_where=sa.text("kind = 'link_code' AND text <> ''"),
            postgresql_where=sa.text("kind = 'link_code' AND text <> ''"),
        )
        batch_op.drop_index("ix_messages_platform_id")
        batch_op.drop_index("ix_messages_learner_id")
        batch_op.drop_index("ix_messages_created_at")

    op.drop_table("messages")
    op.drop_table("message_templates")
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_members_learner_id"))

    op.drop_table("members")
    with op.batch_alter_table("items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_items_platform_id"))

    op.drop_table("items")
    op.drop_table("groups")
    with op.batch_alter_table("departments", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_departments_standing",
            sqlite_where=sa.text("NOT deleted"),
            postgresql_where=sa.text("NOT deleted"),
        )

    op.drop_table("departments")
    with op.batch_alter_table("account_platforms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_platforms_account_id"))

    op.drop_table("account_platforms")
    with op.batch_alter_table("account_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_links_account_id"))

    op.drop_table("account_links")
    with op.batch_alter_table("signing_keys", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_signing_keys_signing",
            sqlite_where=sa.text("retired_at IS NULL"),
            postgresql_where=sa.text("retired_at IS NULL"),
        )

    op.drop_table("signing_keys")
    with op.batch_alter_table("sign_in_tries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_tries_last_at"))

    op.drop_table("sign_in_tries")
    with op.batch_alter_table("repeats", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_repeats_at"))

    op.drop_table("repeats")
    op.drop_table("reminders")
    op.drop_table("platforms")
    op.drop_table("notices")
    op.drop_table("learners")
    op.drop_table("event_counters")
    op.drop_table("accounts")
