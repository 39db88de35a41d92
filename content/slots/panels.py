"""What slots add to other pages: the slots of a piece, and what has not gone out and needs somebody."""

from __future__ import annotations

from collections.abc import Iterator

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from app import clock
from app.accounts.access import Access
from app.accounts.permissions import Permission
from app.web.identity import access
from app.web.needs import Need, Urgency, need, urgency_of
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


def not_gone_out(session: Session, who: Access) -> Iterator[Need]:
    """Slots that failed, were missed or are unclear, where this person may act."""
    if not who.may(Permission.BOOK_SLOTS):
        return
    reach, now = who.reach(Permission.BOOK_SLOTS), clock.now()
    found = troubled_slots(session, NEEDS_SOMEBODY, organisation_ids=reach, size=MOST_AT_HOME)
    for slot in found.rows:
        yield need(
            "content/slots/_need_trouble.html",
            Urgency.LATE,
            slot.due_on,
            f"slot {slot.id}",
            slot=slot,
            why=why_not_out(slot, now),
        )
    if found.following is not None:
        yield need(
            "content/slots/_need_more.html",
            Urgency.LATE,
            clock.local_day(now),
            "more slots",
            shown=MOST_AT_HOME,
        )


def not_booked(session: Session, who: Access) -> Iterator[Need]:
    """Approved pieces of the own units whose day is near and which nobody has booked: they would never go out."""
    if not who.may(Permission.BOOK_SLOTS):
        return
    reach = who.reach(Permission.BOOK_SLOTS)
    today = clock.local_day(clock.now())
    units = who.organisation_ids if reach is None else sorted(reach)
    for item in list_not_booked(session, units, today=today):
        day = item.planned_on or today
        urgency = min(urgency_of(day, today), Urgency.SOON)
        yield need("content/slots/_need_unbooked.html", urgency, day, f"item {item.id}", item=item)


def _drawn(template: str, **context: object) -> Markup:
    """A part as Markup; autoescape has made it safe."""
    return Markup(render_template(template, **context))  # noqa: S704
