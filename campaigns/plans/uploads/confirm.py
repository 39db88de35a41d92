"""The officer's yes: one transaction makes the plan with everything that belongs to it, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from app import audit
from app.errors import N_, Refused
from app.text import excerpt
from campaigns.planfile.as_json import to_json
from campaigns.planfile.draft import PlanDraft, Text
from campaigns.plans.amending.compare import compare
from campaigns.plans.amending.reading import entries_of, head_of
from campaigns.plans.amending.versions import Source, add_version
from campaigns.plans.amending.writing import write_changes
from campaigns.plans.models import Plan, PlanStatus, PlanUpload, VersionKind
from campaigns.plans.uploads.corrections import ThemeChoice, with_annex
from campaigns.plans.uploads.documents import add_themes, link_bases, own_document, plan_in_force
from campaigns.plans.uploads.making import Making, fit
from campaigns.plans.uploads.matching.queries import chosen_units
from content.references.models import Document


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
    read: PlanDraft | None = None,
) -> Plan:
    """Make the plan of a corrected *draft*: document, links, themes, tasks, units, duties, facts, version 1.

    *read* is the draft before it was corrected, the same where nothing was. Confirming twice gives the plan that is
    there: the row of the upload is locked first, so that of two people the second finds what the first made.

    Raises:
        Stale: somebody corrected the upload since. Refused: the document has a plan in force already, or the text is to
            change one.
        Invalid: a title, a unit or a number is missing or longer than a plan takes.
    """
    session.refresh(upload, with_for_update={"of": PlanUpload})
    if upload.plan_id is not None:
        return session.get_one(Plan, upload.plan_id)
    if choices.seen is not None:
        upload.check_version(choices.seen)
    if upload.amends_id is not None:
        raise Refused(N_("Văn bản này đang chờ làm bản mới của một kế hoạch. Hãy so sánh rồi nhận bản mới."))
    making = Making(session, actor, now, chosen_units(session, choices.units))
    draft, read = with_annex(draft), with_annex(read or draft)
    document = own_document(making, draft)
    _refuse_second(session, document)
    plan = _plan(making, upload, draft, document, choices)
    documents = link_bases(making, document, draft.legal_bases)
    add_themes(making, plan, choices.themes, documents)
    entries = entries_of(read, draft)
    readings = write_changes(making, plan, compare([], entries), number=1, choices={})
    readings["plan"] = {str(plan.id): head_of(read)}
    add_version(making, plan, Source.of(upload, draft, document, VersionKind.WHOLE), readings, {})
    upload.plan_id = plan.id
    session.flush()
    audit.record(session, actor, "plan.confirm", plan, at=now, details={"upload": upload.id})
    return plan


def _refuse_second(session: Session, document: Document) -> None:
    """A document has one plan in force: a newer text of it is a new version of that plan."""
    if plan_in_force(session, document) is not None:
        raise Refused(
            N_(
                "Văn bản này đã có kế hoạch đang thực hiện. Hãy dùng nó làm bản mới của kế hoạch đó: bấm “So sánh với kế hoạch đang thực hiện”."
            )
        )


def _plan(
    making: Making, upload: PlanUpload, draft: PlanDraft, document: Document, choices: PlanChoices
) -> Plan:
    head = head_of(draft)
    plan = Plan(
        document_id=document.id,
        status=choices.status,
        title=fit(head["title"], 2000, N_("Trích yếu"), draft.title.line_from if draft.title else 1),
        place=cut(draft.place, 200),
        date_printed=cut(draft.date_partial, 40),
        signer=head["signer"],
        funding=head["funding"],
        source_sha256=upload.sha256,
        source_name=upload.name,
        trace=to_json(draft)["trace"],
        confirmed_by_id=making.actor.id,
        confirmed_at=making.now,
    )
    making.session.add(plan)
    making.session.flush()
    return plan


def cut(text: Text | None, longest: int) -> str:
    """The text, shortened to what a column takes."""
    return excerpt(text.value, longest=longest - 1) if text else ""
