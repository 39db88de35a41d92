"""What people type about outlets."""

from __future__ import annotations

import re

from wtforms.fields import BooleanField, FileField, HiddenField

from app.errors import N_
from app.organisations.models import Organisation
from app.web.filters import show_word
from app.web.forms import Choice, Form, Line, longest, named, needed, say
from app.web.lazy import lazy
from content.outlets.models import Outlet, OutletKind
from content.outlets.services import OutletInput


def kind_choices() -> list[tuple[str, str]]:
    """Every kind of outlet with its label."""
    return [(kind.value, show_word(kind).label) for kind in OutletKind]


class OutletForm(Form):
    """An outlet, new or changed."""

    name = Line(lazy(N_("Tên")), [needed(N_("Nhập tên.")), longest(300)])
    kind = Choice(lazy(N_("Loại")), [needed(N_("Chọn loại."))])
    organisation = Choice(lazy(N_("Cơ quan chủ quản")), [needed(N_("Chọn cơ quan chủ quản."))])
    address = Line(
        lazy(N_("Trang chủ")),
        [longest(490)],
        description=lazy(N_("Để trống nếu không có, như loa truyền thanh.")),
        render_kw={"inputmode": "url", "autocomplete": "off"},
    )
    area = Line(lazy(N_("Địa bàn")), [longest(200)])
    languages = Line(
        lazy(N_("Ngôn ngữ")),
        [longest(200)],
        description=lazy(N_("Mã ngôn ngữ, cách nhau bằng dấu phẩy; ví dụ: vi, hre, cor.")),
        default="vi",
    )
    is_own = BooleanField(lazy(N_("Trang, đài của cơ quan mình, Loa đăng được lên đó")))
    version = HiddenField()

    @classmethod
    def among(cls, organisations: list[Organisation], outlet: Outlet | None = None) -> OutletForm:
        """The form with these organisations to choose from, filled from *outlet* when one is changed."""
        known = {} if outlet is None else {**present(outlet), "version": outlet.version}
        form = cls(**known)
        form.kind.choices = [("", say(N_("— Chọn loại —"))), *kind_choices()]
        form.organisation.choices = named(organisations, blank=N_("— Chọn cơ quan —"))
        return form

    def to_input(self) -> OutletInput:
        """The outlet as typed."""
        codes = re.split(r"[\s,;|]+", str(self.languages.data))
        return OutletInput(
            kind=OutletKind(self.kind.data),
            name=str(self.name.data),
            organisation_id=int(str(self.organisation.data)),
            address=str(self.address.data),
            area=str(self.area.data),
            languages=tuple(code for code in codes if code),
            is_own=bool(self.is_own.data),
        )


def present(outlet: Outlet) -> dict[str, object]:
    """What the form's fields hold for *outlet*."""
    return {
        "name": outlet.name,
        "kind": outlet.kind.value,
        "organisation": str(outlet.organisation_id),
        "address": outlet.address,
        "area": outlet.area,
        "languages": ", ".join(outlet.languages),
        "is_own": outlet.is_own,
    }


class FileForm(Form):
    """A table in a file."""

    file = FileField(
        lazy(N_("Tệp CSV")),
        [needed(N_("Chọn một tệp CSV."))],
        render_kw={"accept": ".csv,text/csv"},
    )
