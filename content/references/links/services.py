"""What people do to links between documents: add one, remove one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import audit
from app.errors import N_, Missing, Refused
from content.references.models import Document, DocumentLink, LinkKind
from content.references.services import link_documents

LONGEST_NAME = 150
ONE_WAY = frozenset(LinkKind) - {LinkKind.CITES}  # two documents may cite each other, and nothing else


@dataclass(frozen=True)
class LinkInput:
    """How a document stands to another, and what its text calls that one for short."""

    kind: LinkKind
    printed_name: str = ""


def get_link(session: Session, document_id: int, link_id: int) -> DocumentLink:
    """The link of that key that begins or ends at the document.

    Raises:
        Missing: there is none.
    """
    link = session.get(DocumentLink, link_id)
    if link is None or document_id not in {link.source_id, link.target_id}:
        raise Missing(N_("Không có quan hệ này, hoặc nó đã được bỏ."))
    return link


def add_link(
    session: Session,
    document: Document,
    other: Document,
    wanted: LinkInput,
    *,
    seen: int,
    actor: audit.Actor,
    now: datetime,
) -> DocumentLink:
    """The new link from *document* to *other*.

    Both rows are locked, in the order of their keys: of two people who say opposite things at once the second is told.

    Raises:
        Stale: somebody changed the document since. Refused: it is the same document, the link is there, or the other
            one already implements, stands on, amends or replaces this one.
    """
    pair = (document.id, other.id)
    locked = select(Document).where(Document.id.in_(pair)).order_by(Document.id).with_for_update()
    session.scalars(locked.execution_options(populate_existing=True)).all()
    document.check_version(seen)
    asked = select(DocumentLink.source_id).where(
        DocumentLink.source_id.in_(pair), DocumentLink.target_id.in_(pair), DocumentLink.kind == wanted.kind
    )
    sources = set(session.scalars(asked))
    if document.id in sources:
        raise Refused(N_("Hai văn bản này đã có quan hệ đó."))
    if other.id in sources and wanted.kind in ONE_WAY:
        raise Refused(N_("Đã ghi quan hệ đó theo chiều ngược lại. Hãy bỏ quan hệ kia trước."))
    link = link_documents(session, document, other, wanted.kind, printed_name=wanted.printed_name)
    _record(session, "document.link", link, actor=actor, now=now)
    return link


def remove_link(
    session: Session, link: DocumentLink, *, seen: int, actor: audit.Actor, now: datetime
) -> None:
    """Remove a link; the documents stay.

    Raises:
        Stale: somebody changed it since.
    """
    link.check_version(seen)
    _record(session, "document.unlink", link, actor=actor, now=now)
    session.delete(link)
    session.flush()


def _record(session: Session, action: str, link: DocumentLink, *, actor: audit.Actor, now: datetime) -> None:
    """Tell the audit, on the document whose link it is."""
    details = {"kind": link.kind.value, "number": link.target.number, "document_id": link.target_id}
    audit.record(session, actor, action, link.source, at=now, details=details)
