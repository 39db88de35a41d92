"""Versions of a plan: what each text said and changed; rows that a later version no longer has are retired.

Revision ID: 0013_plan_versions
Revises: 0012_target_task
"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013_plan_versions"
down_revision = "0012_target_task"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# Rows read from a text, each with the columns that hold its place.
PLACES = {
    "task_group": ("ix_task_group_plan_id_position", ["plan_id", "position"]),
    "task": ("ix_task_group_id_position", ["group_id", "position"]),
    "duty": ("ix_duty_plan_id_position", ["plan_id", "position"]),
    "plan_fact": ("ix_plan_fact_plan_id_kind_position", ["plan_id", "kind", "position"]),
}
LIVE = sa.text("retired_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "plan_version",
        sa.Column("id", KEY, nullable=False),
        sa.Column("plan_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("document_id", KEY, nullable=False),
        sa.Column("source_sha256", sa.String(64), nullable=False),
        sa.Column("source_name", sa.String(300), nullable=False),
        sa.Column("trace", sa.JSON(), nullable=False),
        sa.Column("readings", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("confirmed_by_id", KEY, nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_version_plan_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_plan_version_document_id")),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["person.id"], name=op.f("fk_plan_version_confirmed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_version")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_plan_version_plan_id_number")),
    )
    with op.batch_alter_table("plan_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_version_document_id"), ["document_id"], unique=False)

    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.add_column(sa.Column("latest", sa.Integer(), nullable=False, server_default="1"))

    for table, (index, columns) in PLACES.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("read_in", sa.Integer(), nullable=False, server_default="1"))
            batch_op.add_column(sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True))
            batch_op.add_column(sa.Column("retired_in", sa.Integer(), nullable=True))
            batch_op.drop_index(index)
        op.create_index(index, table, columns, unique=True, sqlite_where=LIVE, postgresql_where=LIVE)

    with op.batch_alter_table("plan_upload", schema=None) as batch_op:
        batch_op.add_column(sa.Column("amends_id", KEY, nullable=True))
        batch_op.add_column(sa.Column("decisions", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.create_foreign_key(batch_op.f("fk_plan_upload_amends_id"), "plan", ["amends_id"], ["id"])
        batch_op.drop_constraint(batch_op.f("uq_plan_upload_plan_id"), type_="unique")
        batch_op.create_index(batch_op.f("ix_plan_upload_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_upload_amends_id"), ["amends_id"], unique=False)
    _number_what_is_there()


def _number_what_is_there() -> None:
    """Make version 1 of every plan: what its text says is what stands in its rows, but for what was corrected."""
    connection = op.get_bind()
    plan = _table(
        "plan", "id", "document_id", "title", "signer", "funding", "source_sha256", "source_name",
        "confirmed_by_id", "confirmed_at", trace=sa.JSON(),
    )  # fmt: skip
    version = _table(
        "plan_version", "plan_id", "number", "kind", "document_id", "source_sha256", "source_name",
        "confirmed_by_id", "confirmed_at", trace=sa.JSON(), readings=sa.JSON(), changes=sa.JSON(),
    )  # fmt: skip
    upload = _table("plan_upload", "plan_id", corrections=sa.JSON())
    corrected = {
        row.plan_id: set(row.corrections or {})
        for row in connection.execute(sa.select(upload).where(upload.c.plan_id.is_not(None)))
    }
    for row in connection.execute(sa.select(plan).order_by(plan.c.id)).mappings().all():
        readings = _readings(connection, row, corrected.get(row["id"], set()))
        kept = {column.name: row[column.name] for column in version.c if column.name in row}
        made = {
            **kept,
            "plan_id": row["id"],
            "number": 1,
            "kind": "whole",
            "readings": readings,
            "changes": {},
        }
        connection.execute(version.insert().values(**made))


def _readings(
    connection: sa.Connection, plan: Any, corrected: set[str]
) -> dict[str, dict[str, dict[str, str]]]:
    """By level and key what the text says of each row; a corrected value is left out: it is not known any more."""
    head = {name: plan[name] for name in ("title", "signer", "funding")}
    readings: dict[str, dict[str, dict[str, str]]] = {
        "plan": {str(plan["id"]): {name: value for name, value in head.items() if name not in corrected}},
        "group": {}, "task": {}, "duty": {}, "fact": {},
    }  # fmt: skip
    units = _units(connection, plan["id"])
    for level, key, path, values in _rows(connection, plan["id"]):
        if level in {"group", "task"}:
            values |= {part: "\n".join(units.get((level, key, part), [])) for part in ("lead", "cooperating")}
        said = {name: value for name, value in values.items() if not _is_corrected(path, name, corrected)}
        readings[level][str(key)] = said
    return readings


def _is_corrected(path: str, name: str, corrected: set[str]) -> bool:
    """Whether an officer typed that value: the text of a task is corrected at the task's own path."""
    return (path if name == "text" else f"{path}.{name}") in corrected


