"""What people type about one occurrence."""

from __future__ import annotations

from wtforms.fields import HiddenField

from app.errors import N_
from app.web.forms import Form, Line, longest
from app.web.lazy import lazy


class SloganForm(Form):
    """The year's own theme, when it is announced."""

    slogan = Line(
        lazy(N_("Chủ đề của năm")),
        [longest(500)],
        description=lazy(N_("Ghi đúng như văn bản công bố; để trống khi chưa công bố.")),
    )
    version = HiddenField()
