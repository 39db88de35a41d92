"""How the delivery of pieces stands, for lists of pieces: one state each, the one that matters most now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.items.models import Variant
from content.slots.models import IN_HAND, Slot, SlotState

# What needs somebody comes first, then what is to come, then what is done.
_FIRST = (SlotState.FAILED, SlotState.UNCONFIRMED, SlotState.MISSED, SlotState.ON_HOLD, SlotState.RETRY_WAIT)
_ORDER = {
    state: place for place, state in enumerate((*_FIRST, *IN_HAND, SlotState.SCHEDULED, SlotState.PUBLISHED))
}


class Promise(Protocol):
    """Anything with the state of a slot and the moment promised."""

    @property
    def state(self) -> SlotState: ...
    @property
    def due_at(self) -> datetime: ...


@dataclass(frozen=True)
class Delivery:
    """One slot of a piece: its state and the moment promised (aware UTC) with its local day."""

    state: SlotState
    due_at: datetime
    due_on: date


def delivery_of_items(session: Session, item_ids: Collection[int]) -> dict[int, Delivery]:
    """For each piece that is booked: its slot in trouble, else the next to go out, else the last that went out."""
    asked = (
        select(Variant.item_id, Slot.state, Slot.due_at, Slot.due_on)
        .join(Slot, Slot.variant_id == Variant.id)
        .where(Variant.item_id.in_(item_ids), Slot.state != SlotState.CANCELLED)
    )
    found: dict[int, Delivery] = {}
    for item_id, state, due_at, due_on in session.execute(asked):
        one, held = Delivery(state, due_at, due_on), found.get(item_id)
        if held is None or rank(one) < rank(held):
            found[item_id] = one
    return found


def rank(one: Promise) -> tuple[int, float]:
    """Smaller matters more: trouble first; of what is out the latest, of all else the next."""
    seconds = one.due_at.timestamp()
    return _ORDER[one.state], -seconds if one.state is SlotState.PUBLISHED else seconds
