"""What people type about channels."""

from __future__ import annotations

from collections.abc import Sequence

from app.errors import N_
from app.web.filters import show_word
from app.web.forms import Choice, Form, Line, longest, named, needed
from app.web.lazy import lazy
from content.channels.models import ChannelKind
from content.channels.services import ChannelInput
from content.outlets.models import Outlet


class ChannelForm(Form):
    """A channel to add."""

    kind = Choice(lazy(N_("Loại kênh")), [needed(N_("Chọn loại kênh."))])
    name = Line(
        lazy(N_("Tên kênh")),
        [needed(N_("Nhập tên kênh.")), longest(200)],
        description=lazy(N_("Ví dụ: Trang tin của Sở. Người lên lịch chọn kênh theo tên này.")),
    )
    outlet = Choice(
        lazy(N_("Trang, đài của mình")),
        [needed(N_("Chọn trang, đài mà kênh này thuộc về."))],
        description=lazy(N_("Tin đăng qua kênh được tính cho trang, đài này.")),
    )

    @classmethod
    def among(cls, outlets: Sequence[Outlet]) -> ChannelForm:
        """The form with these outlets to choose from."""
        form = cls()
        form.kind.choices = [(kind.value, show_word(kind).label) for kind in ChannelKind]
        form.outlet.choices = named(outlets, blank=N_("— Chọn —"))
        if len(outlets) == 1 and not form.is_submitted():
            form.outlet.data = str(outlets[0].id)
        return form

    def to_input(self) -> ChannelInput:
        """The channel that was meant."""
        return ChannelInput(
            kind=ChannelKind(self.kind.data),
            name=str(self.name.data),
            outlet_id=int(str(self.outlet.data)),
        )
