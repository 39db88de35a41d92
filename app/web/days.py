"""Fields for days and moments: what a browser's picker sends, and what people type instead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from wtforms import Field
from wtforms.fields import DateField, DateTimeLocalField

from app.clock import YEARS, from_local
from app.errors import N_
from app.web.forms import say, tidy


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
