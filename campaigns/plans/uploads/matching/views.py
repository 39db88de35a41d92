"""The page on which printed names of a plan are tied to organisations before the yes."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts.permissions import Permission
from app.errors import N_, Fault, Stale
from app.organisations.queries import find_organisation, find_organisations, list_organisations
from app.web.forms import say, seen_version
from app.web.identity import current_person, requires
from app.web.render import render
from app.web.session import house, reading, writing
from campaigns.plans.uploads.matching.forms import UnitsForm
from campaigns.plans.uploads.matching.queries import match_printed
from campaigns.plans.uploads.opened import open_upload
from campaigns.plans.uploads.services import correct_upload, get_upload
from campaigns.plans.uploads.units import printed_units

bp = Blueprint("plan_units", __name__, url_prefix="/plans", template_folder="templates")


@bp.route("/uploads/<int:upload_id>/units", methods=["GET", "POST"])
@requires(Permission.MANAGE_PLANS)
def edit(upload_id: int) -> ResponseReturnValue:
    """Choose the organisation of each printed name, or leave it as printed."""
    db = reading()
    found = open_upload(db, house().files, upload_id)
    if found.upload.plan_id is not None:
        return redirect(url_for("plans.show", plan_id=found.upload.plan_id), 303)
    names = printed_units(found.draft)
    matches = match_printed(db, names, found.upload.corrections)
    form = UnitsForm.of(names, matches)
    status, is_stale = (422 if form.is_submitted() else 200), False
    if form.validate_on_submit():
        typed = form.typed(names, find_organisations(db, names), lambda name: find_organisation(db, name))
        if typed is not None:
            try:
                _save(upload_id, typed)
            except Fault as fault:
                status, is_stale = form.refuse(fault), isinstance(fault, Stale)
            else:
                flash(say(N_("Đã lưu cơ quan của các đơn vị.")), "success")
                return redirect(url_for("plan_uploads.preview", upload_id=upload_id), 303)
    return render(
        "campaigns/plan_units/edit.html",
        upload=get_upload(db, upload_id),
        form=form,
        matches=matches,
        organisations=list_organisations(db, on=clock.local_day(clock.now())),
        is_stale=is_stale,
        status=status,
    )


def _save(upload_id: int, typed: dict[str, int | None]) -> None:
    """Keep what was chosen under the version that the form was made from."""
    with writing() as db:
        correct_upload(
            db,
            get_upload(db, upload_id),
            read={"units": {}},
            typed={"units": typed},
            seen=seen_version(request.form.get("version")),
            actor=current_person(),
            now=clock.now(),
        )
