"""Lịch: month, week and list by script; the same days as a list that the server makes for everybody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import msgspec
from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts.permissions import Permission
from app.errors import N_
from app.web.forms import say
from app.web.i18n import language
from app.web.identity import access, may, requires
from app.web.render import render
from app.web.session import reading
from campaigns.board.rules import week_of
from campaigns.calendar.as_json import card_json, days_json, shown_json
from campaigns.calendar.asked import STATES, Asked, Filters, View, read_period
from campaigns.calendar.by_day import list_days
from campaigns.calendar.cards import Reason
from campaigns.calendar.choices import list_choices
from campaigns.calendar.days import days_of
from campaigns.calendar.detail import detail_of
from campaigns.calendar.forms import FilterForm
from campaigns.calendar.making.views import piece_form
from campaigns.calendar.queries import Pool, list_cards, list_pool
from campaigns.calendar.texts import texts
from content.items.models import ItemType
from content.slots.models import IN_HAND

bp = Blueprint("calendar", __name__, template_folder="templates")


def _today() -> date:
    return clock.local_day(clock.now())


def _url(asked: Asked, **more: Any) -> str:
    values: dict[str, Any] = {**asked.values(), **more}
    return url_for("calendar.index", **values)


@bp.get("/calendar")
@requires(Permission.READ_ITEMS)
def index() -> ResponseReturnValue:
    """The calendar as the address asks."""
    today = _today()
    asked = Asked.read(request.args, today=today)
    choices = list_choices(reading(), access(), asked.filters)
    asked = replace(asked, filters=choices.known(asked.filters))
    form = FilterForm.of(asked.filters, choices)
    context: dict[str, Any] = {
        "asked": asked,
        "form": form,
        "chips": _chips(asked, form),
        "title": title_of(asked),
        "today": today,
        "views": _views(asked, today),
        "previous_url": _url(asked.beside(-1)),
        "next_url": _url(asked.beside(1)),
        "today_url": _url(asked.on(today)),
        "clear_url": _url(Asked(asked.view, asked.day)),
        "pool": list_pool(reading(), access(), asked.filters, now=clock.now()),
        **PARTS,
    }
    if asked.view is View.DAYS:
        return _days(asked, context)
    return render("campaigns/calendar/index.html", **context, **_for_script(asked))


def _days(asked: Asked, context: dict[str, Any]) -> ResponseReturnValue:
    """The list that the server makes; a full month comes in pages of a week or of some days."""
    listed = list_days(
        reading(), asked, access(), now=clock.now(), page=request.args.get("week", ""), language=language()
    )
    pages = [(one, _url(asked, week=one.first.isoformat())) for one in listed.pages]
    return render("campaigns/calendar/days.html", **context, listed=listed, pages=pages)


def _for_script(asked: Asked) -> dict[str, Any]:
    """What only the grid needs: words, addresses, the form for a new piece."""
    return {
        "texts": texts(),
        "types": list(ItemType),
        "states": [*STATES, *(one for one in IN_HAND if one not in STATES)],
        "legend": STATES,
        "zone": str(clock.ZONE),
        "piece": piece_form(**_begun(asked.filters)) if may(Permission.WRITE_ITEMS) else None,
        "days_url": _url(replace(asked, view=View.DAYS)),
        "cards_url": _cards_url(asked),
    }


def _cards_url(asked: Asked) -> str:
    """The address that the grid will ask first, so that the page's head can ask it while the script loads.

    Only of a whole month: what is filtered has fewer cards and more ways to write its address.
    """
    if asked.view is not View.MONTH or asked.filters.values():
        return ""
    first, last = week_of(asked.period.first).first, week_of(asked.period.last).last
    return url_for("calendar.cards", start=first.isoformat(), end=(last + timedelta(days=1)).isoformat())


def _begun(filters: Filters) -> dict[str, Any]:
    """What a new piece begins with: what the calendar is narrowed to."""
    values = filters.values()
    made = {
        "theme": values.get("theme"),
        "campaign": values.get("campaign"),
        "type": values.get("type"),
        "organisation": values.get("unit"),
    }
    return {name: value for name, value in made.items() if value}


def title_of(asked: Asked) -> str:
    """The month or week as people say it."""
    period = asked.period
    if not asked.by_week:
        return say(N_("Tháng {month} năm {year}"), month=asked.day.month, year=asked.day.year)
    first, last = period.first, period.last
    return say(
        N_("Tuần {first} – {last}"),
        first=f"{first.day}/{first.month}",
        last=f"{last.day}/{last.month}/{last.year}",
    )


def _views(asked: Asked, today: date) -> list[dict[str, object]]:
    """The ways to look at it. Week and month keep the day that one looks at."""
    names = {
        View.MONTH: N_("Tháng"),
        View.WEEK: N_("Tuần"),
        View.LIST: N_("Danh sách"),
        View.DAYS: N_("Theo ngày"),
    }
    day = today if today in asked.period else asked.period.first
    return [
        {
            "view": view.value,
            "label": say(name),
            "url": _url(Asked(view, day, asked.filters)),
            "is_active": view is asked.view,
        }
        for view, name in names.items()
    ]


def _chips(asked: Asked, form: FilterForm) -> list[dict[str, str]]:
    """What is filtered by, each with the address without it."""
    made = []
    for name, label in form.labels().items():
        values: dict[str, Any] = {key: value for key, value in asked.values().items() if key != name}
        made.append({"label": label, "remove_url": url_for("calendar.index", **values)})
    return made


def _say_reason(reason: Reason) -> str:
    return say(reason.sentence, **reason.values)


def _pool_names(pool: Pool) -> dict[str, Any]:
    """The names that the pool's cards use, for the script."""
    return {name: value for name, value in shown_json(pool.shown).items() if name != "cards"}


PARTS = {"say_reason": _say_reason, "pool_names": _pool_names, "card_json": card_json}


@bp.get("/calendar/cards")
@requires(Permission.READ_ITEMS)
def cards() -> ResponseReturnValue:
    """The cards and days from ``start`` up to ``end``, as JSON (campaigns/calendar/as_json.py)."""
    period = read_period(request.args, today=_today())
    shown = list_cards(reading(), period, access(), Filters.read(request.args), now=clock.now())
    days = days_of(reading(), period, language=language())
    answer = make_response(msgspec.json.encode({**shown_json(shown), "days": days_json(days)}))
    answer.mimetype = "application/json"
    return answer


@bp.get("/calendar/pool")
@requires(Permission.READ_ITEMS)
def pool() -> ResponseReturnValue:
    """The idea pool as a part of the page."""
    found = list_pool(reading(), access(), Filters.read(request.args), now=clock.now())
    return render_template("campaigns/calendar/_pool.html", pool=found, **PARTS)


@bp.get("/calendar/items/<int:item_id>")
@requires(Permission.READ_ITEMS)
def card(item_id: int) -> ResponseReturnValue:
    """What a card tells when it is opened, as a part of the page."""
    detail = detail_of(reading(), item_id, access(), now=clock.now())
    return render_template("campaigns/calendar/_card.html", detail=detail, **PARTS)


@bp.get("/items/by-day")
@requires(Permission.READ_ITEMS)
def old_address() -> ResponseReturnValue:
    """Where the calendar was: links that people kept lead to the same month and filters."""
    kept = {name: value for name, value in request.args.items() if name in {"q", "type", "theme", "unit"}}
    asked = Asked.read(
        {**kept, "month": request.args.get("month", ""), "state": request.args.get("stage", "")},
        today=_today(),
    )
    return redirect(_url(replace(asked, view=View.DAYS)), 301)
