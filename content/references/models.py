"""Official documents. 57-NQ/TW and 57-KL/TW are two documents: the key is the whole number, issuer and date."""

from __future__ import annotations

import enum
from datetime import date

from sqlalchemy import CheckConstraint, Connection, ForeignKey, String, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from app.db import Base, Key, NfcText, Versioned
from app.organisations.models import Organisation
from app.text import fold


class Document(Versioned, Base):
    """One official document, known from a plan or entered by hand. ``number`` is empty where it is blank."""

    __tablename__ = "document"

    id: Mapped[Key]
    identity: Mapped[str] = mapped_column(
        String(400), unique=True
    )  # number|issuer|date folded; services.identity_of
    number: Mapped[str | None] = mapped_column(String(60), index=True)
    doc_type: Mapped[str] = mapped_column(String(60))  # as printed: "Nghị quyết", "Kế hoạch"
    issued_on: Mapped[date | None]
    issuer: Mapped[str] = mapped_column(String(300))  # as printed
    issuer_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    subject: Mapped[str] = mapped_column(String(2000), default="")
    search_folded: Mapped[str] = mapped_column(NfcText, default="")  # what a search reads; written below

    issuing_organisation: Mapped[Organisation | None] = relationship()


@event.listens_for(Document, "before_insert")
@event.listens_for(Document, "before_update")
def _write_search_text(mapper: Mapper[Document], connection: Connection, row: Document) -> None:
    """Keep the searched text beside the columns that it is made of."""
    row.search_folded = fold(" ".join(filter(None, (row.number, row.doc_type, row.issuer, row.subject))))


class LinkKind(enum.StrEnum):
    """How one document stands to another."""

    IMPLEMENTS = "implements"
    BASED_ON = "based_on"
    CITES = "cites"
    AMENDS = "amends"
    REPLACES = "replaces"


class DocumentLink(Versioned, Base):
    """*source* implements, is based on, cites, amends or replaces *target*."""

    __tablename__ = "document_link"
    __table_args__ = (
        UniqueConstraint("source_id", "target_id", "kind"),
        CheckConstraint("source_id <> target_id", name="not_itself"),
    )

    id: Mapped[Key]
    source_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    target_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    kind: Mapped[LinkKind]
    printed_name: Mapped[str] = mapped_column(
        String(160), default=""
    )  # what *source* calls *target* for short

    source: Mapped[Document] = relationship(foreign_keys=[source_id])
    target: Mapped[Document] = relationship(foreign_keys=[target_id])
