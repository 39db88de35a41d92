"""What can be done with a newer text of a plan: hand it in for the plan, say what is what, accept it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from app import audit
from app.errors import N_, Invalid, Refused
from campaigns.planfile.draft import Text
from campaigns.plans.amending.compare import Change, Difference, Pairs, compare, counts_of
from campaigns.plans.amending.history import changes_of
from campaigns.plans.amending.newer import Newer
from campaigns.plans.amending.standing import readings_of, standing_entries
from campaigns.plans.amending.structure import Level, Values
from campaigns.plans.amending.versions import Source, add_version
from campaigns.plans.amending.writing import OURS, THEIRS, settled, write_changes
from campaigns.plans.models import Plan, PlanStatus, PlanUpload, PlanVersion, VersionKind
from campaigns.plans.uploads.confirm import cut
from campaigns.plans.uploads.corrections import ThemeChoice
from campaigns.plans.uploads.documents import add_themes, link_bases, own_document, plan_in_force
from campaigns.plans.uploads.making import Making, fit
from campaigns.plans.uploads.matching.queries import chosen_units
from campaigns.plans.uploads.services import refuse_confirmed
from content.references.models import Document, LinkKind
from content.references.services import link_documents

NEW = "new"  # said of an entry that is none of the old ones


@dataclass(frozen=True)
class Decisions:
    """What an officer said of a comparison: which old entry a new one is, and which value of a conflict holds."""

    pairs: Pairs = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, upload: PlanUpload) -> Decisions:
        """Those that are kept with the upload."""
        said = upload.decisions.get("pairs") or {}
        pairs = {path: None if key == NEW else int(key) for path, key in said.items()}
        return cls(pairs, dict(upload.decisions.get("choices") or {}))

    def kept(self) -> dict[str, dict[str, str]]:
        """The form in which an upload keeps them."""
        return {
            "pairs": {path: NEW if key is None else str(key) for path, key in sorted(self.pairs.items())},
            "choices": dict(sorted(self.choices.items())),
        }


@dataclass(frozen=True)
class Acceptance:
    """What is accepted: the versions of upload and plan that were looked at, and what else the officer decided."""

    decisions: Decisions
    seen_upload: int
    seen_plan: int
    themes: Sequence[ThemeChoice] = ()
    status: PlanStatus | None = None  # None: as it is


@dataclass(frozen=True)
class Compared:
    """What a newer text changes in a plan as it stands, and the clauses of an amending one that found no place."""

    differences: list[Difference]
    unplaced: tuple[Text, ...]


def compare_with(session: Session, plan: Plan, newer: Newer, pairs: Pairs) -> Compared:
    """The newer text beside *plan* as it stands now."""
    olds = standing_entries(session, plan, readings_of(session, plan))
    wanted = newer.structure(olds)
    return Compared(compare(olds, wanted.entries, {**wanted.pairs, **pairs}), wanted.unplaced)


def amend_with(
    session: Session, upload: PlanUpload, plan: Plan, *, seen: int, actor: audit.Actor, now: datetime
) -> None:
    """Say that the text is to change *plan*; said again it is the same.

    Raises:
        Stale: somebody changed the upload since. Refused: it is confirmed, or for another plan; the plan is archived.
    """
    refuse_confirmed(upload)
    _refuse_archived(plan)
    if upload.amends_id == plan.id:
        return
    upload.check_version(seen)
    if upload.amends_id is not None:
        raise Refused(N_("Văn bản này đang chờ làm bản mới của một kế hoạch khác."))
    upload.amends_id = plan.id
    session.flush()
    audit.record(session, actor, "plan.offer_version", plan, at=now, details={"upload": upload.id})


def decide(
    session: Session,
    upload: PlanUpload,
    decisions: Decisions,
    *,
    seen: int,
    actor: audit.Actor,
    now: datetime,
) -> None:
    """Keep what an officer says of the comparison.

    Raises:
        Stale: somebody changed the upload since. Refused: it is accepted already. Invalid: two new entries are said to
        be one old one.
    """
    refuse_confirmed(upload)
    upload.check_version(seen)
    _check_pairs(decisions.pairs)
    if decisions.kept() == upload.decisions:
        return
    upload.decisions = decisions.kept()
    session.flush()
    audit.record(session, actor, "plan.pair", upload, at=now, details={"pairs": len(decisions.pairs)})


def _check_pairs(pairs: Pairs) -> None:
    """Each old entry is one new one at most; a level is part of the path."""
    named = [(path.count("."), path.partition(".")[0], key) for path, key in pairs.items() if key is not None]
    if len(named) != len(set(named)):
        raise Invalid(N_("Có hai mục mới cùng ghép với một mục cũ. Hãy chọn lại."))


def accept_version(
    session: Session,
    upload: PlanUpload,
    newer: Newer,
    *,
    wanted: Acceptance,
    actor: audit.Actor,
    now: datetime,
) -> PlanVersion:
    """Bring the plan to the newer text: rows changed in place, added or retired, none deleted; the version kept.

    The plan's row is locked first and its version compared, so that of two people the second is told.

    Raises:
        Stale: somebody changed the text or the plan since. Refused: it is accepted, or for no plan; the plan is
        archived; the document has another plan. Invalid: a conflict is undecided, a value is too long.
    """
    plan = _locked(session, upload, wanted)
    differences = compare_with(session, plan, newer, wanted.decisions.pairs).differences
    choices = wanted.decisions.choices
    _refuse_undecided(differences, choices)
    making = Making(session, actor, now, chosen_units(session, upload.corrections.get("units") or {}))
    document = _link(making, plan, newer)
    plan.latest += 1
    readings = write_changes(making, plan, differences, number=plan.latest, choices=choices)
    readings["plan"] = {str(plan.id): _write_head(plan, newer, differences, choices)}
    plan.trace = newer.trace(plan.trace, differences)
    if newer.kind is VersionKind.WHOLE:
        _take_over(plan, upload, newer, document, wanted.status)
    add_themes(making, plan, wanted.themes, link_bases(making, document, newer.draft.legal_bases))
    source = Source.of(upload, newer.draft, document, newer.kind)
    version = add_version(making, plan, source, readings, changes_of(differences, choices))
    upload.plan_id = plan.id
    session.flush()
    counted = {
        change.value: count for change, count in counts_of(differences).items() if change is not Change.SAME
    }
    audit.record(session, actor, "plan.amend", plan, at=now, details={"version": version.number, **counted})
    return version


def _locked(session: Session, upload: PlanUpload, wanted: Acceptance) -> Plan:
    """The plan, its row and the upload's held until the end of the transaction, as they were looked at."""
    session.refresh(upload, with_for_update={"of": PlanUpload})
    refuse_confirmed(upload)
    if upload.amends_id is None:
        raise Refused(N_("Văn bản này chưa được chọn làm bản mới của kế hoạch nào."))
    upload.check_version(wanted.seen_upload)
    plan = session.get_one(Plan, upload.amends_id)
    session.refresh(plan, with_for_update={"of": Plan})
    plan.check_version(wanted.seen_plan)
    _refuse_archived(plan)
    return plan


