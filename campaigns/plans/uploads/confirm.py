"""The officer's yes: one transaction makes the plan with everything that belongs to it, or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import audit
from app.errors import N_, Invalid, Phrase, Refused
from app.organisations.models import Organisation
from app.organisations.queries import find_organisation, fold_name
from app.text import excerpt
from campaigns.planfile.as_json import to_json
from campaigns.planfile.draft import Assignment, LegalBasis, PlanDraft, Role, TaskGroup, Text
from campaigns.plans.models import (
    Duty,
    FactKind,
    Part,
    Plan,
    PlanFact,
    PlanStatus,
    PlanTheme,
    PlanUpload,
    Task,
    TaskUnit,
)
from campaigns.plans.models import TaskGroup as TaskGroupRow
from campaigns.plans.uploads.corrections import ThemeChoice, first_line, last_line, with_annex
from content.references.models import Document, LinkKind
from content.references.services import DocumentInput, ensure_document, link_documents
from content.themes.services import ensure_theme

LINKS = {
    Role.BASIS: LinkKind.BASED_ON,
    Role.IMPLEMENTED: LinkKind.IMPLEMENTS,
    Role.PREAMBLE: LinkKind.CITES,
    Role.BODY: LinkKind.CITES,
}
FACTS = (
    (FactKind.REPORTING, "reporting"),
    (FactKind.KEY_DATE, "key_dates"),
    (FactKind.RECIPIENT, "recipients"),
    (FactKind.ADDRESSEE, "addressees"),
)


@dataclass(frozen=True)
class PlanChoices:
    """What the officer decides beside the corrections: themes, draft or issued, the version that was looked at."""

    themes: tuple[ThemeChoice, ...] = ()
    status: PlanStatus = PlanStatus.DRAFT
    seen: int | None = None


@dataclass
class _Making:
    """What the steps hand on to one another."""

    session: Session
    actor: audit.Actor
    now: datetime
    known: dict[str, Organisation | None]

    def organisation(self, printed: str) -> int | None:
        """The key of the body of that printed name; each name is looked up once."""
        folded = fold_name(printed)
        if folded not in self.known:
            self.known[folded] = find_organisation(self.session, printed) if folded else None
        found = self.known[folded]
        return found.id if found else None

    def document(self, wanted: DocumentInput) -> Document:
        return ensure_document(self.session, wanted, actor=self.actor, now=self.now)


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
    making = _Making(session, actor, now, {})
    draft = with_annex(draft)
    document = _document(making, draft)
    plan = _plan(making, upload, draft, document, choices)
    documents = _link_bases(making, document, draft.legal_bases)
    _add_themes(making, plan, choices.themes, documents)
    _add_groups(making, plan, draft.task_groups)
    _add_duties(making, plan, draft)
    _add_facts(making, plan, to_json(draft))
    upload.plan_id = plan.id
    session.flush()
    audit.record(session, actor, "plan.confirm", plan, at=now, details={"upload": upload.id})
    return plan


def _document(making: _Making, draft: PlanDraft) -> Document:
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
    making: _Making, upload: PlanUpload, draft: PlanDraft, document: Document, choices: PlanChoices
) -> Plan:
    signer = (draft.signer.authority, draft.signer.position, draft.signer.name)
    trace = to_json(draft)["trace"]
    plan = Plan(
        document_id=document.id,
        status=choices.status,
        title=_fit(draft.title, 2000, N_("Trích yếu")),
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


def _link_bases(making: _Making, own: Document, bases: Iterable[LegalBasis]) -> dict[str, Document]:
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
            documents[number] = document
        if document.id != own.id:
            link_documents(making.session, own, document, LINKS[basis.role])
    return documents


def _add_themes(
    making: _Making, plan: Plan, themes: Iterable[ThemeChoice], documents: dict[str, Document]
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


def _add_groups(making: _Making, plan: Plan, groups: Iterable[TaskGroup]) -> None:
    """Groups and their tasks, then their units, in two flushes whatever their number."""
    assigned: list[tuple[TaskGroupRow | Task, Assignment]] = []
    for position, group in enumerate(groups, start=1):
        row = TaskGroupRow(
            plan=plan,
            position=position,
            ordinal=(group.ordinal or "")[:20],
            title=_fit(group.title, 3000, N_("Tên nhóm nhiệm vụ")),
            timing=_fit(group.assignment.timing, 500, N_("Thời gian thực hiện")),
            first_line=first_line(group),
            last_line=last_line(group),
        )
        making.session.add(row)
        assigned.append((row, group.assignment))
        for number, item in enumerate(group.items, start=1):
            task = Task(
                group=row,
                position=number,
                ordinal=(item.ordinal or "")[:20],
                text=item.text.value,
                timing=_fit(item.assignment.timing, 500, N_("Thời gian thực hiện")),
                first_line=item.text.line_from,
                last_line=item.text.line_to,
            )
            making.session.add(task)
            assigned.append((task, item.assignment))
    making.session.flush()
    for owner, assignment in assigned:
        making.session.add_all(_units(making, owner, Part.LEAD, assignment.lead))
        making.session.add_all(_units(making, owner, Part.COOPERATING, assignment.cooperating))
    making.session.flush()


def _units(
    making: _Making, owner: TaskGroupRow | Task, part: Part, names: Iterable[Text]
) -> Iterable[TaskUnit]:
    """The units of one group or task, matched to known bodies; the printed name is kept either way."""
    for position, name in enumerate(names, start=1):
        yield TaskUnit(
            group_id=owner.id if isinstance(owner, TaskGroupRow) else None,
            task_id=owner.id if isinstance(owner, Task) else None,
            part=part,
            position=position,
            printed=_fit(name, 500, N_("Tên đơn vị")),
            organisation_id=making.organisation(name.value),
        )


def _add_duties(making: _Making, plan: Plan, draft: PlanDraft) -> None:
    """Each duty of "Tổ chức thực hiện"; a block without items stands as one duty of its own words."""
    position = 0
    for duty in draft.duties:
        lines = [(item.ordinal, item.text) for item in duty.items] or [(None, duty.org)]
        for ordinal, text in lines:
            position += 1
            making.session.add(
                Duty(
                    plan=plan,
                    position=position,
                    block_ordinal=(duty.ordinal or "")[:20],
                    block_title=excerpt(duty.org.value, longest=990),
                    organisation_id=making.organisation(duty.org.value),
                    ordinal=(ordinal or "")[:20],
                    text=text.value,
                    first_line=text.line_from,
                    last_line=text.line_to,
                )
            )
    making.session.flush()


def _add_facts(making: _Making, plan: Plan, read: dict[str, Any]) -> None:
    """Reporting, key dates, recipients and addressees in the reader's own schema, each with its lines."""
    for kind, name in FACTS:
        for index, value in enumerate(read[name]):
            first, last = read["trace"].get(f"{name}.{index}", (1, 1))
            making.session.add(
                PlanFact(
                    plan_id=plan.id,
                    kind=kind,
                    position=index + 1,
                    value=value if isinstance(value, dict) else {"text": str(value)},
                    first_line=first,
                    last_line=last,
                )
            )
    making.session.flush()


def _cut(text: Text | None, longest: int) -> str:
    return excerpt(text.value, longest=longest - 1) if text else ""


def _fit(text: Text | None, limit: int, name: str) -> str:
    """The text, which an officer must shorten where a plan has no room for it.

    Raises:
        Invalid: it is longer than *limit* letters; the sentence says where it stands.
    """
    if text is None:
        return ""
    if len(text.value) > limit:
        raise Invalid(
            N_("{name} ở dòng {line} dài {size} ký tự, nhiều nhất là {limit}. Hãy sửa trước khi xác nhận."),
            name=Phrase(name),
            line=text.line_from,
            size=len(text.value),
            limit=limit,
        )
    return text.value
