"""Labels of the room's enumerations, sentences of its audit actions, and rules said in words."""

from __future__ import annotations

from app.errors import N_, Phrase
from app.words import Word, Words
from campaigns.occasions.models import OffDayRule, RuleKind, StepKind
from campaigns.occasions.rules import LAST, LONGEST_MONTHS, Rule

WORDS: Words = {
    RuleKind: {
        RuleKind.SOLAR: Word(N_("Ngày dương lịch"), icon="sun"),
        RuleKind.LUNAR: Word(N_("Ngày âm lịch"), icon="moon"),
        RuleKind.WEEKDAY: Word(N_("Thứ trong tháng"), icon="calendar-week"),
    },
    OffDayRule: {
        OffDayRule.KEEP: Word(N_("Giữ đúng ngày")),
        OffDayRule.BEFORE: Word(N_("Lùi về ngày làm việc trước đó")),
        OffDayRule.AFTER: Word(N_("Chuyển sang ngày làm việc sau đó")),
    },
    StepKind: {
        StepKind.BRIEF: Word(N_("Nêu yêu cầu"), icon="clipboard-list"),
        StepKind.DRAFT: Word(N_("Soạn thảo"), icon="writing"),
        StepKind.APPROVE: Word(N_("Duyệt"), icon="checks"),
        StepKind.PUBLISH: Word(N_("Đăng"), icon="send"),
        StepKind.COLLECT: Word(N_("Thu thập tin đã đăng"), icon="news"),
        StepKind.REPORT: Word(N_("Báo cáo"), icon="report"),
    },
}

ACTIONS = {
    "occasion.add": N_("Thêm ngày, dịp"),
    "occasion.change": N_("Sửa ngày, dịp"),
    "occasion.set_template": N_("Sửa mẫu chuẩn bị"),
    "occasion.retire": N_("Thôi dùng ngày, dịp"),
    "occasion.restore": N_("Dùng lại ngày, dịp"),
    "occurrence.align": N_("Đặt lại ngày theo quy tắc"),
    "occurrence.move": N_("Dời ngày"),
    "occurrence.cancel": N_("Hủy lần này"),
    "occurrence.keep": N_("Bỏ hủy lần này"),
    "occurrence.set_slogan": N_("Ghi chủ đề của năm"),
    "day_off.set": N_("Đặt riêng một ngày"),
    "day_off.change": N_("Sửa ngày đặt riêng"),
    "day_off.clear": N_("Bỏ ngày đặt riêng"),
}

WEEKDAYS = (  # as they stand inside a sentence
    N_("Thứ Hai"),
    N_("Thứ Ba"),
    N_("Thứ Tư"),
    N_("Thứ Năm"),
    N_("Thứ Sáu"),
    N_("Thứ Bảy"),
    N_("Chủ nhật"),
)
_NTH = {
    1: N_("{weekday} thứ nhất của tháng {month}"),
    2: N_("{weekday} thứ hai của tháng {month}"),
    3: N_("{weekday} thứ ba của tháng {month}"),
    4: N_("{weekday} thứ tư của tháng {month}"),
    5: N_("{weekday} thứ năm của tháng {month}"),
    LAST: N_("{weekday} cuối cùng của tháng {month}"),
}

Said = tuple[str, dict[str, object]]  # a sentence of the catalogues and what is filled in


def rule_said(rule: Rule) -> Said:
    """The rule in words: "Ngày 18/5 hằng năm", "Mùng 10 tháng 3 âm lịch", "Chủ nhật cuối cùng của tháng 5"."""
    values: dict[str, object] = {"day": rule.day, "month": rule.month}
    if rule.kind is RuleKind.WEEKDAY:
        return _NTH[rule.nth or 1], {"weekday": Phrase(WEEKDAYS[rule.weekday or 0]), "month": rule.month}
    if rule.kind is RuleKind.SOLAR:
        return N_("Ngày {day}/{month} hằng năm"), values
    if rule.day == 15:
        return N_("Rằm tháng {month} âm lịch"), values
    if (rule.day or 1) <= 10:
        return N_("Mùng {day} tháng {month} âm lịch"), values
    return N_("Ngày {day} tháng {month} âm lịch"), values


def short_said(rule: Rule) -> Said | None:
    """What is kept in a year that lacks the rule's very day; None when every year has it."""
    if rule.kind is RuleKind.WEEKDAY:
        return (N_("Tháng chỉ có bốn tuần như vậy thì lấy lần cuối cùng."), {}) if rule.nth == 5 else None
    if rule.kind is RuleKind.LUNAR:
        return (N_("Tháng thiếu (29 ngày) thì lấy ngày 29."), {}) if rule.day == 30 else None
    is_leap_day = rule.month == 2 and rule.day == LONGEST_MONTHS[1]
    return (N_("Năm không nhuận thì lấy ngày 28/2."), {}) if is_leap_day else None
