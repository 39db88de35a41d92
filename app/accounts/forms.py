"""What people type about people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wtforms.fields import HiddenField, PasswordField

from app.accounts.first import FirstAdministrator
from app.accounts.permissions import Role
from app.accounts.services import NewPerson
from app.errors import N_
from app.organisations.models import Organisation
from app.web.days import Day
from app.web.filters import show_word
from app.web.forms import Choice, Form, Line, longest, named, needed, say
from app.web.lazy import lazy


class SignInForm(Form):
    """E-mail and password."""

    email = Line(
        lazy(N_("Thư điện tử")),
        [needed(N_("Nhập địa chỉ thư điện tử của bạn.")), longest(254)],
        render_kw={"type": "email", "autocomplete": "username"},
    )
    password = PasswordField(
        lazy(N_("Mật khẩu")),
        [needed(N_("Nhập mật khẩu.")), longest(200)],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()


class PasswordForm(Form):
    """A new password, typed once: people see what a manager filled in, and can have a new link at any time."""

    password = PasswordField(
        lazy(N_("Mật khẩu mới")),
        [needed(N_("Nhập mật khẩu mới.")), longest(200)],
        description=lazy(N_("Ít nhất 10 ký tự. Một câu dễ nhớ là mật khẩu tốt.")),
        render_kw={"autocomplete": "new-password"},
    )


class ChangePasswordForm(PasswordForm):
    """The present password and a new one."""

    present = PasswordField(
        lazy(N_("Mật khẩu hiện tại")),
        [needed(N_("Nhập mật khẩu hiện tại.")), longest(200)],
        render_kw={"autocomplete": "current-password"},
    )


class FirstForm(PasswordForm):
    """The first administrator and the lead agency."""

    organisation = Line(
        lazy(N_("Cơ quan chủ trì")),
        [needed(N_("Nhập tên cơ quan.")), longest(300)],
        description=lazy(N_("Tên đầy đủ, ví dụ: Sở Khoa học và Công nghệ tỉnh Quảng Ngãi.")),
    )
    name = Line(
        lazy(N_("Họ và tên")),
        [needed(N_("Nhập họ và tên.")), longest(200)],
        render_kw={"autocomplete": "name"},
    )
    email = Line(
        lazy(N_("Thư điện tử")),
        [needed(N_("Nhập địa chỉ thư điện tử.")), longest(254)],
        render_kw={"type": "email", "autocomplete": "email"},
    )

    def to_input(self, organisation_id: int) -> FirstAdministrator:
        """Who sets up, for the organisation that was made."""
        return FirstAdministrator(
            name=str(self.name.data),
            email=str(self.email.data),
            password=str(self.password.data),
            organisation_id=organisation_id,
        )


def _roles() -> list[tuple[str, str]]:
    """Every role, none of them chosen beforehand: the first of them may do the most."""
    return [("", say(N_("— Chọn vai trò —"))), *((role.value, show_word(role).label) for role in Role)]


class InviteForm(Form):
    """Somebody new with a first role."""

    name = Line(lazy(N_("Họ và tên")), [needed(N_("Nhập họ và tên.")), longest(200)])
    email = Line(
        lazy(N_("Thư điện tử")),
        [needed(N_("Nhập địa chỉ thư điện tử.")), longest(254)],
        render_kw={"type": "email"},
    )
    organisation = Choice(lazy(N_("Cơ quan")), [needed(N_("Chọn cơ quan."))])
    role = Choice(lazy(N_("Vai trò")), [needed(N_("Chọn vai trò."))])

    @classmethod
    def among(cls, organisations: list[Organisation]) -> InviteForm:
        """The form with these organisations to choose from."""
        form = cls()
        form.organisation.choices = named(organisations, blank=N_("— Chọn cơ quan —"))
        form.role.choices = _roles()
        return form

    def to_input(self) -> NewPerson:
        """Who is to be invited."""
        return NewPerson(
            name=str(self.name.data),
            email=str(self.email.data),
            organisation_id=int(str(self.organisation.data)),
            role=Role(self.role.data),
        )


@dataclass(frozen=True)
class RoleInput:
    """A role to give."""

    organisation_id: int
    role: Role
    starts_on: date
    ends_on: date | None


class RoleForm(Form):
    """A further role, from a day to a day."""

    organisation = Choice(lazy(N_("Cơ quan")), [needed(N_("Chọn cơ quan."))])
    role = Choice(lazy(N_("Vai trò")), [needed(N_("Chọn vai trò."))])
    starts_on = Day(lazy(N_("Từ ngày")), [needed(N_("Chọn ngày bắt đầu."))])
    ends_on = Day(lazy(N_("Đến hết ngày")), description=lazy(N_("Để trống nếu chưa biết.")))

    @classmethod
    def among(cls, organisations: list[Organisation], *, today: date, sent: bool) -> RoleForm:
        """The form with these organisations to choose from, as it was *sent* or fresh, beginning today."""
        form = cls(starts_on=today) if sent else cls(formdata=None, starts_on=today)
        form.organisation.choices = named(organisations, blank=N_("— Chọn cơ quan —"))
        form.role.choices = _roles()
        return form

    def to_input(self) -> RoleInput:
        """The role to give."""
        starts_on = self.starts_on.day
        assert starts_on is not None  # noqa: S101 - validated
        return RoleInput(int(str(self.organisation.data)), Role(self.role.data), starts_on, self.ends_on.day)


class PersonForm(Form):
    """Name and e-mail of somebody who is there, and the version that was seen."""

    name = Line(lazy(N_("Họ và tên")), [needed(N_("Nhập họ và tên.")), longest(200)])
    email = Line(
        lazy(N_("Thư điện tử")),
        [needed(N_("Nhập địa chỉ thư điện tử.")), longest(254)],
        render_kw={"type": "email"},
    )
    version = HiddenField()
