"""Feeds that are watched, pasted links that are looked up, and publications counted at save.

Revision ID: 0007_watching
Revises: 0006_occasions
"""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0007_watching"
down_revision = "0006_occasions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feed",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("outlet_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("address", sa.String(2000), nullable=False),
        sa.Column("address_key", sa.String(64), nullable=False),
        sa.Column("host", sa.String(255), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("is_watched", sa.Boolean(), nullable=False),
        sa.Column("next_poll_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("interval", sa.Integer(), nullable=False),
        sa.Column("lease_owner", sa.String(120), nullable=True),
        sa.Column("lease_token", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("etag", sa.String(500), nullable=True),
        sa.Column("last_modified", sa.String(200), nullable=True),
        sa.Column("body_sha256", sa.String(64), nullable=True),
        sa.Column("entries_sha256", sa.String(64), nullable=True),
        sa.Column("date_order", sa.String(40), nullable=True),
        sa.Column("date_order_seen", sa.Integer(), nullable=False),
        sa.Column("polled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("newest_entry_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gap_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("moved_to", sa.String(2000), nullable=True),
        sa.Column("moved_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.String(500), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("watched_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_feed_outlet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed")),
        sa.UniqueConstraint("address_key", name=op.f("uq_feed_address_key")),
    )
    with op.batch_alter_table("feed", schema=None) as batch_op:
        batch_op.create_index(
            "ix_feed_next_poll_at",
            ["next_poll_at", "id"],
            unique=False,
            postgresql_where=sa.text("is_watched"),
            sqlite_where=sa.text("is_watched"),
        )
        batch_op.create_index(batch_op.f("ix_feed_outlet_id"), ["outlet_id"], unique=False)

    op.create_table(
        "feed_outage",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("feed_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.String(500), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name=op.f("fk_feed_outage_feed_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_outage")),
    )
    with op.batch_alter_table("feed_outage", schema=None) as batch_op:
        batch_op.create_index("ix_feed_outage_feed_id_began_at", ["feed_id", "began_at"], unique=False)

    op.create_table(
        "tally",
        sa.Column("theme_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("outlet_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("item_type", sa.String(40), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("count >= 0", name=op.f("ck_tally_count")),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_tally_outlet_id")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_tally_theme_id")),
        sa.PrimaryKeyConstraint("theme_id", "outlet_id", "month", "item_type", name=op.f("pk_tally")),
    )
    with op.batch_alter_table("tally", schema=None) as batch_op:
        batch_op.create_index(
            "ix_tally_counted", ["month", "theme_id", "outlet_id", "item_type", "count"], unique=False
        )

    op.create_table(
        "lookup",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("address", sa.String(2000), nullable=False),
        sa.Column("address_key", sa.String(64), nullable=False),
        sa.Column("outlet_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("asked_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("lease_owner", sa.String(120), nullable=True),
        sa.Column("lease_token", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(500), nullable=False),
        sa.Column("summary", sa.String(1000), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("canonical", sa.String(2000), nullable=True),
        sa.Column("failure", sa.String(500), nullable=False),
        sa.Column("publication_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_lookup_asked_by_id")),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_lookup_outlet_id")),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_lookup_publication_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lookup")),
    )
    with op.batch_alter_table("lookup", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lookup_address_key"), ["address_key"], unique=False)
        batch_op.create_index("ix_lookup_asked_by_id_state", ["asked_by_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_lookup_publication_id"), ["publication_id"], unique=False)
        batch_op.create_index(
            "ix_lookup_waiting",
            ["id"],
            unique=False,
            postgresql_where=sa.text("state IN ('waiting', 'leased')"),
            sqlite_where=sa.text("state IN ('waiting', 'leased')"),
        )

    op.create_table(
        "sighting",
        sa.Column("feed_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("entry_key", sa.String(64), nullable=False),
        sa.Column("publication_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("raw_date", sa.String(100), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name=op.f("fk_sighting_feed_id")),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_sighting_publication_id")
        ),
        sa.PrimaryKeyConstraint("feed_id", "entry_key", name=op.f("pk_sighting")),
    )
    with op.batch_alter_table("sighting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sighting_publication_id"), ["publication_id"], unique=False)

    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.add_column(sa.Column("summary", sa.String(1000), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("article_no", sa.String(40), nullable=True))
        batch_op.add_column(sa.Column("is_matched", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_index(
            "ix_publication_found",
            ["published_at", "id"],
            unique=False,
            postgresql_where=sa.text("status = 'found'"),
            sqlite_where=sa.text("status = 'found'"),
        )
        batch_op.create_index(
            "ix_publication_outlet_id_article_no", ["outlet_id", "article_no"], unique=False
        )
        batch_op.create_index(
            "ix_publication_dismissed",
            ["published_on", "id"],
            unique=False,
            postgresql_where=sa.text("status = 'dismissed'"),
            sqlite_where=sa.text("status = 'dismissed'"),
        )
        batch_op.create_index(
            "ix_publication_unmatched",
            ["published_on", "id"],
            unique=False,
            postgresql_where=sa.text("NOT is_matched"),
            sqlite_where=sa.text("NOT is_matched"),
        )
    _count_what_is_there()

    with op.batch_alter_table("theme_phrase", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_exclusion", sa.Boolean(), nullable=False, server_default=sa.false())
        )


def _count_what_is_there() -> None:
    """Fill the new counts from the rows, as content/publications/tally counts them."""
    month = {
        "postgresql": "date_trunc('month', publication.published_on)::date",
        "sqlite": "date(publication.published_on, 'start of month')",
    }[op.get_bind().dialect.name]
    op.execute(
        f"""
        INSERT INTO tally (theme_id, outlet_id, month, item_type, count)
        SELECT theme_id, outlet_id, month, item_type, count(*)
        FROM (
            SELECT match.theme_id, publication.outlet_id, {month} AS month, coalesce((
                SELECT item.type FROM match AS carries JOIN item ON item.id = carries.item_id
                WHERE carries.publication_id = publication.id AND carries.decision IN ('confirmed', 'corrected')
                ORDER BY carries.id LIMIT 1
            ), '') AS item_type
            FROM match JOIN publication ON publication.id = match.publication_id
            WHERE match.theme_id IS NOT NULL AND match.decision IN ('confirmed', 'corrected')
            AND publication.status IN ('logged', 'confirmed', 'gone')
        ) AS counted
        GROUP BY theme_id, outlet_id, month, item_type
        """  # noqa: S608 - the month is ours
    )
    op.execute(
        """
        UPDATE publication SET is_matched = true
        WHERE id IN (SELECT publication_id FROM match WHERE decision IN ('confirmed', 'corrected'))
        """
    )

    for table in ("organisation", "organisation_alias"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("name_key", sa.String(400), nullable=True))
        _fill_keys(sa.table(table, sa.column("id"), sa.column("name"), sa.column("name_key")))
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column("name_key", existing_type=sa.String(400), nullable=False)
            batch_op.drop_constraint(op.f(f"uq_{table}_name_folded"), type_="unique")
            batch_op.create_unique_constraint(op.f(f"uq_{table}_name_key"), ["name_key"])
            batch_op.create_index(op.f(f"ix_{table}_name_folded"), ["name_folded"], unique=False)


def _fill_keys(table: sa.TableClause) -> None:
    """Give each name the key that tells it from others, as app/organisations made it when this was written."""
    tones = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
    connection = op.get_bind()
    for key, name in connection.execute(sa.select(table.c.id, table.c.name)).all():
        words = []
        for word in unicodedata.normalize("NFD", re.sub(r"[^\w\s]", " ", name).lower()).split():
            bare = "".join(mark for mark in word if mark not in tones)
            words.append(unicodedata.normalize("NFC", bare) + "".join(tones.get(mark, "") for mark in word))
        connection.execute(table.update().where(table.c.id == key).values(name_key=" ".join(words)))


def downgrade() -> None:
    for table in ("organisation_alias", "organisation"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_index(op.f(f"ix_{table}_name_folded"))
            batch_op.drop_constraint(op.f(f"uq_{table}_name_key"), type_="unique")
            batch_op.create_unique_constraint(op.f(f"uq_{table}_name_folded"), ["name_folded"])
            batch_op.drop_column("name_key")

    with op.batch_alter_table("theme_phrase", schema=None) as batch_op:
        batch_op.drop_column("is_exclusion")

    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_publication_dismissed",
            postgresql_where=sa.text("status = 'dismissed'"),
            sqlite_where=sa.text("status = 'dismissed'"),
        )
        batch_op.drop_index(
            "ix_publication_unmatched",
            postgresql_where=sa.text("NOT is_matched"),
            sqlite_where=sa.text("NOT is_matched"),
        )
        batch_op.drop_index("ix_publication_outlet_id_article_no")
        batch_op.drop_index(
            "ix_publication_found",
            postgresql_where=sa.text("status = 'found'"),
            sqlite_where=sa.text("status = 'found'"),
        )
        batch_op.drop_column("is_matched")
        batch_op.drop_column("article_no")
        batch_op.drop_column("summary")

    with op.batch_alter_table("sighting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sighting_publication_id"))

    op.drop_table("sighting")
    with op.batch_alter_table("lookup", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_lookup_waiting",
            postgresql_where=sa.text("state IN ('waiting', 'leased')"),
            sqlite_where=sa.text("state IN ('waiting', 'leased')"),
        )
        batch_op.drop_index(batch_op.f("ix_lookup_publication_id"))
        batch_op.drop_index("ix_lookup_asked_by_id_state")
        batch_op.drop_index(batch_op.f("ix_lookup_address_key"))

    op.drop_table("lookup")
    with op.batch_alter_table("tally", schema=None) as batch_op:
        batch_op.drop_index("ix_tally_counted")

    op.drop_table("tally")
    with op.batch_alter_table("feed_outage", schema=None) as batch_op:
        batch_op.drop_index("ix_feed_outage_feed_id_began_at")

    op.drop_table("feed_outage")
    with op.batch_alter_table("feed", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feed_outlet_id"))
        batch_op.drop_index(
            "ix_feed_next_poll_at", postgresql_where=sa.text("is_watched"), sqlite_where=sa.text("is_watched")
        )

    op.drop_table("feed")
