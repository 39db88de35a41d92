"""What the calendar adds to a piece's history: back to the day it was planned for before."""

from __future__ import annotations

from datetime import date

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.accounts.permissions import Permission
from app.audit import AuditEntry
from app.web.identity import access
from campaigns.calendar.land import bar_of
from campaigns.calendar.moving.forms import write_slots
from campaigns.calendar.moving.services import slots_on_day
from content.items.models import Item


def back_to_day(session: Session, subject: tuple[Item, AuditEntry]) -> Markup:
    """The days that an entry of re-planning tells, and the way back for whoever may go it."""
    item, entry = subject
    before, after = _day(entry.details.get("before")), _day(entry.details.get("planned_on"))
    slots = slots_on_day(session, item)
    may_move = access().may(Permission.WRITE_ITEMS, item.organisation_id)
    bar = bar_of(item.stage, [one.state for one in slots], may_move=may_move)
    return Markup(  # noqa: S704 - autoescape has made it safe
        render_template(
            "campaigns/calendar/_back.html",
            item=item,
            before=before,
            after=after,
            may_go=bar is None and before != item.planned_on and (before is not None or not slots),
            slots=write_slots({one.id: one.version for one in slots}),
        )
    )


def _day(raw: object) -> date | None:
    """A day of the audit, which keeps it as text."""
    return date.fromisoformat(raw) if isinstance(raw, str) and raw else None
