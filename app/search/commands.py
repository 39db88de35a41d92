"""``python -m app search``: the index of what can be found."""

from __future__ import annotations

import click

from app.db import opened, transaction
from app.migrations.schema import check_current
from app.search.keep import rebuild
from app.settings import load_settings


@click.group()
def search() -> None:
    """Tìm kiếm: lập lại chỉ mục. / The search index."""


@search.command("rebuild")
@click.argument("kinds", nargs=-1)
def rebuild_index(kinds: tuple[str, ...]) -> None:
    """Lập lại chỉ mục tìm kiếm từ dữ liệu. / Make the index anew, of KINDS or of everything."""
    with opened(load_settings().database_url) as engine:
        check_current(engine)
        with transaction(engine) as session:
            count = rebuild(session, kinds or None)
    click.echo(f"Đã lập lại chỉ mục: {count} mục.")
