"""Days to commemorate that a plan names: "Ngày Chuyển đổi số quốc gia (10/10)"."""

import re
from dataclasses import replace

from campaigns.planfile.days.printed import is_valid, key_date
from campaigns.planfile.draft import DayKind, KeyDate
from campaigns.planfile.text.paragraphs import Paragraph
from content.references.numbers import UPPER

_DM = r"(?P<day>\d{1,2})\s*[/-]\s*(?P<month>\d{1,2})(?:\s*[/-]\s*(?P<year>\d{4}))?(?![\d/])"
_FEAST = re.compile(
    rf"(?P<name>(?:Ngày|ngày|Tuần lễ|Tháng|Lễ|Tết|Quốc khánh(?:\s+nước)?"
    rf"|Cách mạng tháng Tám)(?:\s+(?:(?:hội\s+)?[{UPPER}]|(?:truyền thống|thành lập|quốc tế|toàn dân|toàn quốc)\s)[^();:.\d]{{3,90}}?"
    rf"|(?=\s*\()))\s*\(?\s*(?:ngày\s+)?{_DM}"
)
_ANNIVERSARY = re.compile(
    rf"(?P<name>(?:[Kk]ỷ niệm\s+)?(?:lần thứ\s+)?\d{{0,4}}\s*(?:năm\s+)?(?:Ngày"
    rf"|ngày)\s+(?:(?!\s[Nn]gày\s)[^();:.\d]){{3,90}}?)\s*\(\s*{_DM}"
)
_AGAIN = re.compile(r"\s*[-–]\s*\d{1,2}/\d{1,2}/\d{4}")
"""The second day of "(19/5/1890 - 19/5/2026)": an anniversary, kept in every year."""
_COUNTED = re.compile(r"^(?:[Kk]ỷ niệm\s+)?(?:(?:lần thứ\s+)?\d{1,4}\s+(?:năm\s+)?)?(?=Ngày)")


def read_feasts(paragraph: Paragraph) -> list[KeyDate]:
    """Return the days to commemorate, each by its name alone: "kỷ niệm 81 năm Ngày …" is that day."""
    days: list[KeyDate] = []
    for pattern in (_FEAST, _ANNIVERSARY):
        for found in pattern.finditer(paragraph.text):
            name = _COUNTED.sub("", found["name"].strip(' ,(”"'))
            if is_valid(found) and len(name) > 4 and not any(d.name.value.endswith(name[-12:]) for d in days):
                day = key_date(paragraph, found, DayKind.COMMEMORATIVE, name, 0.9)
                days.append(replace(day, year=None) if _AGAIN.match(paragraph.text, found.end()) else day)
    return days
