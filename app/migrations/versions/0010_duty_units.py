"""A duty is asked of one body or of several, each under its printed name.

Revision ID: 0010_duty_units
Revises: 0009_document_links
"""

import sqlalchemy as sa
from alembic import op

revision = "0010_duty_units"
down_revision = "0009_document_links"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "duty_unit",
        sa.Column("id", KEY, nullable=False),
        sa.Column("duty_id", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("printed", sa.String(500), nullable=False),
        sa.Column("organisation_id", KEY, nullable=True),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_duty_unit_duty_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_duty_unit_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_unit")),
        sa.UniqueConstraint("duty_id", "position", name=op.f("uq_duty_unit_duty_id_position")),
    )
    with op.batch_alter_table("duty_unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_unit_organisation_id"), ["organisation_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("duty_unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duty_unit_organisation_id"))
    op.drop_table("duty_unit")
