"""Series and targets of a campaign: their forms, and putting a series away."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app import clock
from app.accounts.permissions import Permission
from app.accounts.queries import people_with
from app.errors import N_, Invalid, Refused
from app.web.forms import say
from app.web.identity import requires
from app.web.render import render
from app.web.session import reading, writing
from campaigns.board.forms import seen_in, tell
from campaigns.board.models import Cadence, Campaign, Series, SeriesOutlet, Target
from campaigns.board.part_forms import PartOptions, SeriesForm, TargetForm
from campaigns.board.queries import get_campaign, get_series, get_target, themes_of
from campaigns.board.series_services import add_series, archive_series, change_series, restore_series
from campaigns.board.target_services import change_target, remove_target, set_target
from campaigns.board.trace_queries import flat, trace_of
from campaigns.board.views import me
from content.outlets.models import Outlet

bp = Blueprint("campaign_parts", __name__, url_prefix="/campaigns/<int:campaign_id>")


def _options(db: Session, campaign: Campaign, *, held: tuple[int, ...] = ()) -> PartOptions:
    """Themes and tasks of the campaign, outlets at work (and *held* ones), people who write."""
    outlets = select(Outlet).where(Outlet.retired_at.is_(None) | Outlet.id.in_(held))
    return PartOptions(
        themes=themes_of(db, [campaign.id])[campaign.id],
        tasks=flat(trace_of(db, campaign)),
        outlets=list(db.scalars(outlets.order_by(Outlet.sort_key, Outlet.id))),
        people=people_with(db, Permission.WRITE_ITEMS, today=clock.local_day(clock.now())),
    )


def _board(campaign_id: int, anchor: str, sentence: str) -> ResponseReturnValue:
    """Back to the campaign, saying what was done."""
    flash(say(sentence), "success")
    return redirect(url_for("campaigns.show", campaign_id=campaign_id, _anchor=anchor), 303)


@bp.route("/series/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_CAMPAIGNS)
def new_series(campaign_id: int) -> ResponseReturnValue:
    """Add a series; it begins with the campaign's days."""
    campaign = get_campaign(reading(), campaign_id)
    options = _options(reading(), campaign)
    if request.method == "GET":
        only = str(options.themes[0].id) if len(options.themes) == 1 else ""
        form = SeriesForm.among(
            options,
            theme=only,
            cadence=Cadence.WEEKLY.value,
            starts_on=campaign.starts_on,
            ends_on=campaign.ends_on,
        )
        return _series_page(campaign, form, options)
    form = SeriesForm.among(options)
    if not form.validate():
        return _series_page(campaign, form, options, status=422)
    try:
        with writing() as db:
            add_series(db, get_campaign(db, campaign_id), form.to_input(), actor=me(db), now=clock.now())
    except (Invalid, Refused) as fault:
        return _series_page(get_campaign(reading(), campaign_id), form, options, status=tell(form, fault))
    return _board(campaign_id, "series", N_("Đã thêm chuyên mục."))


@bp.route("/series/<int:series_id>/edit", methods=["GET", "POST"])
@requires(Permission.MANAGE_CAMPAIGNS)
def edit_series(campaign_id: int, series_id: int) -> ResponseReturnValue:
    """Change a series."""
    series = get_series(reading(), campaign_id, series_id)
    campaign = get_campaign(reading(), campaign_id)
    held = tuple(reading().scalars(select(SeriesOutlet.outlet_id).where(SeriesOutlet.series_id == series.id)))
    options = _options(reading(), campaign, held=held)
    if request.method == "GET":
        return _series_page(campaign, SeriesForm.of(series, options, outlet_ids=held), options, series)
    form = SeriesForm.among(options)
    if not form.validate():
        return _series_page(campaign, form, options, series, status=422)
    try:
        with writing() as db:
            change_series(
                db,
                get_series(db, campaign_id, series_id),
                form.to_input(),
                seen=seen_in(form.version.data),
                actor=me(db),
                now=clock.now(),
            )
    except (Invalid, Refused, StaleDataError) as fault:
        series = get_series(reading(), campaign_id, series_id)
        campaign = get_campaign(reading(), campaign_id)
        return _series_page(campaign, form, options, series, status=tell(form, fault))
    return _board(campaign_id, "series", N_("Đã lưu chuyên mục."))


