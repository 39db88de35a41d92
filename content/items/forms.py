"""What people type about a piece: what it is, and what a list is narrowed to."""

from __future__ import annotations

from collections.abc import Sequence

from werkzeug.datastructures import MultiDict
from wtforms.fields import HiddenField

from app.errors import N_, Invalid
from app.organisations.models import Organisation
from app.web.days import Day
from app.web.filters import show_word
from app.web.forms import Choice, Choices, Form, Line, Lines, Ticks, longest, named, needed, say
from app.web.lazy import lazy
from content.items.lists import ItemFilters
from content.items.models import ItemType, Stage
from content.items.services import ItemChange, ItemInput
from content.themes.models import Theme


def type_choices() -> Choices:
    """Types of pieces in words."""
    return [(one.value, show_word(one).label) for one in ItemType]


class DetailsForm(Form):
    """What a piece is, without its text."""

    title = Line(
        lazy(N_("Tên tin bài")),
        [needed(N_("Nhập tên tin bài.")), longest(300)],
        description=lazy(N_("Tên để gọi khi làm việc; khi viết nội dung có thể đặt tiêu đề khác.")),
    )
    type = Choice(lazy(N_("Loại")), [needed(N_("Chọn loại tin bài."))])
    themes = Ticks(lazy(N_("Chủ đề")), description=lazy(N_("Chọn mọi chủ đề mà tin bài phục vụ.")))
    brief = Lines(
        lazy(N_("Yêu cầu nội dung")),
        [longest(2000)],
        description=lazy(N_("Tin bài cần nói điều gì, cho ai, lấy số liệu ở đâu.")),
    )
    version = HiddenField()

    def choose_from(self, themes: Sequence[Theme]) -> None:
        """Offer the types and these themes."""
        self.type.choices = type_choices()
        self.themes.choices = named(themes)

    def to_change(self) -> ItemChange:
        """What the piece is to be."""
        return ItemChange(
            type=ItemType(self.type.data),
            title=str(self.title.data),
            brief=str(self.brief.data or ""),
            theme_ids=self.themes.ids,
        )


class NewItemForm(DetailsForm):
    """A new piece."""

    planned_on = Day(
        lazy(N_("Ngày dự kiến đăng")),
        description=lazy(N_("Để trống nếu chưa có ngày: tin bài nằm ở kho ý tưởng.")),
    )
    organisation = Choice(lazy(N_("Đơn vị")), [needed(N_("Chọn đơn vị."))])

    def choose_unit_from(self, organisations: Sequence[Organisation]) -> None:
        """Offer the units for which this person may write."""
        self.organisation.choices = named(organisations)

    def to_input(self) -> ItemInput:
        """The piece to add."""
        return ItemInput(
            type=ItemType(self.type.data),
            title=str(self.title.data),
            organisation_id=int(str(self.organisation.data)),
            planned_on=self.planned_on.day,
            brief=str(self.brief.data or ""),
            theme_ids=self.themes.ids,
        )


class ReplanForm(Form):
    """Another day for a piece; empty puts it back into the pool."""

    planned_on = Day(lazy(N_("Ngày dự kiến đăng")))
    version = HiddenField()


class FilterForm(Form):
    """What a list is narrowed to; read from the address."""

    q = Line(lazy(N_("Từ trong tên tin bài")), [longest(100)])
    stage = Choice(lazy(N_("Tình trạng")))
    type = Choice(lazy(N_("Loại")))
    theme = Choice(lazy(N_("Chủ đề")))
    unit = Choice(lazy(N_("Đơn vị")))
    sort = Choice(lazy(N_("Thứ tự")))

    @classmethod
    def reading(
        cls, asked: MultiDict[str, str], *, themes: Sequence[Theme], organisations: Sequence[Organisation]
    ) -> FilterForm:
        """The form filled in from the address *asked*."""
        form = cls(formdata=asked)
        every = say(N_("Tất cả"))
        form.stage.choices = [("", every), *((one.value, show_word(one).label) for one in Stage)]
        form.type.choices = [("", every), *type_choices()]
        form.theme.choices = [("", every), *named(themes)]
        form.unit.choices = [("", every), *named(organisations)]
        form.sort.choices = [("", say(N_("Mới thêm trước"))), ("day", say(N_("Theo ngày dự kiến")))]
        for field in (form.stage, form.type, form.theme, form.unit, form.sort):
            field.data = field.data or ""
        return form

    def to_filters(self) -> ItemFilters:
        """What was asked for.

        Raises:
            Invalid: the address asks for what is not in the lists.
        """
        if not self.validate():
            raise Invalid(N_("Bộ lọc trong địa chỉ không đúng. Hãy mở lại danh sách rồi chọn lại."))
        return ItemFilters(
            words=str(self.q.data or ""),
            stage=Stage(self.stage.data) if self.stage.data else None,
            type=ItemType(self.type.data) if self.type.data else None,
            theme_id=int(self.theme.data) if self.theme.data else None,
            organisation_id=int(self.unit.data) if self.unit.data else None,
            by_day=self.sort.data == "day",
        )

    def chosen(self) -> dict[str, str]:
        """What narrows the list, as words of the address."""
        return {field.name: str(field.data) for field in self if field.data}

    def labels(self) -> dict[str, str]:
        """What narrows the list, as people read it."""
        return {
            field.name: _label(field) if isinstance(field, Choice) else f"“{field.data}”"
            for field in self
            if field.data
        }


def _label(field: Choice) -> str:
    """The label of what is chosen."""
    return next((option.label.text for option in field if option.checked), str(field.data))
