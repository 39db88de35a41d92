"""What people type about slots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from wtforms.fields import HiddenField

from app.errors import N_
from app.web.days import Moment
from app.web.forms import Choice, Form, Line, longest, named, needed
from app.web.lazy import lazy
from content.channels.models import Channel


@dataclass(frozen=True)
class Booking:
    """A channel and a moment (aware UTC)."""

    channel_id: int
    due_at: datetime


class BookForm(Form):
    """Where and when a piece is to go out."""

    channel = Choice(lazy(N_("Kênh đăng")), [needed(N_("Chọn kênh đăng."))])
    due_at = Moment(lazy(N_("Ngày, giờ đăng")), [needed(N_("Nhập ngày, giờ đăng."))])

    @classmethod
    def among(cls, channels: Sequence[Channel], *, wall: datetime | None) -> BookForm:
        """The form with these channels; *wall* is the moment to begin with, naive on the clocks of Vietnam."""
        form = cls(due_at=wall)
        form.channel.choices = named(channels, blank=N_("— Chọn kênh —"))
        if len(channels) == 1 and not form.is_submitted():
            form.channel.data = str(channels[0].id)
        return form

    def to_input(self) -> Booking:
        """What was chosen."""
        due_at = self.due_at.moment
        assert due_at is not None  # noqa: S101 - validated
        return Booking(int(str(self.channel.data)), due_at)


class SlotForm(Form):
    """The version that was seen; each action's form has it."""

    version = HiddenField()


class HoldForm(SlotForm):
    """Why it is kept back."""

    reason = Line(
        lazy(N_("Lý do tạm giữ")),
        [needed(N_("Hãy ghi lý do tạm giữ để người khác biết.")), longest(500)],
    )


class MoveForm(SlotForm):
    """Another moment."""

    due_at = Moment(lazy(N_("Ngày, giờ đăng mới")), [needed(N_("Nhập ngày, giờ đăng mới."))])


class ThereForm(SlotForm):
    """Where a person found it."""

    address = Line(
        lazy(N_("Đường dẫn của bài đã lên")),
        [needed(N_("Dán đường dẫn của bài đã lên.")), longest(500)],
        render_kw={"type": "url", "inputmode": "url"},
    )
