"""Slots, public pages, attempts.

Revision ID: 0004_slots
Revises: 0003_newsroom
"""

import sqlalchemy as sa
from alembic import op

revision = "0004_slots"
down_revision = "0003_newsroom"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "heartbeat",
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.Column("tick", sa.String(length=40), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("owner", "tick", name=op.f("pk_heartbeat")),
    )
    op.create_table(
        "public_page",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("idem_key", sa.String(length=64), nullable=False),
        sa.Column("token", sa.String(length=22), nullable=False),
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column("revision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_public_page_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_page")),
        sa.UniqueConstraint("idem_key", name=op.f("uq_public_page_idem_key")),
        sa.UniqueConstraint("token", name=op.f("uq_public_page_token")),
    )
    with op.batch_alter_table("public_page", schema=None) as batch_op:
        batch_op.create_index("ix_public_page_published_at_id", ["published_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_public_page_revision_id"), ["revision_id"], unique=False)

    op.create_table(
        "slot",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("variant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("channel_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("revision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("revision_sha256", sa.String(length=64), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("run_no", sa.Integer(), nullable=False),
        sa.Column("idem_key", sa.String(length=64), nullable=False),
        sa.Column("lease_owner", sa.String(length=120), nullable=True),
        sa.Column("lease_token", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("remote_address", sa.String(length=500), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error_class", sa.String(length=30), nullable=True),
        sa.Column("error_sentence", sa.String(length=500), nullable=True),
        sa.Column("error_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hold_reason", sa.String(length=500), nullable=True),
        sa.Column("booked_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["booked_by_id"], ["person.id"], name=op.f("fk_slot_booked_by_id")),
        sa.ForeignKeyConstraint(["channel_id"], ["channel.id"], name=op.f("fk_slot_channel_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_slot_revision_id")),
        sa.ForeignKeyConstraint(["variant_id"], ["variant.id"], name=op.f("fk_slot_variant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot")),
        sa.UniqueConstraint("idem_key", name=op.f("uq_slot_idem_key")),
    )
    with op.batch_alter_table("slot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_slot_channel_id"), ["channel_id"], unique=False)
        batch_op.create_index(
            "ix_slot_claim",
            ["not_before", "id"],
            unique=False,
            postgresql_where=sa.text("state IN ('scheduled', 'retry_wait')"),
            sqlite_where=sa.text("state IN ('scheduled', 'retry_wait')"),
        )
        batch_op.create_index("ix_slot_due_on_id", ["due_on", "id"], unique=False)
        batch_op.create_index(
            "ix_slot_lease_until",
            ["lease_until"],
            unique=False,
            postgresql_where=sa.text("state IN ('leased', 'preparing', 'committing')"),
            sqlite_where=sa.text("state IN ('leased', 'preparing', 'committing')"),
        )
        batch_op.create_index(batch_op.f("ix_slot_revision_id"), ["revision_id"], unique=False)
        batch_op.create_index(
            "ix_slot_promise",
            ["variant_id", "channel_id", "due_at"],
            unique=True,
            postgresql_where=sa.text("state <> 'cancelled'"),
            sqlite_where=sa.text("state <> 'cancelled'"),
        )
        batch_op.create_index(
            "ix_slot_unrecorded",
            ["id"],
            unique=False,
            postgresql_where=sa.text("state = 'published' AND recorded_at IS NULL"),
            sqlite_where=sa.text("state = 'published' AND recorded_at IS NULL"),
        )
        batch_op.create_index(
            "ix_slot_trouble",
            ["due_at", "id"],
            unique=False,
            postgresql_where=sa.text("state IN ('failed', 'unconfirmed', 'missed', 'on_hold')"),
            sqlite_where=sa.text("state IN ('failed', 'unconfirmed', 'missed', 'on_hold')"),
        )

    op.create_table(
        "attempt",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lease_token", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(40), nullable=False),
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(40), nullable=True),
        sa.Column("sentence", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_attempt_slot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint(
            "slot_id", "lease_token", "phase", name=op.f("uq_attempt_slot_id_lease_token_phase")
        ),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index("ix_attempt_started_at_id", ["started_at", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.drop_index("ix_attempt_started_at_id")

    op.drop_table("attempt")
    with op.batch_alter_table("slot", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_slot_trouble",
            postgresql_where=sa.text("state IN ('failed', 'unconfirmed', 'missed', 'on_hold')"),
            sqlite_where=sa.text("state IN ('failed', 'unconfirmed', 'missed', 'on_hold')"),
        )
        batch_op.drop_index(
            "ix_slot_unrecorded",
            postgresql_where=sa.text("state = 'published' AND recorded_at IS NULL"),
            sqlite_where=sa.text("state = 'published' AND recorded_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_slot_promise",
            postgresql_where=sa.text("state <> 'cancelled'"),
            sqlite_where=sa.text("state <> 'cancelled'"),
        )
        batch_op.drop_index(batch_op.f("ix_slot_revision_id"))
        batch_op.drop_index(
            "ix_slot_lease_until",
            postgresql_where=sa.text("state IN ('leased', 'preparing', 'committing')"),
            sqlite_where=sa.text("state IN ('leased', 'preparing', 'committing')"),
        )
        batch_op.drop_index("ix_slot_due_on_id")
        batch_op.drop_index(
            "ix_slot_claim",
            postgresql_where=sa.text("state IN ('scheduled', 'retry_wait')"),
            sqlite_where=sa.text("state IN ('scheduled', 'retry_wait')"),
        )
        batch_op.drop_index(batch_op.f("ix_slot_channel_id"))

    op.drop_table("slot")
    with op.batch_alter_table("public_page", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_public_page_revision_id"))
        batch_op.drop_index("ix_public_page_published_at_id")

    op.drop_table("public_page")
    op.drop_table("heartbeat")
