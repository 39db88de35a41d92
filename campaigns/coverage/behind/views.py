"""The three lists behind a cell: a page each, or the sheet at the side of the map."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts.permissions import Permission
from app.errors import N_
from app.web.forms import say
from app.web.identity import may, requires
from app.web.render import render
from app.web.session import reading
from campaigns.coverage.asked import Asked, Span
from campaigns.coverage.behind.done import first_published, list_done
from campaigns.coverage.behind.lists import list_late, list_promised
from campaigns.coverage.count import Count
from campaigns.coverage.listening import load_silences
from campaigns.coverage.naming import Teller, name_of
from campaigns.coverage.queries import Covered, coverage_of
from campaigns.coverage.table import Cell
from campaigns.coverage.views import bp, chips_of
from content.outlets.queries import get_outlet, list_outlets


@bp.get("/done")
@requires(Permission.READ_COVERAGE)
def done() -> ResponseReturnValue:
    """The publications behind a number."""
    return _list("done")


@bp.get("/promised")
@requires(Permission.READ_COVERAGE)
def promised() -> ResponseReturnValue:
    """The targets and series behind a number."""
    return _list("promised")


@bp.get("/late")
@requires(Permission.READ_COVERAGE)
def late() -> ResponseReturnValue:
    """What is late behind a number."""
    return _list("late")


def _list(what: str) -> ResponseReturnValue:
    """One of the three lists of a cell, with the numbers of all three: a page, or the sheet at the map's side."""
    now = clock.now()
    asked = Asked.read(request.args, today=clock.local_day(now))
    chips = chips_of(asked, {})  # asks for an outlet or campaign that is not there
    found = coverage_of(reading(), asked, today=clock.local_day(now))
    after = request.args.get("after", "")
    if what == "done":
        listed = list_done(reading(), asked, cursor=after)
    else:
        listed = (list_promised if what == "promised" else list_late)(found, cursor=after)
    values: dict[str, Any] = asked.values()
    count = _count(found)
    context: dict[str, Any] = {
        "what": what,
        "listed": listed,
        "count": count,
        "name": name_of(asked.span),
        "chips": chips,
        "tabs": _lists_of(count, what, values),
        "first": first_published(reading(), asked)
        if what == "done" and not after and count.done > 1
        else None,
        "cell": None if count.done else _silent_cell(found, now),
        "teller": Teller(),
        "following": url_for(f".{what}", **values, after=listed.following) if listed.following else None,
        "back": url_for(".index", **{name: value for name, value in values.items() if name != "outlet"}),
        "month_name": lambda day: name_of(Span.month(day)),
        "asked": asked,
        "may_log": _may_log(asked),
    }
    return render("campaigns/coverage/list.html", part="campaigns/coverage/_side.html", **context)


def _count(found: Covered) -> Count:
    """The three numbers of the cell that is asked for."""
    place = found.asked.outlet_id or found.asked.kind
    counts = found.coverage.of_span
    return sum((counts.get((theme.id, place), Count()) for theme in found.themes), Count())


def _silent_cell(found: Covered, now: datetime) -> Cell:
    """What silence is worth where nothing is published."""
    asked = found.asked
    themes = [theme.id for theme in found.themes]
    if asked.outlet_id is not None:
        outlets = [asked.outlet_id]
    else:
        every = list_outlets(reading())
        outlets = [one.id for one in every if asked.kind in (None, one.kind)]
    known = load_silences(reading(), outlets, asked.span.period, theme_ids=themes, now=now)
    return Cell(Count(), asked.query, known.of(themes, outlets))


def _lists_of(count: Count, what: str, values: dict[str, Any]) -> list[dict[str, object]]:
    """The three lists with their numbers."""
    named = (
        ("done", say(N_("Đã đăng")), count.done),
        ("promised", say(N_("Chỉ tiêu")), count.promised),
        ("late", say(N_("Trễ")), count.late),
    )
    return [
        {"label": label, "url": url_for(f".{name}", **values), "is_active": name == what, "count": number}
        for name, label, number in named
    ]


def _may_log(asked: Asked) -> bool:
    """Whether this person may log what is missing on the outlet that was asked for."""
    if asked.outlet_id is None:
        return False
    outlet = get_outlet(reading(), asked.outlet_id)
    return outlet.retired_at is None and may(Permission.LOG_PUBLICATIONS, outlet.organisation_id)
