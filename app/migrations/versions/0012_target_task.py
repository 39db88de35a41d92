"""A target says which task of a plan promises it, and in which words.

Revision ID: 0012_target_task
Revises: 0011_duties_of_units
"""

import sqlalchemy as sa
from alembic import op

revision = "0012_target_task"
down_revision = "0011_duties_of_units"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("target", schema=None) as batch_op:
        batch_op.add_column(sa.Column("task_id", KEY, nullable=True))
        batch_op.add_column(sa.Column("printed", sa.String(length=300), nullable=False, server_default=""))
        batch_op.create_foreign_key(batch_op.f("fk_target_task_id"), "task", ["task_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_target_task_id"), ["task_id"], unique=False)
    with op.batch_alter_table("target", schema=None) as batch_op:
        batch_op.alter_column("printed", existing_type=sa.String(length=300), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("target", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_target_task_id"))
        batch_op.drop_constraint(batch_op.f("fk_target_task_id"), type_="foreignkey")
        batch_op.drop_column("printed")
        batch_op.drop_column("task_id")
