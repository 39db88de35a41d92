"""How often something promised falls due: "mỗi quý", "/tháng", "6 tháng một lần"."""

import re

_SPAN = r"(?:tuần|tháng|quý|quí|năm|ngày)(?!\w)(?! ?[0-9])(?! [IVX]+(?!\w))"
_HALF = r"(?:0?[36]|sáu|ba) tháng(?!\w)(?! (?:đầu|cuối))"
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


def rhythm_of(found: re.Match[str]) -> str:
    """The rhythm of a match: "tuần", "tháng", "quý", "6 tháng", "năm" or "ngày"."""
    if half := found["half"]:
        return "quý" if re.match("0?3|ba", half, re.IGNORECASE) else "6 tháng"
    return found["span"].lower().replace("quí", "quý")
