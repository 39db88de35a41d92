"""Backup and restore: from each database into each, whole or not at all."""

from __future__ import annotations

import gzip
import io
import json
import os
import tarfile
import threading
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from app import audit
from app.accounts.models import Person
from app.accounts.permissions import Role
from app.backup import backup, restore
from app.backup.bring_back import bring_back, check
from app.backup.keep import keep
from app.backup.manifest import MANIFEST, Manifest, tables_of
from app.db import make_engine, read_session, transaction
from app.errors import Refused
from app.migrations import schema
from app.organisations.models import Organisation
from app.search import found
from app.settings import Settings, load_settings
from app.storage import FileStore
from content.items.models import Stage
from content.media.models import Asset
from content.themes.models import Theme
from tests.conftest import NOW, _in_postgres, _psycopg
from tests.factories import (
    make_campaign,
    make_item,
    make_organisation,
    make_outlet,
    make_person,
    make_placement,
    make_plan,
    make_publication,
    make_series,
    make_slot,
    make_target,
    make_theme,
)

PICTURE = os.urandom(300_000)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database in which there is nothing at all."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'other.sqlite3'}"
        return
    server = request.getfixturevalue("postgresql_server")
    name = f"loa_{uuid.uuid4().hex[:12]}"
    _in_postgres(server, f"CREATE DATABASE {name}")
    yield _psycopg(server.format(name=name))
    _in_postgres(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def other(empty_url: str, tmp_path: Path) -> Settings:
    """Settings of another installation, on the empty database."""
    return load_settings({"LOA_DATA": str(tmp_path / "other"), "LOA_DATABASE_URL": empty_url})


@pytest.fixture
def full(session: Session, engine: Engine, settings: Settings) -> Settings:
    """An installation with something in the tables, files in the store and a sealed audit chain."""
    parent = make_organisation(session, "Ủy ban nhân dân tỉnh")
    child = make_organisation(session, "Sở Khoa học và Công nghệ", parent=parent)
    first = make_organisation(session, "Sở “cũ”\nhai dòng \\ “lạ” \u2028 😀")
    first.parent_id, parent.successor_id = child.id, child.id  # rows that refer to later rows
    person = make_person(session, Role.COORDINATOR, organisation=child)
    theme, outlet = make_theme(session), make_outlet(session)
    plan = make_plan(session, confirmed_by=person)
    plan.trace = {"title": [1, 2], "số": {"lạ": None, "thực": 0.1}}
    campaign = make_campaign(session, themes=(theme,), organisation=child)
    series = make_series(session, theme, campaign=campaign, outlets=(outlet,))
    make_target(session, theme, campaign=campaign, outlet=outlet)
    make_placement(session, campaign, make_item(session, themes=(theme,)), series=series)
    make_item(session, stage=Stage.APPROVED, planned_on=date(2026, 12, 31))
    slot = make_slot(session)
    slot.due_at = datetime(2026, 5, 4, 1, 30, 0, 123_456, tzinfo=UTC)
    make_publication(session, outlet=outlet)
    store = FileStore(settings.files)
    session.add(
        Asset(
            sha256=store.keep(PICTURE),
            mime="image/png",
            width=10,
            height=10,
            size=len(PICTURE),
            name="ảnh.png",
            alt_text="Lớp học",
            added_by_id=person.id,
            added_at=NOW,
        )
    )
    store.keep(b"")
    for number in range(3):
        audit.record(
            session, person, "theme.add", theme, at=NOW, details={"số": number, "thực": 1.5, "không": None}
        )
    (settings.data / "loa.toml").write_text('SITE_NAME = "Thông tin tỉnh"\n', "utf-8")
    session.commit()
    audit.seal(engine, batch=2)
    return settings


def rows(engine: Engine) -> dict[str, list[list[object]]]:
    """Every row of every table, values as JSON holds them."""
    found: dict[str, list[list[object]]] = {}
    with engine.connect() as connection:
        for table in tables_of(connection):
            asked = select(table).order_by(*table.primary_key.columns)
            found[table.name] = [[_even(value) for value in row] for row in connection.execute(asked)]
    return found


def _even(value: object) -> object:
    """A moment without regard to how the driver names its zone."""
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)
    return value


