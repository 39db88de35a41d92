"""Labels of the board's enumerations, and the sentences of its audit actions."""

from __future__ import annotations

from app.errors import N_
from app.words import Word, Words
from campaigns.board.lead_up.states import StepState
from campaigns.board.models import Cadence
from campaigns.board.rules import CampaignState, PaceState

WORDS: Words = {
    CampaignState: {
        CampaignState.RUNNING: Word(N_("Đang chạy"), "green", "player-play"),
        CampaignState.COMING: Word(N_("Sắp tới"), "blue", "calendar-due"),
        CampaignState.ENDED: Word(N_("Đã kết thúc"), "grey", "flag"),
        CampaignState.ARCHIVED: Word(N_("Đã lưu trữ"), "grey", "archive"),
    },
    PaceState: {
        PaceState.NOT_BEGUN: Word(N_("Chưa bắt đầu"), "grey", "circle-dashed"),
        PaceState.ENOUGH: Word(N_("Đủ bài"), "green", "circle-check"),
        PaceState.SHORT: Word(N_("Còn thiếu bài"), "amber", "alert-triangle"),
        PaceState.OVER: Word(N_("Đã kết thúc"), "grey", "flag"),
    },
    StepState: {
        StepState.DONE: Word(N_("Xong"), "green", "circle-check"),
        StepState.LATE: Word(N_("Trễ"), "red", "alert-triangle"),
        StepState.SOON: Word(N_("Sắp đến hạn"), "amber", "clock"),
        StepState.OPEN: Word(N_("Chưa đến hạn"), "grey", "circle-dashed"),
    },
    Cadence: {
        Cadence.WEEKLY: Word(N_("Hằng tuần"), icon="calendar-week"),
        Cadence.MONTHLY: Word(N_("Hằng tháng"), icon="calendar-month"),
    },
}

ACTIONS = {
    "campaign.open": N_("Lập chiến dịch"),
    "campaign.change": N_("Sửa chiến dịch"),
    "campaign.archive": N_("Lưu trữ chiến dịch"),
    "campaign.restore": N_("Mở lại chiến dịch"),
    "campaign.place": N_("Đưa tin bài vào chiến dịch"),
    "campaign.displace": N_("Đưa tin bài ra khỏi chiến dịch"),
    "campaign.follow": N_("Phần chuẩn bị theo ngày mới"),
    "campaign.finish_step": N_("Đánh dấu xong một bước"),
    "campaign.reopen_step": N_("Mở lại một bước"),
    "campaign.change_step": N_("Sửa một bước chuẩn bị"),
    "plan.work": N_("Lập việc từ kế hoạch"),
    "series.add": N_("Thêm chuyên mục"),
    "series.change": N_("Sửa chuyên mục"),
    "series.archive": N_("Lưu trữ chuyên mục"),
    "series.restore": N_("Mở lại chuyên mục"),
    "target.set": N_("Đặt chỉ tiêu"),
    "target.change": N_("Sửa chỉ tiêu"),
    "target.remove": N_("Bỏ chỉ tiêu"),
}
