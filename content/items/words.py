"""What people read for types and stages, and the sentences of the deeds done to items."""

from __future__ import annotations

from app.errors import N_
from app.words import Word, Words
from content.items.models import ItemType, Stage

WORDS: Words = {
    ItemType: {
        ItemType.ARTICLE: Word(N_("Bài viết"), icon="article"),
        ItemType.INFOGRAPHIC: Word(N_("Đồ họa"), icon="chart-infographic"),
        ItemType.SOCIAL_POST: Word(N_("Bài mạng xã hội"), icon="brand-facebook"),
        ItemType.VIDEO_SCRIPT: Word(N_("Kịch bản video"), icon="video"),
        ItemType.LOUDSPEAKER_BULLETIN: Word(N_("Bản tin truyền thanh"), icon="volume"),
        ItemType.LEAFLET: Word(N_("Tờ gấp"), icon="notebook"),
        ItemType.PRESS_RELEASE: Word(N_("Thông cáo báo chí"), icon="news"),
    },
    Stage: {
        Stage.IDEA: Word(N_("Ý tưởng"), icon="bulb"),
        Stage.DRAFTING: Word(N_("Đang soạn thảo"), icon="writing"),
        Stage.IN_REVIEW: Word(N_("Chờ duyệt"), "blue", "hourglass"),
        Stage.APPROVED: Word(N_("Đã duyệt"), "green", "circle-check"),
        Stage.WITHDRAWN: Word(N_("Đã thu hồi"), "red", "arrow-back-up"),
        Stage.ARCHIVED: Word(N_("Đã lưu trữ"), icon="archive"),
    },
}

ACTIONS = {
    "item.draft": N_("Thêm tin bài"),
    "item.change": N_("Sửa thông tin tin bài"),
    "item.replan": N_("Đổi ngày dự kiến"),
    "item.save": N_("Lưu phiên bản"),
    "item.submit": N_("Gửi duyệt"),
    "item.take_back": N_("Lấy lại để sửa"),
    "item.approve": N_("Duyệt"),
    "item.return": N_("Trả lại"),
    "item.withdraw": N_("Thu hồi"),
    "item.archive": N_("Lưu trữ"),
    "item.add_theme": N_("Thêm chủ đề cho tin bài"),
    "item.hand": N_("Giao tin bài cho người khác viết"),
    "item.restore": N_("Khôi phục về soạn thảo"),
}
