"""Setting yearly days up: new ones, changed ones, usual ones, those of a plan; the template of a lead-up."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app import clock
from app.accounts.permissions import Permission
from app.accounts.queries import people_with
from app.errors import N_, Invalid, Refused
from app.organisations.queries import list_organisations
from app.web.forms import say
from app.web.identity import access, current_person, requires
from app.web.render import render
from app.web.session import reading, writing
from campaigns.board.lead_up.keeping import keep_lead_ups
from campaigns.board.lead_up.moving.views import followed_words
from campaigns.board.lead_up.yearly.forms import OccasionForm, OccasionOptions
from campaigns.board.trace_queries import (
    PlanTrace,
    list_live_plans,
    plans_to_pick,
    tasks_of,
)
from campaigns.board.views import key_of, me
from campaigns.occasions.models import Occasion, RuleKind
from campaigns.occasions.queries import get_occasion, themes_of
from campaigns.occasions.queries import tasks_of as tasks_of_occasion
from campaigns.occasions.services import add_occasion, change_occasion
from content.themes.queries import list_themes

bp = Blueprint("yearly", __name__, url_prefix="/occasions")
MANAGE = Permission.MANAGE_CAMPAIGNS
MOST_TASKS = 200


def _options(db: Session, *, held: Sequence[int] = ()) -> OccasionOptions:
    """What the form of an occasion offers; *held* themes may stay though retired."""
    people = people_with(db, MANAGE, today=clock.local_day(clock.now()))
    return OccasionOptions(list_themes(db, held=held), list_organisations(db), people)


def _picked() -> list[int]:
    """The tasks that the form names."""
    return [key for one in request.values.getlist("task")[:MOST_TASKS] if (key := key_of(one)) is not None]


def _traces(held: Sequence[int]) -> list[PlanTrace]:
    """The tasks to tick: those of the plans that hold the ticked ones, and of the plan that the address names."""
    plans = [trace.plan.id for trace in tasks_of(reading(), held, retired=True)]
    if more := key_of(request.args.get("plan")):
        plans.append(more)
    return [
        trace
        for plan_id in dict.fromkeys(plans)
        for trace in plans_to_pick(reading(), plan_id=plan_id, held=held)
    ]


@bp.route("/new", methods=["GET", "POST"])
@requires(MANAGE)
def new() -> ResponseReturnValue:
    """Add an occasion; its occurrences and lead-ups of the next 24 months are made at once."""
    options = _options(reading())
    if request.method == "GET":
        mine = access().organisation_ids
        form = OccasionForm.among(
            options,
            kind=RuleKind.SOLAR.value,
            window_before=14,
            window_after=7,
            has_campaign=True,
            owner=str(current_person().id),
            organisation=str(mine[0]) if mine else "",
        )
        return _form(None, form, _picked())
    form, task_ids = OccasionForm.among(options), _picked()
    if not form.validate():
        return _form(None, form, task_ids, status=422)
    try:
        with writing() as db:
            person, now = me(db), clock.now()
            # A lunar day of January lies in the lunar year before.
            wanted = form.to_input(first_year=clock.local_day(now).year - 1, task_ids=task_ids)
            occasion = add_occasion(db, wanted, actor=person, now=now)
            keep_lead_ups(db, occasion, actor=person, now=now)
    except (Invalid, Refused) as fault:
        return _form(None, form, task_ids, status=form.refuse(fault))
    flash(say(N_("Đã thêm ngày, dịp; các lần trong 24 tháng tới đã được lập.")), "success")
    return redirect(url_for("occasions.show", occasion_id=occasion.id), 303)


@bp.route("/<int:occasion_id>/edit", methods=["GET", "POST"])
@requires(MANAGE)
def edit(occasion_id: int) -> ResponseReturnValue:
    """Change an occasion; its coming occurrences follow, the past ones and those moved by hand stay."""
    db = reading()
    occasion = get_occasion(db, occasion_id)
    theme_ids = [one.id for one in themes_of(db, [occasion.id])[occasion.id]]
    options = _options(db, held=theme_ids)
    if request.method == "GET":
        held = [one.id for one in tasks_of_occasion(db, occasion)]
        return _form(occasion, OccasionForm.of(occasion, options, theme_ids=theme_ids), held)
    form, task_ids = OccasionForm.among(options), _picked()
    if not form.validate():
        return _form(occasion, form, task_ids, status=422)
    try:
        with writing() as db:
            person, now, occasion = me(db), clock.now(), get_occasion(db, occasion_id)
            wanted = form.to_input(first_year=occasion.first_year, task_ids=task_ids)
            moved = change_occasion(db, occasion, wanted, seen=form.seen(), actor=person, now=now)
            followed = keep_lead_ups(db, occasion, actor=person, now=now)
    except (Invalid, Refused) as fault:
        occasion = get_occasion(reading(), occasion_id)
        return _form(occasion, form, task_ids, status=form.refuse(fault))
    said = say(N_("Đã lưu; {count} lần sắp tới đổi ngày."), count=len(moved)) if moved else say(N_("Đã lưu."))
    flash(f"{said} {followed_words(followed)}".strip(), "success")
    return redirect(url_for("occasions.show", occasion_id=occasion_id), 303)


def _form(
    occasion: Occasion | None, form: OccasionForm, picked: Sequence[int], *, status: int = 200
) -> ResponseReturnValue:
    traces = _traces(picked)
    shown = {trace.plan.id for trace in traces}
    return render(
        "campaigns/lead_up/occasion.html",
        occasion=occasion,
        form=form,
        traces=traces,
        plans=[plan for plan in list_live_plans(reading()) if plan.id not in shown],
        picked=set(picked),
        carried={},
        status=status,
    )
