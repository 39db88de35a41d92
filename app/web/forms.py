"""Forms: the one adapter to Flask-WTF. What people typed comes out as a frozen dataclass (``to_input``)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from flask_wtf import FlaskForm
from wtforms import Field, StringField, TextAreaField
from wtforms.fields import DateField, DateTimeLocalField, SelectField
from wtforms.validators import Optional, ValidationError

from app.clock import from_local
from app.errors import N_
from app.text import clean

if TYPE_CHECKING:
    from wtforms.form import BaseForm

Choices = Sequence[tuple[str, str]]


class _Messages:
    """WTForms' own sentences, in our words and through our catalogues."""

    SENTENCES = {
        "This field is required.": N_("Mục này không được để trống."),
        "Not a valid choice.": N_("Lựa chọn này không có trong danh sách."),
        "Not a valid choice": N_("Lựa chọn này không có trong danh sách."),
        "Not a valid integer value.": N_("Hãy nhập một số nguyên."),
        "Not a valid date value.": N_("Ngày không đúng; ví dụ: 18/5/2026."),
        "Not a valid datetime value.": N_("Ngày giờ không đúng; ví dụ: 18/5/2026 07:00."),
        "Invalid Choice: could not coerce.": N_("Lựa chọn này không có trong danh sách."),
        "Invalid email address.": N_("Địa chỉ thư điện tử không đúng."),
    }

    def gettext(self, sentence: str) -> str:
        """The sentence in the language of the request."""
        from flask_babel import gettext  # noqa: PLC0415 - needs a request, as forms do

        return str(gettext(self.SENTENCES[sentence])) if sentence in self.SENTENCES else sentence

    def ngettext(self, one: str, many: str, number: int) -> str:
        """WTForms counts letters with it; Vietnamese has no plural."""
        return self.gettext(one if number == 1 else many)


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """Base of every form: cleaned text, our sentences, CSRF checked once for all by the application."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """No second CSRF check per form: the application checks every unsafe request."""

        csrf = False

        def get_translations(self, form: BaseForm) -> _Messages:
            """Our sentences instead of WTForms' own."""
            return _Messages()

    def seen(self) -> int:
        """The version that the form's page showed; 0, which no row has, when it was not sent."""
        raw = self.data.get("version")
        return int(raw) if str(raw or "").isdecimal() else 0

    def first_error(self) -> str:
        """The first thing that is wrong, for a place with room for one sentence."""
        return next((str(errors[0]) for errors in self.errors.values() if errors), "")


def tidy(text: str | None) -> str | None:
    """A line as typed: cleaned, without blanks at its ends and doubled ones within."""
    return None if text is None else " ".join(clean(text).split())


def tidy_text(text: str | None) -> str | None:
    """Several lines as typed: cleaned, blank lines at the ends taken off."""
    return None if text is None else clean(text).strip("\n").rstrip()


class Line(StringField):
    """One line of text."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the first value, tidied."""
        self.data = (tidy(str(valuelist[0])) if valuelist else "") or ""


class Lines(TextAreaField):
    """Several lines of text."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the first value, tidied."""
        self.data = (tidy_text(str(valuelist[0])) if valuelist else "") or ""


class Day(DateField):
    """A local day: the browser's picker sends ISO, people also type 18/5/2026. Empty is fine unless needed."""

    def __init__(self, label: Any = "", validators: Sequence[Any] | None = None, **options: Any) -> None:
        super().__init__(
            label, list(validators or ()), format=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"], **options
        )

    @property
    def day(self) -> date | None:
        """The day that was given, typed."""
        return self.data if isinstance(self.data, date) else None


class Moment(DateTimeLocalField):
    """A wall-clock time in Vietnam, naive as typed; ``moment`` is the same in aware UTC."""

    def __init__(self, label: Any = "", validators: Sequence[Any] | None = None, **options: Any) -> None:
        rules = list(validators or ())
        if not any(getattr(rule, "field_flags", {}).get("required") for rule in rules):
            rules.insert(0, Optional())
        forms = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M", "%H:%M %d/%m/%Y"]
        super().__init__(label, rules, format=forms, **options)

    @property
    def moment(self) -> datetime | None:
        """The moment that was meant, aware UTC."""
        return from_local(self.data) if isinstance(self.data, datetime) else None


class Choice(SelectField):
    """One of a list; *choices* are (value, Vietnamese label) and an empty value means none."""


class longest:  # noqa: N801 - reads as WTForms' validators do
    """At most *limit* letters after cleaning."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.field_flags = {"maxlength": limit} if limit <= 1_000 else {}

    def __call__(self, form: BaseForm, field: Field) -> None:
        size = len(field.data or "")
        if size > self.limit:
            raise ValidationError(
                say(
                    N_("Dài {size} ký tự, nhiều nhất là {limit}. Hãy rút gọn; phần đã nhập vẫn còn ở đây."),
                    size=size,
                    limit=self.limit,
                )
            )


def needed(sentence: str) -> Callable[[BaseForm, Field], None]:
    """A validator that asks for a value, in a sentence of its own."""

    def check(form: BaseForm, field: Field) -> None:
        if not field.data or (isinstance(field.data, str) and not field.data.strip()):
            raise ValidationError(say(sentence))

    check.field_flags = {"required": True}  # type: ignore[attr-defined]
    return check


def say(sentence: str, **values: object) -> str:
    """A sentence in the language of the request, values filled in after translation."""
    from flask_babel import gettext  # noqa: PLC0415

    made = str(gettext(sentence))
    return made.format(**values) if values else made
