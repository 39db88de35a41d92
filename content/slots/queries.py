"""What can be asked about slots."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session, joinedload

from app.db import lean
from app.errors import N_, Missing
from app.web.paging import Page, paginate
from content.items.models import Item, Stage, Variant
from content.slots.models import IS_CLAIMABLE, IS_TROUBLED, TROUBLED, Slot, SlotState
from content.slots.why import LATE_AFTER


def get_slot(session: Session, slot_id: int) -> Slot:
    """The slot of that key.

    Raises:
        Missing: there is none.
    """
    slot = session.get(Slot, slot_id)
    if slot is None:
        raise Missing(N_("Không có lịch đăng này."))
    return slot


def slots_of_item(session: Session, item_id: int) -> list[Slot]:
    """Every slot of an item, the latest moment first."""
    asked = select(Slot).join(Variant, Slot.variant_id == Variant.id).where(Variant.item_id == item_id)
    return list(session.scalars(asked.order_by(Slot.due_at.desc(), Slot.id.desc())))


def troubled_slots(
    session: Session,
    states: Collection[SlotState],
    *,
    organisation_ids: Collection[int] | None = None,
    cursor: str | None = None,
    size: int = 50,
) -> Page[Slot]:
    """Slots in these states of trouble (TROUBLED), the latest moment first; *organisation_ids* None: everywhere.

    Each comes with its item, the item's organisation, and its channel.
    """
    item = joinedload(Slot.variant).joinedload(Variant.item).joinedload(Item.organisation)
    asked = _within(select(Slot).where(IS_TROUBLED, Slot.state.in_(states)), organisation_ids)
    asked = asked.options(*lean(item, joinedload(Slot.channel)))
    return paginate(session, asked, (Slot.due_at, Slot.id), cursor=cursor, size=size)


def _within(asked: Select[Slot], organisation_ids: Collection[int] | None) -> Select[Slot]:
    """Only slots of items of these organisations."""
    if organisation_ids is None:
        return asked
    return (
        asked.join(Variant, Slot.variant_id == Variant.id)
        .join(Item, Variant.item_id == Item.id)
        .where(Item.organisation_id.in_(organisation_ids))
    )


def count_troubled(session: Session) -> dict[SlotState, int]:
    """How many slots there are in each state of trouble."""
    asked = select(Slot.state, func.count()).where(IS_TROUBLED).group_by(Slot.state)
    found: dict[SlotState, int] = {state: count for state, count in session.execute(asked)}  # noqa: C416
    return {state: found.get(state, 0) for state in TROUBLED}


def overdue_slots(session: Session, now: datetime, *, limit: int = 50) -> list[Slot]:
    """Slots that wait to be taken although their moment is more than two minutes past, oldest first."""
    asked = select(Slot).where(IS_CLAIMABLE, Slot.not_before < now - LATE_AFTER)
    return list(session.scalars(asked.order_by(Slot.not_before, Slot.id).limit(limit)))


def count_overdue(session: Session, now: datetime) -> int:
    """How many such slots there are."""
    asked = select(func.count()).select_from(Slot).where(IS_CLAIMABLE, Slot.not_before < now - LATE_AFTER)
    return session.scalar(asked) or 0


def list_not_booked(
    session: Session, organisation_ids: Collection[int], *, today: date, limit: int = 8
) -> list[Item]:
    """Approved pieces of these organisations, planned within a week of *today*, that nobody has booked.

    Each comes with its author.
    """
    booked = exists().where(
        Slot.variant_id == Variant.id, Variant.item_id == Item.id, Slot.state != SlotState.CANCELLED
    )
    asked = select(Item).where(
        Item.organisation_id.in_(organisation_ids),
        Item.stage == Stage.APPROVED,
        Item.planned_on.between(today - timedelta(days=7), today + timedelta(days=7)),
        ~booked,
    )
    asked = asked.options(*lean(joinedload(Item.author)))
    return list(session.scalars(asked.order_by(Item.planned_on, Item.id).limit(limit)))


def next_due_at(session: Session) -> datetime | None:
    """The next moment at which a slot can be taken; None when nothing waits."""
    asked = select(Slot.not_before).where(IS_CLAIMABLE).order_by(Slot.not_before).limit(1)
    return session.scalar(asked)
