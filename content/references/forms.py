"""What people type about documents."""

from __future__ import annotations

from app.errors import N_
from app.web.days import Day
from app.web.forms import Form, Line, Lines, longest, needed
from app.web.lazy import lazy
from content.references.services import LIMITS, DocumentInput


class DocumentForm(Form):
    """The facts of one document."""

    number = Line(
        lazy(N_("Số, ký hiệu")),
        [longest(LIMITS["number"])],
        description=lazy(N_("Ghi đủ ký hiệu, ví dụ 57-NQ/TW.")),
    )
    doc_type = Line(
        lazy(N_("Loại văn bản")),
        [needed(N_("Nhập loại văn bản, ví dụ: Nghị quyết.")), longest(LIMITS["doc_type"])],
    )
    issued_on = Day(lazy(N_("Ngày ban hành")), description=lazy(N_("Ví dụ: 22/12/2024")))
    issuer = Line(lazy(N_("Cơ quan ban hành")), [longest(LIMITS["issuer"])])
    subject = Lines(lazy(N_("Trích yếu")), [longest(LIMITS["subject"])])

    def to_input(self) -> DocumentInput:
        """What was typed."""
        return DocumentInput(
            number=str(self.number.data or "") or None,
            doc_type=str(self.doc_type.data),
            issuer=str(self.issuer.data or ""),
            issued_on=self.issued_on.day,
            subject=" ".join(str(self.subject.data or "").split()),
        )
