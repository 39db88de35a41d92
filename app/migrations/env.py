"""Alembic's entry: the connection is handed over by ``app.migrations.schema``."""

from typing import Any, Literal, cast

import sqlalchemy as sa
from alembic import context

from app.db import Base, NfcText, SortKey, UtcDateTime
from app.feature import load_models
from app.migrations.schema import is_ours

load_models()


def plain_type(kind: str, item: Any, autogen: Any) -> str | Literal[False]:
    """Write our own types out as plain ones, so that old revisions outlive our code."""
    if kind != "type":
        return False
    if isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, SortKey):
        length = cast(sa.String, item.impl_instance).length
        return f"sa.String({length}).with_variant(sa.String({length}, collation='C'), 'postgresql')"
    if isinstance(item, NfcText):
        return "sa.Text()"
    if isinstance(item, sa.types.TypeDecorator) and isinstance(item.impl_instance, sa.String):
        return f"sa.String({item.impl_instance.length or ''})"
    return "sa.String(40)" if isinstance(item, sa.Enum) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=plain_type,
    include_name=is_ours,
)
with context.begin_transaction():
    context.run_migrations()
