"""How values are shown: moments and days as people write them, numbers by language, enumerations in words."""

from __future__ import annotations

import enum
from collections.abc import Collection, Mapping
from datetime import date, datetime

from flask import Flask
from flask_babel import get_locale, gettext
from markupsafe import Markup
from sqlalchemy.orm import Session

from app import clock
from app.accounts.permissions import Role
from app.errors import N_
from app.feature import all_actions, features, load, words_of
from app.web import forms
from app.web.assets import icon
from app.web.session import reading
from app.words import Word

WEEKDAYS = (
    N_("Thứ Hai"),
    N_("Thứ Ba"),
    N_("Thứ Tư"),
    N_("Thứ Năm"),
    N_("Thứ Sáu"),
    N_("Thứ Bảy"),
    N_("Chủ nhật"),
)


DETAILS = {  # names of values in audit entries; others are shown as they are written
    "name": N_("tên"),
    "before": N_("trước đó"),
    "email": N_("thư điện tử"),
    "feed": N_("nguồn tin"),
    "role": N_("vai trò"),
    "organisation": N_("cơ quan"),
    "address": N_("địa chỉ"),
    "ended": N_("số phiên"),
    "title": N_("tiêu đề"),
    "after": N_("sau đó"),
    "alt_text": N_("lời thay ảnh"),
    "channel": N_("kênh"),
    "due_at": N_("giờ đăng"),
    "from": N_("từ"),
    "item": N_("tin bài"),
    "kind": N_("loại"),
    "number": N_("phiên bản"),
    "outlet": N_("nơi đăng"),
    "paths": N_("chỗ sửa"),
    "planned_on": N_("ngày dự kiến"),
    "reason": N_("lý do"),
    "reviewer": N_("người duyệt"),
    "series": N_("chuyên mục"),
    "sha256": N_("mã băm"),
    "slot": N_("lịch đăng"),
    "themes": N_("chủ đề"),
    "type": N_("loại"),
    "upload": N_("văn bản tải lên"),
}
KEYS = {"item", "slot", "themes", "upload"}  # values that are keys of rows: written as numbers


def is_english() -> bool:
    """Whether this answer is in English."""
    locale = get_locale()
    return locale is not None and locale.language == "en"


def show_day(day: date | None, *, weekday: bool = False) -> str:
    """A local day as people write it: 18/5/2026, with the weekday before it on demand."""
    if day is None:
        return "—"
    written = day.strftime("%d %b %Y").lstrip("0") if is_english() else f"{day.day}/{day.month}/{day.year}"
    return f"{gettext(WEEKDAYS[day.weekday()])}, {written}" if weekday else written


def show_moment(moment: datetime | None, *, weekday: bool = False) -> str:
    """A moment on the clocks of Vietnam: 18/5/2026, 07:00."""
    if moment is None:
        return "—"
    there = clock.local(moment)
    return f"{show_day(there.date(), weekday=weekday)}, {there:%H:%M}"


def show_hour(moment: datetime | None) -> str:
    """The hour of a moment on the clocks of Vietnam: 07:00."""
    return "—" if moment is None else f"{clock.local(moment):%H:%M}"


def show_number(value: float | None, places: int = 0) -> str:
    """1.234,5 in Vietnamese, 1,234.5 in English."""
    if value is None:
        return "—"
    if type(value) is int and not places and 0 <= value < 1000:
        return str(value)  # the same in both languages; a map shows hundreds
    written = f"{value:,.{places}f}"
    return written if is_english() else written.translate(str.maketrans(",.", ".,"))


def show_word(value: enum.StrEnum | None) -> Word:
    """Label, tone and icon of an enumeration's value, in the language of the answer."""
    word = None if value is None else words_of(type(value)).get(value)
    if word is None:
        return Word("—" if value is None else str(value))
    return Word(str(gettext(word.label)), word.tone, word.icon)


def show_tongue(code: str) -> str:
    """The name of a language by its ISO 639 code, in the language of the answer; the code when it has none."""
    locale = get_locale()
    return str(locale.languages.get(code, code)) if locale else code


def show_action(action: str) -> str:
    """The sentence for an audit action."""
    return forms.say(all_actions().get(action, action))


def show_details(details: Mapping[str, object]) -> list[tuple[str, str]]:
    """What an audit entry tells beside its sentence: named values, as people read them."""
    shown: list[tuple[str, str]] = []
    for name, value in details.items():
        if isinstance(value, Mapping):
            inner = "; ".join(f"{label}: {text}" for label, text in show_details(value))
            shown.append((forms.say(DETAILS.get(name, name)), inner))
        else:
            shown.append((forms.say(DETAILS.get(name, name)), _show_value(name, value)))
    return shown


def _show_value(name: str, value: object) -> str:
    """A value of the audit in words where it names a role, else as it was written."""
    if name == "role" and value in set(Role):
        return show_word(Role(str(value))).label
    if isinstance(value, list | tuple):
        return ", ".join(_show_value(name, one) for one in value) or "—"
    if value in (None, ""):
        return "—"
    return f"№ {value}" if name in KEYS and isinstance(value, int) else str(value)


def panels(place: str, subject: object) -> Markup:
    """What the wings add at a place of a page: each names a function ``(session, subject) -> Markup``."""
    session: Session = reading()
    named = (name for feature in features() for name in feature.panels.get(place, ()))
    return Markup("").join(load(name)(session, subject) for name in named)


def marks(place: str, ids: Collection[int]) -> Mapping[int, object]:
    """What the wings know about the rows of a list, by key: each names ``(session, ids) -> Mapping``, asked once."""
    session: Session = reading()
    known: dict[int, object] = {}
    for feature in features():
        if ids and place in feature.marks:
            known |= load(feature.marks[place])(session, ids)
    return known


def init_app(app: Flask) -> None:
    """Make the filters known to every template."""
    app.jinja_env.filters.update(
        day=show_day,
        moment=show_moment,
        hour=show_hour,
        number=show_number,
        word=show_word,
        action=show_action,
        tongue=show_tongue,
        details=show_details,
    )
    app.jinja_env.globals.update(panels=panels, marks=marks, icon=icon)
