"""Key dates that a plan names: days to commemorate, deadlines, starts and ends."""

import re
from collections.abc import Sequence
from dataclasses import replace

from campaigns.planfile.days.dues import QUARTER_MONTH
from campaigns.planfile.days.feasts import read_feasts
from campaigns.planfile.days.printed import is_valid, key_date
from campaigns.planfile.days.stated import SPAN, read_stated
from campaigns.planfile.draft import DayKind, KeyDate, Reporting
from campaigns.planfile.text.paragraphs import Paragraph
from campaigns.planfile.units import is_collective

_PERIOD = re.compile(
    r"(?P<which>từ|đến(?:\s+hết)?"
    r"|kể từ)\s+(?:ngày\s+)?(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>\d{4}))?(?![\d/])",
    re.IGNORECASE,
)
_MONTHS = re.compile(
    r"^\W*từ\s+tháng\s+(?P<month>\d{1,2})(?:(?:/|\s+năm\s+)(?P<year>\d{4}))?"
    r"(?:\s*(?:đến|-|–)\s*(?:hết\s+)?tháng\s+(?P<last>\d{1,2})(?:/|\s+năm\s+)(?P<last_year>\d{4}))?\W*$",
    re.IGNORECASE,
)
_AT = re.compile(
    r"\d{1,2}\s*(?:giờ|h|g)(?:\s*\d{1,2}(?:\s*phút)?)?.{0,40}?ngày\s+(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})"
)
_UNTIL = re.compile(r"(?:trước|chậm nhất|đến|xong)(?:\s+là)?\s*$", re.IGNORECASE)
_LISTED = re.compile(
    r"^\s*tháng\s+\d{1,2}/\d{4}(?:\s*(?:[,;]|và|\W)\s*tháng\s+\d{1,2}/\d{4}){1,5}\W*$", re.IGNORECASE
)
_LIMIT = r"(?:(?:trước|trong|chậm nhất|đến(?:\s+hết)?|xong)\s+){0,3}"
_DAY = re.compile(
    rf"^\W*{_LIMIT}(?:ngày\s+)?(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})/(?P<year>\d{{4}})\W*$", re.IGNORECASE
)
_MONTH = re.compile(
    rf"^\s*{_LIMIT}tháng\s+(?P<month>\d{{1,2}})(?:/|\s+năm\s+)(?P<year>\d{{4}})\W*$", re.IGNORECASE
)
_OR_ASKED = re.compile(r"(?:hoặc|và)\s+(?:báo cáo\s+)?(?:đột xuất|(?:theo|khi có|khi được)\s+yêu cầu)")
REPORT_DUE = "Hạn báo cáo"


def _months(paragraph: Paragraph) -> list[KeyDate]:
    """Return first and last month of "Từ tháng 3 đến tháng 12 năm 2026", a month without a day."""
    found = _MONTHS.match(paragraph.text)
    if found is None or not is_valid(found) or not (found["year"] or found["last_year"]):
        return []
    begun = key_date(paragraph, found, DayKind.PERIOD_START, found.group().strip(" ."), 0.7)
    begun = replace(begun, year=begun.year or int(found["last_year"]))
    if found["last"] is None or not 1 <= int(found["last"]) <= 12:
        return [begun]
    return [begun, KeyDate(None, int(found["last"]), int(found["last_year"]), begun.name, DayKind.PERIOD_END)]


def _is_habit(one: Reporting) -> bool:
    """Tell whether one body reports at a rhythm of its own, on these days or whenever it is asked."""
    shared = len(one.who) > 1 or any(is_collective(who.value) for who in one.who)
    return bool(_OR_ASKED.search(one.text.value)) and not shared and all(due.year is None for due in one.due)


def _report_days(reporting: Sequence[Reporting]) -> list[KeyDate]:
    """Return the printed days by which somebody has to report."""
    return [
        KeyDate(due.day, due.month, due.year, one.text.map(lambda _: REPORT_DUE, 0.6), DayKind.DEADLINE)
        for one in reporting
        if not QUARTER_MONTH.search(one.text.words)
        for due in one.due
        if due.month is not None
    ]


def read_key_dates(
    paragraphs: Sequence[Paragraph], timings: Sequence[Paragraph], reporting: Sequence[Reporting] = ()
) -> tuple[KeyDate, ...]:
    """Return the key dates of a plan, each day and kind once.

    *timings* are the values of "Thời gian" fields, where a bare day or month already is a date to keep;
    days of *reporting* are key dates too, apart from the habits of a single body.
    """
    days = [day for paragraph in paragraphs for day in [*read_feasts(paragraph), *read_stated(paragraph)]]
    held = {(d.day, d.month, d.year) for d in days if d.kind is DayKind.MILESTONE and d.day}
    for paragraph in timings:
        # A task that is held on a day is not also due on it.
        days += [day for day in _bare(paragraph) if (day.day, day.month, day.year) not in held]
        days += [*read_stated(paragraph), *_timed(paragraph)]
    days += _report_days([one for one in reporting if not _is_habit(one)])
    habits = {(d.day, d.month, d.year) for d in _report_days([one for one in reporting if _is_habit(one)])}
    days = [d for d in days if d.kind is not DayKind.DEADLINE or (d.day, d.month, d.year) not in habits]
    dated = {(d.day, d.month, d.kind) for d in days if d.year is not None and d.kind is DayKind.DEADLINE}
    days = [d for d in days if d.year is not None or (d.day, d.month, d.kind) not in dated]
    once = {(d.day, d.month, d.year, d.kind): d for d in reversed(days)}
    return tuple(reversed(once.values()))


def _bare(paragraph: Paragraph) -> list[KeyDate]:
    """Return the deadline that a field means by nothing but a day or a month: "Trước 31/3/2026", "Tháng 5/2026"."""
    found = _MONTH.match(paragraph.text) or _DAY.match(paragraph.text)
    if found is None or not is_valid(found):
        return []
    return [key_date(paragraph, found, DayKind.DEADLINE, found.group(), 0.7)]


def _timed(paragraph: Paragraph) -> list[KeyDate]:
    """Return the other days that only a field may give: months from and to, hours, lists, a single start or end."""
    text = paragraph.text
    days = _months(paragraph)
    hour = _AT.search(text)
    if hour and is_valid(hour) and not _UNTIL.search(text[: hour.start()]):
        days.append(key_date(paragraph, hour, DayKind.MILESTONE, text, 0.7))
    if _LISTED.match(text):
        every = re.finditer(r"(?P<month>\d{1,2})/(?P<year>\d{4})", text)
        days += [key_date(paragraph, m, DayKind.DEADLINE, text, 0.7) for m in every if is_valid(m)]
    spans = {at for found in SPAN.finditer(text) for at in range(*found.span())}
    for found in _PERIOD.finditer(text):
        if is_valid(found) and found.start() not in spans:
            start = found["which"].lower() in ("từ", "kể từ")
            kind = DayKind.PERIOD_START if start else DayKind.PERIOD_END
            days.append(key_date(paragraph, found, kind, found.group(), 0.7))
    return days
