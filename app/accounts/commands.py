"""``python -m app user``: what an administrator needs when nobody can sign in."""

from __future__ import annotations

import click
from sqlalchemy import select

from app import audit, clock
from app.accounts.links import make_link
from app.accounts.models import Person
from app.accounts.services import count_people
from app.audit import SystemActor
from app.db import make_engine, read_session, transaction
from app.errors import N_, Missing, Refused
from app.feature import load_models
from app.migrations.schema import check_current
from app.settings import load_settings


@click.group()
def user() -> None:
    """Người dùng: đường dẫn đặt mật khẩu, danh sách. / People: one-time links, list."""


@user.command()
@click.argument("email", required=False)
def link(email: str | None) -> None:
    """Một đường dẫn đặt mật khẩu cho EMAIL; không có EMAIL: cho quản trị viên đầu tiên. / A one-time link."""
    settings = load_settings()
    engine = make_engine(settings.database_url)
    check_current(engine)
    load_models()
    now = clock.now()
    with transaction(engine) as session:
        person = None
        if email is None and count_people(session):
            raise Refused(N_("Đã có người dùng; hãy ghi thư điện tử của người cần đường dẫn."))
        if email is not None:
            person = session.scalar(select(Person).where(Person.email == email.strip().lower()))
            if person is None:
                raise Missing(N_("Không có người dùng {email}."), email=email)
            audit.record(session, SystemActor("python -m app user link"), "person.new_link", person, at=now)
        token = make_link(session, person, now=now)
    click.echo(f"{settings.public_url}/link/{token}")


@user.command(name="list")
def list_all() -> None:
    """Mọi người dùng, mỗi người một dòng. / Everybody, a line each."""
    engine = make_engine(load_settings().database_url)
    check_current(engine)
    load_models()
    with read_session(engine) as session:
        for person in session.scalars(select(Person).order_by(Person.sort_key)):
            click.echo(f"{person.email}\t{person.name}\t{'đã kết thúc' if person.ended_at else ''}".rstrip())
