"""What can be done to publications by hand: log, change, dismiss, restore."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app import audit, clock
from app.db import is_duplicate
from app.errors import N_, Invalid, Refused
from app.text import clean, fold
from content.outlets.models import Outlet, OutletKind
from content.publications.address import air_key, read_address
from content.publications.article_no import article_no
from content.publications.models import Publication, PublicationStatus

EARLIEST = 1990  # year; anything before is a slip of the finger
AHEAD = timedelta(minutes=5)  # how far a clock may be wrong before a moment is in the future
# Who may publish without leaving an address.
ON_AIR = (OutletKind.BROADCASTER, OutletKind.LOUDSPEAKER, OutletKind.OTHER)


class AlreadyLogged(Refused):
    """The same address, or the same bulletin, was logged before; ``publication_id`` says where."""

    def __init__(self, publication_id: int | None) -> None:
        super().__init__(N_("Tin này đã được ghi nhận trước đó nên không ghi thêm lần nữa."))
        self.publication_id = publication_id


@dataclass(frozen=True)
class PublicationInput:
    """What somebody says was published; without an address it went out on air."""

    outlet: Outlet
    title: str
    published_at: datetime  # aware
    address: str = ""
    note: str = ""
    summary: str = ""  # as the page says it; kept as it was when empty


def log_publication(
    session: Session, wanted: PublicationInput, *, actor: audit.Actor, now: datetime
) -> Publication:
    """Log by hand what an outlet published; what watching had found and nobody had decided on is taken over.

    Raises:
        AlreadyLogged: it was logged before, perhaps this very moment by somebody else.
        Invalid: no title, a moment in the future, an address that is none, or none where one is needed.
        Refused: the outlet is retired.
    """
    if wanted.outlet.retired_at is not None:
        raise Refused(N_("“{name}” đã ngừng theo dõi."), name=wanted.outlet.name)
    columns = _columns(wanted, now=now)
    publication = _found_before(session, columns["address_key"]) or Publication()
    said = {"status": PublicationStatus.LOGGED, "logged_by_id": actor.id, "logged_at": now}
    _save_once(session, publication, columns | said)
    details = {"title": publication.title, "address": publication.address, "outlet": wanted.outlet.name}
    audit.record(session, actor, "publication.log", publication, at=now, details=details)
    return publication


def change_publication(
    session: Session,
    publication: Publication,
    wanted: PublicationInput,
    *,
    seen: int,
    actor: audit.Actor,
    now: datetime,
) -> None:
    """Change what was logged; its matches stay.

    Raises:
        Stale: somebody changed it since. Refused: Loa itself sent it. Others as for ``log_publication``.
    """
    publication.check_version(seen)
    if publication.slot_id is not None:
        raise Refused(N_("Tin này do Loa đăng theo lịch nên không sửa bằng tay."))
    before = {"title": publication.title, "address": publication.address, "at": publication.published_at}
    _save_once(session, publication, _columns(wanted, now=now))
    audit.record(session, actor, "publication.change", publication, at=now, details={"before": before})


def dismiss_publication(
    session: Session,
    publication: Publication,
    *,
    reason: str,
    seen: int,
    actor: audit.Actor,
    now: datetime,
) -> None:
    """Leave a publication out of every count, for a reason; its matches stay for the day it is restored.

    Raises:
        Stale: somebody changed it since. Refused: it is left out already.
    """
    publication.check_version(seen)
    if publication.status is PublicationStatus.DISMISSED:
        raise Refused(N_("Tin này đã được bỏ qua."))
    before = publication.status
    publication.status = PublicationStatus.DISMISSED
    session.flush()
    details = {"reason": reason, "before": before.value}
    audit.record(session, actor, "publication.dismiss", publication, at=now, details=details)


def restore_publication(
    session: Session, publication: Publication, *, seen: int, actor: audit.Actor, now: datetime
) -> None:
    """Count a dismissed publication again; a person's word makes it confirmed.

    Raises:
        Stale: somebody changed it since. Refused: it is not dismissed.
    """
    publication.check_version(seen)
    if publication.status is not PublicationStatus.DISMISSED:
        raise Refused(N_("Tin này chưa bị bỏ qua."))
    publication.status = PublicationStatus.CONFIRMED
    session.flush()
    audit.record(session, actor, "publication.restore", publication, at=now)


def touch(session: Session, publication: Publication) -> None:
    """Raise the version of a publication whose other rows changed, so that a stale page is refused."""
    flag_modified(publication, "note")
    session.flush()


def _columns(wanted: PublicationInput, *, now: datetime) -> dict[str, Any]:
    """What was typed, checked, as the columns of the row."""
    title, note = " ".join(clean(wanted.title).split()), clean(wanted.note)
    if not any(letter.isalnum() for letter in title):
        raise Invalid(N_("Tiêu đề phải có chữ."))
    if len(title) > 500:
        raise Invalid(N_("Tiêu đề dài nhất 500 ký tự."))
    if len(note) > 1000:
        raise Invalid(N_("Ghi chú dài nhất 1000 ký tự."))
    if wanted.published_at > now + AHEAD:
        raise Invalid(N_("Thời điểm đăng ở tương lai. Hãy ghi sau khi tin đã đăng."))
    if clock.local(wanted.published_at).year < EARLIEST:
        raise Invalid(N_("Thời điểm đăng quá xa trước đây. Hãy kiểm tra năm."))
    address, key = _address(wanted, title)
    summary = {"summary": wanted.summary[:1000]} if wanted.summary else {}
    return summary | {
        "outlet_id": wanted.outlet.id,
        "title": title,
        "title_folded": fold(title),
        "note": note,
        "published_at": wanted.published_at,
        "published_on": clock.local_day(wanted.published_at),
        "address": address,
        "address_key": key,
        "article_no": article_no(address) if address else None,
        "is_on_air": address is None,
    }


def _address(wanted: PublicationInput, title: str) -> tuple[str | None, str]:
    """The address and its key; on air the key is made of outlet, minute and title."""
    if wanted.address.strip():
        read = read_address(wanted.address)
        return read.shown, read.key
    if wanted.outlet.kind not in ON_AIR:
        raise Invalid(
            N_(
                "Hãy dán đường dẫn bài đăng. Chỉ phát thanh, truyền hình, loa mới ghi bằng giờ phát, không cần đường dẫn."
            )
        )
    return None, air_key(wanted.outlet.id, wanted.published_at, title)


def _found_before(session: Session, key: str) -> Publication | None:
    """What watching found under this key, while it waits."""
    asked = select(Publication).where(
        Publication.address_key == key, Publication.status == PublicationStatus.FOUND
    )
    return session.scalar(asked)


def find_by_key(session: Session, key: str) -> int | None:
    """The publication that has this key."""
    with session.no_autoflush:
        return session.scalar(select(Publication.id).where(Publication.address_key == key))


def _save_once(session: Session, publication: Publication, columns: dict[str, Any]) -> None:
    """Write the row; the unique key decides when two people press at the same moment."""
    key: str = columns["address_key"]
    if key != publication.address_key and (there := find_by_key(session, key)) is not None:
        raise AlreadyLogged(there)
    try:
        # The columns are set inside: entering a savepoint flushes, and that flush must be able to fail in it.
        with session.begin_nested():
            for name, value in columns.items():
                setattr(publication, name, value)
            session.add(publication)
            session.flush()
    except IntegrityError as fault:
        if not is_duplicate(fault):
            raise
        raise AlreadyLogged(find_by_key(session, key)) from fault
