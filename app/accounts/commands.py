"""``python -m app user``: what an administrator needs when nobody can sign in."""

from __future__ import annotations

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import audit, clock
from app.accounts.links import make_link
from app.accounts.models import Person
from app.accounts.services import count_people
from app.audit import SystemActor
from app.db import opened, read_session, transaction
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
    settings, now = load_settings(), clock.now()
    with opened(settings.database_url) as engine:
        check_current(engine)
        load_models()
        with transaction(engine) as session:
            person = None if email is None else _person(session, email)
            if person is None and count_people(session):
                raise Refused(N_("Đã có người dùng; hãy ghi thư điện tử của người cần đường dẫn."))
            token = make_link(session, person, now=now)
            if person is not None:
                audit.record(
                    session, SystemActor("python -m app user link"), "person.new_link", person, at=now
                )
    click.echo(f"{settings.public_url}/link/{token}")


def _person(session: Session, email: str) -> Person:
    """Who has that e-mail address."""
    person = session.scalar(select(Person).where(Person.email == email.strip().lower()))
    if person is None:
        raise Missing(N_("Không có người dùng {email}."), email=email)
    return person


@user.command(name="list")
def list_all() -> None:
    """Mọi người dùng, mỗi người một dòng. / Everybody, a line each."""
    with opened(load_settings().database_url) as engine:
        check_current(engine)
        load_models()
        with read_session(engine) as session:
            for person in session.scalars(select(Person).order_by(Person.sort_key)):
                state = "đã kết thúc" if person.ended_at else ""
                click.echo(f"{person.email}\t{person.name}\t{state}".rstrip())
