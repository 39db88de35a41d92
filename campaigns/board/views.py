"""Campaigns: the list, one campaign's board, opening one on the plan's tasks, changing and archiving it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app import audit, clock
from app.accounts.models import Person
from app.accounts.permissions import Permission
from app.accounts.queries import get_person
from app.clock import Period
from app.errors import N_, Invalid, Refused
from app.organisations.queries import list_organisations
from app.web.forms import say, seen_version
from app.web.identity import access, current_person, requires
from app.web.lists import AT_ONCE, as_file, file_asked, list_tools
from app.web.paging import SIZE, Page
from app.web.render import render
from app.web.session import reading, writing
from campaigns.board.board_queries import UNDATED, Board, board_of, items_of
from campaigns.board.forms import CampaignForm, CampaignOptions
from campaigns.board.listing import CAMPAIGNS
from campaigns.board.models import Campaign
from campaigns.board.queries import LARGEST_KEY, CampaignRow, get_campaign, list_campaigns, themes_of
from campaigns.board.rules import CampaignState, state_of
from campaigns.board.services import archive_campaign, change_campaign, open_campaign, restore_campaign
from campaigns.board.trace_queries import (
    PlanTrace,
    carried,
    documents_of,
    flat,
    list_live_plans,
    plans_to_pick,
    propose,
    tasks_of,
    trace_of,
)
from content.themes.queries import list_themes

bp = Blueprint("campaigns", __name__, url_prefix="/campaigns", template_folder="templates")
MOST_TASKS = 200  # in one campaign


def me(db: Session) -> Person:
    """The person who asks, as a row of *db*."""
    return get_person(db, current_person().id)


def back_to(campaign_id: int, anchor: str, sentence: str) -> ResponseReturnValue:
    """Back to a part of the campaign's page, saying what was done."""
    flash(say(sentence), "success")
    return redirect(url_for("campaigns.show", campaign_id=campaign_id, _anchor=anchor), 303)


@bp.get("")
@requires(Permission.READ_CAMPAIGNS)
def index() -> ResponseReturnValue:
    """The list of campaigns, with filters in the address."""
    today = clock.local_day(clock.now())
    state = _state(request.args.get("state", ""))
    theme_id = key_of(request.args.get("theme"))
    plans = list_live_plans(reading(), also=key_of(request.args.get("plan")))
    plan_id = next((one.id for one in plans if str(one.id) == request.args.get("plan")), None)
    words = request.args.get("q", "")[:200]

    def pages(after: str | None, size: int = AT_ONCE) -> Page[CampaignRow]:
        return list_campaigns(
            reading(),
            today=today,
            state=state,
            theme_id=theme_id,
            plan_id=plan_id,
            words=words,
            cursor=after,
            size=size,
        )

    if kind := file_asked():
        return as_file(CAMPAIGNS, pages, kind, today=today)
    kept = {"q": words, "state": state.value if state else "", "theme": theme_id, "plan": plan_id}
    return render(
        "campaigns/board/index.html",
        listed=pages(request.args.get("after"), SIZE),
        tools=list_tools(CAMPAIGNS, kept),
        themes=list_themes(reading()),
        states=list(CampaignState),
        state=state,
        theme_id=theme_id,
        plans=plans,
        plan_id=plan_id,
        words=words,
        cursor=request.args.get("after"),
    )


def _state(word: str) -> CampaignState | None:
    """The state of a filter; None for none and for a word that is none."""
    return CampaignState(word) if word in set(CampaignState) else None


def key_of(text: str | None) -> int | None:
    """A key from an address; None when it is none."""
    if not text or not text.isascii() or not text.isdecimal() or len(text) > 19:
        return None
    return min(int(text), LARGEST_KEY)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_CAMPAIGNS)
