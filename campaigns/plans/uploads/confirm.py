"""The officer's yes: one transaction makes the plan with everything that belongs to it, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import audit
from app.errors import N_, Invalid, Refused
from app.text import excerpt
from campaigns.planfile.as_json import to_json
from campaigns.planfile.draft import LegalBasis, PlanDraft, Role, Text
from campaigns.plans.models import Plan, PlanStatus, PlanTheme, PlanUpload
from campaigns.plans.uploads.corrections import ThemeChoice, with_annex
from campaigns.plans.uploads.matching.queries import chosen_units
from campaigns.plans.uploads.rows import Making, add_duties, add_facts, add_groups, fit
from content.references.models import Document, LinkKind
from content.references.services import DocumentInput, link_documents
from content.references.stated import stated_links
from content.themes.services import ensure_theme

LINKS = {
    Role.BASIS: LinkKind.BASED_ON,
    Role.IMPLEMENTED: LinkKind.IMPLEMENTS,
    Role.PREAMBLE: LinkKind.CITES,
    Role.BODY: LinkKind.CITES,
}


@dataclass(frozen=True)
class PlanChoices:
    """What the officer decides beside the corrections: themes, draft or issued, organisations, the version seen."""

    themes: tuple[ThemeChoice, ...] = ()
    status: PlanStatus = PlanStatus.DRAFT
    seen: int | None = None
    units: Mapping[str, int | None] = field(
        default_factory=dict
    )  # key of a printed name -> organisation, None for none


def confirm_plan(
    session: Session,
    upload: PlanUpload,
    draft: PlanDraft,
    *,
    choices: PlanChoices,
    actor: audit.Actor,
    now: datetime,
) -> Plan:
    """Make the plan of a corrected *draft*: document, links, themes, tasks, units, duties, facts.

    Confirming twice gives the plan that is there: the row of the upload is locked first, so that of two people
    the second finds what the first made.

    Raises:
        Stale: somebody corrected the upload since. Refused: the document has a plan in force already.
        Invalid: a title, a unit or a number is missing or longer than a plan takes.
    """
    session.refresh(upload, with_for_update={"of": PlanUpload})
    if upload.plan_id is not None:
        return session.get_one(Plan, upload.plan_id)
    if choices.seen is not None:
        upload.check_version(choices.seen)
    making = Making(session, actor, now, chosen_units(session, choices.units))
    draft = with_annex(draft)
    document = _document(making, draft)
    plan = _plan(making, upload, draft, document, choices)
    documents = _link_bases(making, document, draft.legal_bases)
    _add_themes(making, plan, choices.themes, documents)
    add_groups(making, plan, draft.task_groups)
    add_duties(making, plan, draft)
    add_facts(making, plan, to_json(draft))
    upload.plan_id = plan.id
    session.flush()
    audit.record(session, actor, "plan.confirm", plan, at=now, details={"upload": upload.id})
    return plan


def _document(making: Making, draft: PlanDraft) -> Document:
    """The plan's own document in the registry.

    Raises:
        Invalid: nothing says what it is about. Refused: it has a plan in force.
    """
    if draft.title is None:
        raise Invalid(N_("Chưa có trích yếu. Hãy sửa phần Văn bản và ghi trích yếu trước khi xác nhận."))
    wanted = DocumentInput(
        number=draft.number.value if draft.number else None,
        doc_type=draft.doc_type.value if draft.doc_type else "Văn bản",
        issuer=draft.issuer.value if draft.issuer else "",
        issued_on=draft.issued_on.value if draft.issued_on else None,
        subject=draft.title.value,
    )
    document = making.document(wanted)
    held = select(Plan.id).where(Plan.document_id == document.id, Plan.archived_at.is_(None)).limit(1)
    if making.session.scalar(held) is not None:
        raise Refused(
            N_(
                "Văn bản này đã có kế hoạch đang thực hiện. Hãy lưu trữ kế hoạch đó trước khi xác nhận bản mới."
            )
        )
    return document


def _plan(
    making: Making, upload: PlanUpload, draft: PlanDraft, document: Document, choices: PlanChoices
) -> Plan:
    signer = (draft.signer.authority, draft.signer.position, draft.signer.name)
    trace = to_json(draft)["trace"]
    plan = Plan(
        document_id=document.id,
        status=choices.status,
        title=fit(draft.title, 2000, N_("Trích yếu")),
        place=_cut(draft.place, 200),
        date_printed=_cut(draft.date_partial, 40),
        signer=excerpt(", ".join(text.value for text in signer if text), longest=290),
        funding=draft.funding.value if draft.funding else "",
        source_sha256=upload.sha256,
        source_name=upload.name,
        trace=trace,
        confirmed_by_id=making.actor.id,
        confirmed_at=making.now,
    )
    making.session.add(plan)
    making.session.flush()
    return plan


def _link_bases(making: Making, own: Document, bases: Iterable[LegalBasis]) -> dict[str, Document]:
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


def _add_themes(
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


def _cut(text: Text | None, longest: int) -> str:
    return excerpt(text.value, longest=longest - 1) if text else ""
