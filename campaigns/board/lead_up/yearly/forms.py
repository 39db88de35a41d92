"""What people type about an occasion and about the template of its lead-up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import Field
from wtforms.fields import BooleanField, HiddenField
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from app.accounts.models import Person
from app.errors import N_
from app.organisations.models import Organisation
from app.web.filters import show_word
from app.web.forms import Choice, Form, Line, Lines, Ticks, longest, named, needed, say
from app.web.lazy import lazy
from campaigns.board.forms import Whole, key_in
from campaigns.occasions.checks import LONGEST_NAME, OccasionInput
from campaigns.occasions.models import Occasion, OffDayRule, RuleKind
from campaigns.occasions.rules import LAST, MOST_WINDOW, Rule
from campaigns.occasions.words import WEEKDAYS
from content.themes.models import Theme

NTH = {
    1: N_("thứ nhất"),
    2: N_("thứ hai"),
    3: N_("thứ ba"),
    4: N_("thứ tư"),
    5: N_("thứ năm"),
    LAST: N_("cuối cùng"),
}
BEFORE, AFTER = "before", "after"
BLANK_PIECES = 3


def among(least: int, most: int) -> Callable[[BaseForm, Field], None]:
    """A validator that asks for a whole number from *least* to *most*; 0 is one."""

    def check(form: BaseForm, field: Field) -> None:
        if field.process_errors:
            return
        if field.data is None or not least <= field.data <= most:
            raise StopValidation(say(N_("Nhập một số từ {least} đến {most}."), least=least, most=most))

    check.field_flags = {"required": True, "min": least, "max": most}  # type: ignore[attr-defined]
    return check


@dataclass(frozen=True)
class OccasionOptions:
    """What the form of an occasion offers."""

    themes: Sequence[Theme]
    organisations: Sequence[Organisation]
    people: Sequence[Person]


class OccasionForm(Form):
    """A yearly day: its rule, its window, who leads, what its campaigns serve."""

    name = Line(lazy(N_("Tên ngày, dịp")), [needed(N_("Nhập tên ngày, dịp.")), longest(LONGEST_NAME)])
    kind = Choice(lazy(N_("Cách tính ngày")), [needed(N_("Chọn cách tính ngày."))])
    month = Choice(lazy(N_("Tháng")), [needed(N_("Chọn tháng."))])
    day = Choice(lazy(N_("Ngày trong tháng")), default="")
    nth = Choice(lazy(N_("Lần thứ mấy trong tháng")), default="")
    weekday = Choice(lazy(N_("Thứ trong tuần")), default="")
    off_days = Choice(lazy(N_("Nếu rơi vào ngày nghỉ")))
    window_before = Whole(
        lazy(N_("Truyền thông trước, số ngày")), [among(0, MOST_WINDOW)], render_kw={"inputmode": "numeric"}
    )
    window_after = Whole(
        lazy(N_("Truyền thông sau, số ngày")), [among(0, MOST_WINDOW)], render_kw={"inputmode": "numeric"}
    )
    has_campaign = BooleanField(
        lazy(N_("Lập chiến dịch cho mỗi năm")),
        description=lazy(
            N_("Mỗi năm có một chiến dịch với các bước và tin bài theo mẫu, lập trước 24 tháng.")
        ),
    )
    themes = Ticks(lazy(N_("Chủ đề")), description=lazy(N_("Cần ít nhất một chủ đề nếu lập chiến dịch.")))
    organisation = Choice(lazy(N_("Cơ quan chủ trì")), [needed(N_("Chọn cơ quan chủ trì."))])
    owner = Choice(
        lazy(N_("Người phụ trách")),
        [needed(N_("Chọn người phụ trách."))],
        description=lazy(N_("Chiến dịch và tin bài của mỗi năm được lập dưới tên người này.")),
    )
    note = Lines(
        lazy(N_("Căn cứ, ghi chú")), [longest(1_000)], description=lazy(N_("Ngày này do văn bản nào đặt ra."))
    )
    version = HiddenField()

    @classmethod
    def among(cls, options: OccasionOptions, **values: Any) -> OccasionForm:
        """The form with these themes, organisations and people to choose from."""
        form = cls(**values)
        none = ("", "—")
        form.kind.choices = [(one.value, show_word(one).label) for one in RuleKind]
        form.month.choices = [(str(one), say(N_("Tháng {month}"), month=one)) for one in range(1, 13)]
        form.day.choices = [none, *((str(one), str(one)) for one in range(1, 32))]
        form.nth.choices = [none, *((str(one), say(label)) for one, label in NTH.items())]
        form.weekday.choices = [none, *((str(one), say(label)) for one, label in enumerate(WEEKDAYS))]
        form.off_days.choices = [(one.value, show_word(one).label) for one in OffDayRule]
        form.themes.choices = named(options.themes)
        form.organisation.choices = named(options.organisations, blank=N_("— Chọn cơ quan —"))
        form.owner.choices = named(options.people, blank=N_("— Chọn người —"))
        return form

    @classmethod
    def of(cls, occasion: Occasion, options: OccasionOptions, *, theme_ids: Sequence[int]) -> OccasionForm:
        """The form filled with what *occasion* is."""
        return cls.among(
            options,
            name=occasion.name,
            kind=occasion.rule.value,
            month=str(occasion.month),
            day=str(occasion.day or ""),
            nth=str(occasion.nth or ""),
            weekday="" if occasion.weekday is None else str(occasion.weekday),
            off_days=occasion.off_days.value,
            window_before=occasion.window_before,
            window_after=occasion.window_after,
            has_campaign=occasion.has_campaign,
            themes=[str(one) for one in theme_ids],
            organisation=str(occasion.organisation_id),
            owner=str(occasion.owner_id),
            note=occasion.note,
            version=str(occasion.version),
        )

    def to_input(self, *, first_year: int, task_ids: Sequence[int]) -> OccasionInput:
        """The occasion that is wanted."""
        return OccasionInput(
            name=str(self.name.data),
            rule=self._rule(),
            organisation_id=key_in(self.organisation) or 0,
            owner_id=key_in(self.owner) or 0,
            first_year=first_year,
            off_days=OffDayRule(self.off_days.data),
            window_before=self.window_before.number,
            window_after=self.window_after.number,
            theme_ids=self.themes.ids,
            task_ids=tuple(task_ids),
            has_campaign=bool(self.has_campaign.data),
            note=str(self.note.data or ""),
        )

    def _rule(self) -> Rule:
        """The rule, with those values only that its kind needs."""
        kind, month = RuleKind(self.kind.data), int(str(self.month.data))
        if kind is RuleKind.WEEKDAY:
            weekday = int(str(self.weekday.data)) if self.weekday.data else None
            return Rule(kind, month, nth=key_in(self.nth), weekday=weekday)
        return Rule(kind, month, day=key_in(self.day))
