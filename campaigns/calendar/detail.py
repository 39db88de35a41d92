"""What a card tells when it is opened: one piece with its slots and what this person may do with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.accounts.access import Access
from app.accounts.permissions import Permission
from campaigns.board.models import Placement
from campaigns.board.queries import campaign_of_item
from campaigns.calendar.cards import Card
from campaigns.calendar.queries import cards_of_item
from content.items.models import Item, Stage
from content.items.queries import approved_revision, get_item, themes_of
from content.slots.models import Slot, SlotState
from content.slots.queries import slots_of_item
from content.themes.models import Theme


@dataclass(frozen=True)
class Detail:
    """A piece, the card of its planned day (None when it is hidden there), and its slots in the order they go out."""

    item: Item
    card: Card | None
    themes: Sequence[Theme]
    placements: Sequence[Placement]
    slots: Sequence[Slot]
    sees_slots: bool
    may_move: bool
    may_book: bool


def detail_of(session: Session, item_id: int, access: Access, *, now: datetime) -> Detail:
    """What *access* may see of the piece of that key.

    Raises:
        Missing: there is none, or it is another unit's and not yet decided on.
    """
    item = get_item(session, item_id, access)
    shown = cards_of_item(session, item_id, access, now=now)
    slots = [one for one in slots_of_item(session, item_id) if one.state is not SlotState.CANCELLED]
    may_book = access.may(Permission.BOOK_SLOTS, item.organisation_id)
    card = next((one for one in shown.cards if one.slot_id is None), None)
    return Detail(
        item=item,
        card=card,
        themes=themes_of(session, [item])[item.id],
        placements=campaign_of_item(session, item.id) if access.may(Permission.READ_CAMPAIGNS) else (),
        slots=sorted(slots, key=lambda one: (one.due_at, one.id)),
        sees_slots=access.may(Permission.READ_ITEMS, item.organisation_id),
        may_move=card is not None and card.bar is None,
        may_book=may_book and item.stage is Stage.APPROVED and approved_revision(session, item) is not None,
    )
