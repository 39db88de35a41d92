"""Labels of plans, and the sentences of what was done to them."""

from __future__ import annotations

from app.errors import N_
from app.words import Word, Words
from campaigns.plans.amending.compare import Change
from campaigns.plans.amending.structure import Level
from campaigns.plans.marks import PlanUse
from campaigns.plans.models import FactKind, Part, PlanStatus, VersionKind

WORDS: Words = {
    PlanStatus: {
        PlanStatus.DRAFT: Word(N_("Dự thảo"), tone="amber", icon="file-text"),
        PlanStatus.ISSUED: Word(N_("Đã ban hành"), tone="green", icon="circle-check"),
    },
    PlanUse: {
        PlanUse.IN_FORCE: Word(N_("Đang thực hiện"), tone="green", icon="clipboard-check"),
        PlanUse.DRAFT: Word(N_("Dự thảo"), tone="amber", icon="file-text"),
        PlanUse.ARCHIVED: Word(N_("Đã lưu trữ"), tone="grey", icon="archive"),
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
    VersionKind: {
        VersionKind.WHOLE: Word(N_("Toàn văn"), icon="file-text"),
        VersionKind.AMENDMENT: Word(N_("Sửa đổi, bổ sung"), tone="blue", icon="git-compare"),
    },
    Change: {
        Change.ADDED: Word(N_("Mới thêm"), tone="green", icon="plus"),
        Change.REMOVED: Word(N_("Không còn"), tone="red", icon="circle-minus"),
        Change.CHANGED: Word(N_("Thay đổi"), tone="amber", icon="pencil"),
        Change.MOVED: Word(N_("Chuyển chỗ"), tone="blue", icon="arrows-sort"),
        Change.SAME: Word(N_("Giữ nguyên"), icon="check"),
    },
    Level: {
        Level.PLAN: Word(N_("phần đầu")),
        Level.GROUP: Word(N_("nhóm nhiệm vụ")),
        Level.TASK: Word(N_("nhiệm vụ")),
        Level.DUTY: Word(N_("việc phải làm")),
        Level.FACT: Word(N_("nội dung khác")),
    },
}

ACTIONS = {
    "plan.upload": N_("Tải lên văn bản kế hoạch"),
    "plan.correct": N_("Sửa chỗ đọc chưa đúng"),
    "plan.discard": N_("Bỏ văn bản đã tải lên"),
    "plan.confirm": N_("Xác nhận kế hoạch"),
    "plan.archive": N_("Lưu trữ kế hoạch"),
    "plan.restore": N_("Đưa kế hoạch trở lại"),
    "plan.offer_version": N_("Đưa văn bản vào làm bản mới của kế hoạch"),
    "plan.pair": N_("Ghép nhiệm vụ của bản mới với bản cũ"),
    "plan.amend": N_("Nhận bản mới của kế hoạch"),
    "plan.themes": N_("Đổi chủ đề của kế hoạch"),
    "plan.match": N_("Đối chiếu lại tên đơn vị của kế hoạch"),
}
