"""What people type about publications."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wtforms.fields import FileField, HiddenField, RadioField
from wtforms.validators import Optional

from app.errors import N_
from app.web.days import Moment
from app.web.forms import Choice, Form, Line, Lines, Ticks, longest, named, needed, say
from app.web.lazy import lazy
from content.items.models import Item
from content.outlets.models import Outlet
from content.publications.services import PublicationInput
from content.themes.models import Theme


def _named(outlets: Sequence[Outlet]) -> list[tuple[str, str]]:
    """Outlets to choose from; one whose name another has too is told by its organisation."""
    names = [outlet.name_folded for outlet in outlets]
    return [
        (
            str(outlet.id),
            outlet.name
            if names.count(outlet.name_folded) == 1
            else f"{outlet.name} ({outlet.organisation.name})",
        )
        for outlet in outlets
    ]


class PublicationForm(Form):
    """One publication: the link first, since it is what people have in hand."""

    link = Line(
        lazy(N_("Đường dẫn")),
        [longest(2000)],
        description=lazy(N_("Dán địa chỉ bài. Bản tin phát thanh, truyền hình, loa thì để trống.")),
        render_kw={"inputmode": "url", "autocomplete": "off"},
    )
    title = Line(lazy(N_("Tiêu đề")), [needed(N_("Nhập tiêu đề.")), longest(500)])
    outlet = Choice(lazy(N_("Nơi đăng")), [needed(N_("Chọn cơ quan báo chí đã đăng."))])
    published_at = Moment(
        lazy(N_("Thời điểm đăng, phát")), [needed(N_("Nhập ngày giờ; ví dụ: 18/5/2026 07:00."))]
    )
    note = Lines(lazy(N_("Ghi chú")), [longest(1000)])
    version = HiddenField()

    def offer(self, outlets: Sequence[Outlet]) -> None:
        """Let the form choose among *outlets*."""
        self.outlet.choices = [("", say(N_("— Chọn nơi đăng —"))), *_named(outlets)]

    def to_input(self, outlet: Outlet) -> PublicationInput:
        """What was typed, for the outlet that was chosen."""
        moment = self.published_at.moment
        assert moment is not None  # noqa: S101 - validated
        return PublicationInput(
            outlet=outlet,
            title=str(self.title.data),
            published_at=moment,
            address=str(self.link.data),
            note=str(self.note.data),
        )


class ImportForm(Form):
    """Many publications, pasted or in a file."""

    text = Lines(lazy(N_("Dán bảng")), [longest(1_000_000)])
    file = FileField(lazy(N_("Hoặc chọn tệp CSV")), render_kw={"accept": ".csv,.txt,text/csv"})
    outlet = Choice(
        lazy(N_("Nơi đăng của các dòng không ghi")),
        description=lazy(N_("Không cần chọn nếu bảng có cột nơi đăng.")),
    )

    def offer(self, outlets: Sequence[Outlet]) -> None:
        """Let the form choose among *outlets*."""
        self.outlet.choices = [("", say(N_("— Không chọn —"))), *_named(outlets)]


class DismissForm(Form):
    """Why a publication does not count."""

    reason = Line(lazy(N_("Vì sao bỏ qua")), [needed(N_("Ghi lý do, để người sau hiểu.")), longest(300)])
    version = HiddenField()


class MatchForm(Form):
    """Which item a publication carries, and which themes it serves."""

    item = RadioField(lazy(N_("Tin bài")), [Optional()])
    themes = Ticks(lazy(N_("Chủ đề")))
    themes_for = HiddenField()  # the item whose themes were offered ticked
    version = HiddenField()

    def offer(self, items: Iterable[Item], themes: Iterable[Theme]) -> None:
        """Let the form choose among these."""
        self.item.choices = [
            ("", say(N_("Không thuộc tin bài nào"))),
            *((str(one.id), one.title) for one in items),
        ]
        self.themes.choices = named(themes)