def files(settings: Settings) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in settings.files.glob("??/*")}


def test_what_was_kept_comes_back_row_by_row_on_either_database(
    full: Settings, engine: Engine, other: Settings, tmp_path: Path
) -> None:
    archive = tmp_path / "kept" / "loa.tar.gz"
    keep(full, engine, archive, now=NOW)
    into = make_engine(other.database_url)
    bring_back(other, into, archive, force=False)
    assert rows(into) == rows(engine)
    assert files(other) == files(full)
    assert schema.differences(into) == []
    with read_session(into) as reader:  # what was brought back is found, though the index was never kept
        found_again = found(reader, "theme", Theme.id, "binh dan")
        assert reader.scalar(select(func.count()).select_from(Theme).where(found_again)) == 1
    assert (other.data / "secret_key").read_text() == full.secret_key
    assert (other.data / "loa.toml").read_text("utf-8") == 'SITE_NAME = "Thông tin tỉnh"\n'
    with Session(into) as session:
        verdict = audit.verify(session)
        assert (verdict.holds, verdict.sealed, verdict.waiting) == (True, 2, 1)
    audit.seal(into)
    with transaction(into) as session:
        assert audit.verify(session).holds
        before = session.scalar(select(func.max(Person.id))) or 0
        assert make_person(session).id > before  # the sequence goes on after what was brought back
    again = tmp_path / "again.tar.gz"
    keep(other, into, again, now=NOW)
    assert {one.name for one in check(again).tables} == {one.name for one in check(archive).tables}
    into.dispose()


def test_the_archive_appears_whole_for_its_owner_only_and_replaces_nothing(
    full: Settings, engine: Engine, tmp_path: Path
) -> None:
    archive = tmp_path / "kept" / "loa.tar.gz"
    manifest = keep(full, engine, archive, now=NOW)
    assert list(archive.parent.iterdir()) == [archive]
    assert archive.stat().st_mode & 0o777 == 0o600
    assert manifest.revision == schema.head()
    assert check(archive) == manifest
    with pytest.raises(Refused, match="đã có"):
        keep(full, engine, archive, now=NOW)


def test_nothing_is_kept_of_a_database_without_schema(other: Settings, tmp_path: Path) -> None:
    engine = make_engine(other.database_url)
    with pytest.raises(Refused, match="db upgrade"):
        keep(other, engine, tmp_path / "loa.tar.gz", now=NOW)
    assert not (tmp_path / "loa.tar.gz").exists()
    engine.dispose()


