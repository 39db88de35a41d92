"""Labels of ticks, phases and outcomes, of feeds in trouble, and the sentences of what is done."""

from __future__ import annotations

from app.errors import N_
from app.words import Word, Words
from content.outlets.feeds.models import FeedHealth
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


# What an operator does about feeds in trouble; their labels are those of content/outlets/feeds/words.py.
ADVICE = {
    FeedHealth.GONE: N_("Hãy hỏi báo địa chỉ mới rồi sửa ở trang của báo, hoặc tắt theo dõi."),
    FeedHealth.FAILING: N_(
        "Hệ thống vẫn thử lại. Nếu quá một ngày, hãy mở địa chỉ xem có đúng không và báo cho tòa soạn."
    ),
    FeedHealth.QUIET: N_(
        "Nguồn tin vẫn trả lời nhưng không có tin mới. Hãy xem báo có chuyển sang địa chỉ khác không."
    ),
}
ACTIONS = {
    "feed.read_again": N_("Yêu cầu đọc lại nguồn tin"),
    "feed.move": N_("Nguồn tin chuyển sang địa chỉ mới"),
    "feed.gone": N_("Nguồn tin đã bỏ hẳn (410)"),
}
