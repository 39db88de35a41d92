"""A piece made on a day of the calendar: in a dialog of the page, or on a page of its own."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Person
from app.accounts.permissions import Permission
from app.accounts.queries import get_person
from app.errors import N_, Fault
from app.web.filters import show_day
from app.web.forms import say
from app.web.identity import access, current_person, requires
from app.web.render import render
from app.web.session import reading, writing
from campaigns.board.pieces.services import plan_item
from campaigns.board.queries import get_campaign
from campaigns.calendar.as_json import shown_json
from campaigns.calendar.choices import list_campaigns
from campaigns.calendar.making.forms import PieceForm
from campaigns.calendar.queries import cards_of_item
from content.items.lists import list_writable_organisations
from content.items.models import Item, ItemType
from content.items.services import draft_item
from content.themes.queries import list_themes

bp = Blueprint("calendar_pieces", __name__, url_prefix="/calendar", template_folder="../templates")


def piece_form(day: date | None = None, **chosen: Any) -> PieceForm:
    """The form for a new piece with what this person may choose; *chosen* are values to begin with."""
    return PieceForm.among(
        units=list_writable_organisations(reading(), access()),
        themes=list_themes(reading()),
        campaigns=list_campaigns(reading()),
        day=day,
        **{"type": ItemType.ARTICLE.value, **chosen},
    )


@bp.post("/items")
@requires(Permission.WRITE_ITEMS)
def add() -> ResponseReturnValue:
    """Add a piece; a script gets its card, a plain form the calendar of that month."""
    form = piece_form()
    is_script = request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"
    status = 422
    if form.validate():
        try:
            with writing() as db:
                item = _add(db, form, get_person(db, current_person().id))
        except Fault as fault:
            status = form.refuse(fault)
        else:
            return _added(item, is_script=is_script)
    if is_script:
        fields = {one.name: [str(error) for error in one.errors] for one in form if one.errors}
        return jsonify(title=form.first_error(), errors=fields, form=list(form.form_errors)), status
    return render("campaigns/calendar/new.html", form=form, status=status)


def _add(db: Session, form: PieceForm, actor: Person) -> Item:
    wanted, now = form.to_input(), clock.now()
    if form.campaign_id is None:
        return draft_item(db, wanted, actor=actor, now=now)
    return plan_item(db, get_campaign(db, form.campaign_id), wanted, actor=actor, now=now)


def _added(item: Item, *, is_script: bool) -> ResponseReturnValue:
    if item.planned_on is None:
        told = say(N_("Đã thêm tin bài vào kho ý tưởng."))
    else:
        told = say(N_("Đã thêm tin bài vào ngày {day}."), day=show_day(item.planned_on))
    if is_script:
        shown = cards_of_item(reading(), item.id, access(), now=clock.now())
        return jsonify(title=told, item=item.id, **shown_json(shown)), 201
    flash(told, "success")
    month = f"{item.planned_on:%Y-%m}" if item.planned_on else None
    return redirect(url_for("calendar.index", month=month), 303)
