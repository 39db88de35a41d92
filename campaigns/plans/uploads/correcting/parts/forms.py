"""Forms of the parts of a draft: each shows the values as they stand and gives back what was typed, by path."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from app.errors import N_
from app.web.days import Day
from app.web.forms import Choice, Form, Line, Lines, longest, needed, say
from app.web.lazy import lazy
from campaigns.plans.models import PlanStatus
from campaigns.plans.uploads.correcting.rows.forms import shown
from campaigns.plans.uploads.names import names_of

MOST_ADDED = 50
CHANGED = N_("Phần này không còn như lúc mở trang. Hãy tải lại trang rồi sửa lại.")
Known = Mapping[str, Any]


class PartForm(Form):
    """One part of a draft; ``path`` is where its values lie, ``read`` what was read there."""

    PATHS: ClassVar[Mapping[str, str]] = {}  # the field of each path

    path = ""
    read: Known = {}

    @classmethod
    def of(cls, path: str, known: Known, read: Known) -> Self:
        """The form with the values *known*."""
        form = cls(data=cls.filled(path, known))
        form.path, form.read = path, read
        form.meet()
        return form

    @classmethod
    def filled(cls, path: str, known: Known) -> dict[str, Any]:
        """The values as the fields take them."""
        return shown({field: known[name] for name, field in cls.PATHS.items()})

    def meet(self) -> None:
        """Set up what depends on what was read."""

    def typed(self) -> dict[str, Any]:
        """Values by path."""
        return {name: said(self[field], self.read[name]) for name, field in self.PATHS.items()}


def said(field: Any, like: Any) -> Any:
    """What a field says: names where a list was read, a day, else words."""
    if isinstance(like, list):
        return names_of(field.data)
    if isinstance(field, Day):
        return field.day.isoformat() if field.day else ""
    return " ".join(str(field.data or "").split())


class DocumentPartForm(PartForm):
    """The head of the document, and who signs it."""

    PATHS: ClassVar[Mapping[str, str]] = {
        "doc_type": "doc_type",
        "number": "number",
        "date": "date",
        "issuer": "issuer",
        "title": "title",
        "status": "status",
        "place": "place",
        "signer.authority": "authority",
        "signer.position": "position",
        "signer.name": "signer",
        "addressees": "addressees",
    }

    doc_type = Line(lazy(N_("Loại văn bản")), [longest(60)])
    number = Line(
        lazy(N_("Số, ký hiệu")), [longest(60)], description=lazy(N_("Để trống nếu văn bản chưa có số."))
    )
    date = Day(
        lazy(N_("Ngày ban hành")),
        description=lazy(N_("Để trống nếu chưa có; ví dụ: 18/8/2025")),
    )
    issuer = Line(lazy(N_("Cơ quan ban hành")), [longest(300)])
    title = Lines(lazy(N_("Trích yếu")), [needed(N_("Nhập trích yếu.")), longest(2000)])
    status = Choice(lazy(N_("Tình trạng khi xác nhận")))
    place = Line(lazy(N_("Nơi ban hành")), [longest(190)])
    authority = Line(lazy(N_("Ký thay mặt, thừa lệnh")), [longest(90)])
    position = Line(lazy(N_("Chức vụ người ký")), [longest(90)])
    signer = Line(lazy(N_("Họ tên người ký")), [longest(90)])
    addressees = Lines(lazy(N_("Kính gửi")), [longest(20_000)], description=lazy(N_("Mỗi dòng một đơn vị")))

    def meet(self) -> None:
        """Fill the choice of the state; the first follows from number and day."""
        self.status.choices = [
            ("", say(N_("Tự xác định: đã ban hành khi có số và ngày"))),
            (PlanStatus.DRAFT.value, say(N_("Dự thảo, chưa ban hành"))),
            (PlanStatus.ISSUED.value, say(N_("Đã ban hành"))),
        ]


class FundingForm(PartForm):
    """What is said of money."""

    PATHS: ClassVar[Mapping[str, str]] = {"funding": "funding"}

    funding = Lines(lazy(N_("Kinh phí")), [longest(20_000)])


class RecipientsForm(PartForm):
    """Who gets the document."""

    PATHS: ClassVar[Mapping[str, str]] = {"recipients": "recipients"}

    recipients = Lines(lazy(N_("Nơi nhận")), [longest(20_000)], description=lazy(N_("Mỗi dòng một nơi nhận")))
