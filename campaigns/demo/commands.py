"""``python -m app demo`` and ``python -m app start --demo``: an empty database filled with a province at work."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import click
from sqlalchemy import Engine

from app import clock
from app.accounts.permissions import Role
from app.db import opened, read_session, transaction
from app.feature import load_models, words_of
from app.migrations.schema import check_current
from app.settings import Settings, load_settings
from app.storage import FileStore
from campaigns.demo.large import enlarge
from campaigns.demo.state import Card, begin_demonstration, cards_of, is_demonstration


class Size(StrEnum):
    """How much is made."""

    USUAL = "usual"
    LARGE = "large"


@click.command()
@click.option(
    "--size",
    type=click.Choice([size.value for size in Size]),
    default=Size.USUAL.value,
    help="usual: một năm làm việc; large: thêm 20.000 tin bài, 50.000 lịch, 200.000 tin đã đăng.",
)
@click.option("--yes", is_flag=True, help="Không hỏi lại. / Do not ask.")
def demo(size: str, *, yes: bool) -> None:
    """Dựng dữ liệu minh họa vào cơ sở dữ liệu trống. / Fill an empty database with a demonstration."""
    settings = load_settings()
    with opened(settings.database_url) as engine:
        check_current(engine)
        load_models()
        if not yes:
            click.confirm(f"Dựng dữ liệu minh họa vào {engine.url.render_as_string()}?", abort=True)
        _say(_fill(engine, settings, Size(size)))


def fill_at_start(engine: Engine, settings: Settings) -> Iterable[str]:
    """For ``start --demo``: what was made, as lines to print; nothing is made twice.

    Raises:
        Refused: there is other work in the database, or others could reach the pages.
    """
    load_models()
    with read_session(engine) as session:
        if is_demonstration(session):
            return ["Dữ liệu minh họa đã có sẵn. Quên mật khẩu: python -m app user link THƯ-ĐIỆN-TỬ"]
    return _fill(engine, settings, Size.USUAL)


def _fill(engine: Engine, settings: Settings, size: Size) -> list[str]:
    """Build, in one transaction, and tell who may sign in."""
    with transaction(engine) as session:
        now = clock.now()
        province = begin_demonstration(session, FileStore(settings.files), settings, now=now)
        cards = cards_of(province)
        counts = enlarge(session, now=now) if size is Size.LARGE else None
    told = [
        f"Đã dựng dữ liệu minh họa: {len(province.items)} tin bài, {len(province.publications)} tin đã đăng."
    ]
    if counts:
        told += [f"Thêm {counts.items} tin bài, {counts.slots} lịch đăng, {counts.publications} tin đã đăng."]
    return [*told, f"Đăng nhập tại {settings.public_url}/sign-in (mật khẩu chỉ in lần này):", *_table(cards)]


def _table(cards: list[Card]) -> list[str]:
    """A line for each person: role, e-mail, password, name."""
    roles = words_of(Role)
    return [f"  {roles[card.role].label:<22}{card.email:<30}{card.password}   {card.name}" for card in cards]


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)
