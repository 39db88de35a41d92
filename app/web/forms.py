"""Forms: the one adapter to Flask-WTF. What people typed comes out as a frozen dataclass (``to_input``)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from flask_wtf import FlaskForm
from wtforms import Field, StringField, TextAreaField
from wtforms.fields import DateField, DateTimeLocalField, SelectField
from wtforms.validators import StopValidation, ValidationError

from app.clock import YEARS, from_local
from app.errors import N_, Fault, Phrase
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
        return seen_version(self.data.get("version"))

    def refuse(self, fault: Fault) -> int:
        """Show *fault*'s sentence above the form, keep what was typed, and return the status to answer with."""
        self.form_errors.append(say(fault.sentence, **fault.values))
        return fault.status

    def catch_up(self, version: int, **present: object) -> None:
        """After a ``Stale``: say beside each field what it holds now, where that differs from what was typed.

        The form then carries the present *version*, so that whoever has read both may send theirs.
        """
        self["version"].data = version
        for name, value in present.items():
            field = self[name]
            if (field.data or None) != (value or None):
                field.errors = [*field.errors, say(N_("Hiện nay: {value}"), value=_shown(field, value))]

    def first_error(self) -> str:
        """The first thing that is wrong, for a place with room for one sentence."""
        return next((str(errors[0]) for errors in self.errors.values() if errors), "")


def _shown(field: Field, value: object) -> str:
    """A present value as the person would choose or type it."""
    if isinstance(value, date):
        return f"{value.day}/{value.month}/{value.year}"
    if isinstance(field, SelectField):
        return next((str(choice[1]) for choice in field.iter_choices() if choice[0] == value), "—")
    return str(value or "—")


def seen_version(raw: object) -> int:
    """The version that a form or a button carries; what is none is 0, which no row has."""
    text = str(raw or "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


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

    FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y")

    def __init__(self, label: Any = "", validators: Sequence[Any] | None = None, **options: Any) -> None:
        super().__init__(label, list(validators or ()), format=list(self.FORMS), **options)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take a day in one of the forms; nothing typed is no day."""
        if valuelist:
            self.data = None  # what is shown again is what was typed, not what was there before
            found = _typed(valuelist, self.FORMS, "Not a valid date value.", self)
            self.data = found and found.date()

    def _value(self) -> str:
        return _again(self, "%Y-%m-%d")

    def __call__(self, **options: Any) -> Any:
        """The picker, or a line of text while it holds something that a picker would not show."""
        return super().__call__(**_as_text(self), **options)

    @property
    def day(self) -> date | None:
        """The day that was given, typed."""
        return self.data if isinstance(self.data, date) else None


class Moment(DateTimeLocalField):
    """A wall-clock time in Vietnam, naive as typed; ``moment`` is the same in aware UTC."""

    FORMS = (
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%dT%H:%M:%S",
        "%Y-%m-%d %H:%M",
        "%d/%m/%Y %H:%M",
        "%d/%m/%Y, %H:%M",
        "%H:%M %d/%m/%Y",
    )

    def __init__(self, label: Any = "", validators: Sequence[Any] | None = None, **options: Any) -> None:
        super().__init__(label, list(validators or ()), format=list(self.FORMS), **options)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take a moment in one of the forms; nothing typed is no moment."""
        if valuelist:
            self.data = None
            self.data = _typed(valuelist, self.FORMS, "Not a valid datetime value.", self)

    def _value(self) -> str:
        return _again(self, "%Y-%m-%dT%H:%M")

    def __call__(self, **options: Any) -> Any:
        """The picker, or a line of text while it holds something that a picker would not show."""
        return super().__call__(**_as_text(self), **options)

    @property
    def moment(self) -> datetime | None:
        """The moment that was meant, aware UTC."""
        return from_local(self.data) if isinstance(self.data, datetime) else None


def _typed(typed: Sequence[Any], forms: Sequence[str], refusal: str, field: Field) -> datetime | None:
    """The naive time that was typed, None when nothing was.

    Raises:
        ValueError: it is in none of *forms*, or in a year that nobody means; the sentence is for people.
    """
    text = tidy(" ".join(map(str, typed))) or ""
    if not text:
        return None
    for form in forms:
        try:
            found = datetime.strptime(text, form)  # noqa: DTZ007 - a wall clock's time, in Vietnam
        except ValueError:
            continue
        if found.year in YEARS:
            return found
        raise ValueError(say(N_("Năm phải từ {first} đến {last}."), first=YEARS[0], last=YEARS[-1]))
    raise ValueError(field.gettext(refusal))


def _again(field: Field, form: str) -> str:
    """What the field shows: its time as a picker needs it, else what was typed."""
    if isinstance(field.data, date):
        return field.data.strftime(form)
    return str(tidy(" ".join(map(str, field.raw_data)))) if field.raw_data else ""


def _as_text(field: Field) -> dict[str, str]:
    """The input type under which a browser shows what was typed although it is no time."""
    return {"type": "text"} if field.raw_data and not field.data and any(field.raw_data) else {}


class Choice(SelectField):
    """One of a list; *choices* are (value, Vietnamese label) and an empty value means none."""

    def __init__(
        self,
        label: Any = "",
        validators: Sequence[Any] | None = None,
        *,
        choices: Choices | None = None,
        **options: Any,
    ) -> None:
        super().__init__(label, list(validators or ()), **options)
        self.choices = choices or []  # set afterwards: pairs are our form of them, not WTForms'

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the first value; a field that was not sent is empty."""
        self.data = str(valuelist[0]) if valuelist else ""

    def pre_validate(self, form: BaseForm) -> None:
        """Ask for one of the choices; whether none will do is for ``needed`` to say, in its own words."""
        may_be_empty = self.flags.required or any(not choice[0] for choice in self.iter_choices())
        if self.data or not may_be_empty:
            super().pre_validate(form)


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
        if field.process_errors:
            return  # something was typed that cannot be read: one sentence about it is enough
        if not field.data or (isinstance(field.data, str) and not field.data.strip()):
            raise StopValidation(say(sentence))

    check.field_flags = {"required": True}  # type: ignore[attr-defined]
    return check


def say(sentence: str, /, **values: object) -> str:
    """A sentence in the language of the request, values filled in after translation."""
    from flask_babel import gettext  # noqa: PLC0415

    made = str(gettext(sentence)) if sentence else ""  # gettext("") is the head of the catalogue
    told = {
        name: type(value)(gettext(value)) if isinstance(value, Phrase) else value
        for name, value in values.items()
    }
    return made.format(**told) if told else made
