"""Occasions, their occurrences, and the lead-up of the campaigns that stand on them.

Revision ID: 0006_occasions
Revises: 0005_publications
"""

import sqlalchemy as sa
from alembic import op

revision = "0006_occasions"
down_revision = "0005_publications"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "day_off",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("is_off", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_off")),
        sa.UniqueConstraint("day", name=op.f("uq_day_off_day")),
    )
    op.create_table(
        "occasion",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("name_folded", sa.String(300), nullable=False),
        sa.Column("rule", sa.String(40), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=True),
        sa.Column("nth", sa.Integer(), nullable=True),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("off_days", sa.String(40), nullable=False),
        sa.Column("window_before", sa.Integer(), nullable=False),
        sa.Column("window_after", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(1000), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("has_campaign", sa.Boolean(), nullable=False),
        sa.Column("first_year", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("day IS NULL OR day BETWEEN 1 AND 31", name=op.f("ck_occasion_day")),
        sa.CheckConstraint("month BETWEEN 1 AND 12", name=op.f("ck_occasion_month")),
        sa.CheckConstraint("window_before >= 0 AND window_after >= 0", name=op.f("ck_occasion_window")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_occasion_organisation_id")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_occasion_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occasion")),
        sa.UniqueConstraint("name_folded", name=op.f("uq_occasion_name_folded")),
    )
    with op.batch_alter_table("occasion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_occasion_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "lead_up_piece",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("occasion_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(40), nullable=False),
        sa.Column("title", sa.String(250), nullable=False),
        sa.Column("brief", sa.String(2000), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["occasion_id"], ["occasion.id"], name=op.f("fk_lead_up_piece_occasion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_up_piece")),
        sa.UniqueConstraint("occasion_id", "position", name=op.f("uq_lead_up_piece_occasion_id_position")),
    )
    op.create_table(
        "lead_up_step",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("occasion_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("is_working", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["occasion_id"], ["occasion.id"], name=op.f("fk_lead_up_step_occasion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_up_step")),
        sa.UniqueConstraint("occasion_id", "kind", name=op.f("uq_lead_up_step_occasion_id_kind")),
    )
    op.create_table(
        "occurrence",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("occasion_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("ruled_on", sa.Date(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("slogan", sa.String(500), nullable=False),
        sa.Column("is_moved", sa.Boolean(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_reason", sa.String(500), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["occasion_id"], ["occasion.id"], name=op.f("fk_occurrence_occasion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occurrence")),
        sa.UniqueConstraint("occasion_id", "year", name=op.f("uq_occurrence_occasion_id_year")),
    )
    with op.batch_alter_table("occurrence", schema=None) as batch_op:
        batch_op.create_index("ix_occurrence_first_on_last_on", ["first_on", "last_on"], unique=False)
        batch_op.create_index("ix_occurrence_held_on_id", ["held_on", "id"], unique=False)

    op.create_table(
        "occasion_theme",
        sa.Column("occasion_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("theme_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["occasion_id"], ["occasion.id"], name=op.f("fk_occasion_theme_occasion_id")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_occasion_theme_theme_id")),
        sa.PrimaryKeyConstraint("occasion_id", "theme_id", name=op.f("pk_occasion_theme")),
    )
    with op.batch_alter_table("occasion_theme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_occasion_theme_theme_id"), ["theme_id"], unique=False)

    op.create_table(
        "milestone",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("is_moved", sa.Boolean(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_milestone_campaign_id")),
        sa.ForeignKeyConstraint(["done_by_id"], ["person.id"], name=op.f("fk_milestone_done_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
    )
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.create_index("ix_milestone_campaign_id_kind", ["campaign_id", "kind"], unique=True)
        batch_op.create_index("ix_milestone_due_on", ["due_on"], unique=False)

    op.create_table(
        "occasion_task",
        sa.Column("occasion_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("task_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["occasion_id"], ["occasion.id"], name=op.f("fk_occasion_task_occasion_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_occasion_task_task_id")),
        sa.PrimaryKeyConstraint("occasion_id", "task_id", name=op.f("pk_occasion_task")),
    )
    with op.batch_alter_table("occasion_task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_occasion_task_task_id"), ["task_id"], unique=False)

    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("occurrence_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("held_on", sa.Date(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_campaign_occurrence_id"), "occurrence", ["occurrence_id"], ["id"]
        )
        batch_op.create_index(batch_op.f("ix_campaign_occurrence_id"), ["occurrence_id"], unique=True)

    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("lead_up_days", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.drop_column("lead_up_days")

    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campaign_occurrence_id"))
        batch_op.drop_constraint(batch_op.f("fk_campaign_occurrence_id"), type_="foreignkey")
        batch_op.drop_column("held_on")
        batch_op.drop_column("occurrence_id")

    with op.batch_alter_table("occasion_task", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_occasion_task_task_id"))

    op.drop_table("occasion_task")
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.drop_index("ix_milestone_due_on")
        batch_op.drop_index("ix_milestone_campaign_id_kind")

    op.drop_table("milestone")
    with op.batch_alter_table("occasion_theme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_occasion_theme_theme_id"))

    op.drop_table("occasion_theme")
    with op.batch_alter_table("occurrence", schema=None) as batch_op:
        batch_op.drop_index("ix_occurrence_held_on_id")
        batch_op.drop_index("ix_occurrence_first_on_last_on")

    op.drop_table("occurrence")
    op.drop_table("lead_up_step")
    op.drop_table("lead_up_piece")
    with op.batch_alter_table("occasion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_occasion_organisation_id"))

    op.drop_table("occasion")
    op.drop_table("day_off")
