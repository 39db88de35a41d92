"""What people type about series, targets and the pieces of a campaign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wtforms.fields import HiddenField

from app.accounts.models import Person
from app.errors import N_
from app.organisations.models import Organisation
from app.text import excerpt
from app.web.filters import show_word
from app.web.forms import Choice, Day, Form, Line, Lines, longest, needed, say
from app.web.lazy import lazy
from campaigns.board.forms import Ticks, Whole, day_in, key_in, people_choices
from campaigns.board.models import Cadence, Series, Target
from campaigns.board.series_services import SeriesInput
from campaigns.board.target_services import TargetInput
from campaigns.plans.models import Task
from content.items.models import Item, ItemType
from content.items.services import ItemInput
from content.outlets.models import Outlet, OutletKind
from content.themes.models import Theme

KIND = "kind:"


@dataclass(frozen=True)
class PartOptions:
    """What the forms of a campaign's parts offer."""

    themes: Sequence[Theme] = ()
    tasks: Sequence[Task] = ()
    outlets: Sequence[Outlet] = ()
    people: Sequence[Person] = ()
    organisations: Sequence[Organisation] = ()
    series: Sequence[Series] = ()
    items: Sequence[Item] = ()


def _themes(options: PartOptions) -> list[tuple[str, str]]:
    return [("", say(N_("— Chọn chủ đề —"))), *((str(one.id), one.name) for one in options.themes)]


def _series(options: PartOptions) -> list[tuple[str, str]]:
    return [("", say(N_("— Không theo chuyên mục —"))), *((str(one.id), one.name) for one in options.series)]


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
    editor = Choice(lazy(N_("Người phụ trách")))
    task = Choice(lazy(N_("Thực hiện nhiệm vụ")))
    version = HiddenField()

    @classmethod
    def among(cls, options: PartOptions, **values: Any) -> SeriesForm:
        """The form with these themes, tasks, outlets and people to choose from."""
        form = cls(**values)
        form.theme.choices = _themes(options)
        form.cadence.choices = [(one.value, show_word(one).label) for one in Cadence]
        form.outlets.choices = [(str(one.id), one.name) for one in options.outlets]
        form.editor.choices = people_choices(options.people)
        form.task.choices = [
            ("", say(N_("— Chung cho cả chiến dịch —"))),
            *((str(one.id), f"{one.ordinal}) {excerpt(one.text, longest=90)}") for one in options.tasks),
        ]
        return form

    @classmethod
    def of(cls, series: Series, options: PartOptions, *, outlet_ids: Sequence[int]) -> SeriesForm:
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


class TargetForm(Form):
    """A target: so many publications of a theme, where, by when."""

    theme = Choice(lazy(N_("Chủ đề")), [needed(N_("Chọn chủ đề."))])
    count = Whole(
        lazy(N_("Số tin được đăng")),
        [needed(N_("Nhập số tin."))],
        render_kw={"min": 1, "inputmode": "numeric"},
    )
    place = Choice(lazy(N_("Đăng ở đâu")))
    item_type = Choice(lazy(N_("Thể loại")))
    due_on = Day(lazy(N_("Đến hết ngày")), [needed(N_("Chọn ngày đến hạn."))])
    version = HiddenField()

    @classmethod
    def among(cls, options: PartOptions, **values: Any) -> TargetForm:
        """The form with these themes and outlets to choose from."""
        form = cls(**values)
        form.theme.choices = _themes(options)
        form.place.choices = {
            say(N_("Tất cả")): [("", say(N_("Ở bất cứ đâu")))],
            say(N_("Theo loại")): [(KIND + one.value, show_word(one).label) for one in OutletKind],
            say(N_("Một nơi đăng")): [(str(one.id), one.name) for one in options.outlets],
        }
        form.item_type.choices = [
            ("", say(N_("Mọi thể loại"))),
            *((one.value, show_word(one).label) for one in ItemType),
        ]
        return form

    @classmethod
    def of(cls, target: Target, options: PartOptions) -> TargetForm:
        """The form filled with what *target* is."""
        kind = KIND + target.outlet_kind.value if target.outlet_kind else ""
        return cls.among(
            options,
            theme=str(target.theme_id),
            count=target.count,
            place=str(target.outlet_id or kind),
            item_type=target.item_type.value if target.item_type else "",
            due_on=target.due_on,
            version=str(target.version),
        )

    def to_input(self) -> TargetInput:
        """The target that is wanted."""
        place = str(self.place.data or "")
        is_kind = place.startswith(KIND)
        return TargetInput(
            theme_id=key_in(self.theme) or 0,
            count=self.count.number,
            due_on=day_in(self.due_on),
            outlet_id=int(place) if place and not is_kind else None,
            outlet_kind=OutletKind(place.removeprefix(KIND)) if is_kind else None,
            item_type=ItemType(self.item_type.data) if self.item_type.data else None,
        )


