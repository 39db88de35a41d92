"""Moving a piece with the slots of its day, or one slot alone, to another local day; the hours stay.

What is checked here is what a card on the calendar shows: the text, its approval and other slots stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import audit, clock
from app.accounts.access import Access, access_of
from app.accounts.models import Person
from app.accounts.permissions import Permission
from app.errors import Forbidden, Refused, Stale
from campaigns.board.queries import campaign_of_item
from campaigns.calendar.land import BARRED, TO_POOL, Bar, Window, at_same_hour, bar_of, check_day
from content.items.models import Item, Stage, Variant
from content.items.services import replan_item
from content.slots.models import Slot, SlotState
from content.slots.services import move_slot

Seen = Mapping[int, int]  # version by key of slot, as the person's page showed them


def move_piece(
    session: Session,
    item: Item,
    *,
    day: date | None,
    seen: int,
    seen_slots: Seen,
    actor: Person,
    now: datetime,
) -> None:
    """Plan *item* for the local *day* (None: back to the pool), its slots of the old day with it, all or nothing.

    Raises:
        Forbidden: the actor may not write for its unit, or not book what moves with it.
        Stale: the piece, or what is booked on its day, is not as the person saw it.
        Refused: it has gone out, is being sent, is in trouble or closed, or a campaign or column does not run then.
        Invalid: a promise would lie in the past.
    """
    slots = slots_on_day(session, item)
    access = access_of(session, actor.id, today=clock.local_day(now))
    _refuse(None if _may_move(access, item, slots) else Bar.RIGHT)
    item.check_version(seen)
    if {one.id: one.version for one in slots} != dict(seen_slots):
        raise Stale
    _refuse(bar_of(item.stage, [one.state for one in slots], may_move=True))
    if day == item.planned_on:
        return
    if day is None and slots:
        raise Refused(TO_POOL)
    if day is not None:
        moments = [one.due_at for one in slots]
        check_day(day, moments=moments, windows=windows_of(session, item.id), now=now)
        for one in slots:
            due_at = at_same_hour(one.due_at, day)
            move_slot(session, one, due_at=due_at, seen=one.version, actor=actor, now=now)
    replan_item(session, item, planned_on=day, seen=seen, actor=actor, now=now)


def move_slot_to(session: Session, slot: Slot, *, day: date, seen: int, actor: Person, now: datetime) -> None:
    """Promise *slot* for its own hour on the local *day*; the piece stays planned as it is.

    Raises:
        Forbidden: the actor may not book for the piece's unit. Stale: it is not as the person saw it.
        Refused: it is no longer waiting, or a campaign or column does not run then. Invalid: the moment has passed.
    """
    item = slot.variant.item
    access = access_of(session, actor.id, today=clock.local_day(now))
    _refuse(None if access.may(Permission.BOOK_SLOTS, item.organisation_id) else Bar.RIGHT)
    slot.check_version(seen)
    _refuse(bar_of(Stage.APPROVED, [slot.state], may_move=True))
    if day == slot.due_on:
        return
    check_day(day, moments=[slot.due_at], windows=windows_of(session, item.id), now=now)
    move_slot(session, slot, due_at=at_same_hour(slot.due_at, day), seen=seen, actor=actor, now=now)


def slots_on_day(session: Session, item: Item) -> list[Slot]:
    """The slots of *item* that stand on its planned day, by key."""
    asked = (
        select(Slot)
        .join(Variant, Slot.variant_id == Variant.id)
        .where(
            Variant.item_id == item.id,
            Slot.due_on == item.planned_on,
            Slot.state != SlotState.CANCELLED,
        )
    )
    return list(session.scalars(asked.order_by(Slot.id)))


def windows_of(session: Session, item_id: int) -> list[Window]:
    """The days of every campaign and column that the piece stands in."""
    windows: list[Window] = []
    for one in campaign_of_item(session, item_id):
        windows.append(Window.of_campaign(one.campaign.name, one.campaign.starts_on, one.campaign.ends_on))
        if one.series is not None:
            windows.append(Window.of_series(one.series.name, one.series.starts_on, one.series.ends_on))
    return windows


def last_deed(session: Session, subject: audit.Subject) -> audit.AuditEntry | None:
    """What was done to *subject* last."""
    return next(iter(audit.history_of(session, subject, limit=1)), None)


def _may_move(access: Access, item: Item, slots: list[Slot]) -> bool:
    may_book = not slots or access.may(Permission.BOOK_SLOTS, item.organisation_id)
    return may_book and access.may(Permission.WRITE_ITEMS, item.organisation_id)


def _refuse(bar: Bar | None) -> None:
    if bar is Bar.RIGHT:
        raise Forbidden(BARRED[bar])
    if bar is not None:
        raise Refused(BARRED[bar])