def new() -> ResponseReturnValue:
    """Open a campaign: first its tasks are picked, then the form stands filled in from their words."""
    traces = tasks_of(reading(), _picked())
    if not traces:
        return _pick()
    task_ids = [task.id for task in flat(traces)]
    options = _options(reading())
    if request.method == "GET":
        return _new(_proposed(options, traces), traces)
    form = CampaignForm.among(options)
    if not form.validate():
        return _new(form, traces, status=422)
    try:
        with writing() as db:
            campaign = open_campaign(db, form.to_input(task_ids), actor=me(db), now=clock.now())
    except (Invalid, Refused) as fault:
        return _new(form, tasks_of(reading(), task_ids), status=form.refuse(fault))
    flash(say(N_("Đã lập chiến dịch. Hãy thêm chuyên mục và chỉ tiêu.")), "success")
    return redirect(url_for("campaigns.show", campaign_id=campaign.id), 303)


def _picked() -> list[int]:
    """The tasks that the address or the form names."""
    given = request.values.getlist("task")[:MOST_TASKS]
    return [key for one in given if (key := key_of(one)) is not None]


def _pick() -> ResponseReturnValue:
    """The first step: tasks to tick, by plan and group."""
    plan_id = key_of(request.args.get("plan"))
    traces = plans_to_pick(reading(), plan_id=plan_id)
    return render(
        "campaigns/board/pick.html",
        traces=traces,
        carried=carried(reading(), traces),
        plans=list_live_plans(reading()),
        plan_id=plan_id,
        asked="task" in request.values or request.method == "POST" or "pick" in request.values,
        status=422 if request.method == "POST" else 200,
    )


def _proposed(options: CampaignOptions, traces: Sequence[PlanTrace]) -> CampaignForm:
    """The form filled with what the tasks propose, for this year."""
    proposal = propose(reading(), traces)
    year = Period.year(clock.local_day(clock.now()))
    mine = access().organisation_ids
    lead = proposal.organisation_id or (mine[0] if mine else None)
    return CampaignForm.among(
        options,
        name=proposal.name,
        purpose=proposal.purpose,
        starts_on=year.first,
        ends_on=year.last,
        organisation=str(lead or ""),
        themes=[str(one) for one in proposal.theme_ids],
    )


def _options(db: Session, *, held: Sequence[int] = ()) -> CampaignOptions:
    """What the campaign's form offers; *held* themes may stay though retired."""
    return CampaignOptions(list_themes(db, held=held), list_organisations(db))


def _new(form: CampaignForm, traces: Sequence[PlanTrace], *, status: int = 200) -> ResponseReturnValue:
    return render("campaigns/board/new.html", form=form, traces=traces, status=status)


@bp.get("/<int:campaign_id>")
@requires(Permission.READ_CAMPAIGNS)
def show(campaign_id: int) -> ResponseReturnValue:
    """One campaign: progress first, then series, targets, pieces by day, the trace to the plan, history."""
    db, today = reading(), clock.local_day(clock.now())
    campaign = get_campaign(db, campaign_id)
    board = board_of(db, campaign, today=today)
    month = _month(board, today)
    traces = trace_of(db, campaign)
    return render(
        "campaigns/board/show.html",
        campaign=campaign,
        state=state_of(campaign, today),
        board=board,
        month=month,
        tabs=_tabs(campaign, board, month),
        items=items_of(db, campaign, month=month, reach=access().reach(Permission.READ_ITEMS)),
        traces=traces,
        documents=documents_of(db, traces),
        history=audit.history_of(db, campaign, limit=30),
        today=today,
        days_left=(campaign.ends_on - today).days + 1,
    )


def _month(board: Board, today: date) -> date | None:
    """The month to show: the one asked for, else the present one or the nearest that holds pieces."""
    asked = request.args.get("month", "")
    if asked == UNDATED:
        return None
    if re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", asked, re.ASCII):
        return date(int(asked[:4]), int(asked[5:]), 1)
    present, held = today.replace(day=1), [one.first for one in board.months]
    if not held:
        return None if board.undated else present
    return next((first for first in held if first >= present), held[-1])