def _refuse_archived(plan: Plan) -> None:
    if plan.archived_at is not None:
        raise Refused(N_("Kế hoạch này đã được lưu trữ nên không cập nhật được. Hãy đưa nó trở lại trước."))


def _refuse_undecided(differences: Sequence[Difference], choices: Mapping[str, str]) -> None:
    """Every conflict needs the officer's word."""
    open_ones = [
        field
        for one in differences
        for field in one.conflicts
        if choices.get(one.choice_key(field)) not in {OURS, THEIRS}
    ]
    if open_ones:
        raise Invalid(
            N_("Còn {count} chỗ vừa được sửa tay vừa đổi trong bản mới. Hãy chọn giữ chữ nào."),
            count=len(open_ones),
        )


def _link(making: Making, plan: Plan, newer: Newer) -> Document:
    """The text's document, linked to the one that it replaces or amends; a whole text without a number has no own."""
    if newer.kind is VersionKind.WHOLE and newer.draft.number is None:
        return plan.document
    document = own_document(making, newer.draft)
    other = plan_in_force(making.session, document)
    if other is not None and other.id != plan.id:
        raise Refused(N_("Văn bản này đã có kế hoạch khác đang thực hiện."))
    kind = LinkKind.REPLACES if newer.kind is VersionKind.WHOLE else LinkKind.AMENDS
    if document.id != plan.document_id:
        link_documents(making.session, document, plan.document, kind)
    return document


def _write_head(
    plan: Plan, newer: Newer, differences: Sequence[Difference], choices: Mapping[str, str]
) -> Values:
    """Title, signer and funding as they hold now; returns what the text says of them."""
    head = next(one for one in differences if one.level is Level.PLAN)
    assert head.new is not None  # noqa: S101 - every text has a head
    values = settled(head, choices)
    line = newer.draft.title.line_from if newer.draft.title else 1
    plan.title = fit(values["title"], 2000, N_("Trích yếu"), line)
    plan.signer, plan.funding = values["signer"], values["funding"]
    return head.new.said


def _take_over(
    plan: Plan, upload: PlanUpload, newer: Newer, document: Document, status: PlanStatus | None
) -> None:
    """The plan's text and document are now these."""
    plan.document = document
    plan.status = status or plan.status
    plan.place = cut(newer.draft.place, 200)
    plan.date_printed = cut(newer.draft.date_partial, 40)
    plan.source_sha256, plan.source_name = upload.sha256, upload.name
