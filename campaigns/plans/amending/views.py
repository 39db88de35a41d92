"""From a plan to its next version: hand in a text, compare, say what is what, accept."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts.permissions import Permission
from app.difference import difference
from app.errors import N_, Fault, Invalid, Missing
from app.web.forms import say, seen_version
from app.web.identity import current_person, requires
from app.web.render import render
from app.web.session import house, reading, writing
from campaigns.planfile.clauses.reading import section_lines
from campaigns.planfile.unreadable import Unreadable
from campaigns.plans.amending.compare import counts_of
from campaigns.plans.amending.forms import CompareForm
from campaigns.plans.amending.newer import Newer
from campaigns.plans.amending.page import FIELD_LABELS, sections_of
from campaigns.plans.amending.services import (
    Acceptance,
    Compared,
    Decisions,
    accept_version,
    amend_with,
    compare_with,
    decide,
)
from campaigns.plans.amending.versions import base_of
from campaigns.plans.models import Plan, PlanStatus, VersionKind
from campaigns.plans.queries import get_plan
from campaigns.plans.reading import read_source
from campaigns.plans.uploads.corrections import status_of, themes_of
from campaigns.plans.uploads.forms import UploadForm
from campaigns.plans.uploads.opened import Opened, check_readable, open_upload
from campaigns.plans.uploads.services import get_upload, keep_upload

bp = Blueprint("plan_amendments", __name__, url_prefix="/plans", template_folder="templates")
bp.add_app_template_global(difference, "word_difference")


@bp.route("/<int:plan_id>/versions/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_PLANS)
def new(plan_id: int) -> ResponseReturnValue:
    """Hand in a newer text of the plan, or one that amends it."""
    plan, form, status = get_plan(reading(), plan_id), UploadForm(), 200
    if form.is_submitted():
        try:
            name, content = form.content()
            check_readable(content)
            return _hand_in(plan_id, name, content)
        except Unreadable as unreadable:
            form.form_errors.append(say(str(unreadable)))
            status = 422
        except Fault as fault:
            status = form.refuse(fault)
    return render("campaigns/plan_versions/new.html", plan=plan, form=form, status=status)


def _hand_in(plan_id: int, name: str, content: bytes) -> ResponseReturnValue:
    """Keep the text for this plan and lead to its preview; one that was accepted already leads to the plan."""
    sha256, now = house().files.keep(content), clock.now()
    with writing() as db:
        upload = keep_upload(db, name=name, sha256=sha256, actor=current_person(), now=now)
        if upload.plan_id is not None:
            raise Invalid(N_("Văn bản này đã được xác nhận từ trước, không phải bản mới."))
        plan = get_plan(db, plan_id)
        amend_with(db, upload, plan, seen=upload.version, actor=current_person(), now=now)
        upload_id = upload.id
    return redirect(url_for("plan_uploads.preview", upload_id=upload_id), 303)


@bp.post("/uploads/<int:upload_id>/amend")
@requires(Permission.MANAGE_PLANS)
def amend(upload_id: int) -> ResponseReturnValue:
    """Say that a text which waits is to change a plan at work."""
    with writing() as db:
        upload = get_upload(db, upload_id)
        plan = get_plan(db, seen_version(request.form.get("plan")))
        seen = seen_version(request.form.get("version"))
        amend_with(db, upload, plan, seen=seen, actor=current_person(), now=clock.now())
    return redirect(url_for("plan_amendments.compare", upload_id=upload_id), 303)


@dataclass(frozen=True)
class _Comparison:
    """A text that is to change a plan, beside the plan as it stands."""

    opened: Opened
    plan: Plan
    newer: Newer
    decisions: Decisions
    compared: Compared

    def form(self) -> CompareForm:
        return CompareForm.of(self.compared.differences, self.decisions)


def _compared(upload_id: int) -> _Comparison:
    """The comparison as it is now.

    Raises:
        Missing: no such upload waits to change a plan, or its file is gone.
    """
    opened = open_upload(reading(), house().files, upload_id)
    if opened.upload.amends_id is None or opened.upload.plan_id is not None:
        raise Missing(N_("Văn bản này không chờ làm bản mới của kế hoạch nào."))
    plan = get_plan(reading(), opened.upload.amends_id)
    newer, decisions = _newer(opened, plan), Decisions.of(opened.upload)
    found = compare_with(reading(), plan, newer, decisions.pairs)
    return _Comparison(opened, plan, newer, decisions, found)


def _newer(opened: Opened, plan: Plan) -> Newer:
    """The text with what is needed to find the places that an amending document names."""
    newer = Newer(opened.read, opened.draft)
    if newer.kind is VersionKind.WHOLE:
        return newer
    base = read_source(house().files.read(plan.source_sha256), name=plan.source_name)
    return replace(newer, sections=section_lines(base.lines), base=base_of(reading(), plan))


@bp.route("/uploads/<int:upload_id>/compare", methods=["GET", "POST"])
@requires(Permission.MANAGE_PLANS)
def compare(upload_id: int) -> ResponseReturnValue:
    """What the text changes; said otherwise, it is compared again."""
    found = _compared(upload_id)
    form = found.form()
    if not form.is_submitted():
        return _page(found, form)
    if not form.validate():
        return _page(found, form, 422)
    return _decide(upload_id, form)


def _decide(upload_id: int, form: CompareForm) -> ResponseReturnValue:
    """Keep what was said and show the comparison that follows from it."""
    try:
        with writing() as db:
            decide(
                db,
                get_upload(db, upload_id),
                form.to_input(),
                seen=seen_version(request.form.get("version")),
                actor=current_person(),
                now=clock.now(),
            )
    except Fault as fault:
        return _again(upload_id, fault)
    flash(say(N_("Đã ghép lại và so sánh lại. Hãy xem trước khi nhận bản mới.")), "success")
    return redirect(url_for("plan_amendments.compare", upload_id=upload_id), 303)


def _again(upload_id: int, fault: Fault) -> ResponseReturnValue:
    """The page as it is now, with why it was not done and what was chosen."""
    found = _compared(upload_id)
    form = found.form()
    status = form.refuse(fault)
    return _page(found, form, status)


def _page(found: _Comparison, form: CompareForm, status: int = 200) -> ResponseReturnValue:
    differences = found.compared.differences
    return render(
        "campaigns/plan_versions/compare.html",
        unplaced=found.compared.unplaced,
        upload=found.opened.upload,
        plan=found.plan,
        newer=found.newer,
        counts=counts_of(differences),
        sections=sections_of(differences),
        conflicts=sum(len(one.conflicts) for one in differences),
        doubts=sum(one.is_doubtful for one in differences),
        labels=FIELD_LABELS,
        form=form,
        status=status,
    )


@bp.post("/uploads/<int:upload_id>/accept")
@requires(Permission.MANAGE_PLANS)
def accept(upload_id: int) -> ResponseReturnValue:
    """Bring the plan to the newer text, as it was compared; pairs said only now are shown first."""
    found = _compared(upload_id)
    form = found.form()
    if not form.validate():
        return _page(found, form, 422)
    if form.is_paired_anew():
        return _decide(upload_id, form)
    opened = found.opened
    wanted = Acceptance(
        form.to_input(),
        seen_upload=seen_version(request.form.get("version")),
        seen_plan=seen_version(request.form.get("plan_version")),
        themes=themes_of(opened.draft, opened.upload.corrections),
        status=_status(opened),
    )
    try:
        with writing() as db:
            upload, actor = get_upload(db, upload_id), current_person()
            version = accept_version(db, upload, found.newer, wanted=wanted, actor=actor, now=clock.now())
            plan_id, number = version.plan_id, version.number
    except Invalid as fault:
        form.mark_undecided()
        return _page(_compared(upload_id), form, form.refuse(fault))
    except Fault as fault:
        return _again(upload_id, fault)
    flash(say(N_("Đã nhận bản {number} của kế hoạch."), number=number), "success")
    return redirect(url_for("plan_versions.show", plan_id=plan_id, number=number), 303)


def _status(opened: Opened) -> PlanStatus | None:
    """What the text or the officer says of its state; a text without a number says nothing."""
    corrections = opened.upload.corrections
    is_said = opened.draft.number is not None or bool(corrections.get("status"))
    return status_of(opened.draft, corrections) if is_said else None
