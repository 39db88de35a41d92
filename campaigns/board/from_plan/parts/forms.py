"""One proposal as a form: ticked or left, and edited in its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from wtforms import Field
from wtforms.fields import BooleanField
from wtforms.form import BaseForm
from wtforms.validators import StopValidation, ValidationError

from app.clock import Period
from app.errors import N_, Invalid
from app.organisations.models import Organisation
from app.web.days import Day
from app.web.filters import show_word
from app.web.forms import Choice, Form, Line, Ticks, longest, named, needed, say
from app.web.lazy import lazy
from campaigns.board.forms import Whole, day_in, key_in, theme_choices
from campaigns.board.from_plan.services import (
    CampaignChoice,
    SeriesChoice,
    TargetChoice,
    day_key,
)
from campaigns.board.from_plan.shapes import CampaignProposal, SeriesProposal, TargetProposal
from campaigns.board.lead_up.offered.from_plan import PlanDay
from campaigns.board.lead_up.yearly.forms import among
from campaigns.board.models import Cadence
from campaigns.board.rules import check_days, check_name
from campaigns.board.series.services import MOST as MOST_PIECES
from campaigns.board.targets.services import MOST as MOST_PUBLICATIONS
from campaigns.occasions.checks import LONGEST_NAME
from content.items.models import ItemType
from content.outlets.models import Outlet, OutletKind
from content.themes.models import Theme

Check = Callable[[BaseForm, Field], None]


@dataclass(frozen=True)
class WorkOptions:
    """What the fields offer: the plan's themes in use, organisations, outlets at work."""

    themes: Sequence[Theme]
    organisations: Sequence[Organisation]
    outlets: Sequence[Outlet]


def if_taken(*checks: Check) -> Check:
    """A validator that asks *checks* of a ticked proposal; of one that is left, a blank field asks nothing."""

    def check(form: BaseForm, field: Field) -> None:
        if form["take"].data:
            for one in checks:
                one(form, field)
        elif not field.data and not field.process_errors:
            raise StopValidation

    check.field_flags = {"required": True}  # type: ignore[attr-defined]
    return check


def _in_words(ask: Callable[..., None], *values: object) -> None:
    """Let a rule of the house be a field's sentence."""
    try:
        ask(*values)
    except Invalid as fault:
        raise ValidationError(say(fault.sentence, **fault.values)) from fault


class Part(Form):
    """One proposal: ticked or left."""

    take = BooleanField(lazy(N_("Lập")))

    @classmethod
    def made(cls, key: str, **values: Any) -> Any:
        """The part with what was typed, or with what is proposed where nothing of it was sent."""
        sent = request.method == "POST" and any(name.startswith(f"{key}-") for name in request.form)
        if request.method == "POST" and not sent:
            values["take"] = False  # it was not on the page that was sent
        return cls(request.form if sent else None, prefix=f"{key}-", **values)

    def validate_name(self, field: Field) -> None:
        """Ask for a name that can be read."""
        if self.take.data:
            _in_words(check_name, field.data)


class CampaignPart(Part):
    """A campaign: name, days, lead, themes."""

    name = Line(lazy(N_("Tên chiến dịch")), [if_taken(needed(N_("Nhập tên chiến dịch."))), longest(300)])
    starts_on = Day(lazy(N_("Từ ngày")), [if_taken(needed(N_("Chọn ngày bắt đầu.")))])
    ends_on = Day(lazy(N_("Đến hết ngày")), [if_taken(needed(N_("Chọn ngày kết thúc.")))])
    organisation = Choice(lazy(N_("Cơ quan chủ trì")), [if_taken(needed(N_("Chọn cơ quan chủ trì.")))])
    themes = Ticks(lazy(N_("Chủ đề")), [if_taken(needed(N_("Chọn ít nhất một chủ đề.")))])

    @classmethod
    def of(cls, one: CampaignProposal, options: WorkOptions) -> CampaignPart:
        """The part as it is proposed, or as it was sent."""
        form: CampaignPart = cls.made(
            one.key,
            take=one.is_ticked,
            name=one.name,
            starts_on=one.days.first,
            ends_on=one.days.last,
            organisation=str(one.lead_id or ""),
            themes=[str(key) for key in one.theme_ids],
        )
        form.organisation.choices = named(options.organisations, blank=N_("— Chọn cơ quan —"))
        form.themes.choices = named(options.themes)
        return form

    def validate_ends_on(self, field: Day) -> None:
        """Ask for days that run forwards."""
        if self.take.data and self.starts_on.day and field.day:
            _in_words(check_days, Period(self.starts_on.day, field.day))

    def to_choice(self) -> CampaignChoice:
        """The campaign that is wanted."""
        return CampaignChoice(
            name=str(self.name.data),
            starts_on=day_in(self.starts_on),
            ends_on=day_in(self.ends_on),
            organisation_id=key_in(self.organisation) or 0,
            theme_ids=self.themes.ids,
        )


