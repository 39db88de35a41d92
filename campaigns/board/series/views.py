"""Series of a campaign: add, change, put away."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app import clock
from app.accounts.permissions import Permission
from app.accounts.queries import people_with
from app.errors import N_, Invalid, Refused
from app.web.forms import seen_version
from app.web.identity import requires
from app.web.render import render
from app.web.session import reading, writing
from campaigns.board.models import Cadence, Campaign, Series
from campaigns.board.queries import get_campaign, get_series, outlet_ids_of, themes_of
from campaigns.board.series.forms import SeriesForm, SeriesOptions
from campaigns.board.series.services import add_series, archive_series, change_series, restore_series
from campaigns.board.trace_queries import flat, trace_of
from campaigns.board.views import back_to, me
from content.outlets.queries import list_outlets

bp = Blueprint("campaign_series", __name__, url_prefix="/campaigns/<int:campaign_id>/series")


def _options(db: Session, campaign: Campaign, *, held: tuple[int, ...] = ()) -> SeriesOptions:
    """Themes and tasks of the campaign, outlets at work (and *held* ones), people who write."""
    return SeriesOptions(
        themes=themes_of(db, [campaign.id])[campaign.id],
        tasks=flat(trace_of(db, campaign)),
        outlets=list_outlets(db, held=held),
        people=people_with(db, Permission.WRITE_ITEMS, today=clock.local_day(clock.now())),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_CAMPAIGNS)
def new(campaign_id: int) -> ResponseReturnValue:
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
        return _series_page(get_campaign(reading(), campaign_id), form, options, status=form.refuse(fault))
    return back_to(campaign_id, "series", N_("Đã thêm chuyên mục."))


@bp.route("/<int:series_id>/edit", methods=["GET", "POST"])
@requires(Permission.MANAGE_CAMPAIGNS)
def edit(campaign_id: int, series_id: int) -> ResponseReturnValue:
    """Change a series."""
    series = get_series(reading(), campaign_id, series_id)
    campaign = get_campaign(reading(), campaign_id)
    held = outlet_ids_of(reading(), series)
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
                seen=seen_version(form.version.data),
                actor=me(db),
                now=clock.now(),
            )
    except (Invalid, Refused) as fault:
        series = get_series(reading(), campaign_id, series_id)
        campaign = get_campaign(reading(), campaign_id)
        return _series_page(campaign, form, options, series, status=form.refuse(fault))
    return back_to(campaign_id, "series", N_("Đã lưu chuyên mục."))


def _series_page(
    campaign: Campaign,
    form: SeriesForm,
    options: SeriesOptions,
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


@bp.post("/<int:series_id>/archive")
@requires(Permission.MANAGE_CAMPAIGNS)
def archive(campaign_id: int, series_id: int) -> ResponseReturnValue:
    """Put a series away."""
    with writing() as db:
        archive_series(
            db,
            get_series(db, campaign_id, series_id),
            seen=seen_version(request.form.get("version")),
            actor=me(db),
            now=clock.now(),
        )
    return back_to(campaign_id, "series", N_("Đã lưu trữ chuyên mục. Tin bài của chuyên mục vẫn giữ nguyên."))


@bp.post("/<int:series_id>/restore")
@requires(Permission.MANAGE_CAMPAIGNS)
def restore(campaign_id: int, series_id: int) -> ResponseReturnValue:
    """Take a series back."""
    with writing() as db:
        restore_series(
            db,
            get_series(db, campaign_id, series_id),
            seen=seen_version(request.form.get("version")),
            actor=me(db),
            now=clock.now(),
        )
    return back_to(campaign_id, "series", N_("Đã mở lại chuyên mục."))
