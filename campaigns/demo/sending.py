"""When a piece is due, and what became of it: what the scheduler would have left behind by now."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.accounts.models import Person
from campaigns.demo.pieces import Dated
from campaigns.demo.province import Province
from content.items.models import ItemType
from content.publications.sent import record_sent
from content.site.models import name_of
from content.site.services import put_page
from content.slots.models import Slot, SlotState
from content.slots.services import hold_slot

ON_HOLD, AGAIN = "tạm giữ", "đăng lại"
HOURS = {  # local hours and minutes by turns
    ItemType.LOUDSPEAKER_BULLETIN: ((5, 0), (17, 0)),
    ItemType.SOCIAL_POST: ((11, 30), (19, 30), (6, 45)),
    ItemType.PRESS_RELEASE: ((8, 0), (14, 0)),
}
ANY = ((7, 0), (9, 30), (8, 15), (15, 0), (10, 45))
TROUBLES = {
    AGAIN: (SlotState.RETRY_WAIT, "busy", "Kênh trả lời chậm quá 30 giây nên chưa nhận tin."),
    "lỗi": (
        SlotState.FAILED,
        "refused",
        "Kênh không nhận: ảnh bìa lớn hơn 10 MB. Hãy thay ảnh nhỏ hơn rồi đăng lại.",
    ),
    "chưa rõ": (
        SlotState.UNCONFIRMED,
        "unknown",
        "Mất kết nối sau khi gửi; hãy mở trang và xem tin đã lên hay chưa.",
    ),
    "lỡ giờ": (
        SlotState.MISSED,
        "missed",
        "Đã quá giờ đăng và loại tin này không đăng muộn. Đăng lại ngay hoặc hủy lịch.",
    ),
}


def due_of(province: Province, piece: Dated, number: int) -> datetime:
    """The moment promised: an hour that suits the type; what goes wrong today went wrong a moment ago."""
    if piece.day is None or (piece.fate in TROUBLES and piece.day == province.today):
        ago = timedelta(minutes=8 if piece.fate == AGAIN else 65)
        return (province.now - ago).replace(second=0, microsecond=0)
    hours = HOURS.get(piece.written.kind, ANY)
    hour, minute = hours[number % len(hours)]
    return province.at(piece.day, hour, minute)


def settle(province: Province, slot: Slot, fate: str) -> None:
    """Put a slot that is due where the scheduler leaves it: out, or in trouble with its sentence."""
    if fate in TROUBLES:
        slot.state, slot.error_class, slot.error_sentence = TROUBLES[fate]
        slot.attempts, slot.error_since = 2, slot.due_at
        if slot.state is SlotState.RETRY_WAIT:
            slot.not_before = province.now + timedelta(minutes=6)
        return
    page = put_page(province.session, slot.idem_key, slot.revision, slot.due_at)
    slot.state, slot.published_at, slot.attempts = SlotState.PUBLISHED, slot.due_at, 1
    slot.remote_address = f"{province.site}/tin/{name_of(page)}"
    record_sent(
        province.session, slot, address=slot.remote_address, published_at=slot.due_at, now=slot.due_at
    )


def hold(province: Province, slot: Slot, *, actor: Person, now: datetime) -> None:
    """A person keeps it back, with the reason."""
    reason = "Chờ Trạm quan trắc xác nhận lại số liệu độ mặn trong bài."
    hold_slot(province.session, slot, reason=reason, seen=slot.version, actor=actor, now=now)
