"""The body of a duty moves to duty_unit, under the name that its block bears.

Revision ID: 0011_duties_of_units
Revises: 0010_duty_units
"""

import sqlalchemy as sa
from alembic import op

revision = "0011_duties_of_units"
down_revision = "0010_duty_units"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.execute(
        "INSERT INTO duty_unit (duty_id, position, printed, organisation_id)"
        " SELECT id, 1, substr(block_title, 1, 500), organisation_id FROM duty"
    )
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.drop_index("ix_duty_organisation_id")
        batch_op.drop_constraint("fk_duty_organisation_id", type_="foreignkey")
        batch_op.drop_column("organisation_id")


def downgrade() -> None:
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.add_column(sa.Column("organisation_id", KEY, nullable=True))
        batch_op.create_foreign_key("fk_duty_organisation_id", "organisation", ["organisation_id"], ["id"])
        batch_op.create_index("ix_duty_organisation_id", ["organisation_id"], unique=False)
    # A duty of several bodies goes back to the first that is known.
    op.execute(
        "UPDATE duty SET organisation_id = (SELECT organisation_id FROM duty_unit"
        " WHERE duty_unit.duty_id = duty.id AND duty_unit.organisation_id IS NOT NULL"
        " ORDER BY duty_unit.position LIMIT 1)"
    )
    op.execute("DELETE FROM duty_unit")
