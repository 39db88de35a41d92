"""What the scheduler adds to other pages: the attempts of a slot, and at home whether all goes out and all is read."""

from __future__ import annotations

from collections.abc import Iterator

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from app import clock
from app.accounts.access import Access
from app.accounts.permissions import Permission
from app.web.needs import Need, Urgency, need
from content.slots.models import Slot
from content.slots.queries import count_troubled
from scheduler.dispatch.health import health
from scheduler.dispatch.queries import attempts_of
from scheduler.watch.queries import BROKEN, count_watching, feeds_in_trouble


def attempts_of_slot(session: Session, slot: Slot) -> Markup:
    """What was tried, newest first; nothing before the first try."""
    attempts = attempts_of(session, slot.id)
    if not attempts:
        return Markup("")
    return Markup(render_template("scheduler/_attempts.html", attempts=attempts))  # noqa: S704 - autoescaped


def at_home(session: Session, who: Access) -> Markup:
    """For who watches the sending and does not book: its state in one row, also when all is well."""
    if not who.may(Permission.READ_OPERATIONS) or who.may(Permission.BOOK_SLOTS):
        return Markup("")
    state = health(session, clock.now())
    troubled = sum(count_troubled(session).values())
    return Markup(  # noqa: S704 - autoescaped
        render_template("scheduler/_home.html", health=state, troubled=troubled)
    )


def not_sending(session: Session, who: Access) -> Iterator[Need]:
    """For who watches the sending and books: that nothing is sent."""
    if not who.may(Permission.READ_OPERATIONS) or not who.may(Permission.BOOK_SLOTS):
        return
    now = clock.now()
    state = health(session, now)
    if not state.is_well:
        yield need("scheduler/_need.html", Urgency.LATE, clock.local_day(now), "sending", health=state)


MOST_NAMED = 3  # outlets in the line at home


def not_read(session: Session, who: Access) -> Iterator[Need]:
    """For who watches the operation: which papers cannot be read."""
    if not who.may(Permission.READ_OPERATIONS):
        return
    now = clock.now()
    watching = count_watching(session, now)
    if not watching.broken:
        return
    feeds = [one for health in BROKEN for one in feeds_in_trouble(session, health, now, limit=20)]
    names = list(dict.fromkeys(one.outlet.name for one in feeds))
    yield need(
        "scheduler/_need_feeds.html",
        Urgency.OPEN,
        clock.local_day(now),
        "feeds",
        watching=watching,
        names=names[:MOST_NAMED],
        further=max(len(names) - MOST_NAMED, 0),
    )
