"""The short name that a text gives to a document it cites; links carry a version, as people now change them.

Revision ID: 0009_document_links
Revises: 0008_search
"""

import sqlalchemy as sa
from alembic import op

revision = "0009_document_links"
down_revision = "0008_search"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("document_link", schema=None) as batch_op:
        batch_op.add_column(sa.Column("printed_name", sa.String(160), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    with op.batch_alter_table("document_link", schema=None) as batch_op:
        batch_op.drop_column("version")
        batch_op.drop_column("printed_name")
