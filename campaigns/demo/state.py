"""Whether this installation is a demonstration, whether it may become one, and how it becomes one."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from app.accounts.links import end_links
from app.accounts.models import Person
from app.accounts.permissions import Role
from app.audit import AuditEntry
from app.db import read_session
from app.errors import N_, Refused
from app.organisations.models import Organisation
from app.settings import Settings
from app.storage import FileStore
from campaigns.demo import words
from campaigns.demo.build import build_demonstration
from campaigns.demo.province import Province
from campaigns.plans.models import PlanUpload
from content.items.models import Item
from content.publications.models import Publication

BEGUN = "demonstration.begin"  # the audit's entry says what this installation is: it cannot be taken back
WORK = (Person, Organisation, Item, Publication, PlanUpload)
_LOCK = (
    0x10ADE40  # PostgreSQL advisory lock: of two who build at once, the second finds the work of the first
)


@dataclass(frozen=True)
class Card:
    """What one person needs to sign in, shown once."""

    role: Role
    name: str
    email: str
    password: str


def is_demonstration(session: Session) -> bool:
    """Whether this installation was filled as a demonstration."""
    return session.scalar(select(AuditEntry.id).where(AuditEntry.action == BEGUN).limit(1)) is not None


def is_own_machine(settings: Settings) -> bool:
    """Whether the pages answer on this machine only: people whose passwords were printed must not be reached."""
    hosts = (settings.host, urlsplit(settings.public_url).hostname or "")
    return not settings.trust_proxy and all(map(_is_loopback, hosts))


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_own_machine(settings: Settings) -> None:
    """Refuse what others could reach.

    Raises:
        Refused: the pages answer, or are told to be found, elsewhere than on this machine.
    """
    if not is_own_machine(settings):
        raise Refused(
            N_(
                "Dữ liệu minh họa có mật khẩu in sẵn nên chỉ chạy trên chính máy này (127.0.0.1). "
                "Hãy bỏ LOA_HOST, LOA_PUBLIC_URL, LOA_TRUST_PROXY rồi làm lại; hiện đang là {host}."
            ),
            host=settings.public_url,
        )


def stay_at_home(engine: Engine, settings: Settings) -> None:
    """Before pages are served: a demonstration is served on this machine only.

    Raises:
        Refused: it is one, and others could reach it.
    """
    if not is_own_machine(settings):
        with read_session(engine) as session:
            if is_demonstration(session):
                check_own_machine(settings)


def begin_demonstration(session: Session, files: FileStore, settings: Settings, *, now: datetime) -> Province:
    """Fill the empty database; the link of the first administrator works no longer.

    Raises:
        Refused: there is work in the database, or others could reach the pages.
    """
    check_own_machine(settings)
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    if any(session.scalar(select(kind.id).limit(1)) is not None for kind in WORK):
        raise Refused(
            N_(
                "Cơ sở dữ liệu này đã có dữ liệu nên không dựng dữ liệu minh họa vào đây. "
                "Hãy chọn một thư mục trống bằng LOA_DATA rồi làm lại."
            )
        )
    end_links(session, None, now=now)
    return build_demonstration(session, files, site=settings.public_url, now=now)


def cards_of(province: Province) -> list[Card]:
    """One person for each role, with the password made for them, in the order of the table."""
    return [
        Card(Role(role), name, email, province.passwords[key])
        for key, name, email, _, role in words.rows("people.txt", 5)
        if key in province.passwords
    ]
