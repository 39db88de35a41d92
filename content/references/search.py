"""How documents are found: by number, type, issuer and subject."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from app.accounts.access import Access
from app.accounts.permissions import Permission
from app.errors import N_
from app.search import Hit, Searchable
from app.search.searchable import in_order
from content.references.models import Document


def _visible(access: Access) -> ColumnElement[bool] | None:
    return true() if access.may(Permission.READ_PLANS) else None


def _hits(session: Session, access: Access, ids: Sequence[int]) -> Iterable[Hit]:
    rows = session.scalars(select(Document).where(Document.id.in_(ids)))
    return [
        Hit(
            one.id,
            " ".join(filter(None, (one.doc_type, one.number))) + (f": {one.subject}" if one.subject else ""),
            "documents.show",
            {"document_id": one.id},
            facts=(one.issuer, *((one.issued_on,) if one.issued_on else ())),
        )
        for one in in_order(rows, ids)
    ]


DOCUMENTS = Searchable(
    number=7,
    order=7,
    model=Document,
    rows=select(
        Document.id,
        Document.issued_on,
        Document.doc_type,
        Document.number,
        Document.subject,
        Document.issuer,
    ),
    visible=_visible,
    hits=_hits,
    label=N_("Văn bản"),
    icon="book",
    watched=frozenset({"doc_type", "number", "subject", "issuer", "issued_on"}),
)