def _series_page(
    campaign: Campaign,
    form: SeriesForm,
    options: PartOptions,
    series: Series | None = None,
    *,
    status: int = 200,
) -> ResponseReturnValue:
    return render(
        "campaigns/board/series.html",
        campaign=campaign,
        form=form,
        options=options,
        series=series,
        status=status,
    )


@bp.post("/series/<int:series_id>/archive")
@requires(Permission.MANAGE_CAMPAIGNS)
def stop_series(campaign_id: int, series_id: int) -> ResponseReturnValue:
    """Put a series away."""
    with writing() as db:
        archive_series(
            db,
            get_series(db, campaign_id, series_id),
            seen=seen_in(request.form.get("version")),
            actor=me(db),
            now=clock.now(),
        )
    return _board(campaign_id, "series", N_("Đã lưu trữ chuyên mục. Tin bài của chuyên mục vẫn giữ nguyên."))


@bp.post("/series/<int:series_id>/restore")
@requires(Permission.MANAGE_CAMPAIGNS)
def resume_series(campaign_id: int, series_id: int) -> ResponseReturnValue:
    """Take a series back."""
    with writing() as db:
        restore_series(
            db,
            get_series(db, campaign_id, series_id),
            seen=seen_in(request.form.get("version")),
            actor=me(db),
            now=clock.now(),
        )
    return _board(campaign_id, "series", N_("Đã mở lại chuyên mục."))


@bp.route("/targets/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_CAMPAIGNS)
def new_target(campaign_id: int) -> ResponseReturnValue:
    """Set a target, due at the campaign's end unless somebody says earlier."""
    campaign = get_campaign(reading(), campaign_id)
    options = _options(reading(), campaign)
    if request.method == "GET":
        only = str(options.themes[0].id) if len(options.themes) == 1 else ""
        return _target_page(campaign, TargetForm.among(options, theme=only, due_on=campaign.ends_on))
    form = TargetForm.among(options)
    if not form.validate():
        return _target_page(campaign, form, status=422)
    try:
        with writing() as db:
            set_target(db, get_campaign(db, campaign_id), form.to_input(), actor=me(db), now=clock.now())
    except (Invalid, Refused) as fault:
        return _target_page(get_campaign(reading(), campaign_id), form, status=tell(form, fault))
    return _board(campaign_id, "targets", N_("Đã đặt chỉ tiêu."))


@bp.route("/targets/<int:target_id>/edit", methods=["GET", "POST"])
@requires(Permission.MANAGE_CAMPAIGNS)
def edit_target(campaign_id: int, target_id: int) -> ResponseReturnValue:
    """Change a target."""
    target = get_target(reading(), campaign_id, target_id)
    campaign = get_campaign(reading(), campaign_id)
    options = _options(reading(), campaign, held=(target.outlet_id or 0,))
    if request.method == "GET":
        return _target_page(campaign, TargetForm.of(target, options), target)
    form = TargetForm.among(options)
    if not form.validate():
        return _target_page(campaign, form, target, status=422)
    try:
        with writing() as db:
            change_target(
                db,
                get_target(db, campaign_id, target_id),
                form.to_input(),
                seen=seen_in(form.version.data),
                actor=me(db),
                now=clock.now(),
            )
    except (Invalid, Refused, StaleDataError) as fault:
        target = get_target(reading(), campaign_id, target_id)
        campaign = get_campaign(reading(), campaign_id)
        return _target_page(campaign, form, target, status=tell(form, fault))
    return _board(campaign_id, "targets", N_("Đã lưu chỉ tiêu."))


def _target_page(
    campaign: Campaign, form: TargetForm, target: Target | None = None, *, status: int = 200
) -> ResponseReturnValue:
    return render("campaigns/board/target.html", campaign=campaign, form=form, target=target, status=status)


@bp.post("/targets/<int:target_id>/remove")
@requires(Permission.MANAGE_CAMPAIGNS)
def drop_target(campaign_id: int, target_id: int) -> ResponseReturnValue:
    """Take a target back."""
    with writing() as db:
        remove_target(
            db,
            get_target(db, campaign_id, target_id),
            seen=seen_in(request.form.get("version")),
            actor=me(db),
            now=clock.now(),
        )
    return _board(campaign_id, "targets", N_("Đã bỏ chỉ tiêu. Nhật ký còn giữ chỉ tiêu này."))
