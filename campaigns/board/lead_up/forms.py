"""What people type about a step of a lead-up."""

from __future__ import annotations

from wtforms.fields import HiddenField

from app.errors import N_
from app.web.days import Day
from app.web.forms import Form, Line, longest, needed
from app.web.lazy import lazy


class StepForm(Form):
    """The day of a step, and a note."""

    due_on = Day(lazy(N_("Hạn")), [needed(N_("Chọn ngày."))])
    note = Line(lazy(N_("Ghi chú")), [longest(500)])
    version = HiddenField()