def _rows(connection: sa.Connection, plan_id: int) -> Iterator[tuple[str, int, str, dict[str, str]]]:
    """Groups, tasks and duties: level, key, path in the reader's schema, values."""
    group = _table("task_group", "id", "plan_id", "position", "title", "timing")
    task = _table("task", "id", "group_id", "position", "text", "timing")
    duty = _table("duty", "id", "plan_id", "position", "block_title", "text")
    for one in connection.execute(sa.select(group).where(group.c.plan_id == plan_id)):
        yield "group", one.id, f"task_groups.{one.position - 1}", {"title": one.title, "timing": one.timing}
    asked = sa.select(task, group.c.position.label("place")).join(group, group.c.id == task.c.group_id)
    for one in connection.execute(asked.where(group.c.plan_id == plan_id)):
        path = f"task_groups.{one.place - 1}.items.{one.position - 1}"
        yield "task", one.id, path, {"text": one.text, "timing": one.timing}
    for one in connection.execute(sa.select(duty).where(duty.c.plan_id == plan_id)):
        path = f"duties.{one.position - 1}"
        yield "duty", one.id, path, {"block": one.block_title, "text": one.text}


def _units(connection: sa.Connection, plan_id: int) -> dict[tuple[str, int, str], list[str]]:
    """The printed units of groups and tasks, by level, key and part."""
    group = _table("task_group", "id", "plan_id")
    task = _table("task", "id", "group_id")
    unit = _table("task_unit", "group_id", "task_id", "part", "position", "printed")
    groups = sa.select(group.c.id).where(group.c.plan_id == plan_id)
    tasks = sa.select(task.c.id).where(task.c.group_id.in_(groups))
    asked = sa.select(unit).where(unit.c.group_id.in_(groups) | unit.c.task_id.in_(tasks))
    found: dict[tuple[str, int, str], list[str]] = {}
    for one in connection.execute(asked.order_by(unit.c.position)):
        owner = ("group", one.group_id) if one.group_id is not None else ("task", one.task_id)
        found.setdefault((*owner, one.part), []).append(one.printed)
    return found


def _table(name: str, *columns: str, **typed: sa.types.TypeEngine[Any]) -> sa.TableClause:
    """A table of these columns as it was when this was written."""
    return sa.table(
        name,
        *(sa.column(one) for one in columns),
        *(sa.column(one, kind) for one, kind in typed.items()),
    )


def downgrade() -> None:
    _make_room()
    with op.batch_alter_table("plan_upload", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_upload_amends_id"))
        batch_op.drop_index(batch_op.f("ix_plan_upload_plan_id"))
        batch_op.drop_constraint(batch_op.f("fk_plan_upload_amends_id"), type_="foreignkey")
        batch_op.create_unique_constraint(batch_op.f("uq_plan_upload_plan_id"), ["plan_id"])
        batch_op.drop_column("decisions")
        batch_op.drop_column("amends_id")
    for table, (index, columns) in PLACES.items():
        op.drop_index(index, table, sqlite_where=LIVE, postgresql_where=LIVE)
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("retired_in")
            batch_op.drop_column("retired_at")
            batch_op.drop_column("read_in")
        op.create_index(index, table, columns, unique=True)
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.drop_column("latest")
    with op.batch_alter_table("plan_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_version_document_id"))
    op.drop_table("plan_version")


def _make_room() -> None:
    """Retired rows stand behind the others of their plan, and of several texts of a plan the first keeps its name.

    The schema before knows neither: nothing is deleted.
    """
    for table in PLACES:
        op.execute(
            f"UPDATE {table} SET position = 1000000 + id WHERE retired_at IS NOT NULL"  # noqa: S608 - our names
        )
    op.execute(
        """
        UPDATE plan_upload SET plan_id = NULL, discarded_at = uploaded_at
        WHERE plan_id IS NOT NULL AND id NOT IN (
            SELECT min(id) FROM plan_upload WHERE plan_id IS NOT NULL GROUP BY plan_id
        )
        """
    )
