"""Labels of a slot's states, and the sentences of what people do to slots."""

from __future__ import annotations

from app.errors import N_
from app.words import Word, Words
from content.slots.models import SlotState

WORDS: Words = {
    SlotState: {
        SlotState.SCHEDULED: Word(N_("Đã lên lịch"), "blue", "calendar-event"),
        SlotState.LEASED: Word(N_("Đang đăng"), "blue", "loader-2"),
        SlotState.PREPARING: Word(N_("Đang đăng"), "blue", "loader-2"),
        SlotState.COMMITTING: Word(N_("Đang đăng"), "blue", "loader-2"),
        SlotState.PUBLISHED: Word(N_("Đã đăng"), "green", "circle-check-filled"),
        SlotState.RETRY_WAIT: Word(N_("Chờ thử lại"), "amber", "refresh"),
        SlotState.UNCONFIRMED: Word(N_("Chưa rõ đã lên"), "red", "help-circle"),
        SlotState.FAILED: Word(N_("Không đăng được"), "red", "circle-x-filled"),
        SlotState.MISSED: Word(N_("Lỡ giờ"), "red", "clock-off"),
        SlotState.ON_HOLD: Word(N_("Đang tạm giữ"), "amber", "player-pause"),
        SlotState.CANCELLED: Word(N_("Đã hủy lịch"), "grey", "ban"),
    },
}

ACTIONS = {
    "slot.book": N_("Lên lịch đăng"),
    "slot.move": N_("Đổi giờ đăng"),
    "slot.hold": N_("Tạm giữ lịch đăng"),
    "slot.release": N_("Cho đăng tiếp"),
    "slot.cancel": N_("Hủy lịch đăng"),
    "slot.retry": N_("Cho đăng lại"),
    "slot.confirm_sent": N_("Xác nhận đã lên"),
    "slot.confirm_not_sent": N_("Xác nhận chưa lên, đăng lại"),
    "slot.publish": N_("Hệ thống đã đăng"),
    "slot.fail": N_("Hệ thống không đăng được"),
    "slot.miss": N_("Lỡ giờ đăng"),
    "publication.sent": N_("Ghi nhận tin do hệ thống đăng"),
    "slot.hold_back": N_("Hệ thống tạm giữ lịch đăng"),
}
