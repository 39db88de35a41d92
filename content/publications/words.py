"""Labels of publications and matches, and the sentences of what is done to them."""

from __future__ import annotations

from app.errors import N_
from app.words import Word, Words
from content.publications.models import MatchDecision, PublicationStatus
from content.publications.sureness import Sureness

WORDS: Words = {
    PublicationStatus: {
        PublicationStatus.FOUND: Word(N_("Mới tìm thấy"), "blue", "search"),
        PublicationStatus.LOGGED: Word(N_("Đã ghi nhận"), "green", "circle-check"),
        PublicationStatus.CONFIRMED: Word(N_("Đã xác nhận"), "green", "circle-check-filled"),
        PublicationStatus.DISMISSED: Word(N_("Đã bỏ qua"), "grey", "circle-minus"),
        PublicationStatus.GONE: Word(N_("Không còn trên trang"), "amber", "alert-triangle"),
    },
    MatchDecision: {
        MatchDecision.PROPOSED: Word(N_("Loa đề xuất"), "blue", "circle-dashed"),
        MatchDecision.CONFIRMED: Word(N_("Đã xác nhận"), "green", "circle-check"),
        MatchDecision.CORRECTED: Word(N_("Đã sửa"), "green", "pencil"),
        MatchDecision.DISMISSED: Word(N_("Không khớp"), "grey", "circle-minus"),
    },
    Sureness: {
        Sureness.SURE: Word(N_("Gần như chắc"), "green", "circle-check"),
        Sureness.LIKELY: Word(N_("Khá chắc"), "blue", "progress-check"),
        Sureness.POSSIBLE: Word(N_("Có thể"), "grey", "help-circle"),
        Sureness.WEAK: Word(N_("Ít chắc"), "amber", "question-mark"),
    },
}

ACTIONS = {
    "lookup.ask": N_("Nhờ đọc trang của đường dẫn đã dán"),
    "lookup.dismiss": N_("Bỏ đường dẫn đã dán"),
    "publication.log": N_("Ghi nhận tin đã đăng"),
    "publication.change": N_("Sửa tin đã đăng"),
    "publication.dismiss": N_("Bỏ qua tin đã đăng"),
    "publication.restore": N_("Đưa tin đã đăng trở lại"),
    "publication.found": N_("Tìm thấy trong nguồn tin"),
    "publication.retitled": N_("Báo sửa tiêu đề sau khi đăng"),
    "publication.undo": N_("Hoàn tác, đưa lại danh sách chờ"),
    "publication.match": N_("Khớp tin đã đăng với tin bài, chủ đề"),
}
