"""What is typed when a piece is sent up, decided on or withdrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wtforms.fields import HiddenField

from app.accounts.models import Membership, Person
from app.errors import N_
from app.web.forms import Choice, Form, Lines, longest, needed, say
from app.web.lazy import lazy


class SubmitForm(Form):
    """Who is asked to decide."""

    reviewer = Choice(lazy(N_("Người duyệt")), [needed(N_("Chọn người duyệt."))])
    version = HiddenField()

    def choose_from(self, people: Sequence[Person], roles: Mapping[int, Sequence[Membership]]) -> None:
        """Offer these people, each with the units of their roles."""
        units = {
            one.id: ", ".join(dict.fromkeys(role.organisation.name for role in roles[one.id]))
            for one in people
        }
        self.reviewer.choices = [
            ("", say(N_("— Chọn người duyệt —"))),
            *((str(one.id), f"{one.name} ({units[one.id]})") for one in people),
        ]


class DecisionForm(Form):
    """A decision on the text whose hash the page showed; the reason is asked for when the piece is returned."""

    reason = Lines(
        lazy(N_("Lý do trả lại")),
        [longest(2000)],
        description=lazy(N_("Nói rõ cần sửa gì. Bắt buộc khi trả lại.")),
    )
    sha256 = HiddenField()
    decision = HiddenField()


class ReasonForm(Form):
    """Why a piece is withdrawn."""

    reason = Lines(lazy(N_("Lý do thu hồi")), [needed(N_("Nhập lý do thu hồi.")), longest(2000)])
    version = HiddenField()
