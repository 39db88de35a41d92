"""The list of slots: what it is narrowed to, its pages, its columns on the page and in its files."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from app.errors import N_
from app.search import found
from app.web.lists import Column, Listing
from app.web.paging import SIZE, Page, paginate
from content.items.models import Item, Variant
from content.slots.models import Slot, SlotState


@dataclass(frozen=True)
class SlotFilters:
    """What the list is narrowed to; None and "" narrow nothing."""

    words: str = ""
    state: SlotState | None = None
    channel_id: int | None = None
    first: date | None = None
    last: date | None = None


def page_of_slots(
    session: Session,
    filters: SlotFilters,
    *,
    reach: Collection[int] | None,
    cursor: str | None,
    size: int = SIZE,
) -> Page[Slot]:
    """One page of slots of pieces within *reach* (None: everywhere), the latest moment first."""
    asked = (
        select(Slot)
        .join(Slot.variant)
        .join(Variant.item)
        .options(contains_eager(Slot.variant).contains_eager(Variant.item))
    )
    if reach is not None:
        asked = asked.where(Item.organisation_id.in_(sorted(reach)))
    if filters.state is not None:
        asked = asked.where(Slot.state == filters.state)
    if filters.channel_id is not None:
        # Written so that the index of channels is not used: it would bring, and sort, all that a channel ever sent.
        asked = asked.where(Slot.channel_id + 0 == filters.channel_id)
    if filters.first is not None:
        asked = asked.where(Slot.due_on >= filters.first)
    if filters.last is not None:
        asked = asked.where(Slot.due_on <= filters.last)
    if filters.words:
        asked = asked.where(found(session, "item", Item.id, filters.words))
    return paginate(session, asked, [Slot.due_on, Slot.due_at, Slot.id], cursor=cursor, size=size)


SLOTS: Listing[Slot] = Listing(
    "lich-dang",
    N_("Lịch đăng"),
    (
        Column("due", N_("Giờ đăng"), lambda row: row.due_at, width=18, is_fixed=True),
        Column("item", N_("Tin bài"), lambda row: row.variant.item.title, width=60, is_fixed=True),
        Column("channel", N_("Kênh đăng"), lambda row: row.channel.name, width=30),
        Column("state", N_("Tình trạng"), lambda row: row.state, width=18),
        Column("unit", N_("Đơn vị"), lambda row: row.variant.item.organisation.name, width=36),
        Column("published", N_("Đã đăng lúc"), lambda row: row.published_at, width=18, is_usual=False),
        Column("address", N_("Đường dẫn"), lambda row: row.remote_address, width=40, is_usual=False),
        Column("trouble", N_("Trục trặc"), lambda row: row.error_sentence, width=50, is_usual=False),
    ),
)
