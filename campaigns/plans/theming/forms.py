"""The themes of a plan, ticked and typed."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import ValidationError
from wtforms.fields import HiddenField
from wtforms.form import BaseForm

from app.errors import N_
from app.web.forms import Form, Lines, Ticks, longest, named, say
from app.web.lazy import lazy
from campaigns.plans.models import Plan
from campaigns.plans.theming.services import ThemesInput
from campaigns.plans.uploads.names import names_of
from content.themes.models import Theme
from content.themes.services import LONGEST_NAME


class ThemeNames(Lines):
    """Names of themes, one a line; ``names`` are typed."""

    @property
    def names(self) -> list[str]:
        """The names, each once."""
        return names_of(self.data)

    def pre_validate(self, form: BaseForm) -> None:
        """Each name fits its column."""
        if any(len(name) > LONGEST_NAME for name in self.names):
            raise ValidationError(say(N_("Tên chủ đề dài nhất {limit} ký tự."), limit=LONGEST_NAME))


class PlanThemesForm(Form):
    """Themes of the catalogue to tick, and others by name."""

    themes = Ticks(
        lazy(N_("Chủ đề")),
        description=lazy(
            N_("Tin đã đăng được đếm theo chủ đề; chiến dịch lập từ kế hoạch bắt đầu với các chủ đề này.")
        ),
    )
    added = ThemeNames(
        lazy(N_("Thêm chủ đề khác")), [longest(6_000)], description=lazy(N_("Mỗi dòng một tên"))
    )
    version = HiddenField()

    @classmethod
    def of(cls, plan: Plan, served: Sequence[Theme], catalogue: Sequence[Theme]) -> PlanThemesForm:
        """The form with the themes that *plan* serves ticked, or as it was sent."""
        form: PlanThemesForm = cls(themes=[str(one.id) for one in served], version=str(plan.version))
        form.themes.choices = named(catalogue)
        return form

    def validate_added(self, field: ThemeNames) -> None:
        """A form that came without its field says nothing of the boxes either: no box is unticked by it."""
        if not field.raw_data:
            raise ValidationError(say(N_("Biểu mẫu đến không đủ mục. Hãy tải lại trang rồi lưu lại.")))

    def to_input(self) -> ThemesInput:
        """The themes that are wanted."""
        return ThemesInput(theme_ids=self.themes.ids, names=tuple(self.added.names))
