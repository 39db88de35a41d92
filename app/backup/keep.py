"""Keeping: one archive of everything, made while others go on working."""

from __future__ import annotations

import json
import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, Table, select, text

from app.backup.manifest import BATCH, FORMAT, MANIFEST, SETTINGS, Manifest, TableInfo, digest_of, tables_of
from app.db import make_engine
from app.errors import N_, Refused
from app.settings import Settings


def keep(settings: Settings, engine: Engine, target: Path, *, now: datetime) -> Manifest:
    """Write everything of the installation to *target*, which appears whole or not at all.

    Raises:
        Refused: *target* is there already, or the database has no schema.
    """
    if target.exists():
        raise Refused(N_("Tệp {path} đã có. Hãy chọn tên khác."), path=target)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".loa-backup-") as folder:
        work = Path(folder)
        (work / "tables").mkdir()
        with _snapshot(engine, work) as connection:
            revision = MigrationContext.configure(connection).get_current_revision()
            if revision is None:
                raise Refused(N_("Chưa có cơ sở dữ liệu để sao lưu. Hãy chạy: python -m app db upgrade"))
            tables = [_dump(connection, table, work / "tables") for table in tables_of(connection)]
        # Files are listed after the rows: what a row of the snapshot names was stored before the row was.
        parts = _parts(settings, work, tables)
        manifest = Manifest(
            FORMAT,
            now.isoformat(),
            engine.dialect.name,
            revision,
            tables,
            {name: digest_of(path) for name, path in parts.items()},
        )
        draft = work / "archive.tar.gz"
        _pack(draft, manifest, parts)
        draft.chmod(0o600)  # it holds the secret key and password hashes
        draft.replace(target)
    return manifest


@contextmanager
def _snapshot(engine: Engine, work: Path) -> Iterator[Connection]:
    """A connection that sees one moment of the database while others go on writing."""
    if engine.dialect.name == "sqlite":
        copy = work / "copy.sqlite3"
        with engine.connect() as live:
            source: Any = live.connection.driver_connection
            target = sqlite3.connect(copy)
            try:
                source.backup(target)
            finally:
                target.close()
        engine = make_engine(f"sqlite:///{copy}")
        with engine.connect() as connection:
            yield connection
        engine.dispose()
        return
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        connection.execute(text("SET TRANSACTION READ ONLY"))
        yield connection


def _dump(connection: Connection, table: Table, folder: Path) -> TableInfo:
    """Write *table* as JSON lines, ordered by its key, and tell what was written."""
    asked = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=BATCH)
    rows = 0
    with (folder / f"{table.name}.jsonl").open("w", encoding="utf-8", newline="\n") as file:
        for row in connection.execute(asked):
            values = [_plain(value) for value in row]
            file.write(json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n")
            rows += 1
    return TableInfo(table.name, [column.name for column in table.columns], rows)


def _plain(value: object) -> object:
    """A value as JSON holds it; moments in UTC, which SQLite gives without a zone."""
    if isinstance(value, datetime):
        moment = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return moment.isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _parts(settings: Settings, work: Path, tables: Sequence[TableInfo]) -> dict[str, Path]:
    """Every member of the archive and the file it comes from, tables first."""
    parts = {f"tables/{one.name}.jsonl": work / "tables" / f"{one.name}.jsonl" for one in tables}
    for name in SETTINGS:
        if (settings.data / name).is_file():
            parts[f"settings/{name}"] = settings.data / name
    store = (path for path in sorted(settings.files.glob("??/*")) if _is_store_name(path.name))
    return parts | {f"files/{path.name}": path for path in store}


def _is_store_name(name: str) -> bool:
    """Whether *name* is the SHA-256 by which the store names its files."""
    return len(name) == 64 and set(name) <= set("0123456789abcdef")


def _pack(draft: Path, manifest: Manifest, parts: Mapping[str, Path]) -> None:
    """Write the archive, manifest first, and see that it reached the disk."""
    head = draft.with_name(MANIFEST)
    head.write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1), "utf-8")
    with tarfile.open(draft, "w:gz", compresslevel=6) as archive:
        for name, path in {MANIFEST: head, **parts}.items():
            info = tarfile.TarInfo(name)
            info.size = path.stat().st_size if name == MANIFEST else manifest.members[name][1]
            info.mode = 0o600
            with path.open("rb") as file:
                archive.addfile(info, file)
    with draft.open("rb") as file:
        os.fsync(file.fileno())
