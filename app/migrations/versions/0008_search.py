"""One table of everything that can be found, and the database's own full-text index over it.

Revision ID: 0008_search
Revises: 0007_watching
"""

import sqlalchemy as sa
from alembic import op

revision = "0008_search"
down_revision = "0007_watching"
branch_labels = None
depends_on = None

SQLITE = (
    """CREATE VIRTUAL TABLE search_fts USING fts5(folded, exact, content='search_entry', content_rowid='id',
    tokenize="unicode61 remove_diacritics 0", columnsize=0, prefix='2 3')""",
    """CREATE TRIGGER search_entry_inserted AFTER INSERT ON search_entry BEGIN
    INSERT INTO search_fts(rowid, folded, exact) VALUES (new.id, new.folded, new.exact);
    END""",
    """CREATE TRIGGER search_entry_deleted AFTER DELETE ON search_entry BEGIN
    INSERT INTO search_fts(search_fts, rowid, folded, exact) VALUES ('delete', old.id, old.folded, old.exact);
    END""",
    """CREATE TRIGGER search_entry_updated AFTER UPDATE ON search_entry BEGIN
    INSERT INTO search_fts(search_fts, rowid, folded, exact) VALUES ('delete', old.id, old.folded, old.exact);
    INSERT INTO search_fts(rowid, folded, exact) VALUES (new.id, new.folded, new.exact);
    END""",
)
POSTGRESQL = (
    """ALTER TABLE search_entry ADD COLUMN search_words tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('simple'::regconfig, folded), 'A') || setweight(to_tsvector('simple'::regconfig, exact), 'B')
    ) STORED""",
    # Enough to know how common each syllable is: the planner then reads a common one by time, a rare one by index.
    "ALTER TABLE search_entry ALTER COLUMN search_words SET STATISTICS 400",
    "CREATE INDEX search_words_index ON search_entry USING gin (search_words) WITH (fastupdate = off)",
)


def upgrade() -> None:
    op.create_table(
        "search_entry",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("ref_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("exact", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
        sa.UniqueConstraint("kind", "ref_id", name=op.f("uq_search_entry_kind_ref_id")),
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_fts")
    op.drop_table("search_entry")
