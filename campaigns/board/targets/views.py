"""Targets of a campaign: set, change, take back."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app import clock
from app.accounts.permissions import Permission
from app.errors import N_, Invalid, Refused
from app.web.forms import seen_version
from app.web.identity import requires
from app.web.render import render
from app.web.session import reading, writing
from campaigns.board.models import Campaign, Target
from campaigns.board.queries import get_campaign, get_target, themes_of
from campaigns.board.targets.forms import TargetForm, TargetOptions
from campaigns.board.targets.services import change_target, remove_target, set_target
from campaigns.board.trace_queries import flat, trace_of
from campaigns.board.views import back_to, me
from content.outlets.queries import list_outlets

bp = Blueprint("campaign_targets", __name__, url_prefix="/campaigns/<int:campaign_id>/targets")


def _options(db: Session, campaign: Campaign, *, held: tuple[int, ...] = ()) -> TargetOptions:
    """Themes and tasks of the campaign, outlets at work (and *held* ones)."""
    return TargetOptions(
        themes_of(db, [campaign.id])[campaign.id],
        list_outlets(db, held=held),
        flat(trace_of(db, campaign)),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_CAMPAIGNS)
def new(campaign_id: int) -> ResponseReturnValue:
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
        return _target_page(get_campaign(reading(), campaign_id), form, status=form.refuse(fault))
    return back_to(campaign_id, "targets", N_("Đã đặt chỉ tiêu."))


@bp.route("/<int:target_id>/edit", methods=["GET", "POST"])
@requires(Permission.MANAGE_CAMPAIGNS)
def edit(campaign_id: int, target_id: int) -> ResponseReturnValue:
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
                seen=seen_version(form.version.data),
                actor=me(db),
                now=clock.now(),
            )
    except (Invalid, Refused) as fault:
        target = get_target(reading(), campaign_id, target_id)
        campaign = get_campaign(reading(), campaign_id)
        return _target_page(campaign, form, target, status=form.refuse(fault))
    return back_to(campaign_id, "targets", N_("Đã lưu chỉ tiêu."))


def _target_page(
    campaign: Campaign, form: TargetForm, target: Target | None = None, *, status: int = 200
) -> ResponseReturnValue:
    return render("campaigns/board/target.html", campaign=campaign, form=form, target=target, status=status)


@bp.post("/<int:target_id>/remove")
@requires(Permission.MANAGE_CAMPAIGNS)
def remove(campaign_id: int, target_id: int) -> ResponseReturnValue:
    """Take a target back."""
    with writing() as db:
        remove_target(
            db,
            get_target(db, campaign_id, target_id),
            seen=seen_version(request.form.get("version")),
            actor=me(db),
            now=clock.now(),
        )
    return back_to(campaign_id, "targets", N_("Đã bỏ chỉ tiêu. Nhật ký còn giữ chỉ tiêu này."))
