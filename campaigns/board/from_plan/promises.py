"""The targets that a task promises: so many publications by the end of its campaign. Pure."""

from __future__ import annotations

import math
import re

from app.clock import Period
from app.errors import N_, Phrase
from campaigns.board.from_plan.facts import Remark
from campaigns.board.targets.services import MOST
from campaigns.planfile.draft import Quantity
from campaigns.planfile.promised.counted import counts_publications
from campaigns.plans.figures import show_number
from content.items.models import ItemType

# What a noun says about the type; "tin, bài" and "phóng sự" may be published as any.
_TYPES = (
    (ItemType.INFOGRAPHIC, r"infographic|đồ ho[aạ]|đồ họa"),
    (ItemType.VIDEO_SCRIPT, r"video|clip|phim"),
    (ItemType.LOUDSPEAKER_BULLETIN, r"bản tin (?:phát thanh|loa|truyền thanh)|tin phát thanh"),
    (ItemType.SOCIAL_POST, r"bài đăng"),
)
_RHYTHMS = {
    "ngày": N_("mỗi ngày"),
    "tuần": N_("mỗi tuần"),
    "tháng": N_("mỗi tháng"),
    "quý": N_("mỗi quý"),
    "6 tháng": N_("mỗi 6 tháng"),
    "năm": N_("mỗi năm"),
}
_DAYS = {"ngày": 1, "tuần": 7}
_MONTHS = {"tháng": 1, "quý": 3, "6 tháng": 6, "năm": 12}


def is_promise(one: Quantity) -> bool:
    """Whether the quantity counts whole publications, so that a target can be made of it."""
    return (
        counts_publications(one.unit)
        and not one.percent
        and 1 <= one.number <= MOST
        and one.number.is_integer()
    )


def type_of(unit: str) -> ItemType | None:
    """The type that the unit names; None where any will do."""
    return next((kind for kind, words in _TYPES if re.search(words, unit)), None)


def count_over(one: Quantity, days: Period) -> tuple[int, Remark]:
    """How many publications fall due in *days*, and why: so many times the rhythm as it begins in them."""
    number = int(one.number)
    if one.every is None:
        return number, Remark(N_("Văn bản nêu số lượng này."))
    times = _times(one.every, days)
    count = min(number * times, MOST)
    values = {
        "number": show_number(one.number),
        "every": Phrase(_RHYTHMS[one.every]),
        "times": times,
        "count": show_number(count),
    }
    return count, Remark(N_("{number} {every} × {times} = {count} trong thời gian chiến dịch."), values)


def _times(every: str, days: Period) -> int:
    if every in _DAYS:
        return math.ceil(((days.last - days.first).days + 1) / _DAYS[every])
    months = (days.last.year - days.first.year) * 12 + days.last.month - days.first.month + 1
    return math.ceil(months / _MONTHS[every])