class SeriesPart(Part):
    """A series: name, how many pieces how often, theme, outlets."""

    name = Line(lazy(N_("Tên chuyên mục")), [if_taken(needed(N_("Nhập tên chuyên mục."))), longest(300)])
    quota = Whole(
        lazy(N_("Số tin bài mỗi kỳ")),
        [if_taken(among(1, MOST_PIECES))],
        render_kw={"min": 1, "inputmode": "numeric"},
    )
    cadence = Choice(lazy(N_("Kỳ")), [if_taken(needed(N_("Chọn kỳ.")))])
    theme = Choice(lazy(N_("Chủ đề")), [if_taken(needed(N_("Chọn chủ đề.")))])
    outlets = Ticks(lazy(N_("Nơi đăng")), [if_taken(needed(N_("Chọn ít nhất một nơi đăng.")))])

    @classmethod
    def of(cls, one: SeriesProposal, options: WorkOptions) -> SeriesPart:
        """The part as it is proposed, or as it was sent."""
        form: SeriesPart = cls.made(
            one.key,
            take=one.is_ticked,
            name=one.name,
            quota=one.quota,
            cadence=one.cadence.value,
            theme=str(one.theme_id or ""),
            outlets=[str(key) for key in one.outlet_ids],
        )
        form.cadence.choices = [(kind.value, show_word(kind).label) for kind in Cadence]
        form.theme.choices = theme_choices(options.themes)
        form.outlets.choices = named(options.outlets)
        return form

    def to_choice(self) -> SeriesChoice:
        """The series that is wanted."""
        return SeriesChoice(
            name=str(self.name.data),
            theme_id=key_in(self.theme) or 0,
            cadence=Cadence(self.cadence.data),
            quota=self.quota.number,
            outlet_ids=self.outlets.ids,
        )


class TargetPart(Part):
    """A target: how many, by when, of what, where."""

    count = Whole(
        lazy(N_("Số tin được đăng")),
        [if_taken(among(1, MOST_PUBLICATIONS))],
        render_kw={"min": 1, "inputmode": "numeric"},
    )
    due_on = Day(lazy(N_("Đến hết ngày")), [if_taken(needed(N_("Chọn ngày đến hạn.")))])
    theme = Choice(lazy(N_("Chủ đề")), [if_taken(needed(N_("Chọn chủ đề.")))])
    item_type = Choice(lazy(N_("Thể loại")), default="")
    outlet_kind = Choice(lazy(N_("Đăng ở đâu")), default="")

    @classmethod
    def of(cls, one: TargetProposal, options: WorkOptions) -> TargetPart:
        """The part as it is proposed, or as it was sent."""
        form: TargetPart = cls.made(
            one.key,
            take=one.is_ticked,
            count=one.count,
            due_on=one.due_on,
            theme=str(one.theme_id or ""),
            item_type=one.item_type.value if one.item_type else "",
            outlet_kind=one.outlet_kind.value if one.outlet_kind else "",
        )
        form.theme.choices = theme_choices(options.themes)
        form.item_type.choices = [
            ("", say(N_("Mọi thể loại"))),
            *((kind.value, show_word(kind).label) for kind in ItemType),
        ]
        form.outlet_kind.choices = [
            ("", say(N_("Ở bất cứ đâu"))),
            *((kind.value, show_word(kind).label) for kind in OutletKind),
        ]
        return form

    def to_choice(self) -> TargetChoice:
        """The target that is wanted."""
        return TargetChoice(
            theme_id=key_in(self.theme) or 0,
            count=self.count.number,
            due_on=day_in(self.due_on),
            outlet_kind=OutletKind(self.outlet_kind.data) if self.outlet_kind.data else None,
            item_type=ItemType(self.item_type.data) if self.item_type.data else None,
        )


class DayPart(Part):
    """A day that the plan names, to be kept every year."""

    name = Line(
        lazy(N_("Tên ngày, dịp")), [if_taken(needed(N_("Nhập tên ngày, dịp."))), longest(LONGEST_NAME)]
    )

    @classmethod
    def of(cls, day: PlanDay) -> DayPart:
        """The part as it is proposed, or as it was sent."""
        form: DayPart = cls.made(day_key(day.position), take=day.is_yearly, name=day.name)
        return form
