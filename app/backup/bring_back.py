"""Bringing back: an archive is compared with its manifest first, then loaded as a whole or not at all."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import tarfile
import tempfile
import tomllib
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from alembic import command
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Date,
    DateTime,
    Engine,
    ForeignKeyConstraint,
    Table,
    bindparam,
    func,
    insert,
    inspect,
    null,
    select,
    text,
    update,
)

from app.backup.manifest import (
    BATCH,
    BLOCK,
    FORMAT,
    MANIFEST,
    SETTINGS,
    Manifest,
    TableInfo,
    digest,
    digest_of,
    in_order,
    reflect,
    tables_of,
)
from app.errors import N_, Refused
from app.migrations import schema
from app.search.keep import rebuild_on
from app.search.models import INDEX
from app.settings import Settings
from app.storage import FileStore

DAMAGED = N_("Bản sao lưu {path} đã hỏng hoặc không phải của Loa ({why}). Chưa có gì thay đổi.")


def check(path: Path) -> Manifest:
    """The manifest of the archive at *path*, after every member was compared with it.

    Raises:
        Refused: the archive is damaged, made by a newer program, or none of ours.
    """
    try:
        manifest = _verify(path)
    except (OSError, EOFError, tarfile.TarError, zlib.error, ValueError, KeyError, TypeError) as fault:
        raise Refused(DAMAGED, path=path, why=str(fault) or type(fault).__name__) from fault
    try:
        ScriptDirectory.from_config(schema.config()).get_revision(manifest.revision)
    except CommandError as fault:
        raise Refused(
            N_("Bản sao lưu ở bản dữ liệu {revision}, mới hơn chương trình này. Hãy cập nhật Loa trước."),
            revision=manifest.revision,
        ) from fault
    return manifest


@contextmanager
def _members(path: Path) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    """The members of the archive in their order, each with its bytes to read; read to its very end."""
    with gzip.open(path, "rb") as stream, tarfile.open(fileobj=stream, mode="r|") as archive:

        def walk() -> Iterator[tuple[str, IO[bytes]]]:
            for info in archive:
                content = archive.extractfile(info) if info.isfile() else None
                if content is None:
                    message = f"{info.name}: not a file"
                    raise ValueError(message)
                yield info.name, content
            while stream.read(BLOCK):
                pass  # the check sum of the whole stands at the end

        yield walk()


def _verify(path: Path) -> Manifest:
    """Compare every member with the manifest.

    Raises:
        ValueError: one differs, is missing or is one too many. Refused: the format is newer.
    """
    with _members(path) as members:
        name, content = next(members, ("", None))
        if name != MANIFEST or content is None:
            message = "manifest.json"
            raise ValueError(message)
        manifest = Manifest.read(content.read())
        if manifest.format > FORMAT:
            raise Refused(N_("Bản sao lưu do chương trình mới hơn tạo. Hãy cập nhật Loa trước."))
        waiting = dict(manifest.members)
        for name, content in members:
            if waiting.pop(name, None) != digest(content):
                raise ValueError(name)
    if waiting:
        raise ValueError(next(iter(waiting)))
    if any(f"tables/{one.name}.jsonl" not in manifest.members for one in manifest.tables):
        message = "tables"
        raise ValueError(message)
    return manifest


def bring_back(settings: Settings, engine: Engine, source: Path, *, force: bool) -> Manifest:
    """Make the installation what the archive holds; all of the database or nothing of it.

    Raises:
        Refused: the archive cannot be taken (see ``check``), or the database holds rows and *force* is not set.
    """
    manifest = check(source)
    if not force and _holds_rows(engine):
        raise Refused(
            N_(
                "Cơ sở dữ liệu đang có dữ liệu. Khôi phục sẽ thay toàn bộ; nếu đúng ý, hãy dừng Loa rồi chạy lại với --force."
            )
        )
    with schema.changing(engine) as connection:
        _drop_all(connection)
        command.upgrade(schema.config(connection), manifest.revision)
        kept = _load(connection, manifest, source, FileStore(settings.files))
        _compare(connection, manifest)
        command.upgrade(schema.config(connection), "head")
        rebuild_on(connection)
    for name, raw in kept.items():
        _put_setting(settings, name, raw)
    return manifest


def _drop_all(connection: Connection) -> None:
    """Empty the database of every table; SQLite's search index goes first, with the tables of its own."""
    if inspect(connection).has_table(INDEX):
        connection.execute(text(f"DROP TABLE {INDEX}"))
    reflect(connection).drop_all(connection)


def _holds_rows(engine: Engine) -> bool:
    """Whether any table that is kept has a row."""
    with engine.connect() as connection:
        names = [table.name for table in tables_of(connection)]
        quote = engine.dialect.identifier_preparer.quote
        return any(
            connection.execute(text(f"SELECT 1 FROM {quote(name)} LIMIT 1")).first() is not None  # noqa: S608
            for name in names
        )


