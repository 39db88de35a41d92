"""The number that a paper's own system gives an article and writes into its address. Pure.

An edited title often changes the words of the address; the number stays: ``…-100261002091032857.htm`` (Tuổi Trẻ),
``…-3618863.html`` (VnExpress), ``…-post777910.html`` (PLO, Nhân Dân).
"""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit

_MARKED = re.compile(r"(?:^|[-_])(?:post|art|article)(\d{4,20})(?:\.[a-z]{2,5})?$")
_WITH_ENDING = re.compile(r"(?:^|[-_])(?:[a-z]|c\d{1,4}a)?(\d{6,20})\.[a-z]{2,5}$")
_BARE = re.compile(r"(?:^|[-_])(\d{7,20})$")


def article_no(address: str) -> str | None:
    """The article's number in *address*, None where it carries none; a day (20261120) is no number."""
    try:
        last = urlsplit(address).path.rstrip("/").rpartition("/")[2].lower()
    except ValueError:
        return None
    for pattern in (_MARKED, _WITH_ENDING, _BARE):
        if found := pattern.search(last):
            return None if _is_day(found[1]) else found[1]
    return None


def _is_day(digits: str) -> bool:
    """Whether *digits* are a day that editors put behind a recurring title: two of them are two articles' own."""
    for form in ("%Y%m%d", "%d%m%Y", "%d%m%y", "%y%m%d"):
        if len(digits) != (8 if "%Y" in form else 6):
            continue
        try:
            year = datetime.strptime(digits, form).year  # noqa: DTZ007 - only asked whether it is one
        except ValueError:
            continue
        if 2000 <= year < 2100:
            return True
    return False
