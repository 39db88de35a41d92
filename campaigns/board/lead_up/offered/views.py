"""Days offered to an office: it ticks which of the usual ones, or of those that a plan names, are to be kept."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts.permissions import Permission
from app.errors import N_, Invalid, Refused
from app.organisations.queries import get_organisation, list_organisations
from app.web.forms import say
from app.web.identity import access, requires
from app.web.render import render
from app.web.session import reading, writing
from campaigns.board.forms import key_in
from campaigns.board.lead_up.keeping import keep_lead_ups
from campaigns.board.lead_up.offered.forms import OfferForm
from campaigns.board.lead_up.offered.from_plan import PlanDay, add_plan_days, plan_days
from campaigns.board.trace_queries import propose, tasks_of
from campaigns.board.views import me
from campaigns.occasions.usual import UsualDay, add_usual_occasions, usual_left
from campaigns.occasions.words import rule_said
from campaigns.plans.models import Plan
from campaigns.plans.queries import get_plan
from content.themes.queries import list_themes

bp = Blueprint("offered_days", __name__, url_prefix="/occasions")
MANAGE = Permission.MANAGE_CAMPAIGNS


@bp.route("/usual", methods=["GET", "POST"])
@requires(MANAGE)
def usual() -> ResponseReturnValue:
    """Tick those of the usual days that are to be kept."""
    left = usual_left(reading())
    choices = [(day.code, f"{day.name} ({_said(day)})") for day in left]
    if request.method == "GET":
        mine = access().organisation_ids
        form = _usual(choices, organisation=str(mine[0]) if mine else "")
        return _usual_page(form, left)
    form = _usual(choices)
    if not form.validate():
        return _usual_page(form, left, status=422)
    try:
        with writing() as db:
            person, now = me(db), clock.now()
            lead = get_organisation(db, key_in(form.organisation) or 0)
            codes = [str(one) for one in form.days.data or ()]
            made = add_usual_occasions(
                db, lead, codes=codes, theme_ids=form.themes.ids, actor=person, now=now
            )
            for occasion in made:
                keep_lead_ups(db, occasion, actor=person, now=now)
    except (Invalid, Refused) as fault:
        return _usual_page(form, usual_left(reading()), status=form.refuse(fault))
    flash(say(N_("Đã thêm {count} ngày, dịp."), count=len(made)), "success")
    return redirect(url_for("occasions.index"), 303)


def _said(day: UsualDay | PlanDay) -> str:
    sentence, values = rule_said(day.rule)
    return say(sentence, **values)


def _usual(choices: Sequence[tuple[str, str]], **values: str) -> OfferForm:
    return OfferForm.among(choices, list_themes(reading()), list_organisations(reading()), **values)


def _usual_page(form: OfferForm, left: Sequence[UsualDay], *, status: int = 200) -> ResponseReturnValue:
    return render("campaigns/lead_up/usual.html", form=form, left=left, status=status)


@bp.route("/from-plan/<int:plan_id>", methods=["GET", "POST"])
@requires(MANAGE)
def from_plan(plan_id: int) -> ResponseReturnValue:
    """Make occasions of the days that a confirmed plan names, those that the officer leaves ticked."""
    plan = get_plan(reading(), plan_id)
    days = plan_days(reading(), plan)
    choices = [(str(day.position), f"{day.name} ({_said(day)})") for day in days if day.kept is None]
    if request.method == "GET":
        return _plan_page(plan, days, _proposed(days, choices))
    form = _usual(choices)
    if not form.validate():
        return _plan_page(plan, days, form, status=422)
    try:
        with writing() as db:
            made = add_plan_days(
                db,
                get_plan(db, plan_id),
                form.days.ids,
                organisation_id=key_in(form.organisation) or 0,
                theme_ids=form.themes.ids,
                actor=me(db),
                now=clock.now(),
            )
    except (Invalid, Refused) as fault:
        return _plan_page(plan, days, form, status=form.refuse(fault))
    flash(say(N_("Đã thêm {count} ngày, dịp."), count=len(made)), "success")
    return redirect(url_for("occasions.index"), 303)


def _proposed(days: Sequence[PlanDay], choices: Sequence[tuple[str, str]]) -> OfferForm:
    """Every yearly day ticked, the lead and the themes as the days' tasks suggest them."""
    db, mine = reading(), access().organisation_ids
    proposal = propose(db, tasks_of(db, [key for day in days for key in day.task_ids]))
    lead = proposal.organisation_id or (mine[0] if mine else None)
    return OfferForm.among(
        choices,
        list_themes(db),
        list_organisations(db),
        days=[str(day.position) for day in days if day.kept is None and day.is_yearly],
        organisation=str(lead or ""),
        themes=[str(one) for one in proposal.theme_ids],
    )


def _plan_page(
    plan: Plan, days: Sequence[PlanDay], form: OfferForm, *, status: int = 200
) -> ResponseReturnValue:
    return render("campaigns/lead_up/from_plan.html", plan=plan, days=days, form=form, status=status)
