"""Publications and matches.

Revision ID: 0005_publications
Revises: 0004_slots
"""

import sqlalchemy as sa
from alembic import op

revision = "0005_publications"
down_revision = "0004_slots"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "publication",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("outlet_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("title_folded", sa.String(length=500), nullable=False),
        sa.Column("address", sa.String(length=2000), nullable=True),
        sa.Column("address_key", sa.String(length=64), nullable=True),
        sa.Column("is_on_air", sa.Boolean(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("slot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("logged_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("logged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("address IS NOT NULL OR is_on_air", name=op.f("ck_publication_address_or_air")),
        sa.ForeignKeyConstraint(["logged_by_id"], ["person.id"], name=op.f("fk_publication_logged_by_id")),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_publication_outlet_id")),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_publication_slot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint("address_key", name=op.f("uq_publication_address_key")),
        sa.UniqueConstraint("slot_id", name=op.f("uq_publication_slot_id")),
    )
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_publication_logged_by_id"), ["logged_by_id"], unique=False)
        batch_op.create_index(
            "ix_publication_outlet_id_published_on_id", ["outlet_id", "published_on", "id"], unique=False
        )
        batch_op.create_index("ix_publication_published_on_id", ["published_on", "id"], unique=False)
        batch_op.create_index(
            "ix_publication_counted", ["published_on", "status", "outlet_id", "id"], unique=False
        )

    op.create_table(
        "match",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("publication_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("theme_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decision", sa.String(40), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("decided_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(item_id IS NULL) <> (theme_id IS NULL)", name=op.f("ck_match_item_or_theme")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_match_decided_by_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_match_item_id")),
        sa.ForeignKeyConstraint(["publication_id"], ["publication.id"], name=op.f("fk_match_publication_id")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_match_theme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match")),
    )
    with op.batch_alter_table("match", schema=None) as batch_op:
        batch_op.create_index("ix_match_counted", ["publication_id", "decision", "theme_id"], unique=False)
        batch_op.create_index("ix_match_item_id_decision", ["item_id", "decision"], unique=False)
        batch_op.create_index("ix_match_publication_id_item_id", ["publication_id", "item_id"], unique=True)
        batch_op.create_index("ix_match_publication_id_theme_id", ["publication_id", "theme_id"], unique=True)
        batch_op.create_index("ix_match_theme_id_decision", ["theme_id", "decision"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("match", schema=None) as batch_op:
        batch_op.drop_index("ix_match_theme_id_decision")
        batch_op.drop_index("ix_match_publication_id_theme_id")
        batch_op.drop_index("ix_match_publication_id_item_id")
        batch_op.drop_index("ix_match_item_id_decision")
        batch_op.drop_index("ix_match_counted")

    op.drop_table("match")
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.drop_index("ix_publication_counted")
        batch_op.drop_index("ix_publication_published_on_id")
        batch_op.drop_index("ix_publication_outlet_id_published_on_id")
        batch_op.drop_index(batch_op.f("ix_publication_logged_by_id"))

    op.drop_table("publication")
