"""Sentences that charge somebody with tasks: "Giao A chủ trì, phối hợp với B …", "A chủ trì; B, C phối hợp."."""

import re
from dataclasses import replace

from campaigns.planfile.draft import Assignment, Text, Traced
from campaigns.planfile.tasks.fields import Field, Label, assign, read_fields
from campaigns.planfile.text.paragraphs import Paragraph
from campaigns.planfile.units import HEAD, leading_names, split_names

_GIVEN = re.compile(r"(?:Giao\s+(?:cho\s+)?|Đề nghị\s+)(?!:)")
_LEADS = r"(?:(?:có\s+trách\s+nhiệm|là\s+(?:cơ\s+quan|đơn\s+vị)|làm)\s+)?(?:chủ\s+trì|đầu\s+mối|chịu\s+trách\s+nhiệm(?!\s+(?:trước|về)\s))"
_WITH = rf"phối\s+hợp\s+(?:chặt\s+chẽ\s+)?(?:(?:với|cùng)\s+|(?={HEAD}))"
_DO = r"(?:(?:tổ\s+chức|triển\s+khai)(?:\s+thực\s+hiện)?|thực\s+hiện)"
_INLINE = re.compile(
    rf"^(?:Giao\s+)?(?P<lead>.{{3,160}}?)\s+{_LEADS}\s*,?\s*(?:{_WITH}(?P<coop>.+))?",
)
_BESIDE = re.compile(rf";\s+(?P<coop>{HEAD}[^;:]{{2,240}}?)\s+(?:cùng\s+)?phối\s+hợp(?:\s+thực\s+hiện)?\W*$")
"""Who helps, at the end of a task that names its lead at the head."""
_DONE = re.compile(
    r"(?:,|;|và|phải)\s+(?:thời\s+gian\s+)?(?:hoàn\s+thành|xong)\s+(?:và\s+đưa\s+vào\s+[^,;()]{3,30}?\s+)?"
    r"((?:trước|trong|chậm\s+nhất|đến\s+hết|vào)\s[^,;()]{3,60}?)"
    r"(?:,\s+(?:đúng|nhân)\s+dịp\s[^;]{3,160})?\W*$",
    re.IGNORECASE,
)
"""By when, at the end of a task, maybe with the occasion."""
_LASTING = re.compile(
    r"[,;.]\s+thời\s+gian(?:\s+(?:thực\s+hiện|hoàn\s+thành|tổ\s+chức))?\s*:?\s+"
    r"((?:từ|trong|trước|đến|chậm\s+nhất|quý|tháng)\s[^,;()]{3,60}?)\W*$",
    re.IGNORECASE,
)
"""From when to when, at the end of a task or behind a charge."""
_WHEN = re.compile(rf"{_DO}\s+((?:trong|trước|từ|đến\s+hết)\s[^,;()]{{3,60}}?)\W*$")
"""By when, behind a charge: "… phối hợp thực hiện trong quý III/2026"."""
_WHOLE = re.compile(
    r"(?:Giao\s+(?:cho\s+)?|(?i:Các\s+)?(?i:nhiệm\s+vụ|nội\s+dung)\s+(?:này|trên|nêu\s+trên|(?:tại|trong|thuộc)\s+(?i:mục|điểm|khoản|phần|nhóm)\s+(?:này|trên))\s+do\s+)?"
    rf"(?P<lead>{HEAD}[^.:]{{2,240}}?)\s+(?:{_LEADS}(?P<rest>[^.:]{{0,420}})|{_DO})\W*$",
    re.DOTALL,
)
_HELPED = (
    re.compile(rf"\s*[,;]?\s*{_WITH}(?P<coop>.+?)(?:\s*,?\s*{_DO})?$"),
    re.compile(rf"\s*[,;]\s+(?P<coop>.+?)\s+(?:cùng\s+)?phối\s+hợp(?:\s+{_DO})?$"),
    re.compile(rf"(?P<coop>)\s*,?\s*(?:{_DO})?$"),
)
_SENTENCE = re.compile(rf"[.;…]\s+(?=Giao\s|{HEAD})")
_TAIL = 600
"""A charge behind a task is no longer than this."""


