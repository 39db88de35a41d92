"""From a plan to work: its proposals on one page, ticked, edited and made at once."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts.permissions import Permission
from app.errors import N_, Invalid, Refused
from app.organisations.queries import list_organisations
from app.web.forms import say
from app.web.identity import access, requires
from app.web.render import render
from app.web.session import reading, writing
from campaigns.board.from_plan.facts import Remark
from campaigns.board.from_plan.forms import WorkForm
from campaigns.board.from_plan.parts.forms import WorkOptions
from campaigns.board.from_plan.queries import work_of
from campaigns.board.from_plan.services import WorkMade, make_work
from campaigns.board.from_plan.shapes import Work
from campaigns.board.lead_up.offered.from_plan import PlanDay, plan_days
from campaigns.board.views import me
from campaigns.plans.models import FactKind, Plan
from campaigns.plans.queries import facts_of, get_plan, themes_of_plan
from content.outlets.queries import list_outlets
from content.themes.queries import list_themes

bp = Blueprint("plan_work", __name__, url_prefix="/plans", template_folder="templates")


@bp.app_template_filter("remark")
def say_remark(one: Remark) -> str:
    """The sentence in the language of the request."""
    return say(one.sentence, **one.values)


@bp.route("/<int:plan_id>/work", methods=["GET", "POST"])
@requires(Permission.MANAGE_CAMPAIGNS)
def show(plan_id: int) -> ResponseReturnValue:
    """What the plan says as proposals; what is ticked is made in one go."""
    desk = _Desk(get_plan(reading(), plan_id))
    if request.method == "GET":
        return desk.page()
    try:
        desk.form.check_offered()
        if not desk.form.validate():
            return desk.page(status=422)
        with writing() as db:
            made = make_work(
                db,
                get_plan(db, plan_id),
                desk.form.to_choices(),
                seen=desk.form.seen(),
                home_id=_home(),
                actor=me(db),
                now=clock.now(),
            )
    except (Invalid, Refused) as fault:
        now = _Desk(get_plan(reading(), plan_id))  # what stands by now, with what was typed
        return now.page(status=now.form.refuse(fault))
    flash(_told(made), "success")
    return redirect(url_for("plan_work.show", plan_id=plan_id), 303)


def _home() -> int | None:
    """The organisation of whoever asks: it leads where no known body does."""
    return next(iter(access().organisation_ids), None)


class _Desk:
    """The page of one plan: its proposals, the days that it names, and the form over both."""

    plan: Plan
    work: Work
    days: list[PlanDay]
    form: WorkForm
    has_themes: bool

    def __init__(self, plan: Plan) -> None:
        db = reading()
        self.plan = plan
        self.work = work_of(db, plan, today=clock.local_day(clock.now()), home_id=_home())
        self.days = plan_days(db, plan)
        themes = [one for one in themes_of_plan(db, plan) if one.retired_at is None]
        self.has_themes = bool(themes)
        options = WorkOptions(themes or list_themes(db), list_organisations(db), list_outlets(db))
        self.form = WorkForm(self.work, self.days, options, home_id=_home())

    def page(self, *, status: int = 200) -> ResponseReturnValue:
        """The page as it stands."""
        return render(
            "campaigns/from_plan/work.html",
            plan=self.plan,
            work=self.work,
            days=self.days,
            form=self.form,
            has_themes=self.has_themes,
            reporting=facts_of(reading(), self.plan)[FactKind.REPORTING],
            status=status,
        )


def _told(made: WorkMade) -> str:
    """What was made, in one sentence."""
    counted = (
        (made.campaigns, N_("{count} chiến dịch")),
        (made.series, N_("{count} chuyên mục")),
        (made.targets, N_("{count} chỉ tiêu")),
        (made.days, N_("{count} ngày kỷ niệm")),
    )
    parts = [say(sentence, count=count) for count, sentence in counted if count]
    return say(N_("Đã lập {parts}."), parts=", ".join(parts))
