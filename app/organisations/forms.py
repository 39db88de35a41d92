"""What people type about organisations."""

from __future__ import annotations

from flask_wtf.file import FileField
from wtforms.fields import HiddenField

from app.errors import N_
from app.organisations.models import Organisation, OrganisationKind
from app.organisations.services import OrganisationInput
from app.web.days import Day
from app.web.filters import show_word
from app.web.forms import Choice, Form, Line, Lines, longest, needed, say
from app.web.lazy import lazy


class OrganisationForm(Form):
    """One organisation."""

    name = Line(lazy(N_("Tên đầy đủ")), [needed(N_("Nhập tên cơ quan.")), longest(300)])
    kind = Choice(lazy(N_("Loại")), [needed(N_("Chọn loại cơ quan."))])
    aliases = Lines(
        lazy(N_("Tên khác")),
        [longest(3000)],
        description=lazy(
            N_(
                "Mỗi dòng một tên: tên viết tắt, tên cũ, cách gọi trong văn bản. Nhờ đó văn bản nhắc tên nào cũng nhận ra."
            )
        ),
    )
    parent = Choice(lazy(N_("Cấp trên")))
    successor = Choice(lazy(N_("Cơ quan kế thừa")), description=lazy(N_("Khi đã sáp nhập hoặc đổi tên.")))
    valid_from = Day(lazy(N_("Có hiệu lực từ ngày")))
    valid_to = Day(lazy(N_("Đến hết ngày")))
    version = HiddenField()

    @classmethod
    def among(
        cls, organisations: list[Organisation], own: Organisation | None = None, **values: object
    ) -> OrganisationForm:
        """The form with *organisations* to choose parent and successor from."""
        form = cls(**values)
        form.kind.choices = [(kind.value, show_word(kind).label) for kind in OrganisationKind]
        others = [
            ("", say(N_("— Không có —"))),
            *((str(one.id), one.name) for one in organisations if one is not own),
        ]
        form.parent.choices, form.successor.choices = others, others
        return form

    def to_input(self) -> OrganisationInput:
        """What was typed."""
        lines = (line.strip() for line in str(self.aliases.data).split("\n"))
        return OrganisationInput(
            name=str(self.name.data),
            kind=OrganisationKind(self.kind.data),
            aliases=tuple(line for line in lines if line),
            parent_id=int(self.parent.data) if self.parent.data else None,
            successor_id=int(self.successor.data) if self.successor.data else None,
            valid_from=self.valid_from.day,
            valid_to=self.valid_to.day,
        )


class ImportForm(Form):
    """A CSV file of organisations."""

    file = FileField(
        lazy(N_("Tệp CSV")),
        [needed(N_("Chọn một tệp CSV."))],
        description=lazy(
            N_(
                "Cột: Tên; Loại; Tên khác (ngăn bằng |); Cấp trên; Từ ngày; Đến ngày. Trong Excel: lưu dạng “CSV UTF-8”."
            )
        ),
        render_kw={"accept": ".csv,text/csv"},
    )
