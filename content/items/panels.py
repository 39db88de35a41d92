"""What of the items needs this person now."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from app import clock
from app.accounts.access import Access
from app.accounts.permissions import Permission
from app.web.needs import Need, Urgency, need, urgency_of
from content.items.lists import list_due_soon, list_returned_to, list_waiting_for
from content.items.models import Stage


def waiting_for_me(session: Session, who: Access) -> Iterator[Need]:
    """Pieces that were sent to this person for a decision; none of them can wait long."""
    if who.person_id is None or not who.may(Permission.DECIDE_ITEMS):
        return
    today = clock.local_day(clock.now())
    for item in list_waiting_for(session, who.person_id):
        urgency = min(urgency_of(item.planned_on, today), Urgency.SOON)
        day = item.planned_on or today
        yield need("content/items/_need_waiting.html", urgency, day, f"item {item.id}", item=item)


def returned_to_me(session: Session, who: Access) -> Iterator[Need]:
    """This person's drafts that came back."""
    if who.person_id is None or not who.may(Permission.WRITE_ITEMS):
        return
    today = clock.local_day(clock.now())
    for item, approval in list_returned_to(session, who.person_id):
        urgency = min(urgency_of(item.planned_on, today), Urgency.SOON)
        yield need(
            "content/items/_need_returned.html",
            urgency,
            item.planned_on or today,
            f"item {item.id}",
            item=item,
            approval=approval,
        )


def due_soon(session: Session, who: Access) -> Iterator[Need]:
    """Pieces of the own units whose day is near and which are not approved."""
    if not who.may(Permission.WRITE_ITEMS):
        return
    today = clock.local_day(clock.now())
    for item, days_left in list_due_soon(session, who, today=today):
        day = item.planned_on or today
        urgency = min(urgency_of(day, today), Urgency.SOON)
        if item.stage is Stage.IN_REVIEW and urgency > Urgency.TODAY:
            continue  # its reviewer has it in hand
        yield need(
            "content/items/_need_due.html",
            urgency,
            day,
            f"item {item.id}",
            item=item,
            days_left=days_left,
        )
