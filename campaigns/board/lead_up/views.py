"""The steps of a campaign's lead-up: tick one off, open it again, give it another day."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts.permissions import Permission
from app.errors import N_, Invalid, Refused, Stale
from app.web.forms import seen_version
from app.web.identity import requires
from app.web.render import render
from app.web.session import reading, writing
from campaigns.board.forms import day_in
from campaigns.board.lead_up.forms import StepForm
from campaigns.board.lead_up.queries import get_milestone
from campaigns.board.lead_up.steps import change_step, finish_step, reopen_step
from campaigns.board.models import Milestone
from campaigns.board.views import back_to, me

bp = Blueprint("lead_up_steps", __name__, url_prefix="/campaigns/<int:campaign_id>/steps")
MANAGE = Permission.MANAGE_CAMPAIGNS


@bp.post("/<int:milestone_id>/finish")
@requires(MANAGE)
def finish(campaign_id: int, milestone_id: int) -> ResponseReturnValue:
    """Say that a step is done."""
    with writing() as db:
        step, seen = get_milestone(db, campaign_id, milestone_id), seen_version(request.form.get("version"))
        finish_step(db, step, seen=seen, actor=me(db), now=clock.now())
    return back_to(campaign_id, "lead-up", N_("Đã đánh dấu xong."))


@bp.post("/<int:milestone_id>/reopen")
@requires(MANAGE)
def reopen(campaign_id: int, milestone_id: int) -> ResponseReturnValue:
    """Say that a step is not done after all."""
    with writing() as db:
        step, seen = get_milestone(db, campaign_id, milestone_id), seen_version(request.form.get("version"))
        reopen_step(db, step, seen=seen, actor=me(db), now=clock.now())
    return back_to(campaign_id, "lead-up", N_("Đã mở lại bước này."))


@bp.route("/<int:milestone_id>/edit", methods=["GET", "POST"])
@requires(MANAGE)
def edit(campaign_id: int, milestone_id: int) -> ResponseReturnValue:
    """Give a step another day."""
    step = get_milestone(reading(), campaign_id, milestone_id)
    if request.method == "GET":
        form = StepForm(due_on=step.due_on, note=step.note, version=str(step.version))
        return _edit(step, form)
    form = StepForm()
    if not form.validate():
        return _edit(step, form, status=422)
    try:
        with writing() as db:
            change_step(
                db,
                get_milestone(db, campaign_id, milestone_id),
                due_on=day_in(form.due_on),
                note=str(form.note.data or ""),
                seen=form.seen(),
                actor=me(db),
                now=clock.now(),
            )
    except (Invalid, Refused) as fault:
        step = get_milestone(reading(), campaign_id, milestone_id)
        if isinstance(fault, Stale):
            form.catch_up(step.version, due_on=step.due_on, note=step.note)
        return _edit(step, form, status=form.refuse(fault))
    return back_to(campaign_id, "lead-up", N_("Đã lưu bước chuẩn bị."))


def _edit(step: Milestone, form: StepForm, *, status: int = 200) -> ResponseReturnValue:
    back = url_for("campaigns.show", campaign_id=step.campaign_id, _anchor="lead-up")
    return render("campaigns/lead_up/step.html", step=step, form=form, back=back, status=status)
