"""What people type about targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wtforms.fields import HiddenField

from app.errors import N_
from app.web.days import Day
from app.web.filters import show_word
from app.web.forms import Choice, Form, named, needed, say
from app.web.lazy import lazy
from campaigns.board.forms import Whole, day_in, key_in, task_choices, theme_choices
from campaigns.board.models import Target
from campaigns.board.targets.services import TargetInput
from campaigns.plans.models import Task
from content.items.models import ItemType
from content.outlets.models import Outlet, OutletKind
from content.themes.models import Theme

KIND = "kind:"


@dataclass(frozen=True)
class TargetOptions:
    """What the form of a target offers."""

    themes: Sequence[Theme]
    outlets: Sequence[Outlet]
    tasks: Sequence[Task] = ()


class TargetForm(Form):
    """A target: so many publications of a theme, where, by when."""

    theme = Choice(lazy(N_("Chủ đề")), [needed(N_("Chọn chủ đề."))])
    count = Whole(
        lazy(N_("Số tin được đăng")),
        [needed(N_("Nhập số tin."))],
        render_kw={"min": 1, "inputmode": "numeric"},
    )
    place = Choice(lazy(N_("Đăng ở đâu")), default="")
    item_type = Choice(lazy(N_("Thể loại")), default="")
    due_on = Day(lazy(N_("Đến hết ngày")), [needed(N_("Chọn ngày đến hạn."))])
    task = Choice(lazy(N_("Thực hiện nhiệm vụ")), default="")
    version = HiddenField()

    @classmethod
    def among(cls, options: TargetOptions, **values: Any) -> TargetForm:
        """The form with these themes and outlets to choose from."""
        form = cls(**values)
        form.theme.choices = theme_choices(options.themes)
        form.place.choices = {
            say(N_("Tất cả")): [("", say(N_("Ở bất cứ đâu")))],
            say(N_("Theo loại")): [(KIND + one.value, show_word(one).label) for one in OutletKind],
            say(N_("Một nơi đăng")): named(options.outlets),
        }
        form.item_type.choices = [
            ("", say(N_("Mọi thể loại"))),
            *((one.value, show_word(one).label) for one in ItemType),
        ]
        form.task.choices = task_choices(options.tasks)
        return form

    @classmethod
    def of(cls, target: Target, options: TargetOptions) -> TargetForm:
        """The form filled with what *target* is."""
        kind = KIND + target.outlet_kind.value if target.outlet_kind else ""
        return cls.among(
            options,
            theme=str(target.theme_id),
            count=target.count,
            place=str(target.outlet_id or kind),
            item_type=target.item_type.value if target.item_type else "",
            due_on=target.due_on,
            task=str(target.task_id or ""),
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
            task_id=key_in(self.task),
        )
