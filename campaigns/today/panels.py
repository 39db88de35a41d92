"""What campaigns put on Hôm nay: the strip of the next days, series behind pace, days that come, late steps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from flask import current_app, render_template, url_for
from markupsafe import Markup
from sqlalchemy.orm import Session

from app import clock
from app.accounts.access import Access
from app.accounts.permissions import Permission
from app.web.i18n import language
from app.web.needs import Need, Urgency, need, urgency_of
from campaigns.board.lead_up.panels import of_occurrences
from campaigns.occasions.queries import next_occurrences
from campaigns.today.queries import behind_pace, days_ahead, late_steps

MOST_SERIES, MOST_DAYS = 6, 5
FAR = timedelta(days=183)  # what is kept later comes up in its time


def day_url(day: date) -> str:
    """The calendar at that day."""
    if "calendar.index" in current_app.view_functions:
        return url_for("calendar.index", day=day.isoformat())
    return url_for("items.by_day", month=f"{day:%Y-%m}")


def strip(session: Session, who: Access) -> Markup:
    """The next 14 days: pieces, slots, days that are kept, days off, each leading to its day in the calendar."""
    if not who.may(Permission.READ_ITEMS):
        return Markup()
    today = clock.local_day(clock.now())
    days = days_ahead(session, who, today=today, language=language())
    return _part("campaigns/today/_strip.html", days=days, today=today, day_url=day_url)


def series_behind(session: Session, who: Access) -> Markup:
    """Series that are short of pieces in their present week or month."""
    if not who.may(Permission.READ_CAMPAIGNS):
        return Markup()
    rows = behind_pace(session, who, today=clock.local_day(clock.now()))
    if not rows:
        return Markup()
    return _part(
        "campaigns/today/_series.html", rows=rows[:MOST_SERIES], more=max(len(rows) - MOST_SERIES, 0), who=who
    )


def coming(session: Session, who: Access) -> Markup:
    """The next days that are kept, each with how far its lead-up is."""
    if not who.may(Permission.READ_CAMPAIGNS):
        return Markup()
    today = clock.local_day(clock.now())
    rows = [
        one for one in next_occurrences(session, today=today, limit=MOST_DAYS) if one.held_on - today <= FAR
    ]
    if not rows:
        return Markup()
    known = of_occurrences(session, [one.id for one in rows])
    return _part("campaigns/today/_coming.html", rows=rows, known=known, today=today)


def steps_due(session: Session, who: Access) -> Iterator[Need]:
    """For who runs campaigns: lead-ups of which a step is late or due."""
    if not who.may(Permission.MANAGE_CAMPAIGNS):
        return
    today = clock.local_day(clock.now())
    for one in late_steps(session, today=today):
        first = one.steps[0]
        urgency = min(urgency_of(first.due_on, today), Urgency.SOON)
        yield need(
            "campaigns/today/_need_step.html",
            urgency,
            first.due_on,
            f"campaign {one.campaign.id}",
            campaign=one.campaign,
            steps=one.steps,
        )


def _part(template: str, **context: object) -> Markup:
    return Markup(render_template(template, **context))  # noqa: S704 - our template
