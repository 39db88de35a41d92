"""Days off: the holidays of a year, where each comes from, and what the office sets by hand."""

from __future__ import annotations

import re
from datetime import date

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app import clock, lunar
from app.accounts.models import Person
from app.accounts.permissions import Permission
from app.accounts.queries import get_person
from app.clock import Period
from app.errors import N_, Invalid, Refused
from app.web.filters import is_english
from app.web.forms import say, seen_version
from app.web.identity import current_person, requires
from app.web.render import render
from app.web.session import reading, writing
from campaigns.occasions.days import days_off
from campaigns.occasions.days_off.forms import DayOffForm
from campaigns.occasions.days_off.services import change_day_off, clear_day_off, set_day_off
from campaigns.occasions.models import DayOff
from campaigns.occasions.queries import get_day_off, list_days_off

bp = Blueprint("days_off", __name__, url_prefix="/days-off")
NEXT_HOUR = N_("Đã lưu. Các ngày, dịp dời theo ngày nghỉ được tính lại trong vòng một giờ.")


def _me(db: Session) -> Person:
    return get_person(db, current_person().id)


def _year() -> int:
    """The year of the address, else the present one."""
    asked = request.args.get("year", "")
    return int(asked) if re.fullmatch(r"20\d\d", asked, re.ASCII) else clock.local_day(clock.now()).year


@bp.get("")
@requires(Permission.READ_CAMPAIGNS)
def index() -> ResponseReturnValue:
    """The days off of one year, and the form for one more."""
    return _index(DayOffForm.offered(), _year())


def _index(form: DayOffForm, year: int, *, status: int = 200) -> ResponseReturnValue:
    db = reading()
    period = Period(date(year, 1, 1), date(year, 12, 31))
    return render(
        "campaigns/occasions/days_off.html",
        form=form,
        year=year,
        days=days_off(db, period, language="en" if is_english() else "vi"),
        by_hand={one.day: one for one in list_days_off(db, year)},
        lunar_of=lunar.lunar_of,
        status=status,
    )


@bp.post("")
@requires(Permission.MANAGE_CAMPAIGNS)
def add() -> ResponseReturnValue:
    """Set one day by hand."""
    form = DayOffForm.offered()
    day = form.day.day
    if not form.validate() or day is None:
        return _index(form, _year(), status=422)
    try:
        with writing() as db:
            set_day_off(
                db, day=day, name=str(form.name.data), is_off=form.is_off, actor=_me(db), now=clock.now()
            )
    except (Invalid, Refused) as fault:
        return _index(form, day.year, status=form.refuse(fault))
    return _back(day.year)


def _back(year: int) -> ResponseReturnValue:
    flash(say(NEXT_HOUR), "success")
    return redirect(url_for("days_off.index", year=year), 303)


@bp.route("/<int:day_off_id>/edit", methods=["GET", "POST"])
@requires(Permission.MANAGE_CAMPAIGNS)
def edit(day_off_id: int) -> ResponseReturnValue:
    """Change what was said about a day."""
    row = get_day_off(reading(), day_off_id)
    if request.method == "GET":
        return _edit(row, DayOffForm.of(row))
    form = DayOffForm.offered()
    del form.day  # the day itself stays
    if not form.validate():
        return _edit(row, form, status=422)
    try:
        with writing() as db:
            change_day_off(
                db,
                get_day_off(db, day_off_id),
                name=str(form.name.data),
                is_off=form.is_off,
                seen=form.seen(),
                actor=_me(db),
                now=clock.now(),
            )
    except (Invalid, Refused) as fault:
        return _edit(get_day_off(reading(), day_off_id), form, status=form.refuse(fault))
    return _back(row.day.year)


def _edit(row: DayOff, form: DayOffForm, *, status: int = 200) -> ResponseReturnValue:
    return render("campaigns/occasions/day_off.html", row=row, form=form, status=status)


@bp.post("/<int:day_off_id>/clear")
@requires(Permission.MANAGE_CAMPAIGNS)
def clear(day_off_id: int) -> ResponseReturnValue:
    """Let the calendar of holidays hold again."""
    with writing() as db:
        row = get_day_off(db, day_off_id)
        year, seen = row.day.year, seen_version(request.form.get("version"))
        clear_day_off(db, row, seen=seen, actor=_me(db), now=clock.now())
    return _back(year)
