"""What people type about series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wtforms.fields import HiddenField

from app.accounts.models import Person
from app.errors import N_
from app.web.days import Day
from app.web.filters import show_word
from app.web.forms import Choice, Form, Line, Ticks, longest, named, needed
from app.web.lazy import lazy
from campaigns.board.forms import Whole, day_in, key_in, people_choices, task_choices, theme_choices
from campaigns.board.models import Cadence, Series
from campaigns.board.series.services import SeriesInput
from campaigns.plans.models import Task
from content.outlets.models import Outlet
from content.themes.models import Theme


@dataclass(frozen=True)
class SeriesOptions:
    """What the form of a series offers."""

    themes: Sequence[Theme]
    tasks: Sequence[Task]
    outlets: Sequence[Outlet]
    people: Sequence[Person]


class SeriesForm(Form):
    """A series: what, how often, where, by whom."""

    name = Line(lazy(N_("Tên chuyên mục")), [needed(N_("Nhập tên chuyên mục.")), longest(300)])
    theme = Choice(lazy(N_("Chủ đề")), [needed(N_("Chọn chủ đề."))])
    cadence = Choice(lazy(N_("Kỳ")), [needed(N_("Chọn kỳ."))])
    quota = Whole(
        lazy(N_("Số tin bài mỗi kỳ")),
        [needed(N_("Nhập số tin bài mỗi kỳ."))],
        description=lazy(N_("Tính cho mỗi nơi đăng.")),
        render_kw={"min": 1, "inputmode": "numeric"},
    )
    starts_on = Day(lazy(N_("Từ ngày")), [needed(N_("Chọn ngày bắt đầu."))])
    ends_on = Day(lazy(N_("Đến hết ngày")), [needed(N_("Chọn ngày kết thúc."))])
    outlets = Ticks(lazy(N_("Nơi đăng")), [needed(N_("Chọn ít nhất một nơi đăng."))])
    editor = Choice(lazy(N_("Người phụ trách")), default="")
    task = Choice(lazy(N_("Thực hiện nhiệm vụ")), default="")
    version = HiddenField()

    @classmethod
    def among(cls, options: SeriesOptions, **values: Any) -> SeriesForm:
        """The form with these themes, tasks, outlets and people to choose from."""
        form = cls(**values)
        form.theme.choices = theme_choices(options.themes)
        form.cadence.choices = [(one.value, show_word(one).label) for one in Cadence]
        form.outlets.choices = named(options.outlets)
        form.editor.choices = people_choices(options.people)
        form.task.choices = task_choices(options.tasks)
        return form

    @classmethod
    def of(cls, series: Series, options: SeriesOptions, *, outlet_ids: Sequence[int]) -> SeriesForm:
        """The form filled with what *series* is."""
        return cls.among(
            options,
            name=series.name,
            theme=str(series.theme_id),
            cadence=series.cadence.value,
            quota=series.quota,
            starts_on=series.starts_on,
            ends_on=series.ends_on,
            outlets=[str(one) for one in outlet_ids],
            editor=str(series.editor_id or ""),
            task=str(series.task_id or ""),
            version=str(series.version),
        )

    def to_input(self) -> SeriesInput:
        """The series that is wanted."""
        return SeriesInput(
            name=str(self.name.data),
            theme_id=key_in(self.theme) or 0,
            cadence=Cadence(self.cadence.data),
            quota=self.quota.number,
            starts_on=day_in(self.starts_on),
            ends_on=day_in(self.ends_on),
            outlet_ids=self.outlets.ids,
            editor_id=key_in(self.editor),
            task_id=key_in(self.task),
        )
