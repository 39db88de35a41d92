"""The first administrator: once, by the link that the installation prints when nobody is there yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from app import audit
from app.accounts.links import check_new_password, claim_link, find_link
from app.accounts.models import LinkPurpose, Person
from app.accounts.permissions import Role
from app.accounts.services import add_person, count_people, give_role
from app.accounts.sign_in import hash_password
from app.errors import N_, Missing, Refused

_LOCK = 0x10AF1A5  # PostgreSQL advisory lock: two first administrators come one after the other


@dataclass(frozen=True)
class FirstAdministrator:
    """Who sets the installation up: themselves and their organisation."""

    name: str
    email: str
    password: str
    organisation_id: int


def make_first_administrator(
    session: Session, token: str, wanted: FirstAdministrator, *, now: datetime, today: date
) -> Person:
    """Make the first person, administrator and coordinator of the lead agency, by the one-time link.

    Raises:
        Missing: the link cannot be used. Refused: there is a person already. Invalid: e-mail or password.
    """
    link = find_link(session, token, now=now)
    if link.purpose is not LinkPurpose.FIRST_ADMINISTRATOR:
        raise Missing
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    if count_people(session):
        raise Refused(N_("Hệ thống đã có người dùng; hãy đăng nhập."))
    password = check_new_password(wanted.password)
    claim_link(session, link, now=now)
    person = add_person(session, wanted.name, wanted.email, now=now)
    person.password_hash = hash_password(password)
    session.flush()
    audit.record(session, person, "person.first", person, at=now)
    for role in (Role.ADMINISTRATOR, Role.COORDINATOR):
        give_role(
            session,
            person,
            organisation_id=wanted.organisation_id,
            role=role,
            starts_on=today,
            actor=person,
            now=now,
        )
    return person
