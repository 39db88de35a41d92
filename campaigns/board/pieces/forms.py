"""What people type about the pieces of a campaign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.accounts.models import Person
from app.errors import N_
from app.organisations.models import Organisation
from app.web.days import Day
from app.web.filters import show_word
from app.web.forms import Choice, Form, Line, Lines, longest, named, needed, say
from app.web.lazy import lazy
from campaigns.board.forms import key_in, people_choices
from campaigns.board.models import Series
from content.items.models import Item, ItemType
from content.items.services import ItemInput


@dataclass(frozen=True)
class PieceOptions:
    """What the forms of a piece offer."""

    series: Sequence[Series]
    people: Sequence[Person]
    organisations: Sequence[Organisation] = ()
    items: Sequence[Item] = ()


def _series(options: PieceOptions) -> list[tuple[str, str]]:
    return named(options.series, blank=N_("— Không theo chuyên mục —"))


@dataclass(frozen=True)
class PlaceInput:
    """Where a piece goes in a campaign, who writes it and by when; keys as chosen."""

    series_id: int | None
    writer_id: int | None
    deadline_on: date | None


class PlaceForm(Form):
    """A piece that is there, to be put into the campaign."""

    item = Choice(lazy(N_("Tin bài")), [needed(N_("Chọn tin bài."))])
    series = Choice(lazy(N_("Chuyên mục")), default="")
    writer = Choice(lazy(N_("Người viết")), default="")
    deadline_on = Day(lazy(N_("Hạn nộp bài")))

    @classmethod
    def among(cls, options: PieceOptions, **values: Any) -> PlaceForm:
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
    series = Choice(lazy(N_("Chuyên mục")), default="")
    writer = Choice(lazy(N_("Người viết")), default="")
    deadline_on = Day(lazy(N_("Hạn nộp bài")))

    @classmethod
    def among(cls, options: PieceOptions, **values: Any) -> PlanItemForm:
        """The form with these units, series and people to choose from."""
        form = cls(**values)
        form.type.choices = [(one.value, show_word(one).label) for one in ItemType]
        units = named(options.organisations)
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