def _tabs(campaign: Campaign, board: Board, month: date | None) -> list[dict[str, object]]:
    """The months that hold pieces as tabs, and the pieces without a day."""

    def tab(label: str, value: str, number: int, *, is_active: bool) -> dict[str, object]:
        url = url_for("campaigns.show", campaign_id=campaign.id, month=value, _anchor="items")
        return {"label": label, "url": url, "count": number, "is_active": is_active}

    tabs = [
        tab(
            say(N_("Tháng {month}"), month=f"{one.first.month}/{one.first.year}"),
            f"{one.first:%Y-%m}",
            one.items,
            is_active=one.first == month,
        )
        for one in board.months
    ]
    if board.undated:
        tabs.append(tab(say(N_("Chưa có ngày")), UNDATED, board.undated, is_active=month is None))
    return tabs


@bp.route("/<int:campaign_id>/edit", methods=["GET", "POST"])
@requires(Permission.MANAGE_CAMPAIGNS)
def edit(campaign_id: int) -> ResponseReturnValue:
    """Change a campaign; its tasks are ticked among those of its plans."""
    campaign = get_campaign(reading(), campaign_id)
    theme_ids = [one.id for one in themes_of(reading(), [campaign.id])[campaign.id]]
    options = _options(reading(), held=theme_ids)
    if request.method == "GET":
        held = [task.id for task in flat(trace_of(reading(), campaign))]
        return _edit(campaign, CampaignForm.of(campaign, options, theme_ids=theme_ids), held)
    form, task_ids = CampaignForm.among(options), _picked()
    if not form.validate():
        return _edit(campaign, form, task_ids, status=422)
    try:
        with writing() as db:
            change_campaign(
                db,
                get_campaign(db, campaign_id),
                form.to_input(task_ids),
                seen=seen_version(form.version.data),
                actor=me(db),
                now=clock.now(),
            )
    except (Invalid, Refused) as fault:
        return _edit(get_campaign(reading(), campaign_id), form, task_ids, status=form.refuse(fault))
    flash(say(N_("Đã lưu chiến dịch.")), "success")
    return redirect(url_for("campaigns.show", campaign_id=campaign_id), 303)


def _edit(
    campaign: Campaign, form: CampaignForm, task_ids: Sequence[int], *, status: int = 200
) -> ResponseReturnValue:
    """The form with the tasks of the campaign's plans to tick; those of other plans through ``plan``."""
    carried_out = trace_of(reading(), campaign)
    own, held = {trace.plan.id for trace in carried_out}, [task.id for task in flat(carried_out)]
    more = key_of(request.args.get("plan"))
    traces = [
        trace
        for plan_id in sorted(own | ({more} if more else set()))
        for trace in plans_to_pick(reading(), plan_id=plan_id, held=held)
    ]
    return render(
        "campaigns/board/edit.html",
        campaign=campaign,
        form=form,
        traces=traces,
        plans=[plan for plan in list_live_plans(reading()) if plan.id not in own],
        picked=set(task_ids),
        status=status,
    )


@bp.post("/<int:campaign_id>/archive")
@requires(Permission.MANAGE_CAMPAIGNS)
def archive(campaign_id: int) -> ResponseReturnValue:
    """Put the campaign away."""
    with writing() as db:
        archive_campaign(
            db,
            get_campaign(db, campaign_id),
            seen=seen_version(request.form.get("version")),
            actor=me(db),
            now=clock.now(),
        )
    flash(say(N_("Đã lưu trữ chiến dịch. Tin bài của chiến dịch vẫn giữ nguyên.")), "success")
    return redirect(url_for("campaigns.show", campaign_id=campaign_id), 303)


@bp.post("/<int:campaign_id>/restore")
@requires(Permission.MANAGE_CAMPAIGNS)
def restore(campaign_id: int) -> ResponseReturnValue:
    """Take the campaign back to work."""
    with writing() as db:
        restore_campaign(
            db,
            get_campaign(db, campaign_id),
            seen=seen_version(request.form.get("version")),
            actor=me(db),
            now=clock.now(),
        )
    flash(say(N_("Đã mở lại chiến dịch.")), "success")
    return redirect(url_for("campaigns.show", campaign_id=campaign_id), 303)