def test_a_flipped_byte_anywhere_is_refused_and_nothing_changes(
    full: Settings, engine: Engine, tmp_path: Path
) -> None:
    archive = tmp_path / "loa.tar.gz"
    keep(full, engine, archive, now=NOW)
    whole = archive.read_bytes()
    before, stored = rows(engine), files(full)
    size = len(whole)
    for place in [0, 2, 30, size // 50, size // 4, size // 2, size - size // 10, size - 6, size - 1]:
        broken = bytearray(whole)
        broken[place] ^= 0x10
        archive.write_bytes(broken)
        with pytest.raises(Refused):
            bring_back(full, engine, archive, force=True)
    for cut in (0, 1, 100, size // 2, size - 1):
        archive.write_bytes(whole[:cut])
        with pytest.raises(Refused):
            bring_back(full, engine, archive, force=True)
    assert rows(engine) == before
    assert files(full) == stored


def rebuilt(archive: Path, change: dict[str, bytes | None]) -> Path:
    """The archive with members changed, left out (None) or added, as sound gzip and tar."""
    made = archive.with_name(f"{uuid.uuid4().hex}.tar.gz")
    with gzip.open(archive) as stream, tarfile.open(fileobj=stream) as old, tarfile.open(made, "w:gz") as new:
        members = {info.name: (old.extractfile(info) or io.BytesIO()).read() for info in old}
        for name, content in {**members, **change}.items():
            if content is not None:
                info = tarfile.TarInfo(name)
                info.size = len(content)
                new.addfile(info, io.BytesIO(content))
    return made


def test_an_archive_whose_members_are_not_its_manifests_is_refused(
    full: Settings, engine: Engine, tmp_path: Path
) -> None:
    archive = tmp_path / "loa.tar.gz"
    manifest = keep(full, engine, archive, now=NOW)
    before = rows(engine)
    plain = json.loads(_manifest_of(archive))
    newer = json.dumps({**plain, "format": 99}).encode()
    later = json.dumps({**plain, "revision": "9999_later"}).encode()
    no_table = {**plain, "tables": [*plain["tables"], {"name": "x", "columns": [], "rows": 0}]}
    cases: list[tuple[dict[str, bytes | None], str]] = [
        ({"tables/person.jsonl": b""}, "hỏng"),
        ({"tables/person.jsonl": None}, "hỏng"),
        ({"tables/extra.jsonl": b"[]\n"}, "hỏng"),
        ({"../../etc/evil": b"x"}, "hỏng"),
        ({MANIFEST: b"{}"}, "hỏng"),
        ({MANIFEST: b"rac"}, "hỏng"),
        ({MANIFEST: json.dumps(no_table).encode()}, "hỏng"),
        ({MANIFEST: newer}, "mới hơn"),
        ({MANIFEST: later}, "mới hơn"),
    ]
    for change, word in cases:
        with pytest.raises(Refused, match=word):
            bring_back(full, engine, rebuilt(archive, change), force=True)
    assert rows(engine) == before
    assert manifest.tables


def _manifest_of(archive: Path) -> bytes:
    with tarfile.open(archive) as opened:
        content = opened.extractfile(MANIFEST)
        assert content is not None
        return content.read()


def test_a_row_too_few_undoes_the_whole_restore(full: Settings, engine: Engine, tmp_path: Path) -> None:
    """A manifest that promises more rows than its own lines: what was there before stays."""
    archive = tmp_path / "loa.tar.gz"
    keep(full, engine, archive, now=NOW)
    plain = json.loads(_manifest_of(archive))
    for table in plain["tables"]:
        table["rows"] += 1
    before = rows(engine)
    with pytest.raises(Refused, match="Chưa có gì thay đổi"):
        bring_back(full, engine, rebuilt(archive, {MANIFEST: json.dumps(plain).encode()}), force=True)
    assert rows(engine) == before
    assert schema.current(engine) == schema.head()


def test_a_database_with_rows_is_replaced_only_when_that_is_said(
    full: Settings, engine: Engine, tmp_path: Path
) -> None:
    archive = tmp_path / "loa.tar.gz"
    keep(full, engine, archive, now=NOW)
    before = rows(engine)
    with transaction(engine) as session:
        make_organisation(session, "Thêm sau khi sao lưu")
    with pytest.raises(Refused, match="--force"):
        bring_back(full, engine, archive, force=False)
    bring_back(full, engine, archive, force=True)
    assert rows(engine) == before


def test_an_older_archive_is_brought_back_and_upgraded(
    session: Session, engine: Engine, settings: Settings, other: Settings, tmp_path: Path
) -> None:
    make_organisation(session, "Sở Nội vụ")
    session.commit()
    session.close()
    schema.downgrade(engine, "0001_ground")
    archive = tmp_path / "old.tar.gz"
    assert keep(settings, engine, archive, now=NOW).revision == "0001_ground"
    into = make_engine(other.database_url)
    bring_back(other, into, archive, force=False)
    assert schema.current(into) == schema.head()
    with Session(into) as after:
        assert after.scalars(select(Organisation.name)).all() == ["Sở Nội vụ"]
    into.dispose()


def test_what_is_written_during_a_backup_is_in_it_whole_or_not_at_all(
    full: Settings, engine: Engine, other: Settings, tmp_path: Path
) -> None:
    """Each write adds two themes; an archive that holds an odd number has torn one apart."""
    stop, wrote = threading.Event(), threading.Event()
    failures: list[BaseException] = []

    def write() -> None:
        try:
            while not stop.is_set():
                with transaction(engine) as session:
                    make_theme(session)
                    make_theme(session)
                wrote.set()
        except BaseException as fault:  # noqa: BLE001 - told to the test
            failures.append(fault)
            wrote.set()

    with Session(engine) as session:
        at_first = session.scalar(select(func.count()).select_from(Theme)) or 0
    writer = threading.Thread(target=write)
    writer.start()
    assert wrote.wait(20)
    archives = [tmp_path / f"{number}.tar.gz" for number in range(3)]
    for archive in archives:
        keep(full, engine, archive, now=NOW)
    stop.set()
    writer.join(20)
    assert failures == []
    counts = [next(one.rows for one in check(archive).tables if one.name == "theme") for archive in archives]
    assert [(count - at_first) % 2 for count in counts] == [0, 0, 0]
    into = make_engine(other.database_url)
    bring_back(other, into, archives[-1], force=False)
    with into.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM theme")).scalar() == counts[-1]
        phrases = connection.execute(text("SELECT count(*) FROM theme_phrase")).scalar()
        assert phrases == counts[-1]
    into.dispose()


def test_settings_that_lead_to_another_database_are_laid_beside(
    full: Settings, engine: Engine, other: Settings, tmp_path: Path
) -> None:
    (full.data / "loa.toml").write_text('database_url = "sqlite:///old.sqlite3"\n', "utf-8")
    archive = tmp_path / "loa.tar.gz"
    keep(full, engine, archive, now=NOW)
    into = make_engine(other.database_url)
    bring_back(other, into, archive, force=False)
    into.dispose()
    assert not (other.data / "loa.toml").exists()
    assert "old.sqlite3" in (other.data / "loa.toml.from-backup").read_text("utf-8")


def test_a_damaged_file_of_the_store_is_kept_and_told_and_a_sound_one_is_not_overwritten(
    full: Settings, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOA_DATA", str(full.data))
    monkeypatch.setenv("LOA_DATABASE_URL", full.database_url)
    name = next(name for name, content in files(full).items() if content == PICTURE)
    path = FileStore(full.files).path(name)
    path.write_bytes(b"hong")
    archive = tmp_path / "loa.tar.gz"
    said = CliRunner().invoke(backup, [str(archive)])
    assert said.exit_code == 0, said.output
    assert name in said.output
    path.write_bytes(PICTURE)
    said = CliRunner().invoke(restore, [str(archive), "--force"])
    assert said.exit_code == 0, said.output
    assert "Đã khôi phục" in said.output
    assert path.read_bytes() == PICTURE


def test_the_commands_keep_and_bring_back(
    full: Settings, engine: Engine, other: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def settle(settings: Settings) -> None:
        monkeypatch.setenv("LOA_DATA", str(settings.data))
        monkeypatch.setenv("LOA_DATABASE_URL", settings.database_url.replace("+psycopg", ""))

    settle(full)
    monkeypatch.chdir(tmp_path)
    said = CliRunner().invoke(backup, [])
    assert said.exit_code == 0, said.output
    (archive,) = tmp_path.glob("loa-*.tar.gz")
    settle(other)
    said = CliRunner().invoke(restore, [str(archive)])
    assert said.exit_code == 0, said.output
    into = make_engine(other.database_url)
    assert rows(into) == rows(engine)
    into.dispose()
    assert isinstance(check(archive), Manifest)
