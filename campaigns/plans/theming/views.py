"""The page on which the themes of a plan are chosen."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts.permissions import Permission
from app.errors import N_, Invalid, Refused, Stale
from app.web.forms import say
from app.web.identity import current_person, requires
from app.web.render import render
from app.web.session import reading, writing
from campaigns.plans.queries import get_plan, themes_of_plan
from campaigns.plans.theming.forms import PlanThemesForm
from campaigns.plans.theming.services import choose_themes
from content.themes.queries import list_themes

bp = Blueprint("plan_themes", __name__, url_prefix="/plans", template_folder="templates")


@bp.route("/<int:plan_id>/themes", methods=["GET", "POST"])
@requires(Permission.MANAGE_PLANS)
def edit(plan_id: int) -> ResponseReturnValue:
    """Choose the themes that a plan serves."""
    form = _form(plan_id)
    if not form.is_submitted():
        return _page(plan_id, form)
    if not form.validate():
        return _page(plan_id, form, status=422)
    try:
        with writing() as db:
            choose_themes(
                db,
                get_plan(db, plan_id),
                form.to_input(),
                seen=form.seen(),
                actor=current_person(),
                now=clock.now(),
            )
    except (Invalid, Refused) as fault:
        now = _form(plan_id)  # with the catalogue as it stands by now
        status = now.refuse(fault)
        if isinstance(fault, Stale):
            plan = get_plan(reading(), plan_id)
            now.catch_up(plan.version, themes=[str(one.id) for one in themes_of_plan(reading(), plan)])
        return _page(plan_id, now, status=status)
    flash(say(N_("Đã lưu chủ đề của kế hoạch.")), "success")
    return redirect(url_for("plans.show", plan_id=plan_id), 303)


def _form(plan_id: int) -> PlanThemesForm:
    """The form with what the plan serves, or with what was sent."""
    db = reading()
    plan = get_plan(db, plan_id)
    served = themes_of_plan(db, plan)
    return PlanThemesForm.of(plan, served, list_themes(db, held=[one.id for one in served]))


def _page(plan_id: int, form: PlanThemesForm, *, status: int = 200) -> ResponseReturnValue:
    plan = get_plan(reading(), plan_id)
    return render("campaigns/plan_themes/edit.html", plan=plan, form=form, status=status)
