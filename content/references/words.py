"""Labels of links between documents, and the sentences of what was done to documents."""

from __future__ import annotations

from app.errors import N_
from app.words import Word, Words
from content.references.models import LinkKind

WORDS: Words = {
    LinkKind: {
        LinkKind.IMPLEMENTS: Word(N_("Thực hiện"), icon="arrow-up"),
        LinkKind.BASED_ON: Word(N_("Căn cứ"), icon="book"),
        LinkKind.CITES: Word(N_("Viện dẫn"), icon="quote"),
        LinkKind.AMENDS: Word(N_("Sửa đổi, bổ sung"), icon="edit"),
        LinkKind.REPLACES: Word(N_("Thay thế"), icon="refresh"),
    },
}

ACTIONS = {
    "document.add": N_("Thêm văn bản"),
    "document.fill": N_("Bổ sung thông tin văn bản"),
    "document.change": N_("Sửa văn bản"),
    "document.link": N_("Ghi quan hệ giữa hai văn bản"),
    "document.unlink": N_("Bỏ quan hệ giữa hai văn bản"),
}
