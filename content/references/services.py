"""What can be done to documents: ensure one is in the registry, link two, correct one by hand."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import audit
from app.errors import N_, Invalid, Refused
from app.organisations.queries import find_organisation, fold_name
from app.text import excerpt, fold
from content.references.models import Document, DocumentLink, LinkKind


@dataclass(frozen=True)
class DocumentInput:
    """What is known of a document; empty means not known."""

    number: str | None
    doc_type: str
    issuer: str = ""
    issued_on: date | None = None
    subject: str = ""


LIMITS = {"number": 60, "doc_type": 60, "issuer": 300, "subject": 2000}
TOO_LONG = {
    "number": N_("Số, ký hiệu dài {size} ký tự, nhiều nhất là {limit}. Hãy rút gọn."),
    "doc_type": N_("Loại văn bản dài {size} ký tự, nhiều nhất là {limit}. Hãy rút gọn."),
    "issuer": N_("Tên cơ quan ban hành dài {size} ký tự, nhiều nhất là {limit}. Hãy rút gọn."),
    "subject": N_("Trích yếu dài {size} ký tự, nhiều nhất là {limit}. Hãy rút gọn."),
}


def identity_of(number: str | None, issuer: str, issued_on: date | None, subject: str = "") -> str:
    """The key of a document: the whole symbol, who issued it and when.

    "57-NQ/TW" and "57-KL/TW" share nothing but digits. A document without a number is known by its subject, so
    that two drafts of one office stay two.
    """
    mark = fold("".join((number or "").split()))
    if not mark:
        mark = "?" + hashlib.sha256(fold_name(subject).encode()).hexdigest()[:32]
    return f"{mark}|{fold_name(issuer)}|{issued_on.isoformat() if issued_on else ''}"


def ensure_document(
    session: Session, wanted: DocumentInput, *, actor: audit.Actor, now: datetime
) -> Document:
    """The document in the registry, added when it is not there; what was empty is filled in, nothing overwritten.

    A citation often leaves out issuer or day: it means the one document of that number which it does not
    contradict. A number with another date, or two that fit, is a document of its own.

    Raises:
        Invalid: a value is longer than the registry takes.
    """
    _check(wanted)
    found = _find(session, wanted)
    if found is not None:
        _fill_empty(session, found, wanted, actor=actor, now=now)
        return found
    organisation = find_organisation(session, wanted.issuer) if wanted.issuer else None
    made = Document(
        identity=_identity(wanted),
        number=wanted.number or None,
        doc_type=wanted.doc_type,
        issued_on=wanted.issued_on,
        issuer=wanted.issuer,
        issuer_id=organisation.id if organisation else None,
        subject=wanted.subject,
    )
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except IntegrityError:
        # Somebody else's transaction added the same document a moment ago.
        return session.scalars(select(Document).where(Document.identity == _identity(wanted))).one()
    audit.record(session, actor, "document.add", made, at=now, details={"number": made.number or ""})
    return made


def _identity(wanted: DocumentInput) -> str:
    return identity_of(wanted.number, wanted.issuer, wanted.issued_on, wanted.subject)


def _check(wanted: DocumentInput) -> None:
    """Refuse what the registry cannot hold, naming the value."""
    for field, limit in LIMITS.items():
        size = len(getattr(wanted, field) or "")
        if size > limit:
            raise Invalid(TOO_LONG[field], size=size, limit=limit)


def _find(session: Session, wanted: DocumentInput) -> Document | None:
    """The row of the same identity, or the one row of that number which *wanted* does not contradict."""
    same = session.scalar(select(Document).where(Document.identity == _identity(wanted)))
    if same is not None or not wanted.number:
        return same
    asked = select(Document).where(Document.number == wanted.number).order_by(Document.id).limit(50)
    fitting = [row for row in session.scalars(asked) if _fits(session, row, wanted)]
    return fitting[0] if len(fitting) == 1 else None


def _fits(session: Session, row: Document, wanted: DocumentInput) -> bool:
    """Whether *wanted* may be this row: neither its day nor its issuer speaks against it."""
    if row.issued_on and wanted.issued_on and row.issued_on != wanted.issued_on:
        return False
    if not row.issuer or not wanted.issuer or fold_name(row.issuer) == fold_name(wanted.issuer):
        return True
    organisation = find_organisation(session, wanted.issuer)
    return organisation is not None and organisation.id == row.issuer_id


def _fill_empty(
    session: Session, row: Document, wanted: DocumentInput, *, actor: audit.Actor, now: datetime
) -> None:
    """Take over what the row does not know yet."""
    learnt = {
        field: getattr(wanted, field)
        for field in ("issued_on", "issuer", "subject", "doc_type")
        if getattr(wanted, field) and not getattr(row, field)
    }
    if not learnt:
        return
    for field, value in learnt.items():
        setattr(row, field, value)
    if "issuer" in learnt:
        organisation = find_organisation(session, row.issuer)
        row.issuer_id = organisation.id if organisation else None
    row.identity = identity_of(row.number, row.issuer, row.issued_on, row.subject)
    session.flush()
    audit.record(session, actor, "document.fill", row, at=now, details=learnt)


def link_documents(
    session: Session, source: Document, target: Document, kind: LinkKind, *, printed_name: str = ""
) -> DocumentLink:
    """The link from *source* to *target*, added when it is not there; twice is the same as once.

    *printed_name* is what the text of *source* calls *target* for short; a name that is known stays.

    Raises:
        Refused: a document cannot be linked to itself.
    """
    if source.id == target.id:
        raise Refused(N_("Văn bản không thể liên kết với chính nó."))
    name = excerpt(printed_name, longest=150)
    asked = select(DocumentLink).where(
        DocumentLink.source_id == source.id, DocumentLink.target_id == target.id, DocumentLink.kind == kind
    )
    found = session.scalar(asked)
    if found is not None:
        found.printed_name = found.printed_name or name
        session.flush()
        return found
    made = DocumentLink(source_id=source.id, target_id=target.id, kind=kind, printed_name=name)
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except IntegrityError:
        return session.scalars(asked).one()
    return made


def change_document(
    session: Session,
    document: Document,
    wanted: DocumentInput,
    *,
    seen: int,
    actor: audit.Actor,
    now: datetime,
) -> None:
    """Correct what is known of a document.

    Raises:
        Stale: somebody changed it since. Refused: another document has that number, issuer and date.
        Invalid: a value is too long, or nothing would be known of it.
    """
    document.check_version(seen)
    _check(wanted)
    if not wanted.number and not fold_name(wanted.subject):
        raise Invalid(N_("Văn bản cần có số, ký hiệu hoặc trích yếu."))
    identity = _identity(wanted)
    taken = session.scalar(
        select(Document.id).where(Document.identity == identity, Document.id != document.id)
    )
    if taken is not None:
        raise Refused(N_("Đã có văn bản cùng số, cơ quan ban hành và ngày ban hành."))
    before = {"number": document.number, "issuer": document.issuer, "issued_on": document.issued_on}
    organisation = find_organisation(session, wanted.issuer) if wanted.issuer else None
    document.number, document.doc_type = wanted.number or None, wanted.doc_type
    document.issuer, document.issued_on = wanted.issuer, wanted.issued_on
    document.subject, document.identity = wanted.subject, identity
    document.issuer_id = organisation.id if organisation else None
    session.flush()
    audit.record(session, actor, "document.change", document, at=now, details={"before": before})
