"""Signing in and out: passwords by argon2id, sessions in a table, a growing delay after failures."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app import audit
from app.accounts.models import Person, SignIn, SignInFailure
from app.errors import N_, Fault
from app.text import nfc

LASTS = timedelta(hours=12)  # a working day; each day begins with a sign-in
FREE_TRIES = 3
LONGEST_WAIT = timedelta(minutes=15)
FORGET_AFTER = timedelta(days=1)
LONGEST_KEY = 300  # as the column; letters may grow in number when they are put in lower case


class SignInRefused(Fault):
    """Wrong e-mail or password, or too many tries; never says which of them it was."""

    status = 422


@cache
def hasher() -> PasswordHasher:
    """argon2id by OWASP's minimum: 19 MiB, two passes, one lane; about 40 ms."""
    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


@cache
def _decoy() -> str:
    """A hash to check against when there is no such account, so that both answers take the same time."""
    return hasher().hash(secrets.token_urlsafe())


def hash_password(password: str) -> str:
    """The argon2id hash of *password* in NFC: some keyboards send decomposed letters."""
    return hasher().hash(nfc(password))


def fingerprint(token: str) -> str:
    """What is stored instead of a secret token."""
    return hashlib.sha256(token.encode()).hexdigest()


def check_password(session: Session, email: str, password: str, *, address: str, now: datetime) -> Person:
    """The person whose e-mail and password these are.

    Counts a failure for the account and for the address otherwise; the caller commits either way, or the
    delay would be undone with the refusal.

    Raises:
        SignInRefused: wrong, ended, not yet invited, or too many failures lately.
    """
    keys = (f"account:{email.lower()}"[:LONGEST_KEY], f"address:{address}"[:LONGEST_KEY])
    waiting = session.scalar(
        select(SignInFailure.blocked_until)
        .where(SignInFailure.key.in_(keys))
        .order_by(SignInFailure.blocked_until.desc())
        .limit(1)
    )
    if waiting is not None and waiting > now:
        seconds = int((waiting - now).total_seconds()) + 1
        raise SignInRefused(N_("Đã thử sai nhiều lần. Hãy đợi {seconds} giây rồi thử lại."), seconds=seconds)
    person = session.scalar(select(Person).where(Person.email == email.lower()))
    usable = person is not None and person.ended_at is None and person.password_hash is not None
    stored = person.password_hash if person is not None and usable and person.password_hash else _decoy()
    if _matches(stored, password) and person is not None and usable:
        old = SignInFailure.last_at < now - FORGET_AFTER
        session.execute(delete(SignInFailure).where(or_(SignInFailure.key == keys[0], old)))
        return person
    for key, free in zip(keys, (FREE_TRIES, FREE_TRIES * 5), strict=True):
        _count_failure(session, key, free=free, now=now)
    raise SignInRefused(N_("Thư điện tử hoặc mật khẩu không đúng."))


def _matches(stored: str, password: str) -> bool:
    """Whether *password* is the one that was hashed."""
    try:
        return hasher().verify(stored, nfc(password))
    except (VerifyMismatchError, InvalidHashError):
        return False


def _count_failure(session: Session, key: str, *, free: int, now: datetime) -> None:
    """One more failure of *key*: after *free* of them each doubles the wait, from 2 s to 15 minutes."""
    _ensure_row(session, key, now=now)
    row = session.get_one(SignInFailure, key, with_for_update=True, populate_existing=True)
    if now - row.last_at > FORGET_AFTER:
        row.count = 0
    row.count += 1
    row.last_at = now
    over = row.count - free
    row.blocked_until = now + min(timedelta(seconds=2 ** min(over, 12)), LONGEST_WAIT) if over > 0 else now
    session.flush()


def _ensure_row(session: Session, key: str, *, now: datetime) -> None:
    """Let there be a row of *key*, also when two first failures come in the same moment."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = insert(SignInFailure).values(key=key, count=0, last_at=now, blocked_until=now)
    session.execute(row.on_conflict_do_nothing())


def start_sign_in(session: Session, person: Person, *, address: str, agent: str, now: datetime) -> str:
    """Open a session for *person* and return its secret token, which is not kept."""
    token = secrets.token_urlsafe(32)
    row = SignIn(
        person_id=person.id,
        token_hash=fingerprint(token),
        started_at=now,
        seen_at=now,
        expires_at=now + LASTS,
        ended_at=None,
        address=address[:64],
        agent=agent[:300],
    )
    session.add(row)
    session.flush()
    audit.record(session, person, "sign_in.start", row, at=now, details={"address": address})
    return token


def find_sign_in(session: Session, token: str, *, now: datetime) -> SignIn | None:
    """The session of *token* while it stands: not ended, not expired, its person not ended."""
    row = session.scalar(select(SignIn).where(SignIn.token_hash == fingerprint(token)))
    if row is None or row.ended_at is not None or row.expires_at <= now or row.person.ended_at is not None:
        return None
    return row


def touch_sign_in(session: Session, sign_in_id: int, *, now: datetime) -> None:
    """Say that the session was seen, and let it last from now."""
    session.execute(
        update(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.ended_at.is_(None))
        .values(seen_at=now, expires_at=now + LASTS)
    )


def end_sign_in(session: Session, row: SignIn, *, actor: audit.Actor, now: datetime) -> None:
    """End one session; ending it twice does no harm."""
    if row.ended_at is None:
        row.ended_at = now
        session.flush()
        audit.record(session, actor, "sign_in.end", row, at=now)


def end_all_sign_ins(session: Session, person_id: int, *, now: datetime, but: int | None = None) -> int:
    """End every session of a person, except the one numbered *but*; returns how many were ended."""
    standing = update(SignIn).where(SignIn.person_id == person_id, SignIn.ended_at.is_(None))
    if but is not None:
        standing = standing.where(SignIn.id != but)
    done = session.execute(standing.values(ended_at=now))
    return int(done.rowcount)  # type: ignore[attr-defined]


def end_other_sign_ins(session: Session, person: Person, *, keep: int, now: datetime) -> int:
    """End a person's sessions at their own wish, but for the one numbered *keep*; returns how many were ended."""
    ended = end_all_sign_ins(session, person.id, now=now, but=keep)
    if ended:
        audit.record(session, person, "sign_in.end_others", person, at=now, details={"ended": ended})
    return ended


def list_sign_ins(session: Session, person_id: int, *, now: datetime) -> list[SignIn]:
    """The sessions of a person that stand, last seen first."""
    standing = select(SignIn).where(
        SignIn.person_id == person_id, SignIn.ended_at.is_(None), SignIn.expires_at > now
    )
    return list(session.scalars(standing.order_by(SignIn.seen_at.desc())))
