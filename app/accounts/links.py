"""One-time links and passwords: the one way by which anybody gets a password, and the way to a new one."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import audit
from app.accounts.models import LinkPurpose, OneTimeLink, Person
from app.accounts.sign_in import end_all_sign_ins, fingerprint, hash_password
from app.errors import N_, Invalid, Missing, Refused
from app.text import nfc

LINK_LASTS = timedelta(days=7)
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
_GONE = N_("Đường dẫn này đã được dùng hoặc đã hết hạn. Hãy xin quản trị viên một đường dẫn mới.")


class WeakPassword(Invalid):
    """A new password that others would guess, or one of endless length."""


def make_link(session: Session, person: Person | None, *, now: datetime) -> str:
    """The secret of a new link by which *person* sets a password; None makes the first administrator's.

    Earlier unused links of the same person no longer work.

    Raises:
        Refused: the person has ended.
    """
    if person is not None and person.ended_at is not None:
        raise Refused(N_("Tài khoản này đã kết thúc."))
    purpose = LinkPurpose.FIRST_ADMINISTRATOR if person is None else LinkPurpose.SET_PASSWORD
    end_links(session, None if person is None else person.id, now=now)
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


def end_links(session: Session, person_id: int | None, *, now: datetime) -> None:
    """Let the unused links of that person (None: of the first administrator) work no longer."""
    same = OneTimeLink.person_id.is_(None) if person_id is None else OneTimeLink.person_id == person_id
    standing = update(OneTimeLink).where(same, OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now)
    session.execute(standing.values(expires_at=now))


def claim_link(session: Session, link: OneTimeLink, *, now: datetime) -> None:
    """Use the link up; of two who use it at once, one does.

    Raises:
        Missing: it was used, or replaced, in this very moment.
    """
    unused = update(OneTimeLink).where(
        OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now
    )
    done = session.execute(unused.values(used_at=now))
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise Missing(_GONE)


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
        raise Missing(_GONE)
    return link


def check_new_password(password: str) -> str:
    """*password* in NFC.

    Raises:
        WeakPassword: too short, too long, or a few letters repeated.
    """
    wanted = nfc(password)
    if len(wanted) < SHORTEST_PASSWORD or len(set(wanted)) < 4:
        raise WeakPassword(
            N_("Mật khẩu cần ít nhất {least} ký tự và không chỉ lặp vài ký tự."), least=SHORTEST_PASSWORD
        )
    if len(wanted) > LONGEST_PASSWORD:
        raise WeakPassword(N_("Mật khẩu dài nhất {most} ký tự."), most=LONGEST_PASSWORD)
    return wanted


def use_link(session: Session, token: str, *, password: str, now: datetime) -> Person:
    """Set the password of the link's person; the link is used up and all their sessions end.

    Raises:
        Missing: the link cannot be used. Invalid: the password is too weak.
    """
    link = find_link(session, token, now=now)
    if link.person is None:
        raise Missing
    wanted = check_new_password(password)
    claim_link(session, link, now=now)
    link.person.password_hash = hash_password(wanted)
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
