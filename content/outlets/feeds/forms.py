"""What people type about feeds."""

from __future__ import annotations

from wtforms.fields import BooleanField, HiddenField

from app.errors import N_
from app.web.forms import Form, Line, longest, needed
from app.web.lazy import lazy


class FeedForm(Form):
    """The address of a feed."""

    address = Line(
        lazy(N_("Địa chỉ nguồn tin")),
        [needed(N_("Dán địa chỉ nguồn tin.")), longest(2000)],
        description=lazy(
            N_("Địa chỉ RSS, Atom hoặc JSON Feed mà báo công bố, thường ở chân trang chủ, mục “RSS”.")
        ),
        render_kw={"inputmode": "url", "autocomplete": "off"},
    )
    is_watched = BooleanField(lazy(N_("Theo dõi ngay")), default=True)
    version = HiddenField()
