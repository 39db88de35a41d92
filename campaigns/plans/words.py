"""Labels of plans, and the sentences of what was done to them."""

from __future__ import annotations

from app.errors import N_
from app.words import Word, Words
from campaigns.plans.marks import Standing
from campaigns.plans.models import FactKind, Part, PlanStatus

WORDS: Words = {
    PlanStatus: {
        PlanStatus.DRAFT: Word(N_("Dự thảo"), tone="amber", icon="file-text"),
        PlanStatus.ISSUED: Word(N_("Đã ban hành"), tone="green", icon="circle-check"),
    },
    Standing: {
        Standing.IN_FORCE: Word(N_("Đang thực hiện"), tone="green", icon="clipboard-check"),
        Standing.DRAFT: Word(N_("Dự thảo"), tone="amber", icon="file-text"),
        Standing.ARCHIVED: Word(N_("Đã lưu trữ"), tone="grey", icon="archive"),
    },
    Part: {
        Part.LEAD: Word(N_("Chủ trì"), tone="blue", icon="flag"),
        Part.COOPERATING: Word(N_("Phối hợp"), icon="users"),
    },
    FactKind: {
        FactKind.REPORTING: Word(N_("Chế độ báo cáo"), icon="report"),
        FactKind.KEY_DATE: Word(N_("Ngày, mốc thời gian"), icon="calendar-event"),
        FactKind.RECIPIENT: Word(N_("Nơi nhận"), icon="mail"),
        FactKind.ADDRESSEE: Word(N_("Kính gửi"), icon="mail"),
    },
}

ACTIONS = {
    "plan.upload": N_("Tải lên văn bản kế hoạch"),
    "plan.correct": N_("Sửa chỗ đọc chưa đúng"),
    "plan.discard": N_("Bỏ văn bản đã tải lên"),
    "plan.confirm": N_("Xác nhận kế hoạch"),
    "plan.archive": N_("Lưu trữ kế hoạch"),
    "plan.restore": N_("Đưa kế hoạch trở lại"),
    "plan.match": N_("Đối chiếu lại tên đơn vị của kế hoạch"),
}
