"""What people type to move or cancel an occurrence, or to retire its occasion."""

from __future__ import annotations

from wtforms.fields import HiddenField

from app.errors import N_
from app.web.days import Day
from app.web.forms import Form, Lines, longest, needed
from app.web.lazy import lazy


class MoveForm(Form):
    """The day on which it is kept instead."""

    held_on = Day(lazy(N_("Ngày mới")), [needed(N_("Chọn ngày mới."))])
    version = HiddenField()


class CancelForm(Form):
    """Why it is not kept this time."""

    reason = Lines(
        lazy(N_("Lý do")),
        [needed(N_("Nhập lý do, để người khác biết vì sao năm đó không tổ chức.")), longest(500)],
    )
    version = HiddenField()
