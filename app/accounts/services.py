"""People: invite, name, give and end roles, end; and the one-time links by which they set a password."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import audit
from app.accounts.models import LinkPurpose, Membership, OneTimeLink, Person
from app.accounts.permissions import Role
from app.accounts.sign_in import end_all_sign_ins, fingerprint, hash_password
from app.errors import N_, Invalid, Missing, Refused
from app.organisations.models import Organisation
from app.text import nfc, sort_key

LINK_LASTS = timedelta(days=7)
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
_EMAIL = re.compile(r"[^@\s<>\"',;:]+@[A-Za-z0-9](?:[A-Za-z0-9-]*\.)+[A-Za-z]{2,}|[^@\s<>\"',;:]+@localhost")


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
    person = _add_person(session, wanted.name, wanted.email, now=now)
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


def _add_person(session: Session, name: str, email: str, *, now: datetime) -> Person:
    """A new row, its e-mail checked and free."""
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
        raise Invalid(N_("“{email}” không phải là địa chỉ thư điện tử."), email=email[:80])
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
        Stale: somebody changed the person since. Refused: it is oneself, or the last administrator.
    """
    person.check_version(seen)
    if person.id == actor.id:
        raise Refused(N_("Bạn không thể tự kết thúc tài khoản của mình."))
    _keep_an_administrator(session, without=person.id)
    person.ended_at = now
    end_all_sign_ins(session, person.id, now=now)
    session.flush()
    audit.record(session, actor, "person.end", person, at=now)


def restore_person(session: Session, person: Person, *, seen: int, actor: audit.Actor, now: datetime) -> None:
    """Let an ended person sign in again.

    Raises:
        Stale: somebody changed the person since.
    """
    person.check_version(seen)
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
        Missing: no such organisation. Invalid: the days run backwards. Refused: the role is held already.
    """
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
    if any(one.ends_on is None or one.ends_on >= starts_on for one in session.scalars(held)):
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
        Refused: it is the last administrator's.
    """
    if membership.role is Role.ADMINISTRATOR:
        _keep_an_administrator(session, without_membership=membership.id)
    details = {"role": membership.role.value, "organisation": membership.organisation.name}
    yesterday = today - timedelta(days=1)
    if membership.starts_on > yesterday:
        session.delete(membership)
    else:
        membership.ends_on = yesterday
    session.flush()
    audit.record(session, actor, "person.end_role", membership.person, at=now, details=details)


def _keep_an_administrator(
    session: Session, *, without: int | None = None, without_membership: int | None = None
) -> None:
    """Refuse what would leave the installation without an administrator who can sign in."""
    others = (
        select(func.count())
        .select_from(Membership)
        .join(Person)
        .where(Membership.role == Role.ADMINISTRATOR, Membership.ends_on.is_(None), Person.ended_at.is_(None))
    )
    if without is not None:
        others = others.where(Person.id != without)
    if without_membership is not None:
        others = others.where(Membership.id != without_membership)
    if not session.scalar(others):
        raise Refused(
            N_("Phải còn ít nhất một quản trị viên. Hãy giao vai trò quản trị cho người khác trước.")
        )


def make_link(session: Session, person: Person | None, *, now: datetime) -> str:
    """The secret of a new link by which *person* sets a password; None makes the first administrator's.

    Earlier unused links of the same person no longer work.
    """
    purpose = LinkPurpose.FIRST_ADMINISTRATOR if person is None else LinkPurpose.SET_PASSWORD
    same = OneTimeLink.person_id.is_(None) if person is None else OneTimeLink.person_id == person.id
    for old in session.scalars(select(OneTimeLink).where(same, OneTimeLink.used_at.is_(None))):
        old.expires_at = min(old.expires_at, now)
    token = secrets.token_urlsafe(32)
    session.add(
        OneTimeLink(
            purpose=purpose,
            person_id=None if person is None else person.id,
            token_hash=fingerprint(token),
            created_at=now,
            expires_at=now + LINK_LASTS,
        )
    )
    session.flush()
    return token


def find_link(session: Session, token: str, *, now: datetime) -> OneTimeLink:
    """The link of *token* while it can be used.

    Raises:
        Missing: never made, used already, or too old.
    """
    link = session.scalar(select(OneTimeLink).where(OneTimeLink.token_hash == fingerprint(token)))
    if (
        link is None
        or link.used_at is not None
        or link.expires_at <= now
        or (link.person and link.person.ended_at)
    ):
        raise Missing(
            N_("Đường dẫn này đã được dùng hoặc đã hết hạn. Hãy xin quản trị viên một đường dẫn mới.")
        )
    return link


def check_new_password(password: str) -> str:
    """*password* in NFC.

    Raises:
        Invalid: too short, too long, or one letter repeated.
    """
    wanted = nfc(password)
    if len(wanted) < SHORTEST_PASSWORD or len(set(wanted)) < 4:
        raise Invalid(
            N_("Mật khẩu cần ít nhất {least} ký tự và không chỉ lặp vài ký tự."), least=SHORTEST_PASSWORD
        )
    if len(wanted) > LONGEST_PASSWORD:
        raise Invalid(N_("Mật khẩu dài nhất {most} ký tự."), most=LONGEST_PASSWORD)
    return wanted


def use_link(session: Session, token: str, *, password: str, now: datetime) -> Person:
    """Set the password of the link's person; the link is used up and all their sessions end.

    Raises:
        Missing: the link cannot be used. Invalid: the password is too weak.
    """
    link = find_link(session, token, now=now)
    if link.person is None:
        raise Missing
    link.person.password_hash = hash_password(check_new_password(password))
    link.used_at = now
    end_all_sign_ins(session, link.person.id, now=now)
    session.flush()
    audit.record(session, link.person, "person.set_password", link.person, at=now)
    return link.person


def change_password(session: Session, person: Person, *, password: str, keep: int, now: datetime) -> None:
    """Change one's own password; every other session ends, the one numbered *keep* stays.

    Raises:
        Invalid: the password is too weak.
    """
    person.password_hash = hash_password(check_new_password(password))
    end_all_sign_ins(session, person.id, now=now, but=keep)
    session.flush()
    audit.record(session, person, "person.set_password", person, at=now)


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
    if count_people(session):
        raise Refused(N_("Hệ thống đã có người dùng; hãy đăng nhập."))
    person = _add_person(session, wanted.name, wanted.email, now=now)
    person.password_hash = hash_password(check_new_password(wanted.password))
    link.used_at = now
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


def count_people(session: Session) -> int:
    """How many people the installation knows, ended ones too."""
    return session.scalar(select(func.count()).select_from(Person)) or 0
