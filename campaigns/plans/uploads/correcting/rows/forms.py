"""One row of a list of a draft, as it is typed: a cited document, a duty to report, a day, a duty."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from wtforms import BooleanField, HiddenField, ValidationError

from app.errors import N_
from app.web.days import Day
from app.web.forms import Choice, Form, Line, Lines, longest, say
from app.web.lazy import lazy
from campaigns.planfile.draft import DayKind
from campaigns.plans.uploads.entries import Values, read_due
from campaigns.plans.uploads.listed import ROLES
from campaigns.plans.uploads.names import names_of

DAY_KINDS = {
    DayKind.COMMEMORATIVE: N_("Ngày kỷ niệm"),
    DayKind.DEADLINE: N_("Hạn hoàn thành"),
    DayKind.PERIOD_START: N_("Bắt đầu đợt"),
    DayKind.PERIOD_END: N_("Kết thúc đợt"),
    DayKind.MILESTONE: N_("Mốc thời gian"),
}


class Names(Lines):
    """Names, one a line."""


class Number(Line):
    """A whole number from 1 to ``most``, or nothing."""

    def __init__(self, label: Any, most: int, **options: Any) -> None:
        super().__init__(label, **options)
        self.most = most

    @property
    def number(self) -> int | None:
        """The number that was typed."""
        return int(self.data) if self.data else None

    def pre_validate(self, form: Any) -> None:
        """Ask for a number that can be."""
        typed = str(self.data or "")
        if typed and not (typed.isascii() and typed.isdecimal() and 1 <= int(typed[:9]) <= self.most):
            raise ValidationError(say(N_("Nhập một số từ 1 đến {most}."), most=self.most))


class RowForm(Form):
    """One row; it may be dropped, and one to add may stay blank."""

    NEEDS: tuple[tuple[str, ...], ...] = ()  # of each of these, one field at least says something

    at = HiddenField()
    dropped = BooleanField(lazy(N_("Bỏ mục này")))

    def fields(self) -> Iterator[Any]:
        """The fields that hold a value of the entry."""
        return (field for field in self if field.short_name not in {"at", "dropped"})

    def typed(self) -> Values:
        """The values as typed, by the names that entries use."""
        return {field.short_name: _value(field) for field in self.fields()}

    def is_left_out(self) -> bool:
        """Whether the row is dropped, or was never filled in."""
        said = (field.data for field in self.fields() if not isinstance(field, Choice))
        return bool(self.dropped.data) or (not self.at.data and not any(said))

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask nothing of a row that is left out."""
        if self.is_left_out():
            return True
        is_sound: bool = super().validate(extra_validators)
        for names in self.NEEDS:
            field = self[names[0]]
            if not any(self[name].data for name in names) and not field.errors:
                field.errors = [say(N_("Mục này không được để trống."))]
                is_sound = False
        return is_sound


def _value(field: Any) -> Any:
    """What a field says, as entries keep it."""
    if isinstance(field, Names):
        return names_of(field.data)
    if isinstance(field, Number):
        return field.number
    if isinstance(field, Day):
        return field.day.isoformat() if field.day else ""
    if isinstance(field, BooleanField):
        return bool(field.data)
    return " ".join(str(field.data or "").split())


def shown(values: Values) -> Values:
    """Values of an entry as the fields of its row take them."""

    def one(name: str, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(value)
        if name == "date":
            return date.fromisoformat(value) if value else None
        return value if isinstance(value, bool) else "" if value is None else str(value)

    return {name: one(name, value) for name, value in values.items()}


class BasisRowForm(RowForm):
    """A cited document."""

    NEEDS = (("doc_type",),)

    number = Line(lazy(N_("Số, ký hiệu")), [longest(60)])
    doc_type = Line(lazy(N_("Loại văn bản")), [longest(500)])
    issuer = Line(lazy(N_("Cơ quan ban hành")), [longest(280)])
    date = Day(lazy(N_("Ngày ban hành")))
    role = Choice(lazy(N_("Vai trò")))
    subject = Lines(lazy(N_("Trích yếu")), [longest(1_900)])
    short_name = Line(lazy(N_("Tên gọi tắt trong văn bản")), [longest(150)])

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.role.choices = [(role.value, say(label)) for role, label in ROLES.items()]


class ReportingRowForm(RowForm):
    """A duty to report."""

    NEEDS = (("who", "text"),)

    who = Names(lazy(N_("Ai báo cáo")), [longest(8_000)], description=lazy(N_("Mỗi dòng một đơn vị")))
    to = Names(lazy(N_("Gửi ai")), [longest(8_000)], description=lazy(N_("Mỗi dòng một đơn vị")))
    via = Line(lazy(N_("Qua đơn vị")), [longest(500)])
    cadence = Names(
        lazy(N_("Định kỳ")), [longest(500)], description=lazy(N_("Mỗi dòng một kỳ, ví dụ: hằng quý"))
    )
    due = Names(
        lazy(N_("Hạn gửi")),
        [longest(500)],
        description=lazy(N_("Mỗi dòng một hạn, ví dụ: trước ngày 20/6, hoặc ngày 15 hằng tháng")),
    )
    adhoc = BooleanField(lazy(N_("Có báo cáo đột xuất")))
    text = Lines(lazy(N_("Nguyên văn")), [longest(20_000)])

    def validate_due(self, field: Any) -> None:
        """Each line is a day that can be read; one that was read from the document stays."""
        known = field.object_data or ""
        for line in names_of(field.data):
            if read_due(line) is None and line not in names_of(known):
                raise ValidationError(
                    say(N_("Không hiểu hạn “{line}”. Ví dụ: trước ngày 20/6."), line=line[:60])
                )


class DateRowForm(RowForm):
    """A day that the document names."""

    NEEDS = (("name",), ("month",))

    day = Number(lazy(N_("Ngày")), 31)
    month = Number(lazy(N_("Tháng")), 12)
    year = Number(lazy(N_("Năm")), 2_200)
    name = Lines(lazy(N_("Tên ngày, mốc")), [longest(2_000)])
    kind = Choice(lazy(N_("Là")))

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.kind.choices = [(kind.value, say(label)) for kind, label in DAY_KINDS.items()]


class ItemRowForm(RowForm):
    """One thing that a unit has to do."""

    NEEDS = (("text",),)

    ordinal = Line(lazy(N_("Thứ tự")), [longest(20)])
    text = Lines(lazy(N_("Việc phải làm")), [longest(20_000)])
