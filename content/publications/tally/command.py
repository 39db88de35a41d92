"""``python -m app coverage``: the counts that coverage reads, made anew from the rows or compared with them."""

from __future__ import annotations

import click
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.db import opened, transaction
from app.feature import load_models
from app.migrations.schema import check_current
from app.settings import load_settings
from content.outlets.models import Outlet
from content.publications.tally.cells import Cell
from content.publications.tally.services import compare_tally, rebuild_tally
from content.themes.models import Theme

MOST_TOLD = 50


@click.group()
def coverage() -> None:
    """Độ phủ: số đếm tin đã đăng. / Coverage: the counts of publications."""


@coverage.command()
@click.option(
    "--compare", is_flag=True, help="Chỉ so sánh, không sửa; lệch thì mã thoát là 1. / Only compare."
)
def recount(*, compare: bool) -> None:
    """Đếm lại từ từng tin và thay số đếm cũ. / Count anew from the rows, or compare with them."""
    with opened(load_settings().database_url) as engine:
        check_current(engine)
        load_models()
        told = _compare(engine) if compare else _rebuild(engine)
    if told:
        raise SystemExit(1)


def _compare(engine: Engine) -> bool:
    """Tell each cell that differs; both tables as they stood at one moment."""
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with Session(engine) as session:
        found = compare_tally(session)
        for cell, (held, right) in list(found.items())[:MOST_TOLD]:
            click.echo(f"✗ {_name(session, cell)}: đang ghi {held}, đếm lại {right}")
    if len(found) > MOST_TOLD:
        click.echo(f"… và {len(found) - MOST_TOLD} ô nữa")
    click.echo(
        f"Lệch {len(found)} ô. Chạy: python -m app coverage recount" if found else "Số đếm đúng với từng tin."
    )
    return bool(found)


def _rebuild(engine: Engine) -> bool:
    """Write the counts anew."""
    with transaction(engine) as session:
        differing = len(compare_tally(session))
        cells = rebuild_tally(session)
    click.echo(f"Đã đếm lại: {cells} ô, trong đó {differing} ô đã được sửa.")
    return False


def _name(session: Session, cell: Cell) -> str:
    """Theme, outlet, month and type of a cell."""
    theme = session.scalar(select(Theme.name).where(Theme.id == cell.theme_id))
    outlet = session.scalar(select(Outlet.name).where(Outlet.id == cell.outlet_id))
    return f"{theme}, {outlet}, {cell.month:%m/%Y}, {cell.item_type or '—'}"
