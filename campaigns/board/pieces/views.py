"""Pieces of a campaign: plan a new one, put in one that is there, take one out."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Person
from app.accounts.permissions import Permission
from app.accounts.queries import people_with
from app.errors import N_, Forbidden, Invalid, Missing, Refused
from app.organisations.models import Organisation
from app.organisations.queries import list_organisations
from app.text import fold
from app.web.forms import say
from app.web.identity import access, requires
from app.web.render import render
from app.web.session import reading, writing
from campaigns.board.board_queries import items_to_place
from campaigns.board.models import Campaign, Series
from campaigns.board.pieces.forms import PieceOptions, PlaceForm, PlaceInput, PlanItemForm
from campaigns.board.pieces.services import displace_item, place_item, plan_item
from campaigns.board.queries import find, get_campaign, get_placement, get_series, list_live_series
from campaigns.board.views import back_to, key_of, me
from content.items.models import Item

bp = Blueprint("campaign_items", __name__, url_prefix="/campaigns/<int:campaign_id>/items")
WRITE = Permission.WRITE_ITEMS


def _units(db: Session) -> list[Organisation]:
    """The units for which the person who asks may write, their own first."""
    reach, own = access().reach(WRITE), access().organisation_ids
    today = clock.local_day(clock.now())
    units = [one for one in list_organisations(db, on=today) if reach is None or one.id in reach]
    return sorted(units, key=lambda one: one.id not in own)


def _options(db: Session, campaign: Campaign, *, words: str | None = None) -> PieceOptions:
    """Live series, writers, units; with *words* also the pieces that could be put in."""
    items = [] if words is None else items_to_place(db, campaign, reach=access().reach(WRITE), words=words)
    return PieceOptions(
        people=people_with(db, WRITE, today=clock.local_day(clock.now())),
        organisations=_units(db),
        series=list_live_series(db, campaign),
        items=items,
    )


def _series(db: Session, campaign_id: int, wanted: PlaceInput) -> Series | None:
    return None if wanted.series_id is None else get_series(db, campaign_id, wanted.series_id)


def _writer(db: Session, wanted: PlaceInput) -> Person | None:
    return None if wanted.writer_id is None else find(db, Person, wanted.writer_id)


@bp.route("/new", methods=["GET", "POST"])
@requires(WRITE)
def plan(campaign_id: int) -> ResponseReturnValue:
    """Plan a piece in this campaign; ``series`` and ``day`` of the address stand in the form."""
    campaign = get_campaign(reading(), campaign_id)
    options = _options(reading(), campaign)
    if request.method == "GET":
        chosen = {str(one.id) for one in options.series} & {request.args.get("series", "")}
        return _plan(campaign, PlanItemForm.among(options, series=next(iter(chosen), "")))
    form = PlanItemForm.among(options)
    if not form.validate():
        return _plan(campaign, form, status=422)
    wanted, place = form.to_input()
    if not access().may(WRITE, wanted.organisation_id):
        raise Forbidden
    try:
        with writing() as db:
            item = plan_item(
                db,
                get_campaign(db, campaign_id),
                wanted,
                series=_series(db, campaign_id, place),
                writer=_writer(db, place),
                deadline_on=place.deadline_on,
                actor=me(db),
                now=clock.now(),
            )
    except (Invalid, Refused) as fault:
        return _plan(get_campaign(reading(), campaign_id), form, status=form.refuse(fault))
    flash(say(N_("Đã lập tin bài trong chiến dịch.")), "success")
    return redirect(url_for("items.show", item_id=item.id), 303)


def _plan(campaign: Campaign, form: PlanItemForm, *, status: int = 200) -> ResponseReturnValue:
    return render("campaigns/board/plan_item.html", campaign=campaign, form=form, status=status)


@bp.route("/place", methods=["GET", "POST"])
@requires(WRITE)
def place(campaign_id: int) -> ResponseReturnValue:
    """Put in a piece that is there; ``q`` of the address finds it by its title."""
    campaign = get_campaign(reading(), campaign_id)
    words = request.args.get("q", "").strip()[:200]
    options = _options(reading(), campaign, words=fold(words))
    form = PlaceForm.among(options)
    if request.method == "GET":
        return _place(campaign, form, words)
    if not form.validate():
        return _place(campaign, form, words, status=422)
    wanted = form.to_input()
    try:
        with writing() as db:
            place_item(
                db,
                _own_item(db, key_of(str(form.item.data))),
                get_campaign(db, campaign_id),
                series=_series(db, campaign_id, wanted),
                writer=_writer(db, wanted),
                deadline_on=wanted.deadline_on,
                actor=me(db),
                now=clock.now(),
            )
    except (Invalid, Refused) as fault:
        return _place(get_campaign(reading(), campaign_id), form, words, status=form.refuse(fault))
    return back_to(campaign_id, "items", N_("Đã đưa tin bài vào chiến dịch."))


def _place(campaign: Campaign, form: PlaceForm, words: str, *, status: int = 200) -> ResponseReturnValue:
    return render("campaigns/board/place_item.html", campaign=campaign, form=form, words=words, status=status)


def _own_item(db: Session, item_id: int | None) -> Item:
    """An item that the person who asks may write.

    Raises:
        Missing: there is none of that key within their reach.
    """
    item = None if item_id is None else find(db, Item, item_id)
    if item is None or not access().may(WRITE, item.organisation_id):
        raise Missing
    return item


@bp.post("/<int:item_id>/displace")
@requires(WRITE)
def displace(campaign_id: int, item_id: int) -> ResponseReturnValue:
    """Take a piece out of the campaign; asked from the piece's own page, so the answer is there."""
    with writing() as db:
        _own_item(db, item_id)
        displace_item(db, get_placement(db, campaign_id, item_id), actor=me(db), now=clock.now())
    flash(say(N_("Đã đưa tin bài ra khỏi chiến dịch; tin bài vẫn còn.")), "success")
    return redirect(url_for("items.show", item_id=item_id), 303)
