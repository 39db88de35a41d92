"""``python -m app db``: upgrade, downgrade, current, check, revise."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click
from alembic import command

from app.db import make_engine
from app.migrations import schema
from app.settings import load_settings


@click.group()
def db() -> None:
    """Cơ sở dữ liệu: nâng cấp, xem, kiểm tra. / The database schema."""


@db.command()
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Nâng cơ sở dữ liệu lên bản mới nhất. / Upgrade."""
    engine = make_engine(load_settings().database_url)
    schema.upgrade(engine, revision)
    click.echo(f"Cơ sở dữ liệu ở bản {schema.current(engine)}.")


@db.command()
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Hạ cơ sở dữ liệu xuống một bản cũ. / Downgrade."""
    engine = make_engine(load_settings().database_url)
    schema.downgrade(engine, revision)
    click.echo(f"Cơ sở dữ liệu ở bản {schema.current(engine) or '∅'}.")


@db.command()
def current() -> None:
    """Bản hiện có và bản cần có. / Present and wanted revision."""
    click.echo(f"{schema.current(make_engine(load_settings().database_url)) or '∅'} / {schema.head()}")


@db.command()
def check() -> None:
    """Mô hình = các bản di trú, thử trên một cơ sở dữ liệu trống. / Models equal migrations."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{Path(folder) / 'check.sqlite3'}")
        schema.upgrade(engine)
        found = schema.differences(engine)
        engine.dispose()
    for difference in found:
        click.echo(f"✗ {difference}", err=True)
    if found:
        raise SystemExit(1)
    click.echo("Mô hình và các bản di trú khớp nhau.")


@db.command()
@click.argument("message")
@click.option("--id", "revision", required=True, help="Số hiệu của bản, ví dụ 0002_plans.")
def revise(message: str, revision: str) -> None:
    """Soạn một bản di trú từ mô hình (đọc lại trước khi lưu). / Draft a revision from the models."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{Path(folder) / 'revise.sqlite3'}")
        schema.upgrade(engine)
        with engine.connect() as connection:
            command.revision(schema.config(connection), message, autogenerate=True, rev_id=revision)
        engine.dispose()
