"""What people type to put a piece on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.errors import N_
from app.organisations.models import Organisation
from app.web.days import Day
from app.web.forms import Choice, Form, Line, longest, named, needed, say
from app.web.lazy import lazy
from campaigns.board.models import Campaign
from content.items.forms import type_choices
from content.items.models import ItemType
from content.items.services import ItemInput
from content.themes.models import Theme

PREFIX = "piece-"  # its fields stand on one page with the filters


class PieceForm(Form):
    """A new piece in as few fields as planning needs; the rest is filled in on its own page."""

    title = Line(lazy(N_("Tên tin bài")), [needed(N_("Nhập tên tin bài.")), longest(300)])
    planned_on = Day(lazy(N_("Ngày dự kiến")))
    type = Choice(lazy(N_("Loại")), [needed(N_("Chọn loại tin bài."))])
    organisation = Choice(lazy(N_("Đơn vị")), [needed(N_("Chọn đơn vị."))])
    theme = Choice(lazy(N_("Chủ đề")), default="")
    campaign = Choice(lazy(N_("Chiến dịch")), default="")

    @classmethod
    def among(
        cls,
        *,
        units: Sequence[Organisation],
        themes: Sequence[Theme],
        campaigns: Sequence[Campaign],
        day: date | None = None,
        **chosen: Any,
    ) -> PieceForm:
        """The form with these to choose from; *chosen* are values to begin with."""
        form = cls(prefix=PREFIX, planned_on=day, **chosen)
        form.type.choices = type_choices()
        form.organisation.choices = named(units)
        none = ("", say(N_("— Không chọn —")))
        form.theme.choices = [none, *named(themes)]
        form.campaign.choices = [none, *named(campaigns)]
        return form

    def to_input(self) -> ItemInput:
        """The piece to add."""
        return ItemInput(
            type=ItemType(self.type.data),
            title=str(self.title.data),
            organisation_id=int(str(self.organisation.data)),
            planned_on=self.planned_on.day,
            theme_ids=(int(self.theme.data),) if self.theme.data else (),
        )

    @property
    def campaign_id(self) -> int | None:
        """The campaign that it is for."""
        return int(self.campaign.data) if self.campaign.data else None
