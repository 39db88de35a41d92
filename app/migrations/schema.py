"""Where the schema stands and how it moves: upgrade, downgrade, compare with the models."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from app.db import Base
from app.errors import N_, Refused
from app.feature import load_models
from app.search.keep import rebuild_on
from app.search.models import is_index

HERE = Path(__file__).resolve().parent
_LOCK = 0x10A5C4E  # PostgreSQL advisory lock: two starts at once migrate one after the other


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, made here instead of in a file."""
    made = Config()
    made.set_main_option("script_location", str(HERE))
    made.attributes["connection"] = connection
    return made


def head() -> str:
    """The newest revision that this program knows."""
    return ScriptDirectory.from_config(config()).get_current_head() or ""


def current(engine: Engine) -> str | None:
    """The revision of the database; None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def check_current(engine: Engine) -> None:
    """Refuse to run on another schema than this program's.

    Raises:
        Refused: the database is older or newer; the sentence names the command.
    """
    found = current(engine)
    _refuse_newer(found)
    if found != head():
        raise Refused(
            N_(
                "Cơ sở dữ liệu đang ở bản {found}, chương trình cần bản {head}. Hãy chạy: python -m app db upgrade"
            ),
            found=found or "∅",
            head=head(),
        )


def _refuse_newer(found: str | None) -> None:
    """Refuse a database that a newer program has upgraded: there is no way up from there with this one."""
    known = {one.revision for one in ScriptDirectory.from_config(config()).walk_revisions()}
    if found is not None and found not in known:
        raise Refused(
            N_(
                "Cơ sở dữ liệu ở bản {found}, chương trình này chỉ biết đến bản {head}. Hãy dùng bản Loa mới hơn."
            ),
            found=found,
            head=head(),
        )


@contextmanager
def changing(engine: Engine) -> Iterator[Connection]:
    """One connection that writes, alone; on SQLite foreign keys rest while tables are copied."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            _keep_references(connection, on=False)
            connection = connection.execution_options(write=True)  # noqa: PLW2901
        try:
            with connection.begin():
                if engine.dialect.name == "postgresql":
                    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
                yield connection
        finally:
            if engine.dialect.name == "sqlite":
                _keep_references(connection, on=True)


def _keep_references(connection: Connection, *, on: bool) -> None:
    """Switch foreign keys of SQLite, on the driver's own connection: inside a transaction the word does nothing."""
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database up to *revision*; all of it or nothing.

    Raises:
        Refused: a newer program has upgraded it.
    """
    before = current(engine)
    _refuse_newer(before)
    with changing(engine) as connection:
        command.upgrade(config(connection), revision)
        after = MigrationContext.configure(connection).get_current_revision()
        if after == head() != before:  # rows of an older version are searchable at once
            rebuild_on(connection)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the database down to *revision*."""
    _run(engine, command.downgrade, revision)


def _run(engine: Engine, step: Callable[..., Any], revision: str) -> None:
    with changing(engine) as connection:
        step(config(connection), revision)


def is_ours(name: str | None, kind: str, parents: Any) -> bool:
    """Whether a table, column or index is told by the models; a search index is the database's own affair."""
    return not is_index(name)


def differences(engine: Engine) -> list[Any]:
    """What the models have and the migrated database has not, or the other way; empty when they agree."""
    load_models()
    with engine.connect() as connection:
        opts = {"compare_type": True, "render_as_batch": True, "include_name": is_ours}
        context = MigrationContext.configure(connection, opts=opts)
        return list(compare_metadata(context, Base.metadata))
