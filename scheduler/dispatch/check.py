"""May this slot go out as it was booked? Asked before it is packed, and again at the last moment."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import N_
from content.items.models import Item, Stage
from content.items.queries import approved_revision
from content.slots.late import is_too_late
from content.slots.models import Slot

CHANGED = N_("Nội dung đã sửa sau khi duyệt. Hãy duyệt bản mới rồi cho tiếp tục.")
APPROVED_ANEW = N_("Nội dung đã sửa và được duyệt lại sau khi lên lịch. Cho tiếp tục để đăng bản mới.")
WITHDRAWN = N_("Tin bài đã thu hồi nên không đăng. Duyệt lại rồi cho tiếp tục, hoặc hủy lịch.")
CHANNEL_OFF = N_("Kênh đăng đang tắt. Hãy bật kênh rồi cho tiếp tục.")
OUTLET_RETIRED = N_(
    "Nơi đăng của kênh đã ngừng theo dõi. Hãy mở lại nơi đăng rồi cho tiếp tục, hoặc hủy lịch."
)
TOO_LATE = N_("Đã quá giờ đăng và loại tin này không đăng muộn. Đăng lại ngay hoặc hủy lịch.")


class Answer(enum.StrEnum):
    """What stands in the way."""

    HOLD = "hold"
    MISS = "miss"


@dataclass(frozen=True)
class Obstacle:
    """What to do with the slot instead, and why."""

    answer: Answer
    sentence: str


def obstacle(session: Session, slot: Slot, now: datetime) -> Obstacle | None:
    """What keeps *slot* from going out; None when nothing does.

    The item is locked against a change until the transaction ends, so the answer still holds when the caller
    writes down that sending begins.
    """
    item_id = slot.variant.item_id
    session.execute(select(Item.id).where(Item.id == item_id).with_for_update(read=True))
    item = session.get_one(Item, item_id, populate_existing=True)
    if (reason := _unfit_text(session, slot, item)) is not None:
        return Obstacle(Answer.HOLD, reason)
    if not slot.channel.is_active:
        return Obstacle(Answer.HOLD, CHANNEL_OFF)
    if slot.channel.outlet.retired_at is not None:
        return Obstacle(Answer.HOLD, OUTLET_RETIRED)
    if is_too_late(item.type, slot.due_at, now):
        return Obstacle(Answer.MISS, TOO_LATE)
    return None


def _unfit_text(session: Session, slot: Slot, item: Item) -> str | None:
    """Why the booked text may not go out; it may when it is the newest and the approval is for it."""
    if item.stage in {Stage.WITHDRAWN, Stage.ARCHIVED}:
        return WITHDRAWN
    approved = approved_revision(session, item)
    if approved is None:
        return CHANGED
    return None if approved.sha256 == slot.revision_sha256 else APPROVED_ANEW
