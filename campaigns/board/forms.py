"""What people type about campaigns, and what all forms of the board share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wtforms.fields import HiddenField, IntegerField

from app.accounts.models import Person
from app.errors import N_
from app.organisations.models import Organisation
from app.text import excerpt
from app.web.days import Day
from app.web.forms import Choice, Form, Line, Lines, Ticks, longest, named, needed, say
from app.web.lazy import lazy
from campaigns.board.models import Campaign
from campaigns.board.services import CampaignInput
from campaigns.plans.models import Task
from content.themes.models import Theme


class Whole(IntegerField):
    """A whole number; ``number`` is typed. Nothing typed is no number, which ``needed`` says in words."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the first value, unless it is blank."""
        if valuelist and not str(valuelist[0]).strip():
            self.data = None
        else:
            super().process_formdata(valuelist)

    @property
    def number(self) -> int:
        """The number that was given; 0 when none was."""
        return int(self.data or 0)


def key_in(field: Choice) -> int | None:
    """The key that was chosen; None for the empty choice."""
    return int(str(field.data)) if field.data else None


def day_in(field: Day) -> date:
    """The day of a field that is needed."""
    day = field.day
    assert day is not None  # noqa: S101 - validated
    return day


def people_choices(people: Iterable[Person]) -> list[tuple[str, str]]:
    """People to choose from, or nobody."""
    return named(people, blank=N_("— Chưa giao —"))


@dataclass(frozen=True)
class CampaignOptions:
    """What the campaign's form offers."""

    themes: Sequence[Theme]
    organisations: Sequence[Organisation]


class CampaignForm(Form):
    """A campaign's name, purpose, days, lead and themes; its tasks are picked on the page before."""

    name = Line(lazy(N_("Tên chiến dịch")), [needed(N_("Nhập tên chiến dịch.")), longest(300)])
    purpose = Lines(
        lazy(N_("Mục đích")),
        [longest(3_000)],
        description=lazy(N_("Chiến dịch nhằm làm gì, cho ai.")),
    )
    starts_on = Day(lazy(N_("Từ ngày")), [needed(N_("Chọn ngày bắt đầu."))])
    ends_on = Day(lazy(N_("Đến hết ngày")), [needed(N_("Chọn ngày kết thúc."))])
    organisation = Choice(lazy(N_("Cơ quan chủ trì")), [needed(N_("Chọn cơ quan chủ trì."))])
    themes = Ticks(
        lazy(N_("Chủ đề")),
        [needed(N_("Chọn ít nhất một chủ đề."))],
        description=lazy(N_("Tin đã đăng được đếm theo chủ đề.")),
    )
    version = HiddenField()

    @classmethod
    def among(cls, options: CampaignOptions, **values: Any) -> CampaignForm:
        """The form with these themes and organisations to choose from."""
        form = cls(**values)
        form.themes.choices = named(options.themes)
        form.organisation.choices = named(options.organisations, blank=N_("— Chọn cơ quan —"))
        return form

    @classmethod
    def of(cls, campaign: Campaign, options: CampaignOptions, *, theme_ids: Iterable[int]) -> CampaignForm:
        """The form filled with what *campaign* is."""
        return cls.among(
            options,
            name=campaign.name,
            purpose=campaign.purpose,
            starts_on=campaign.starts_on,
            ends_on=campaign.ends_on,
            organisation=str(campaign.organisation_id),
            themes=[str(one) for one in theme_ids],
            version=str(campaign.version),
        )

    def to_input(self, task_ids: Sequence[int]) -> CampaignInput:
        """The campaign that is wanted, standing on these tasks."""
        return CampaignInput(
            name=str(self.name.data),
            purpose=str(self.purpose.data or ""),
            starts_on=day_in(self.starts_on),
            ends_on=day_in(self.ends_on),
            organisation_id=key_in(self.organisation) or 0,
            theme_ids=self.themes.ids,
            task_ids=tuple(task_ids),
        )


def theme_choices(themes: Iterable[Theme]) -> list[tuple[str, str]]:
    """The campaign's themes to choose one from."""
    return named(themes, blank=N_("— Chọn chủ đề —"))


def task_choices(tasks: Iterable[Task]) -> list[tuple[str, str]]:
    """The campaign's tasks to choose one from, or none."""
    return [
        ("", say(N_("— Chung cho cả chiến dịch —"))),
        *((str(one.id), f"{one.ordinal}) {excerpt(one.text, longest=90)}") for one in tasks),
    ]
