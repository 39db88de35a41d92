"""What slots add to other pages: the slots of a piece, and what has not gone out and needs somebody."""

from __future__ import annotations

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from app import clock
from app.accounts.access import Access
from app.accounts.permissions import Permission
from app.web.identity import access
from content.items.models import Item, Stage
from content.items.queries import approved_revision
from content.slots.models import SlotState
from content.slots.queries import list_not_booked, slots_of_item, troubled_slots
from content.slots.why import why_not_out

NEEDS_SOMEBODY = (SlotState.FAILED, SlotState.UNCONFIRMED, SlotState.MISSED)
MOST_AT_HOME = 10


def slots_of_piece(session: Session, item: Item) -> Markup:
    """Where and when the piece goes out, for its page."""
    slots = slots_of_item(session, item.id)
    may_act = access().may(Permission.BOOK_SLOTS, item.organisation_id)
    if not slots and item.stage in {Stage.WITHDRAWN, Stage.ARCHIVED}:
        return Markup("")
    now = clock.now()
    return _drawn(
        "content/slots/_panel.html",
        item=item,
        rows=[(slot, why_not_out(slot, now)) for slot in slots],
        may_act=may_act,
        may_book=may_act and approved_revision(session, item) is not None,
    )


def not_gone_out(session: Session, who: Access) -> Markup:
    """Slots that failed, were missed or are unclear, where this person may act."""
    if not who.may(Permission.BOOK_SLOTS):
        return Markup("")
    reach = who.reach(Permission.BOOK_SLOTS)
    found = troubled_slots(session, NEEDS_SOMEBODY, organisation_ids=reach, size=MOST_AT_HOME)
    if not found.rows:
        return Markup("")
    now = clock.now()
    rows = [(slot, why_not_out(slot, now)) for slot in found.rows]
    return _drawn("content/slots/_home.html", rows=rows, has_more=found.following is not None)


def not_booked(session: Session, who: Access) -> Markup:
    """Approved pieces of the own units whose day is near and which nobody has booked: they would never go out."""
    if not who.may(Permission.BOOK_SLOTS):
        return Markup("")
    reach = who.reach(Permission.BOOK_SLOTS)
    today = clock.local_day(clock.now())
    items = list_not_booked(session, who.organisation_ids if reach is None else sorted(reach), today=today)
    return _drawn("content/slots/_unbooked.html", items=items, today=today) if items else Markup("")


def _drawn(template: str, **context: object) -> Markup:
    """A part as Markup; autoescape has made it safe."""
    return Markup(render_template(template, **context))  # noqa: S704
