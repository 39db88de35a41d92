"""Labels of ticks, phases and outcomes."""

from __future__ import annotations

from app.errors import N_
from app.words import Word, Words
from scheduler.dispatch.models import Outcome, Phase

WORDS: Words = {
    Phase: {
        Phase.PREPARE: Word(N_("Chuẩn bị"), "blue", "checks"),
        Phase.COMMIT: Word(N_("Gửi đi"), "blue", "send"),
        Phase.CONFIRM: Word(N_("Xác nhận"), "blue", "circle-check"),
    },
    Outcome: {
        Outcome.OK: Word(N_("Xong"), "green", "circle-check-filled"),
        Outcome.RETRY: Word(N_("Thử lại sau"), "amber", "refresh"),
        Outcome.PERMANENT: Word(N_("Dừng lại"), "red", "circle-x-filled"),
        Outcome.UNKNOWN: Word(N_("Chưa rõ"), "red", "help-circle"),
    },
}
TICKS = {
    "dispatch": N_("Gửi bài đến giờ"),
    "reap": N_("Tiếp nhận việc bỏ dở"),
    "seal": N_("Niêm phong nhật ký"),
    "repair": N_("Bổ sung tin đã đăng"),
    "materialise": N_("Lập ngày, dịp và phần chuẩn bị"),
    "watch": N_("Đọc nguồn tin của báo"),
    "errands": N_("Đọc đường dẫn vừa dán"),
}