def assign_inline(text: Text) -> Assignment:
    """Return what the sentences of a task say of itself: "Sở X chủ trì, phối hợp với Y …".

    Also "Giao X …", "…, hoàn thành trước ngày 15/6/2026." and, in brackets at the end, "(Đơn vị chủ trì: X)".
    Less sure than field lines.
    """
    if (stated := _in_brackets(text)) != Assignment():
        return stated
    found = _DONE.search(text.value) or _LASTING.search(text.value)
    timing = text.map(lambda _: found[1].strip(), 0.7) if found else None
    return replace(_charged(text), timing=timing)


def read_charge(text: Text) -> list[Field]:
    """Return the fields of a text that only charges: "Giao A chủ trì, phối hợp với B thực hiện; hoàn thành …".

    A text that also says what is to be done is a task, and gives nothing here.
    """
    inner = re.fullmatch(r"\(([^()]+)\)\W*", text.value)
    words = inner[1] if inner else text.value
    if done := _DONE.search(words) or _LASTING.search(words):
        words = words[: done.start()]
    elif done := _WHEN.search(words):
        words = words[: done.start(1)].rstrip()
    found = _WHOLE.match(words)
    if found is None or not _only_names(found["lead"]):
        return []
    coop = _helpers(found["rest"] or "")
    if coop is None:
        return []
    lists = ((Label.LEAD, _named(found["lead"], text)), (Label.COOPERATING, _named(coop, text)))
    fields = [Field(label, name) for label, names in lists for name in names]
    return [*fields, Field(Label.TIMING, text.map(lambda _: done[1].strip(), 0.7))] if done else fields


def charge_at_end(text: str) -> int | None:
    """Return where the last sentence of a task begins, if that sentence only charges somebody."""
    for found in _SENTENCE.finditer(text, max(0, len(text) - _TAIL)):
        if read_charge(Traced(text[found.end() :], 1, 1, "")):
            return found.end()
    return None


def _helpers(rest: str) -> str | None:
    """Return the names of those who help, "" where there are none, None where more is said than that."""
    rest = rest.rstrip(" .;,/")
    for pattern in _HELPED:
        found = pattern.match(rest)
        if found and (not found["coop"] or _only_names(found["coop"])):
            return found["coop"]
    return None


def _only_names(text: str) -> bool:
    return bool(text.strip(" ,;")) and leading_names(text) == text.strip(" ,;")


def _charged(text: Text) -> Assignment:
    """Return whom the sentence of a task itself charges."""
    words = text.value
    if (found := _INLINE.match(words)) and re.match(HEAD, found["lead"]):
        lead = leading_names(words)
        if lead and (lead == found["lead"] or len(lead) >= len(found["lead"])):
            helped = found["coop"] or ((beside := _BESIDE.search(words)) and beside["coop"]) or ""
            return Assignment(_named(found["lead"], text), _named(leading_names(helped), text))
    if given := _GIVEN.match(words):
        rest = words[given.end() :]
        lead = leading_names(rest)
        found = re.match(rf"\s*,?\s*(?:{_LEADS}\s*,?\s*)?{_WITH}", rest[len(lead) :])
        coop = leading_names(rest[len(lead) + found.end() :]) if found else ""
        return Assignment(_named(lead, text), _named(coop, text))
    return Assignment()


def _in_brackets(text: Text) -> Assignment:
    """Return what stands in brackets at the end of a task: fields with their labels, or a charge."""
    found = re.search(r"\(([^()]{10,300})\)\W*$", text.value)
    if found is None:
        return Assignment()
    inner = Paragraph(found[1], (0,), (text.line_from,))
    return assign(read_fields(inner, 0) if ":" in found[1] else read_charge(text.map(lambda _: found[1])))


def _named(names: str, source: Text) -> tuple[Text, ...]:
    return tuple(
        Traced(name, source.line_from, source.line_to, name, 0.7) for name in split_names(names) if name
    )
