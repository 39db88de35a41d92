"""Documents, themes, plans.

Revision ID: 0002_plans
Revises: 0001_ground
"""

import sqlalchemy as sa
from alembic import op

revision = "0002_plans"
down_revision = "0001_ground"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("identity", sa.String(length=400), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("doc_type", sa.String(length=60), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("issuer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("subject", sa.String(length=2000), nullable=False),
        sa.Column("search_folded", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["issuer_id"], ["organisation.id"], name=op.f("fk_document_issuer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("identity", name=op.f("uq_document_identity")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_issuer_id"), ["issuer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_number"), ["number"], unique=False)

    op.create_table(
        "document_link",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("target_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.CheckConstraint("source_id <> target_id", name=op.f("ck_document_link_not_itself")),
        sa.ForeignKeyConstraint(["source_id"], ["document.id"], name=op.f("fk_document_link_source_id")),
        sa.ForeignKeyConstraint(["target_id"], ["document.id"], name=op.f("fk_document_link_target_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_link")),
        sa.UniqueConstraint(
            "source_id", "target_id", "kind", name=op.f("uq_document_link_source_id_target_id_kind")
        ),
    )
    with op.batch_alter_table("document_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_link_target_id"), ["target_id"], unique=False)

    op.create_table(
        "plan",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("document_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("title", sa.String(length=2000), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("date_printed", sa.String(length=40), nullable=False),
        sa.Column("signer", sa.String(length=300), nullable=False),
        sa.Column("funding", sa.Text(), nullable=False),
        sa.Column("source_sha256", sa.String(length=64), nullable=False),
        sa.Column("source_name", sa.String(length=300), nullable=False),
        sa.Column("trace", sa.JSON(), nullable=False),
        sa.Column("confirmed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["person.id"], name=op.f("fk_plan_confirmed_by_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_plan_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_document_id"), ["document_id"], unique=False)

    op.create_table(
        "theme",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("name_folded", sa.String(length=300), nullable=False),
        sa.Column(
            "sort_key",
            sa.String(620).with_variant(sa.String(620, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("colour", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("document_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("colour BETWEEN 1 AND 12", name=op.f("ck_theme_colour")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_theme_document_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["theme.id"], name=op.f("fk_theme_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
        sa.UniqueConstraint("code", name=op.f("uq_theme_code")),
        sa.UniqueConstraint("name_folded", name=op.f("uq_theme_name_folded")),
    )
    with op.batch_alter_table("theme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_theme_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_theme_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_theme_sort_key"), ["sort_key"], unique=False)

    op.create_table(
        "duty",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("plan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("block_ordinal", sa.String(length=20), nullable=False),
        sa.Column("block_title", sa.String(length=1000), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("ordinal", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("first_line", sa.Integer(), nullable=False),
        sa.Column("last_line", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_duty_organisation_id")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_duty_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty")),
    )
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index("ix_duty_plan_id_position", ["plan_id", "position"], unique=True)

    op.create_table(
        "plan_fact",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("plan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("first_line", sa.Integer(), nullable=False),
        sa.Column("last_line", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_fact_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_fact")),
    )
    with op.batch_alter_table("plan_fact", schema=None) as batch_op:
        batch_op.create_index(
            "ix_plan_fact_plan_id_kind_position", ["plan_id", "kind", "position"], unique=True
        )

    op.create_table(
        "plan_theme",
        sa.Column("plan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("theme_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_theme_plan_id")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_plan_theme_theme_id")),
        sa.PrimaryKeyConstraint("plan_id", "theme_id", name=op.f("pk_plan_theme")),
    )
    with op.batch_alter_table("plan_theme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_theme_theme_id"), ["theme_id"], unique=False)

    op.create_table(
        "plan_upload",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("corrections", sa.JSON(), nullable=False),
        sa.Column("uploaded_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("discarded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("plan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_upload_plan_id")),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["person.id"], name=op.f("fk_plan_upload_uploaded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_upload")),
        sa.UniqueConstraint("plan_id", name=op.f("uq_plan_upload_plan_id")),
    )
    with op.batch_alter_table("plan_upload", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_upload_sha256"), ["sha256"], unique=False)
        batch_op.create_index(
            "ix_plan_upload_standing",
            ["sha256"],
            unique=True,
            sqlite_where=sa.text("discarded_at IS NULL"),
            postgresql_where=sa.text("discarded_at IS NULL"),
        )

    op.create_table(
        "task_group",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("plan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=3000), nullable=False),
        sa.Column("timing", sa.String(length=500), nullable=False),
        sa.Column("first_line", sa.Integer(), nullable=False),
        sa.Column("last_line", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_task_group_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_group")),
    )
    with op.batch_alter_table("task_group", schema=None) as batch_op:
        batch_op.create_index("ix_task_group_plan_id_position", ["plan_id", "position"], unique=True)

    op.create_table(
        "theme_phrase",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("theme_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("phrase", sa.String(length=200), nullable=False),
        sa.Column("folded", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_theme_phrase_theme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_phrase")),
        sa.UniqueConstraint("theme_id", "folded", name=op.f("uq_theme_phrase_theme_id_folded")),
    )
    op.create_table(
        "task",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("timing", sa.String(length=500), nullable=False),
        sa.Column("first_line", sa.Integer(), nullable=False),
        sa.Column("last_line", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["task_group.id"], name=op.f("fk_task_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index("ix_task_group_id_position", ["group_id", "position"], unique=True)

    op.create_table(
        "task_unit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("task_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("part", sa.String(40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("printed", sa.String(length=500), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "(group_id IS NULL) <> (task_id IS NULL)", name=op.f("ck_task_unit_group_or_task")
        ),
        sa.ForeignKeyConstraint(["group_id"], ["task_group.id"], name=op.f("fk_task_unit_group_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_task_unit_organisation_id")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_unit_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_unit")),
    )
    with op.batch_alter_table("task_unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_unit_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_unit_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_unit_task_id"), ["task_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("task_unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_unit_task_id"))
        batch_op.drop_index(batch_op.f("ix_task_unit_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_task_unit_group_id"))

    op.drop_table("task_unit")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index("ix_task_group_id_position")

    op.drop_table("task")
    op.drop_table("theme_phrase")
    with op.batch_alter_table("task_group", schema=None) as batch_op:
        batch_op.drop_index("ix_task_group_plan_id_position")

    op.drop_table("task_group")
    with op.batch_alter_table("plan_upload", schema=None) as batch_op:
        batch_op.drop_index("ix_plan_upload_standing")
        batch_op.drop_index(batch_op.f("ix_plan_upload_sha256"))

    op.drop_table("plan_upload")
    with op.batch_alter_table("plan_theme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_theme_theme_id"))

    op.drop_table("plan_theme")
    with op.batch_alter_table("plan_fact", schema=None) as batch_op:
        batch_op.drop_index("ix_plan_fact_plan_id_kind_position")

    op.drop_table("plan_fact")
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.drop_index("ix_duty_plan_id_position")
        batch_op.drop_index(batch_op.f("ix_duty_organisation_id"))

    op.drop_table("duty")
    with op.batch_alter_table("theme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_theme_sort_key"))
        batch_op.drop_index(batch_op.f("ix_theme_parent_id"))
        batch_op.drop_index(batch_op.f("ix_theme_document_id"))

    op.drop_table("theme")
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_document_id"))

    op.drop_table("plan")
    with op.batch_alter_table("document_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_link_target_id"))

    op.drop_table("document_link")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_number"))
        batch_op.drop_index(batch_op.f("ix_document_issuer_id"))

    op.drop_table("document")
