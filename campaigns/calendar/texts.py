"""The sentences that the calendar's script says, in the language of the page."""

from __future__ import annotations

from app.errors import N_
from app.web.forms import say
from campaigns.calendar.land import BARRED, OUTSIDE_CAMPAIGN, OUTSIDE_SERIES, PAST, TO_POOL

SENTENCES = {
    "month": N_("Tháng {month} năm {year}"),
    "week": N_("Tuần {first} – {last}"),
    "more": N_("thêm {number}"),
    "moreHint": N_("Xem thêm {number} tin bài của ngày này"),
    "none": N_("Không có tin bài nào trong khoảng này."),
    "noneOnDay": N_("Chưa có tin bài."),
    "allDay": N_("Chưa có giờ"),
    "close": N_("Đóng"),
    "lunar": N_("{day} âm lịch"),
    "dayOff": N_("ngày nghỉ"),
    "today": N_("hôm nay"),
    "count": N_("{number} tin bài"),
    "add": N_("Thêm tin bài"),
    "addOn": N_("Thêm tin bài vào {day}"),
    "band": N_("{name}: ngày {held}, truyền thông từ {first} đến {last}"),
    "failed": N_("Chưa tải được lịch. Hãy thử lại; nếu vẫn lỗi, xem lịch theo ngày."),
    "offline": N_("Không nối được tới máy chủ. Chưa có gì được thay đổi."),
    "signedOut": N_("Phiên làm việc đã hết. Hãy tải lại trang và đăng nhập lại."),
    "gone": N_("Tin bài này không còn, hoặc bạn không còn quyền xem."),
    "undone": N_("Đã hoàn tác."),
    "moving": N_("Đang chuyển “{title}”. Phím mũi tên chọn ngày, Enter để chuyển, Esc để thôi."),
}


def texts() -> dict[str, object]:
    """Sentences by name, with their values left open, and those that say why a card may not go somewhere."""
    made: dict[str, object] = {name: say(sentence) for name, sentence in SENTENCES.items()}
    made["barred"] = {bar.value: say(sentence) for bar, sentence in BARRED.items()}
    made["past"], made["toPool"] = say(PAST), say(TO_POOL)
    made["campaign"] = say(OUTSIDE_CAMPAIGN)
    made["series"] = say(OUTSIDE_SERIES)
    return made
