"""People: invite, name, give and end roles, end and restore."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, lazyload

from app import audit, clock
from app.accounts.links import end_links, make_link
from app.accounts.models import Membership, Person
from app.accounts.permissions import Role
from app.accounts.sign_in import end_all_sign_ins
from app.errors import N_, Invalid, Missing, Refused
from app.organisations.models import Organisation
from app.text import sort_key

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_EMAIL = re.compile(rf"[^@\s<>\"',;:()\[\]\\]+@(?:(?:{_LABEL}\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]|localhost)")


class BadEmail(Invalid):
    """What was given as an e-mail address is none."""


@dataclass(frozen=True)
class NewPerson:
    """Who is to be invited, with the first role."""

    name: str
    email: str
    organisation_id: int
    role: Role


def invite_person(
    session: Session, wanted: NewPerson, *, actor: audit.Actor, now: datetime, today: date
) -> tuple[Person, str]:
    """Add a person with a first role and return the secret of the link with which they set a password.

    Raises:
        Invalid: the e-mail is not one. Refused: somebody has it already.
    """
    person = add_person(session, wanted.name, wanted.email, now=now)
    audit.record(session, actor, "person.invite", person, at=now, details={"email": person.email})
    give_role(
        session,
        person,
        organisation_id=wanted.organisation_id,
        role=wanted.role,
        starts_on=today,
        actor=actor,
        now=now,
    )
    return person, make_link(session, person, now=now)


def add_person(session: Session, name: str, email: str, *, now: datetime) -> Person:
    """A new row, its e-mail checked and free; the deed that it belongs to is recorded by whoever does it.

    Raises:
        BadEmail: the e-mail is not one. Refused: somebody has it already.
    """
    wanted = check_email(email)
    if session.scalar(select(Person.id).where(Person.email == wanted)) is not None:
        raise Refused(N_("Đã có người dùng với thư điện tử {email}."), email=wanted)
    person = Person(name=name, sort_key=sort_key(name), email=wanted, created_at=now, language="vi")
    session.add(person)
    session.flush()
    return person


def check_email(email: str) -> str:
    """*email* in lower case.

    Raises:
        Invalid: it is not an e-mail address.
    """
    wanted = email.strip().lower()
    if len(wanted) > 254 or not _EMAIL.fullmatch(wanted):
        raise BadEmail(N_("“{email}” không phải là địa chỉ thư điện tử."), email=email[:80])
    return wanted


def change_person(
    session: Session, person: Person, *, name: str, email: str, seen: int, actor: audit.Actor, now: datetime
) -> None:
    """Change name and e-mail.

    Raises:
        Stale: somebody changed the person since. Refused: the e-mail is taken. Invalid: it is none.
    """
    person.check_version(seen)
    wanted = check_email(email)
    taken = session.scalar(select(Person.id).where(Person.email == wanted, Person.id != person.id))
    if taken is not None:
        raise Refused(N_("Đã có người dùng với thư điện tử {email}."), email=wanted)
    before = {"name": person.name, "email": person.email}
    person.name, person.sort_key, person.email = name, sort_key(name), wanted
    session.flush()
    audit.record(
        session,
        actor,
        "person.change",
        person,
        at=now,
        details={"before": before, "name": name, "email": wanted},
    )


def end_person(session: Session, person: Person, *, seen: int, actor: audit.Actor, now: datetime) -> None:
    """End a person: no sign-in from now on, every session ended; what they did stays theirs.

    Raises:
        Stale: somebody changed the person since. Refused: it is oneself, the last administrator, or done already.
    """
    person.check_version(seen)
    if person.id == actor.id:
        raise Refused(N_("Bạn không thể tự kết thúc tài khoản của mình."))
    if person.ended_at is not None:
        raise Refused(N_("Tài khoản này đã kết thúc."))
    _keep_an_administrator(session, without=person.id, now=now)
    person.ended_at = now
    end_all_sign_ins(session, person.id, now=now)
    end_links(session, person.id, now=now)
    session.flush()
    audit.record(session, actor, "person.end", person, at=now)


def restore_person(session: Session, person: Person, *, seen: int, actor: audit.Actor, now: datetime) -> None:
    """Let an ended person sign in again.

    Raises:
        Stale: somebody changed the person since. Refused: the person has not ended.
    """
    person.check_version(seen)
    if person.ended_at is None:
        raise Refused(N_("Tài khoản này đang hoạt động."))
    person.ended_at = None
    session.flush()
    audit.record(session, actor, "person.restore", person, at=now)


def give_role(
    session: Session,
    person: Person,
    *,
    organisation_id: int,
    role: Role,
    starts_on: date,
    ends_on: date | None = None,
    actor: audit.Actor,
    now: datetime,
) -> Membership:
    """Give *person* a role in an organisation from a day on.

    Raises:
        Missing: no such organisation. Invalid: the days run backwards. Refused: the person has ended, or holds the
        role already on one of those days.
    """
    if person.ended_at is not None:
        raise Refused(N_("Tài khoản này đã kết thúc."))
    organisation = session.get(Organisation, organisation_id)
    if organisation is None:
        raise Missing(N_("Không có cơ quan này."))
    if ends_on is not None and ends_on < starts_on:
        raise Invalid(N_("Ngày kết thúc vai trò phải sau ngày bắt đầu."))
    held = select(Membership).where(
        Membership.person_id == person.id,
        Membership.organisation_id == organisation_id,
        Membership.role == role,
    )
    if any(
        (one.ends_on is None or one.ends_on >= starts_on) and (ends_on is None or one.starts_on <= ends_on)
        for one in session.scalars(held)
    ):
        raise Refused(
            N_("{name} đã có vai trò này tại {organisation}."),
            name=person.name,
            organisation=organisation.name,
        )
    membership = Membership(
        person=person, organisation=organisation, role=role, starts_on=starts_on, ends_on=ends_on
    )
    session.add(membership)
    session.flush()
    audit.record(
        session,
        actor,
        "person.give_role",
        person,
        at=now,
        details={"role": role.value, "organisation": organisation.name},
    )
    return membership


def end_role(
    session: Session, membership: Membership, *, actor: audit.Actor, now: datetime, today: date
) -> None:
    """End a role with yesterday, so that it no longer holds today; a role not yet begun is taken back.

    Raises:
        Refused: it is the last administrator's, or has ended before: what was true stays written.
    """
    if membership.ends_on is not None and membership.ends_on < today:
        raise Refused(N_("Vai trò này đã kết thúc."))
    if membership.role is Role.ADMINISTRATOR:
        _keep_an_administrator(session, without_membership=membership.id, now=now)
    details = {"role": membership.role.value, "organisation": membership.organisation.name}
    yesterday = today - timedelta(days=1)
    if membership.starts_on > yesterday:
        session.delete(membership)
    else:
        membership.ends_on = yesterday
    session.flush()
    audit.record(session, actor, "person.end_role", membership.person, at=now, details=details)


def _keep_an_administrator(
    session: Session, *, now: datetime, without: int | None = None, without_membership: int | None = None
) -> None:
    """Refuse what would leave the installation without an administrator who can sign in.

    The rows of all administrators are locked in one order: two who end one another come one after the other.
    """
    today = clock.local_day(now)
    held = session.scalars(
        select(Membership)
        .join(Membership.person)
        .where(
            Membership.role == Role.ADMINISTRATOR,
            Membership.starts_on <= today,
            Membership.ends_on.is_(None),
            Person.ended_at.is_(None),
            Person.password_hash.is_not(None),
        )
        .options(lazyload("*"))
        .order_by(Membership.id)
        .with_for_update()
    )
    if not any(one.person_id != without and one.id != without_membership for one in held):
        raise Refused(
            N_("Phải còn ít nhất một quản trị viên. Hãy giao vai trò quản trị cho người khác trước.")
        )


def count_people(session: Session) -> int:
    """How many people the installation knows, ended ones too."""
    return session.scalar(select(func.count()).select_from(Person)) or 0
