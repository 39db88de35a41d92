"""What needs one person now: each wing names its rows, and Hôm nay shows them in one list, the most urgent first."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, timedelta

from flask import render_template
from markupsafe import Markup

from app.accounts.access import Access
from app.feature import features, load
from app.web.session import reading

NEAR = timedelta(days=2)


class Urgency(enum.IntEnum):
    """How much a thing hurries; the list is in this order."""

    LATE = 0
    TODAY = 1
    SOON = 2
    OPEN = 3


@dataclass(frozen=True)
class Need:
    """One row: *day* orders what is equally urgent; of several about one *subject* the most urgent is told.

    *row* is an ``<li>`` with its one action, made by the room's template with ``needs.html``.
    """

    urgency: Urgency
    day: date
    subject: str
    row: Markup


def urgency_of(day: date | None, today: date) -> Urgency:
    """How much what is meant for *day* hurries."""
    if day is None or day > today + NEAR:
        return Urgency.OPEN
    if day < today:
        return Urgency.LATE
    return Urgency.TODAY if day == today else Urgency.SOON


def need(template: str, urgency: Urgency, day: date, subject: str, **context: object) -> Need:
    """A row drawn by *template*, which is told how urgent it is."""
    drawn = render_template(template, urgency=urgency, **context)
    return Need(urgency, day, subject, Markup(drawn))  # noqa: S704 - our template


def list_needs(who: Access) -> list[Need]:
    """What needs this person now, one row for each subject, the most urgent first."""
    session, found = reading(), dict[str, Need]()
    for feature in features():
        for name in feature.needs:
            for one in load(name)(session, who):
                known = found.get(one.subject)
                if known is None or one.urgency < known.urgency:
                    found[one.subject] = one
    return sorted(found.values(), key=lambda one: (one.urgency, one.day))
