"""How often something falls due: promised ("mỗi quý", "/tháng", "6 tháng một lần") or to be reported ("hằng quý")."""

import re

_SPAN = r"(?:tuần|tháng|quý|quí|năm|ngày)(?!\w)(?! ?[0-9])(?! [IVX]+(?!\w))"
_MONTHS = r"(?:0?[36]|sáu|ba) tháng(?!\w)"
_HALF = rf"{_MONTHS}(?! (?:đầu|cuối))"
_EACH = r"(?:mỗi|hằng|hàng|từng)"
BEFORE = re.compile(
    rf"(?<!\w)(?:{_EACH} (?P<span>{_SPAN})|(?:định kỳ|cứ|{_EACH}) (?P<half>{_HALF}))", re.IGNORECASE
)
"""A rhythm that stands before what it asks for, maybe at the head of the sentence."""

ADJACENT = re.compile(
    rf"(?<!\w)(?:(?:một|0?1) (?P<span>{_SPAN})|(?P<half>{_HALF}))(?: ?[,/:])?(?: có| đăng| phát| tổ chức)? ?$",
    re.IGNORECASE,
)
"""A rhythm that counts only right before the number: "một tuần 02 bài", "6 tháng một lần"."""

AFTER = re.compile(
    rf"(?: ?/ ?(?:(?:một|0?1) )?|(?<!\w)(?:{_EACH}|một|0?1|trong|trong một|trong mỗi) )(?:(?P<half>{_HALF})|(?P<span>{_SPAN}))",
    re.IGNORECASE,
)
"""A rhythm behind what it asks for: "/tháng", "mỗi tuần", "trong năm"."""

_KIND = r"(?:(?<=báo cáo )|(?<=định kỳ )|(?<=tháng, )|(?<=quý, )|(?<=tháng và )|(?<=\), )|(?<=\) và )|(?<=\d{4} và ))"
"""What stands before the kind of a report: "báo cáo năm", "6 tháng, năm", "6 tháng (…) và năm"."""

_SUMMED = r"(?<=báo cáo )(?:tổng kết|sơ kết|năm học|học kỳ (?:[IV]+|\d))"

CADENCE = re.compile(
    rf"(?<!\w)(?:{_SUMMED}|{_EACH} (?:tuần|tháng|quý|quí|năm)|{_MONTHS}(?! ?\d)|0?[19] tháng(?! ?\d)|0?1 năm(?! ?\d)"
    rf"|theo gia[oi] đoạn|(?<=theo )(?:tuần|tháng|quý|năm)(?! ?[IVX\d])|{_KIND}(?:tháng|quý|năm)(?! ?[IVX\d]))(?!\w)",
    re.IGNORECASE,
)
"""How often a report is due, in the words of the text; blanks are single."""


def rhythm_of(found: re.Match[str]) -> str:
    """The rhythm of a match: "tuần", "tháng", "quý", "6 tháng", "năm" or "ngày"."""
    if half := found["half"]:
        return "quý" if re.match("0?3|ba", half, re.IGNORECASE) else "6 tháng"
    return found["span"].lower().replace("quí", "quý")