@dataclass(frozen=True)
class PlaceInput:
    """Where a piece goes in a campaign, who writes it and by when; keys as chosen."""

    series_id: int | None
    writer_id: int | None
    deadline_on: date | None


class PlaceForm(Form):
    """A piece that is there, to be put into the campaign."""

    item = Choice(lazy(N_("Tin bài")), [needed(N_("Chọn tin bài."))])
    series = Choice(lazy(N_("Chuyên mục")))
    writer = Choice(lazy(N_("Người viết")))
    deadline_on = Day(lazy(N_("Hạn nộp bài")))

    @classmethod
    def among(cls, options: PartOptions, **values: Any) -> PlaceForm:
        """The form with these pieces, series and people to choose from."""
        form = cls(**values)
        form.item.choices = [
            ("", say(N_("— Chọn tin bài —"))),
            *((str(one.id), f"{one.title} ({one.organisation.name})") for one in options.items),
        ]
        form.series.choices = _series(options)
        form.writer.choices = people_choices(options.people)
        return form

    def to_input(self) -> PlaceInput:
        """Where it goes."""
        return PlaceInput(key_in(self.series), key_in(self.writer), self.deadline_on.day)


class PlanItemForm(Form):
    """A new piece of the campaign."""

    type = Choice(lazy(N_("Thể loại")), [needed(N_("Chọn thể loại."))])
    title = Line(lazy(N_("Tiêu đề dự kiến")), [needed(N_("Nhập tiêu đề dự kiến.")), longest(300)])
    brief = Lines(
        lazy(N_("Yêu cầu")), [longest(2_000)], description=lazy(N_("Bài cần nói gì, lấy tư liệu ở đâu."))
    )
    organisation = Choice(lazy(N_("Đơn vị thực hiện")), [needed(N_("Chọn đơn vị thực hiện."))])
    planned_on = Day(
        lazy(N_("Ngày dự kiến đăng")), description=lazy(N_("Để trống nếu chưa biết: bài nằm ở kho ý tưởng."))
    )
    series = Choice(lazy(N_("Chuyên mục")))
    writer = Choice(lazy(N_("Người viết")))
    deadline_on = Day(lazy(N_("Hạn nộp bài")))

    @classmethod
    def among(cls, options: PartOptions, **values: Any) -> PlanItemForm:
        """The form with these units, series and people to choose from."""
        form = cls(**values)
        form.type.choices = [(one.value, show_word(one).label) for one in ItemType]
        units = [(str(one.id), one.name) for one in options.organisations]
        form.organisation.choices = units if len(units) == 1 else [("", say(N_("— Chọn đơn vị —"))), *units]
        form.series.choices = _series(options)
        form.writer.choices = people_choices(options.people)
        return form

    def to_input(self) -> tuple[ItemInput, PlaceInput]:
        """The piece that is wanted and where it goes."""
        item = ItemInput(
            type=ItemType(self.type.data),
            title=str(self.title.data),
            organisation_id=key_in(self.organisation) or 0,
            planned_on=self.planned_on.day,
            brief=str(self.brief.data or ""),
        )
        return item, PlaceInput(key_in(self.series), key_in(self.writer), self.deadline_on.day)