def _load(connection: Connection, manifest: Manifest, source: Path, store: FileStore) -> dict[str, bytes]:
    """Fill the tables and the store, and return the settings files by name."""
    settings: dict[str, bytes] = {}
    tables = {table.name: table for table in tables_of(connection)}
    for table in tables.values():
        connection.execute(table.delete())  # rows that a migration itself put in
    by_member = {f"tables/{one.name}.jsonl": one for one in manifest.tables}
    with _members(source) as members, tempfile.TemporaryFile("w+", encoding="utf-8") as later:
        for name, content in members:
            if name in by_member:
                info = by_member[name]
                _fill(connection, tables[info.name], info, content, later)
            elif name.startswith("settings/"):
                settings[name.removeprefix("settings/")] = content.read()
            elif name.startswith("files/"):
                _put_file(store, name.removeprefix("files/"), content)
        _fill_later(connection, tables, later)
    if connection.dialect.name == "postgresql":
        _reset_sequences(connection, tables.values())
    return settings


def _late_columns(table: Table) -> list[Column[Any]]:
    """Columns that refer to rows that may come later: of the table itself, or of one that stands after it."""
    order = in_order(table.metadata.tables.values())
    after = order[order.index(table) :]
    return [
        column
        for constraint in table.constraints
        if isinstance(constraint, ForeignKeyConstraint) and constraint.referred_table in after
        for column in constraint.columns
    ]


def _fill(connection: Connection, table: Table, info: TableInfo, content: IO[bytes], later: IO[str]) -> None:
    """Insert the lines of one table; what refers to later rows is put aside with its key."""
    columns = [table.columns[name] for name in info.columns]
    late = {column.name for column in _late_columns(table)}
    keys = [column.name for column in table.primary_key.columns]
    batch: list[dict[str, Any]] = []
    for line in content:
        values = json.loads(line)
        row = {column.name: _typed(column, value) for column, value in zip(columns, values, strict=True)}
        held = {name: row[name] for name in late if row[name] is not None}
        if held:
            row |= dict.fromkeys(held)
            later.write(json.dumps([table.name, {name: row[name] for name in keys}, held]) + "\n")
        batch.append(row)
        if len(batch) == BATCH:
            connection.execute(insert(table), batch)
            batch = []
    if batch:
        connection.execute(insert(table), batch)


def _fill_later(connection: Connection, tables: Mapping[str, Table], later: IO[str]) -> None:
    """Set what was put aside, now that every row is there."""
    later.seek(0)
    for line in later:
        name, key, held = json.loads(line)
        table = tables[name]
        found = [table.columns[one] == bindparam(f"key_{one}", key[one]) for one in key]
        connection.execute(update(table).where(*found).values(**held))


def _typed(column: Column[Any], value: Any) -> Any:
    """A JSON value as the column takes it."""
    if value is None:
        return null() if isinstance(column.type, JSON) and column.nullable else None
    if isinstance(column.type, DateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(column.type, Date) else value


def _reset_sequences(connection: Connection, tables: Iterable[Table]) -> None:
    """Let each sequence go on after the highest key."""
    for table in tables:
        for column in table.primary_key.columns:
            owned = connection.scalar(select(func.pg_get_serial_sequence(f'"{table.name}"', column.name)))
            if owned is not None:
                highest = connection.scalar(select(func.max(column)))
                connection.execute(select(func.setval(owned, highest or 1, highest is not None)))


def _compare(connection: Connection, manifest: Manifest) -> None:
    """Refuse what is not exactly as many rows as were kept, or refers to rows that are not there."""
    tables = {table.name: table for table in tables_of(connection)}
    for info in manifest.tables:
        found = connection.scalar(select(func.count()).select_from(tables[info.name]))
        if found != info.rows:
            raise Refused(
                N_("Bảng {table} có {found} dòng thay vì {rows}. Chưa có gì thay đổi."),
                table=info.name,
                found=found,
                rows=info.rows,
            )
    if connection.dialect.name == "sqlite" and (
        astray := connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    ):
        raise Refused(N_("Bảng {table} nhắc tới dòng không có. Chưa có gì thay đổi."), table=astray[0])


def _put_file(store: FileStore, name: str, content: IO[bytes]) -> None:
    """Put one file of the store back, block by block; one that is there whole is left alone."""
    path = store.path(name)
    if path.is_file() and digest_of(path)[0] == name:
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
    with os.fdopen(handle, "wb") as file:
        shutil.copyfileobj(content, file, BLOCK)
        file.flush()
        os.fsync(file.fileno())
    Path(draft).replace(path)


def _put_setting(settings: Settings, name: str, raw: bytes) -> None:
    """Put a settings file back; one that would lead to another database is laid beside, for a person to read."""
    if name not in SETTINGS:
        return
    path = settings.data / name
    if name == "loa.toml" and (path.exists() or _leads_elsewhere(raw)):
        if path.exists() and path.read_bytes() == raw:
            return
        path = path.with_name("loa.toml.from-backup")
    handle, draft = tempfile.mkstemp(dir=settings.data, prefix=".draft-")
    with os.fdopen(handle, "wb") as file:
        file.write(raw)
    Path(draft).replace(path)


def _leads_elsewhere(raw: bytes) -> bool:
    """Whether these settings name a database or a data folder."""
    try:
        names = {name.upper() for name in tomllib.loads(raw.decode("utf-8"))}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return True
    return bool(names & {"DATABASE_URL", "DATA"})
