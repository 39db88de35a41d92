"""Forms: the one adapter to Flask-WTF. What people typed comes out as a frozen dataclass (``to_input``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from flask_wtf import FlaskForm
from markupsafe import Markup, escape
from wtforms import Field, StringField, TextAreaField
from wtforms.fields import SelectField, SelectMultipleField
from wtforms.validators import StopValidation, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget, Select, html_params

from app.errors import N_, Fault, Phrase
from app.text import clean

if TYPE_CHECKING:
    from wtforms.form import BaseForm

Choices = Sequence[tuple[str, str]]
NOT_OFFERED = N_("Lựa chọn này không có trong danh sách.")


class Named(Protocol):
    """A row that people know by its name."""

    @property
    def id(self) -> int: ...

    @property
    def name(self) -> str: ...


class _Messages:
    """WTForms' own sentences, in our words and through our catalogues."""

    SENTENCES = {
        "This field is required.": N_("Mục này không được để trống."),
        "Not a valid choice.": NOT_OFFERED,
        "Not a valid choice": NOT_OFFERED,
        "Not a valid integer value.": N_("Hãy nhập một số nguyên."),
        "Not a valid date value.": N_("Ngày không đúng; ví dụ: 18/5/2026."),
        "Not a valid datetime value.": N_("Ngày giờ không đúng; ví dụ: 18/5/2026 07:00."),
        "Invalid Choice: could not coerce.": NOT_OFFERED,
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
    if isinstance(field, SelectMultipleField) and isinstance(value, list):
        return ", ".join(str(choice[1]) for choice in field.iter_choices() if choice[0] in value)
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


class _List(Select):
    """A list of pairs: a page has hundreds of options, and WTForms' own way with each was a third of its time."""

    def __call__(self, field: Any, **attributes: object) -> Markup:
        """The field's ``<select>``."""
        pairs = field.choices
        if isinstance(pairs, dict):  # in groups
            return Markup(super().__call__(field, **attributes))  # noqa: S704 - WTForms escaped it
        attributes = {"id": field.id, "required": bool(field.flags.required), **attributes}
        chosen = field.data
        options = "".join(
            f'<option{" selected" if value == chosen else ""} value="{escape(value)}">{escape(label)}</option>'
            for value, label in pairs
        )
        head = html_params(name=field.name, **attributes)
        return Markup(f"<select {head}>{options}</select>")  # noqa: S704 - all of it is escaped


class Choice(SelectField):
    """One of a list; *choices* are (value, Vietnamese label) and an empty value means none."""

    widget: Any = _List()  # forms of two ways show radio buttons instead

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


def named(rows: Iterable[Named], *, blank: str = "") -> list[tuple[str, str]]:
    """Rows to choose from: the key, and the name; the sentence *blank*, when there is one, stands for none."""
    choices = [(str(one.id), one.name) for one in rows]
    return [("", say(blank)), *choices] if blank else choices


class Ticks(SelectMultipleField):
    """Any number of a list, as boxes to tick; ``ids`` are the ticked keys."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: BaseForm) -> None:
        """Ask for some of the choices, in the sentence that other lists have."""
        offered = {choice[0] for choice in self.iter_choices()}
        if any(one not in offered for one in self.data or ()):
            raise ValidationError(say(NOT_OFFERED))

    @property
    def ids(self) -> tuple[int, ...]:
        """The ticked keys, typed."""
        return tuple(int(one) for one in self.data or ())


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
