"""Which of the days that are offered are to be kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.errors import N_
from app.organisations.models import Organisation
from app.web.forms import Choice, Form, Ticks, named, needed
from app.web.lazy import lazy
from content.themes.models import Theme


class OfferForm(Form):
    """Which of the usual days, or of a plan's days, are to be kept."""

    days = Ticks(lazy(N_("Ngày, dịp")), [needed(N_("Chọn ít nhất một ngày."))])
    organisation = Choice(lazy(N_("Cơ quan chủ trì")), [needed(N_("Chọn cơ quan chủ trì."))])
    themes = Ticks(
        lazy(N_("Chủ đề")),
        description=lazy(
            N_("Cho những ngày chưa có chủ đề hợp tên. Ngày không có chủ đề thì chưa lập chiến dịch.")
        ),
    )

    @classmethod
    def among(
        cls,
        offered: Sequence[tuple[str, str]],
        in_use: Sequence[Theme],
        organisations: Sequence[Organisation],
        **values: Any,
    ) -> OfferForm:
        """The form with these days, themes and organisations to choose from."""
        form = cls(**values)
        form.days.choices = list(offered)
        form.themes.choices = named(in_use)
        form.organisation.choices = named(organisations, blank=N_("— Chọn cơ quan —"))
        return form
