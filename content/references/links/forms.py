"""What people type about a link."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import HiddenField

from app.errors import N_
from app.web.forms import Choice, Form, Line, longest, needed, say
from app.web.lazy import lazy
from content.references.links.services import LONGEST_NAME, LinkInput
from content.references.models import Document, LinkKind
from content.references.words import WORDS

SEVERAL = N_("Có nhiều văn bản khớp. Hãy chọn một văn bản ở ô dưới.")
NONE = N_("Không có văn bản nào khác khớp. Thử ít chữ hơn, hoặc chỉ nhập số, ký hiệu.")


class LinkForm(Form):
    """How a document stands to another one, which is looked up by number or subject and picked where several fit."""

    version = HiddenField()
    kind = Choice(lazy(N_("Văn bản này")))
    other = Line(
        lazy(N_("Văn bản kia")),
        [needed(N_("Nhập số, ký hiệu hoặc trích yếu của văn bản kia.")), longest(200)],
        description=lazy(N_("Số, ký hiệu như 57-NQ/TW, hoặc vài chữ trong trích yếu.")),
    )
    picked = Choice(lazy(N_("Chọn trong các văn bản tìm thấy")))
    printed_name = Line(
        lazy(N_("Tên gọi tắt trong văn bản")),
        [longest(LONGEST_NAME)],
        description=lazy(N_("Như sau chữ “sau đây gọi tắt là”, ví dụ: Quyết định 1169/QĐ-TTg.")),
    )

    def offer(self, found: Sequence[Document]) -> None:
        """Fill the kinds, and the documents that what was typed may mean."""
        self.kind.choices = [(kind.value, say(word.label)) for kind, word in WORDS[LinkKind].items()]
        self.picked.choices = [("", say(N_("Chưa chọn"))), *((str(one.id), named(one)) for one in found)]

    def unclear(self, *, any_found: bool) -> int:
        """Say that what was typed means no document, or several; returns the status to answer with."""
        self.other.errors = [say(SEVERAL if any_found else NONE)]
        return 422

    def picked_id(self) -> int | None:
        """The document that was picked."""
        return int(self.picked.data) if self.picked.data else None

    def to_input(self) -> LinkInput:
        """What was typed."""
        return LinkInput(LinkKind(str(self.kind.data)), str(self.printed_name.data or ""))


def named(document: Document) -> str:
    """A document on one line: type, number, issuer, day, the beginning of its subject."""
    day = f"{document.issued_on:%d/%m/%Y}" if document.issued_on else ""
    head = " ".join(filter(None, (document.doc_type, document.number)))
    return " · ".join(filter(None, (head, document.issuer, day, document.subject[:80])))
