"""The series that a task asks for: a column, a page, a bulletin; how often, where, under which name. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.errors import N_
from app.text import excerpt
from campaigns.board.from_plan.facts import OutletFacts, Remark
from campaigns.board.models import Cadence
from campaigns.board.wording import LONGEST_NAME
from campaigns.planfile.draft import Quantity
from campaigns.planfile.promised.counted import COLUMNS, counts_publications
from content.outlets.models import OutletKind

_COLUMN = re.compile(
    r"(?<!\w)(?P<kind>chuyên mục|chuyên trang|chuyên đề|bản tin(?: (?:loa|phát thanh|truyền thanh|truyền hình|nội bộ))?)(?!\w)"
    r"(?:(?:, | và |/)(?:chuyên mục|chuyên trang|chuyên đề|bản tin))*",
    re.IGNORECASE,
)
# "sinh hoạt chuyên đề", "hội nghị chuyên đề" are meetings.
_MEETING = re.compile(
    r"(?:sinh hoạt|hội nghị|hội thảo|t[oọ][aạ] đàm|tập huấn|bồi dưỡng|báo cáo|học tập|nói chuyện|buổi|lớp|cuộc|kiểm tra"
    r"|giám sát|họp)(?: theo)? $",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[^“\"”;.]{0,30}[“\"](?P<name>[^”\"]{3,100})[”\"]")
_ABOUT = re.compile(r" về (?P<about>[^,;.(]{3,80}?)(?= ngày | của | trên | tại |[,;.(]|$)")
_KINDS = (
    (
        OutletKind.NEWSPAPER,
        r"báo (?:in|điện tử|chí|viết)|các báo|trên báo|báo,? đài|báo và đài|báo và phát thanh",
    ),
    (OutletKind.BROADCASTER, r"phát thanh|truyền hình|(?:báo|các),? đài|báo và đài|trên đài"),
    (OutletKind.PORTAL, r"cổng thông tin"),
    (OutletKind.WEBSITE, r"trang thông tin|trang tin|website|trang của"),
    (OutletKind.SOCIAL_PAGE, r"mạng xã hội|facebook|fanpage|zalo|tiktok|youtube"),
    (OutletKind.LOUDSPEAKER, r"truyền thanh|(?<!\w)loa(?!\w)"),
)
_PATTERNS = tuple((kind, re.compile(words, re.IGNORECASE)) for kind, words in _KINDS)
_ISSUES = {"số", "kỳ"}
_WEEKS, _MONTHS = 7, 3  # days of a week, months of a quarter
MOST_OUTLETS = 8


@dataclass(frozen=True)
class Pace:
    """How many pieces a week or a month; None where the plan gives no number."""

    cadence: Cadence
    quota: int | None
    doubt: Remark | None = None
    quantity: Quantity | None = None


def column_in(text: str) -> re.Match[str] | None:
    """Where *text* asks for a column; None where it asks for none, or only for a meeting on a subject."""
    found = _COLUMN.finditer(text)
    return next(
        (one for one in found if not _MEETING.search(text[max(0, one.start() - 20) : one.start()])), None
    )


def column_name(text: str, column: re.Match[str], theme: str) -> str:
    """The column's name: as printed in quotes, else by what it is about, else by its theme."""
    behind = text[column.end() : column.end() + 220]
    if quoted := _QUOTED.match(behind):
        return excerpt(quoted["name"].strip(), longest=LONGEST_NAME)
    kind = column["kind"][:1].upper() + column["kind"][1:].lower()
    about = _ABOUT.match(behind)
    return excerpt(
        f"{kind} về {about['about']}" if about else f"{kind} {theme}".strip(), longest=LONGEST_NAME
    )


def outlet_kinds(text: str) -> list[OutletKind]:
    """The sorts of outlets that *text* names."""
    return [kind for kind, pattern in _PATTERNS if pattern.search(text)]


def outlets_for(text: str, outlets: Iterable[OutletFacts]) -> tuple[int, ...]:
    """Near outlets of the sorts that *text* names; none where that is too many to be meant."""
    kinds = outlet_kinds(text)
    found = tuple(one.id for one in outlets if one.is_near and one.kind in kinds)
    return found if len(found) <= MOST_OUTLETS else ()


def pace_in(text: str, quantities: Iterable[Quantity]) -> Pace:
    """The quota that the quantities of a task give its column."""
    for one in quantities:
        if not _is_quota(one):
            continue
        number = math.ceil(one.number)
        if one.every in {"tuần", "tháng"}:
            return Pace(Cadence.WEEKLY if one.every == "tuần" else Cadence.MONTHLY, number, None, one)
        if one.every == "ngày":
            return Pace(Cadence.WEEKLY, number * _WEEKS, _converted(one), one)
        if one.every == "quý" and number >= _MONTHS:
            return Pace(Cadence.MONTHLY, math.ceil(number / _MONTHS), _converted(one), one)
    is_weekly = re.search(r"(?:mỗi|hằng|hàng) tuần", text, re.IGNORECASE) is not None
    missing = Remark(N_("Văn bản không nêu số tin bài mỗi kỳ: hãy nhập."))
    return Pace(Cadence.WEEKLY if is_weekly else Cadence.MONTHLY, None, missing)


def _is_quota(one: Quantity) -> bool:
    """Whether the quantity says how many pieces fall due, not how many columns there are."""
    if one.percent or one.every is None or one.number < 1:
        return False
    return counts_publications(one.unit) or one.unit in _ISSUES or any(word in one.unit for word in COLUMNS)


def _converted(one: Quantity) -> Remark:
    return Remark(N_("Văn bản viết “{words}”, ở đây đổi ra tuần hoặc tháng."), {"words": one.words})
