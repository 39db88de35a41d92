"""What publications add to other pages: home, what needs somebody, an item, an outlet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from app import clock
from app.accounts.access import Access
from app.accounts.permissions import Permission
from app.web.identity import access
from app.web.needs import Need, Urgency, need
from content.items.models import Item
from content.outlets.models import Outlet
from content.publications.queries import (
    Wanted,
    count_publications,
    count_unmatched,
    page_of_publications,
    published_of_item,
)
from content.publications.queue.queries import count_queue

_RECENT = timedelta(days=30)


def _part(template: str, **context: object) -> Markup:
    """A rendered part, escaped by its template."""
    return Markup(render_template(template, **context))  # noqa: S704 - Jinja has escaped what it was given


def at_home(session: Session, subject: Access) -> Markup:
    """For an outlet's people: paste a link, and this month's list."""
    reach = subject.reach(Permission.LOG_PUBLICATIONS)
    today = clock.local_day(clock.now())
    if reach:  # a set: somebody of an outlet, who logs for the own organisation only
        wanted = Wanted(month=today)
        return _part(
            "content/publications/_home_outlet.html",
            rows=page_of_publications(session, wanted, reach=reach, cursor=None).rows[:10],
            count=count_publications(session, wanted, reach=reach),
            month=today,
        )
    return Markup()


def paste_at_home(session: Session, subject: Access) -> Markup:
    """For the desk, which logs for every outlet: paste a link, below what needs them."""
    reaches_all = subject.reach(Permission.LOG_PUBLICATIONS) is None
    return _part("content/publications/_home_paste.html") if reaches_all else Markup()


def to_decide(session: Session, who: Access) -> Iterator[Need]:
    """For who matches: what watching found and nobody has decided on, and what matches nothing yet."""
    if not who.may(Permission.MATCH_PUBLICATIONS):
        return
    today = clock.local_day(clock.now())
    found = count_queue(session)
    if found:
        yield need("content/publications/_need_found.html", Urgency.OPEN, today, "found", found=found)
    waiting = count_unmatched(session, since=today - _RECENT)
    if waiting:
        yield need("content/publications/_need_match.html", Urgency.OPEN, today, "unmatched", waiting=waiting)


def of_item(session: Session, subject: Item) -> Markup:
    """Where the item was published."""
    if not access().may(Permission.READ_PUBLICATIONS):
        return Markup()
    reach = access().reach(Permission.READ_PUBLICATIONS)
    rows = [
        one
        for one in published_of_item(session, subject.id)
        if reach is None or one.outlet.organisation_id in reach
    ]
    return _part("content/publications/_item.html", rows=rows)


def of_outlet(session: Session, subject: Outlet) -> Markup:
    """What the outlet published this month."""
    if not access().may(Permission.READ_PUBLICATIONS, subject.organisation_id):
        return Markup()
    today = clock.local_day(clock.now())
    wanted = Wanted(outlet_id=subject.id, month=today)
    return _part(
        "content/publications/_outlet.html",
        outlet=subject,
        rows=page_of_publications(session, wanted, reach=None, cursor=None).rows[:20],
        count=count_publications(session, wanted, reach=None),
        month=today,
        may_log=access().may(Permission.LOG_PUBLICATIONS, subject.organisation_id)
        and subject.retired_at is None,
    )
