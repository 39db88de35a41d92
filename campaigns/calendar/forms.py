"""The filters of the calendar as a form that stands in its address."""

from __future__ import annotations

from collections.abc import Iterable

from app.errors import N_
from app.organisations.models import Organisation
from app.web.filters import show_word
from app.web.forms import Choice, Form, Line, longest, named, say
from app.web.lazy import lazy
from campaigns.board.models import Campaign, Series
from campaigns.calendar.asked import LONGEST_WORDS, STATES, Filters
from campaigns.calendar.choices import Choices
from content.items.models import ItemType
from content.outlets.models import Outlet
from content.themes.models import Theme

Named = Theme | Campaign | Series | Outlet | Organisation


class FilterForm(Form):
    """What is shown; names are those of the address."""

    q = Line(lazy(N_("Từ trong tên tin bài")), [longest(LONGEST_WORDS)])
    theme = Choice(lazy(N_("Chủ đề")))
    campaign = Choice(lazy(N_("Chiến dịch")))
    series = Choice(lazy(N_("Chuyên mục")))
    type = Choice(lazy(N_("Loại")))
    state = Choice(lazy(N_("Tình trạng")))
    outlet = Choice(lazy(N_("Nơi đăng")))
    unit = Choice(lazy(N_("Đơn vị")))

    @classmethod
    def of(cls, filters: Filters, choices: Choices) -> FilterForm:
        """The form with *filters* chosen."""
        values = filters.values()
        form = cls(formdata=None, data={name: values.get(name, "") for name in cls._names()})
        form.theme.choices = _offers(choices.themes)
        form.campaign.choices = _offers(choices.campaigns)
        form.series.choices = _offers(choices.series)
        form.outlet.choices = _offers(choices.outlets)
        form.unit.choices = _offers(choices.units)
        form.type.choices = [_all(), *((one.value, show_word(one).label) for one in ItemType)]
        form.state.choices = [_all(), *((one.value, show_word(one).label) for one in STATES)]
        return form

    @classmethod
    def _names(cls) -> tuple[str, ...]:
        return ("q", "theme", "campaign", "series", "type", "state", "outlet", "unit")

    def labels(self) -> dict[str, str]:
        """What narrows the calendar, as people read it, by name in the address."""
        made: dict[str, str] = {}
        for name in self._names():
            one = self[name]
            if one.data:
                made[name] = _label(one) if isinstance(one, Choice) else f"“{one.data}”"
        return made


def _all() -> tuple[str, str]:
    return "", say(N_("Tất cả"))


def _offers(rows: Iterable[Named]) -> list[tuple[str, str]]:
    return [_all(), *named(rows)]


def _label(one: Choice) -> str:
    return next((option.label.text for option in one if option.checked), str(one.data))
