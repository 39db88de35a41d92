"""From a text handed in to a plan: upload, preview beside the source, correct, confirm."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts.permissions import Permission
from app.errors import N_, Fault, Invalid, Stale
from app.web.forms import say
from app.web.identity import current_person, requires
from app.web.render import render
from app.web.session import house, reading, writing
from campaigns.planfile.unreadable import Unreadable
from campaigns.plans.uploads.confirm import PlanChoices, confirm_plan
from campaigns.plans.uploads.correcting.forms import form_of
from campaigns.plans.uploads.corrections import status_of, themes_of
from campaigns.plans.uploads.documents import plan_of_draft
from campaigns.plans.uploads.forms import ThemesForm, UploadForm
from campaigns.plans.uploads.matching.queries import match_printed
from campaigns.plans.uploads.opened import Opened, check_readable, open_upload
from campaigns.plans.uploads.parts import part_of
from campaigns.plans.uploads.preview import sections_of, traced_lines
from campaigns.plans.uploads.services import correct_upload, discard_upload, get_upload, keep_upload
from campaigns.plans.uploads.shown import number_doubts, only_doubts
from campaigns.plans.uploads.units import printed_units
from content.themes.phrases import fold_theme
from content.themes.queries import list_themes

bp = Blueprint("plan_uploads", __name__, url_prefix="/plans", template_folder="templates")


@bp.app_template_filter("theme_key")
def theme_key(name: str | None) -> str:
    """The form in which names of themes are compared."""
    return fold_theme(name or "")


def _read(upload_id: int) -> Opened:
    return open_upload(reading(), house().files, upload_id)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_PLANS)
def new() -> ResponseReturnValue:
    """Hand in a file or a text; what was pasted stays in the form when it cannot be read."""
    form = UploadForm()
    status = 200
    if form.is_submitted():
        try:
            name, content = form.content()
            check_readable(content)
        except (Invalid, Unreadable) as fault:
            said = say(fault.sentence, **fault.values) if isinstance(fault, Invalid) else say(str(fault))
            form.form_errors.append(said)
            status = 422
        else:
            return _keep(name, content)
    return render("campaigns/plan_uploads/new.html", form=form, status=status)


def _keep(name: str, content: bytes) -> ResponseReturnValue:
    """Keep the file and lead to its preview, or to the plan that it has become."""
    sha256 = house().files.keep(content)
    with writing() as db:
        now = clock.now()
        upload = keep_upload(db, name=name, sha256=sha256, actor=current_person(), now=now)
        upload_id, plan_id, is_new = upload.id, upload.plan_id, upload.uploaded_at == now
    if plan_id is not None:
        flash(say(N_("Văn bản này đã được xác nhận thành kế hoạch từ trước.")), "info")
        return redirect(url_for("plans.show", plan_id=plan_id), 303)
    if not is_new:
        flash(say(N_("Văn bản này đã được tải lên và đang chờ xác nhận.")), "info")
    return redirect(url_for("plan_uploads.preview", upload_id=upload_id), 303)


@bp.get("/uploads/<int:upload_id>")
@requires(Permission.READ_PLANS)
def preview(upload_id: int) -> ResponseReturnValue:
    """The source beside what was read from it."""
    found = _read(upload_id)
    if found.upload.plan_id is not None:
        return redirect(url_for("plans.show", plan_id=found.upload.plan_id), 303)
    themes = themes_of(found.draft, found.upload.corrections)
    return _preview(found, ThemesForm.of(found.draft, themes))


def _preview(found: Opened, form: ThemesForm, status: int = 200) -> ResponseReturnValue:
    sections = number_doubts(sections_of(found.read, found.draft, found.upload.corrections))
    is_narrowed = request.args.get("only") == "doubts"
    return render(
        "campaigns/plan_uploads/preview.html",
        upload=found.upload,
        draft=found.draft,
        sections=only_doubts(sections) if is_narrowed else sections,
        is_narrowed=is_narrowed,
        doubts=sum(section.doubts for section in sections),
        lines=found.read.lines,
        pages=found.read.pages,
        read_lines=traced_lines(sections),
        matches=match_printed(reading(), printed_units(found.draft), found.upload.corrections),
        plan_status=status_of(found.draft, found.upload.corrections),
        standing=None if found.upload.amends_id else plan_of_draft(reading(), found.draft),
        known={theme.name_folded for theme in list_themes(reading())},
        form=form,
        status=status,
    )


@bp.route("/uploads/<int:upload_id>/edit/<part>", methods=["GET", "POST"])
@requires(Permission.MANAGE_PLANS)
def edit(upload_id: int, part: str) -> ResponseReturnValue:
    """Correct one part; what was read stays beside what is typed."""
    found = _read(upload_id)
    if found.upload.plan_id is not None:
        return redirect(url_for("plans.show", plan_id=found.upload.plan_id), 303)
    asked = part_of(found.read, part)
    form = form_of(asked, found.upload.corrections)
    status, is_stale = (422 if form.is_submitted() else 200), False
    if form.validate_on_submit():
        try:
            _correct(upload_id, asked.values, form.typed())
        except Fault as fault:
            status, is_stale = form.refuse(fault), isinstance(fault, Stale)
            found = _read(upload_id)
        else:
            flash(say(N_("Đã lưu phần sửa.")), "success")
            return redirect(url_for("plan_uploads.preview", upload_id=upload_id, _anchor=part), 303)
    sections = sections_of(found.read, found.draft, found.upload.corrections)
    return render(
        "campaigns/plan_uploads/edit.html",
        part="campaigns/plan_uploads/_edit.html",
        upload=found.upload,
        form=form,
        section=next(one for one in sections if one.key == part),
        is_stale=is_stale,
        status=status,
    )


def _correct(upload_id: int, read: dict[str, Any], typed: dict[str, Any]) -> None:
    """Save corrections under the version that the form was made from."""
    with writing() as db:
        correct_upload(
            db,
            get_upload(db, upload_id),
            read=read,
            typed=typed,
            seen=request.form.get("version", 0, type=int),
            actor=current_person(),
            now=clock.now(),
        )


@bp.post("/uploads/<int:upload_id>/themes")
@requires(Permission.MANAGE_PLANS)
def themes(upload_id: int) -> ResponseReturnValue:
    """Save which themes are ticked and how they are called."""
    found = _read(upload_id)
    form = ThemesForm.of(found.draft, themes_of(found.draft, found.upload.corrections))
    if not form.validate():
        return _preview(found, form, 422)
    try:
        _correct(upload_id, {}, form.typed(len(found.draft.themes)))
    except Fault as fault:
        return _preview(_read(upload_id), form, form.refuse(fault))
    flash(say(N_("Đã lưu chủ đề.")), "success")
    return redirect(url_for("plan_uploads.preview", upload_id=upload_id, _anchor="themes"), 303)


@bp.post("/uploads/<int:upload_id>/confirm")
@requires(Permission.MANAGE_PLANS)
def confirm(upload_id: int) -> ResponseReturnValue:
    """Make the plan, with the themes as they stand in the form."""
    found = _read(upload_id)
    form = ThemesForm.of(found.draft, themes_of(found.draft, found.upload.corrections))
    if not form.validate():
        return _preview(found, form, 422)
    corrections = {**found.upload.corrections, **form.typed(len(found.draft.themes))}
    choices = PlanChoices(
        themes=themes_of(found.draft, corrections),
        status=status_of(found.draft, corrections),
        seen=request.form.get("version", 0, type=int),
        units=corrections.get("units") or {},
    )
    try:
        with writing() as db:
            upload = get_upload(db, upload_id)
            plan = confirm_plan(
                db,
                upload,
                found.draft,
                choices=choices,
                actor=current_person(),
                now=clock.now(),
                read=found.read,
            )
            plan_id = plan.id
    except Fault as fault:
        return _preview(_read(upload_id), form, form.refuse(fault))
    flash(say(N_("Đã xác nhận kế hoạch. Việc tiếp theo: từ kế hoạch đến việc.")), "success")
    return redirect(url_for("plans.show", plan_id=plan_id), 303)


@bp.post("/uploads/<int:upload_id>/discard")
@requires(Permission.MANAGE_PLANS)
def discard(upload_id: int) -> ResponseReturnValue:
    """Put a text away that is no plan of ours."""
    with writing() as db:
        discard_upload(
            db,
            get_upload(db, upload_id),
            seen=request.form.get("version", 0, type=int),
            actor=current_person(),
            now=clock.now(),
        )
    flash(say(N_("Đã bỏ văn bản. Có thể tải lên lại bất cứ lúc nào.")), "success")
    return redirect(url_for("plans.index"), 303)
