"""What can be asked about documents."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.errors import N_, Missing
from app.search import found
from app.web.paging import SIZE, Page, paginate
from content.references.models import Document, DocumentLink, LinkKind


def get_document(session: Session, document_id: int) -> Document:
    """The document of that key.

    Raises:
        Missing: there is none.
    """
    document = session.get(Document, document_id)
    if document is None:
        raise Missing(N_("Không có văn bản này."))
    return document


def find_document(session: Session, key: str) -> Document | None:
    """The document whose key an address names; None where it names none."""
    return session.get(Document, int(key)) if key.isascii() and key.isdecimal() and len(key) < 10 else None


def list_documents(
    session: Session, *, words: str = "", cursor: str | None = None, size: int = SIZE
) -> Page[Document]:
    """Documents, those added last first; with *words*, those whose number, type, issuer or subject hold them all.

    Words are found with and without tone marks, a whole number (57-NQ/TW) as such.
    """
    asked = select(Document)
    if words:
        asked = asked.where(found(session, "document", Document.id, words))
    return paginate(session, asked, [Document.id], cursor=cursor, size=size)


@dataclass(frozen=True)
class Linked:
    """One neighbour of a document and the link between them."""

    link: DocumentLink
    document: Document

    @property
    def kind(self) -> LinkKind:
        """How they stand to each other."""
        return self.link.kind


def links_from(session: Session, document: Document) -> list[Linked]:
    """What the document implements, is based on, cites, amends or replaces."""
    asked = (
        select(DocumentLink)
        .where(DocumentLink.source_id == document.id)
        .options(joinedload(DocumentLink.target))
    )
    return [Linked(link, link.target) for link in session.scalars(asked.order_by(DocumentLink.id))]


def links_to(session: Session, document: Document, *, limit: int = 200) -> list[Linked]:
    """What implements, stands on, cites, amends or replaces the document; at most *limit*."""
    asked = (
        select(DocumentLink)
        .where(DocumentLink.target_id == document.id)
        .options(joinedload(DocumentLink.source))
    )
    return [
        Linked(link, link.source)
        for link in session.scalars(asked.order_by(DocumentLink.id.desc()).limit(limit))
    ]


def find_by_number(session: Session, number: str) -> list[Document]:
    """Every document of that whole number, "57-NQ/TW" and never "57"; several where issuer or date differ."""
    return list(
        session.scalars(select(Document).where(Document.number == number).order_by(Document.id).limit(50))
    )


def look_up_documents(session: Session, words: str, *, limit: int = 20) -> list[Document]:
    """What a person may mean by *words*: the documents of that whole number, else those that hold all words."""
    number = "".join(words.split())
    exact = find_by_number(session, number) if number else []
    if exact or not words.strip():
        return exact
    return list(list_documents(session, words=words, size=limit).rows)


def list_theme_documents(session: Session, *, limit: int = 300) -> list[Document]:
    """Documents that a theme can stand on: those with a number, newest first, at most *limit*."""
    asked = select(Document).where(Document.number.is_not(None)).order_by(Document.id.desc()).limit(limit)
    return list(session.scalars(asked))
