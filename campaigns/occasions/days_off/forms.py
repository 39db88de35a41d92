"""What people type about one day: off, or worked."""

from __future__ import annotations

from typing import Any

from wtforms.fields import HiddenField

from app.errors import N_
from app.web.days import Day
from app.web.forms import Choice, Form, Line, longest, needed, say
from app.web.lazy import lazy
from campaigns.occasions.models import DayOff

OFF, WORKED = "off", "worked"


class DayOffForm(Form):
    """A day, whether it is off, and why."""

    day = Day(lazy(N_("Ngày")), [needed(N_("Chọn ngày."))])
    kind = Choice(lazy(N_("Ngày này là")), [needed(N_("Chọn ngày nghỉ hay ngày làm việc."))])
    name = Line(
        lazy(N_("Tên, lý do")),
        [needed(N_("Nhập tên ngày nghỉ hoặc lý do làm việc.")), longest(200)],
        description=lazy(N_("Ví dụ: Nghỉ hoán đổi cho thứ Bảy 10/1/2026.")),
    )
    version = HiddenField()

    @classmethod
    def offered(cls, **values: Any) -> DayOffForm:
        """The form with its choices."""
        form = cls(**values)
        form.kind.choices = [(OFF, say(N_("Ngày nghỉ"))), (WORKED, say(N_("Ngày làm việc")))]
        return form

    @classmethod
    def of(cls, row: DayOff) -> DayOffForm:
        """The form filled with what *row* says."""
        return cls.offered(
            day=row.day, kind=OFF if row.is_off else WORKED, name=row.name, version=str(row.version)
        )

    @property
    def is_off(self) -> bool:
        """Whether the day is to be off."""
        return bool(self.kind.data == OFF)
