"""Field lines below tasks: who leads, who helps, when."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.text import fold
from campaigns.planfile.draft import Assignment, Text, Traced
from campaigns.planfile.text.paragraphs import Paragraph
from campaigns.planfile.units import traced_names


class Label(StrEnum):
    """What a field line states."""

    LEAD = "lead"
    COOPERATING = "cooperating"
    TIMING = "timing"
    PRODUCT = "product"
    OTHER = "other"
    BUDGET = "budget"


_SAID = (Label.TIMING, Label.PRODUCT, Label.BUDGET)
"""What is said in words of its own, once."""
_LABEL = re.compile(
    r"(?P<label>(?:(?:các\s+)?(?:đơn\s+vị|cơ\s+quan|bộ\s+phận|phòng|người|cá\s+nhân)\s+)?"
    r"(?:chủ\s+trì|phối\s+hợp|thực\s+hiện|đầu\s+mối|chịu\s+trách\s+nhiệm|phụ\s+trách|tham\s+mưu|được\s+giao"
    r"|phân\s+công|tham\s+gia|(?:thời\s+gian|thời\s+hạn)(?!\s+(?:nhận|tiếp\s+nhận|gửi|nộp|đăng\s+ký)\s)|thời\s+điểm|tiến\s+độ|hoàn\s+thành|sản\s+phẩm|kết\s+quả"
    r"|kinh\s+phí|nguồn\s+kinh\s+phí|dự\s+kiến\s+kinh\s+phí|địa\s+điểm|thành\s+phần|hình\s+thức|đối\s+tượng"
    r"|quy\s+mô)(?:[^:.;()]{0,45}))\s*:\s*",
    re.IGNORECASE,
)
_START = re.compile(
    r"^(?:đơn vị|cơ quan|các đơn vị|các cơ quan|bộ phận|phòng (?:chủ|phối|thực)|người|cá nhân|chủ trì"
    r"|phối hợp"
    r"|(?:thời gian|thời hạn)(?! (?:nhận|tiếp nhận|gửi|nộp|đăng ký) )|thời điểm|tiến độ|phân công|thực hiện:|sản phẩm|kết quả|kinh phí"
    r"|nguồn kinh phí|dự kiến kinh phí|hoàn thành:|địa điểm:|thành phần:)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Field:
    """One stated field with its traced value."""

    label: Label
    value: Text


def label_of(label: str) -> Label:
    """Return what a printed label states, by its telling words."""
    folded = " ".join(fold(label).split())
    if re.search(r"thoi (?:gian|han|diem)|tien do|^hoan thanh", folded):
        return Label.TIMING
    if "kinh phi" in folded:
        return Label.BUDGET
    if re.search(r"san pham|ket qua|dau ra", folded):
        return Label.PRODUCT
    if re.match(r"dia diem|thanh phan|hinh thuc|doi tuong|quy mo", folded):
        return Label.OTHER
    if "chu tri" not in folded and re.search(r"phoi hop|tham gia", folded):
        return Label.COOPERATING
    return Label.LEAD


def read_fields(paragraph: Paragraph, start: int) -> list[Field]:
    """Return the fields that a paragraph states from *start* on, or [] where it is no field line."""
    text = paragraph.text[start:]
    body = re.match(r"[\s(\[]*", text)
    offset = body.end() if body else 0
    if not _START.match(text[offset:]):
        return []
    found = [
        m for m in _LABEL.finditer(text) if m.start() == offset or re.search(r"[;.,(]\s*$", text[: m.start()])
    ]
    if not found or found[0].start() != offset:
        return []
    ends = [match.start() for match in found[1:]] + [len(text)]
    return [
        _field(paragraph, match["label"], start + match.end(), start + end)
        for match, end in zip(found, ends, strict=True)
    ]


def _field(paragraph: Paragraph, label: str, start: int, end: int) -> Field:
    printed = paragraph.text[start:end]
    around = " ;,.)]" if "(" not in printed else " ;,."
    value = printed.strip().removesuffix("./").removesuffix("./.").strip(around)
    first, last = paragraph.span(start, max(start + 1, end))
    return Field(label_of(label), Traced(value, first, last, printed.strip()))


def assign(fields: Sequence[Field]) -> Assignment:
    """Return the assignment that a block of field lines states; "A chủ trì, phối hợp với B" is parted."""
    lead: list[Text] = []
    coop: list[Text] = []
    said: dict[Label, Text] = {}
    for field in fields:
        if field.label in _SAID and field.value.value:
            said.setdefault(field.label, field.value)
        elif field.label is Label.LEAD:
            head, helper = _parted(field.value)
            lead += traced_names(head)
            coop += traced_names(helper) if helper else ()
        elif field.label is Label.COOPERATING:
            coop += traced_names(field.value)
    return Assignment(tuple(lead), tuple(coop), *(said.get(label) for label in _SAID))


def _parted(value: Text) -> tuple[Text, Text | None]:
    """Return who leads and who helps: "A chủ trì, phối hợp với B", "A chủ trì; B phối hợp"."""
    found = re.search(r"\s+chủ\s+trì\s*[,;]?\s*phối\s+hợp\s+(?:với|cùng)?\s*", value.value)
    found = found or re.search(
        r"\s+chủ\s+trì\s*[,;]\s*(?=\S.*\sphối\s+hợp(?:\s+thực\s+hiện)?\W*$)", value.value
    )
    if found is None:
        return value, None
    return value.map(lambda text: text[: found.start()]), value.map(lambda text: text[found.end() :])
