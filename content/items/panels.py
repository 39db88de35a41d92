"""What items put on other pages: what waits for this person today."""

from __future__ import annotations

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from app import clock
from app.accounts.access import Access
from app.accounts.permissions import Permission
from content.items.lists import list_due_soon, list_returned_to, list_waiting_for


def waiting_for_me(session: Session, subject: Access) -> Markup:
    """Pieces that were sent to this person for a decision."""
    if subject.person_id is None or not subject.may(Permission.DECIDE_ITEMS):
        return Markup("")
    items = list_waiting_for(session, subject.person_id)
    today = clock.local_day(clock.now())
    return _part("content/items/_waiting.html", items=items, today=today) if items else Markup("")


def returned_to_me(session: Session, subject: Access) -> Markup:
    """This person's drafts that came back."""
    if subject.person_id is None or not subject.may(Permission.WRITE_ITEMS):
        return Markup("")
    rows = list_returned_to(session, subject.person_id)
    return _part("content/items/_returned.html", rows=rows) if rows else Markup("")


def due_soon(session: Session, subject: Access) -> Markup:
    """Pieces of the own units whose day is near and which are not approved."""
    if not subject.may(Permission.WRITE_ITEMS):
        return Markup("")
    today = clock.local_day(clock.now())
    rows = list_due_soon(session, subject, today=today)
    return _part("content/items/_due.html", rows=rows, today=today) if rows else Markup("")


def _part(name: str, **context: object) -> Markup:
    return Markup(render_template(name, **context))  # noqa: S704 - our own template, escaped by it
