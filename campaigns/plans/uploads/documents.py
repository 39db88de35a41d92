"""The documents and themes that a text brings along: its own, those that it cites, and what is to be counted by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import N_, Invalid
from app.text import excerpt
from campaigns.planfile.draft import LegalBasis, PlanDraft, Role
from campaigns.plans.models import Plan, PlanTheme
from campaigns.plans.uploads.corrections import ThemeChoice
from campaigns.plans.uploads.making import Making
from content.references.models import Document, LinkKind
from content.references.services import DocumentInput, find_document, link_documents
from content.references.stated import stated_links
from content.themes.services import ensure_theme

LINKS = {
    Role.BASIS: LinkKind.BASED_ON,
    Role.IMPLEMENTED: LinkKind.IMPLEMENTS,
    Role.PREAMBLE: LinkKind.CITES,
    Role.BODY: LinkKind.CITES,
}


def own_document(making: Making, draft: PlanDraft) -> Document:
    """The text's own document in the registry.

    Raises:
        Invalid: nothing says what it is about.
    """
    return making.document(_own(draft))


def _own(draft: PlanDraft) -> DocumentInput:
    if draft.title is None:
        raise Invalid(N_("Chưa có trích yếu. Hãy sửa phần Văn bản và ghi trích yếu trước khi xác nhận."))
    return DocumentInput(
        number=draft.number.value if draft.number else None,
        doc_type=draft.doc_type.value if draft.doc_type else "Văn bản",
        issuer=draft.issuer.value if draft.issuer else "",
        issued_on=draft.issued_on.value if draft.issued_on else None,
        subject=draft.title.value,
    )


def plan_in_force(session: Session, document: Document) -> Plan | None:
    """The plan at work whose document this is; there is one at most."""
    asked = select(Plan).where(Plan.document_id == document.id, Plan.archived_at.is_(None))
    return session.scalar(asked.order_by(Plan.id).limit(1))


def plan_of_draft(session: Session, draft: PlanDraft) -> Plan | None:
    """The plan at work of which this text is the document, when the registry knows it already."""
    found = find_document(session, _own(draft)) if draft.title is not None else None
    return plan_in_force(session, found) if found is not None else None


def link_bases(making: Making, own: Document, bases: Iterable[LegalBasis]) -> dict[str, Document]:
    """Every cited document in the registry and linked; returned by number."""
    documents: dict[str, Document] = {}
    for basis in bases:
        kind, _, issuer = basis.named.value.partition(" – ")
        number = basis.number.value if basis.number else None
        # "Luật Ngân sách nhà nước" has no number: its type is the first word, its name the subject.
        subject = basis.subject or ("" if number else kind)
        wanted = DocumentInput(
            number=number,
            doc_type=excerpt(kind if number else kind.split(" ")[0], longest=58) or "Văn bản",
            issuer=excerpt(issuer, longest=290),
            issued_on=basis.issued_on.value if basis.issued_on else None,
            subject=excerpt(subject, longest=1900),
        )
        document = making.document(wanted)
        if number:
            documents.setdefault(number, document)  # of two that share it, the first mentioned is meant
        if document.id != own.id:
            name = basis.short_name or ""
            link_documents(making.session, own, document, LINKS[basis.role], printed_name=name)
    _link_stated(making, documents)
    return documents


def _link_stated(making: Making, documents: Mapping[str, Document]) -> None:
    """Links among the cited documents that their own subjects state."""
    for document in documents.values():
        for number, kind in stated_links(document.subject):
            other = documents.get(number)
            if other is not None and other.id != document.id:
                link_documents(making.session, document, other, kind)


def add_themes(
    making: Making, plan: Plan, themes: Iterable[ThemeChoice], documents: dict[str, Document]
) -> None:
    """The ticked themes, each once."""
    wanted: dict[int, None] = {}
    for choice in themes:
        if not choice.is_kept:
            continue
        document = documents.get(choice.number) if choice.number else None
        theme = ensure_theme(
            making.session,
            choice.name,
            phrases=[phrase for phrase in choice.phrases if 1 < len(phrase) <= 200],
            document=document,
            actor=making.actor,
            now=making.now,
        )
        wanted[theme.id] = None
    making.session.add_all(PlanTheme(plan_id=plan.id, theme_id=theme_id) for theme_id in wanted)
    making.session.flush()
