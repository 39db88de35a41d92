"""Obligations to report: who, to whom, through whom, how often, by which day."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from campaigns.planfile.days.dues import QUARTER_MONTH, read_dues
from campaigns.planfile.days.rhythm import CADENCE
from campaigns.planfile.draft import Due, Reporting, Text
from campaigns.planfile.text.block import cut
from campaigns.planfile.text.outline import Node
from campaigns.planfile.text.paragraphs import Paragraph
from campaigns.planfile.units import HEAD, leading_names, traced_names

_REPORT = re.compile(r"(?<!\w)báo\s+cáo(?!\s+(?:viên|chí))", re.IGNORECASE)
_SENT = re.compile(
    r"(?<!\w)(?:gửi\s+(?:số\s+liệu|kết\s+quả)|(?:tổng\s+hợp|thống\s+kê)\s+(?:số\s+liệu|kết\s+quả)[^.;]{0,60}?\sgửi)\s",
    re.IGNORECASE,
)
"""A report that is not called one: it has a receiver and a day or a rhythm."""
_YEARLY = {"hằng năm", "hàng năm", "mỗi năm"}
_KIND = re.compile(r"báo\s+cáo\s+đột\s+xuất(?!\s+(?:khi|theo|nếu))", re.IGNORECASE)
_ON_DEMAND = re.compile(
    r"\s*(?:và\s+)?(?:gửi\s+)?báo\s+cáo\s+đột\s+xuất(?:\s+(?:khi|theo|nếu)\s+[^;.,]{2,60})?\W*$",
    re.IGNORECASE,
)
"""A clause that only adds to the one before it that reports may be asked for at any time."""
_AGAIN = re.compile(r"\s*(?:và\s+)?(?:gửi\s+)?báo\s+cáo(?!\w)", re.IGNORECASE)
"""A clause that names nobody anew."""
_SUMS_UP = re.compile(r"\s*(?:Sơ\s+kết|Tổng\s+kết|Đánh\s+giá)\s", re.IGNORECASE)
"""A clause whose day is also that of the report behind it: "Tổng kết trước ngày 31/8/2026; báo cáo Tỉnh ủy"."""
_LONGEST = 2_000
"""Letters of an obligation that is told in several clauses."""
_NAMED = 500
"""Letters in which the names at the head of a sentence are looked for."""
_TOLD_TO = re.compile(rf"\s*(?:Chỉ\s+đạo|Đôn\s+đốc|Yêu\s+cầu)(?:,\s+đôn\s+đốc)?\s+(?={HEAD})")
"""Who reports, where one body is to see that another does: "Chỉ đạo Ủy ban nhân dân xã định kỳ báo cáo …"."""
_ADHOC = re.compile(
    r"đột\s+xuất|(?:hoặc|và)\s+(?:theo|khi\s+có)\s+(?:đề\s+nghị|yêu\s+cầu)|khi\s+(?:có|được)\s+yêu\s+cầu",
    re.IGNORECASE,
)
_TO = re.compile(
    rf"(?:(?:[Gg]ửi|[Bb]áo cáo|[Nn]ộp)(?:\s+(?:về|cho|đến|tới))?"
    rf"|(?:kết quả|tình hình)[^.;]{{0,90}}?\s(?:về|gửi"
    rf"|cho))\s+(?={HEAD})"
    rf"|(?<!\w)(?:gửi\s+về|về|tới)\s+(?={HEAD})|tham\s+mưu\s+(?:cho\s+)?(?={HEAD})",
)
_VIA = re.compile(rf"(?<!\w)(?:thông\s+qua|qua)\s+(?={HEAD})", re.IGNORECASE)
_THEN = re.compile(
    rf"(?:tổng hợp|để)\s*,?\s*(?:và\s+)?(?:trình|báo\s+cáo)(?:\s+(?:về|cho))?\s+(?P<then>{HEAD}.*)",
    re.IGNORECASE,
)
_AMENDING = re.compile(
    r"xem xét,? (?:và )?(?:quyết định|giải quyết|chỉ đạo)|phản ánh|^\s*trong quá trình"
    r"|(?:trường hợp|nếu) (?:cần|có)[^.;]{0,40}(?:điều chỉnh|khó khăn|phát sinh)",
    re.IGNORECASE,
)
_FOREIGN = re.compile(
    r"(?:chế độ|mẫu|nội dung|hội nghị|đề cương|hệ thống)\s+báo\s+cáo\b(?!.*(?:định kỳ|trước ngày))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Speaker:
    """A paragraph with the bodies that it speaks to, from title or lead; may be none.

    ``others`` are the addressees of a letter: they report where a sentence names nobody.
    """

    node: Node
    who: tuple[Text, ...]
    others: tuple[Text, ...] = ()


def _sentences(paragraph: Paragraph, start: int) -> list[tuple[int, int]]:
    """Return the stretches of a paragraph from *start*, parted at full stops and semicolons; one of names goes on."""
    bounds, depth, begin = [], 0, start
    for found in re.finditer(r"[(]|[)]|[.;](?=\s+[^\s\da-zà-ỹ]|\s*$)|;", paragraph.text[start:]):
        sign, at = found.group(), start + found.start()
        depth = max(0, depth + (sign == "(") - (sign == ")"))
        if sign in ".;" and not depth and not (sign == ";" and _only_names(paragraph.text[begin:at])):
            bounds.append((begin, at))
            begin = at + 1
    return [*bounds, (begin, len(paragraph.text))]


def _only_names(text: str) -> bool:
    """Tell whether a stretch only begins a list of bodies: "Chế độ báo cáo: Các sở, ban, ngành; Ủy ban nhân dân xã …"."""
    bare = re.sub(r"^[^:]{0,60}:", "", text).strip()
    return bool(bare) and leading_names(bare) == bare


def _cadences(text: str, dues: Sequence[Due]) -> tuple[str, ...]:
    """Return how often, in the words of the text; two days a year make "6 tháng"."""
    found = [
        (m.group()[:1].lower() + m.group()[1:]).replace("giao đoạn", "giai đoạn")
        for m in CADENCE.finditer(text)
    ]
    words = _once(re.sub(r"^0(?=\d)", "", word) for word in found)
    yearly = [due.month or 0 for due in dues if due.month is not None and due.year is None]
    if len(yearly) == 2 and abs(yearly[0] - yearly[1]) in (5, 6, 7) and not set(words) - _YEARLY:
        return ("6 tháng",)
    if _KIND.search(text):
        words.append("đột xuất")
    if not words:
        words = [f"hằng {due.every}" for due in dues if due.every]
        words += ["hằng quý"] if QUARTER_MONTH.search(text) else []
    if words or dues:
        return tuple(words)
    regular, ruled = "định kỳ" in text.lower(), bool(re.search(r"theo\s+(?:đúng\s+)?quy\s+định\W*$", text))
    if regular:
        return ("định kỳ theo quy định",) if ruled else ("định kỳ",)
    return ("theo quy định",) if ruled else ()


def _once(words: Iterable[str]) -> list[str]:
    """Return each rhythm in the words that name it first: "báo cáo tháng trước ngày 25 hằng tháng" is one."""
    named: dict[str, str] = {}
    for word in words:
        named.setdefault(re.sub(r"^(?:hằng|hàng|mỗi|từng) ", "", word), word)
    return list(named.values())


def _targets(sentence: Text) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    """Return to whom a report goes, and to whom it is passed on."""
    text = sentence.value
    then = _THEN.search(text)
    end = then.start() if then else len(text)
    marks = [m for m in _TO.finditer(text, 0, end) if leading_names(text[m.end() : end])]
    # "tham mưu A báo cáo B": the report goes to B.
    marks = [m for m in marks if not m.group().startswith("tham mưu")] or marks
    best = next((m for m in marks if re.search(r"gửi|về|tới", m.group())), marks[0] if marks else None)
    to = _names(sentence, leading_names(text[best.end() : end])) if best else ()
    passed = _names(sentence, leading_names(then["then"])) if then else ()
    return (to, passed) if to else (passed, ())


def _names(sentence: Text, names: str) -> tuple[Text, ...]:
    return traced_names(sentence.map(lambda _: names)) if names else ()


def _subject(paragraph: Paragraph, start: int, at: int) -> tuple[Text, ...]:
    """Return the bodies at the head of the sentence, or of the paragraph, or behind a colon."""
    for begin in (at, start):
        text = paragraph.text[begin : begin + _NAMED]
        lead = re.match(
            r"\s*(?:(?:Về\s+)?(?i:Thông tin|Chế độ|Báo cáo)[^:.]{0,60}:\s*|Giao\s+|Đề nghị\s+|Yêu cầu\s+)?",
            text,
        )
        offset = begin + (lead.end() if lead else 0)
        if names := leading_names(paragraph.text[offset : offset + _NAMED]):
            return traced_names(cut(paragraph, offset, offset + len(names)))
    return ()


def _clause(paragraph: Paragraph, start: int, end: int) -> Text:
    """Return the sentence from its first word on time or reporting."""
    text = paragraph.text[start:end]
    head = re.search(
        r"định kỳ(?!:)|tổng hợp, |trước ngày|báo cáo|(?:hằng|hàng) (?:tháng|quý)|gửi (?:số liệu|kết quả)",
        text,
        re.IGNORECASE,
    )
    first = head.start() if head and "Thông tin" not in text[: head.end()] else 0
    if first == 0 and (late := re.search(r":\s.*?(?=định kỳ|báo cáo)", text)):
        first = late.end()
    source = cut(paragraph, start + first, end)
    return source.map(lambda value: value.rstrip(" .;/"))


def _binds(text: str, to: Sequence[Text], cadence: Sequence[str], *, dated: bool) -> bool:
    """Tell whether a sentence on reports puts somebody under an obligation.

    *dated* says that it names a day or an occasion. "Quy định chế độ báo cáo định kỳ" has the words,
    but binds nobody.
    """
    if not to and tuple(cadence) in ((), ("theo quy định",)):
        return False
    if not (to or dated) and set(cadence) <= {"tổng kết", "sơ kết"}:
        return False
    if not (cadence or dated):
        return bool(re.search(r"gửi|nộp|kết quả|tình hình|tiến độ", text))
    vague = tuple(cadence) in (("định kỳ",), ("định kỳ theo quy định",))
    told = re.search(r"định kỳ.*báo cáo|báo cáo.*theo", text, re.IGNORECASE)
    return bool(to or dated or told or not vague)


def _obligation(speaker: Speaker, start: int, at: int, end: int) -> Reporting | None:
    paragraph = speaker.node.paragraph
    sentence = cut(paragraph, at, end)
    text = sentence.value
    is_called = bool(_REPORT.search(text))
    if not (is_called or _SENT.search(text)) or _AMENDING.search(text) or _FOREIGN.search(text):
        return None
    dues = read_dues(text)
    cadence = _cadences(text, dues)
    to, then = _targets(sentence)
    adhoc = bool(_ADHOC.search(text))
    if not _binds(text, to, cadence, dated=bool(dues) or adhoc):
        return None
    if not is_called and not (to and (dues or cadence)):
        return None
    via = _through(sentence)
    to = tuple(name for name in to if via is None or name.value != via.value)
    who = _told_to(sentence) or speaker.who or _subject(paragraph, start, at) or speaker.others
    return Reporting(_clause(paragraph, at, end), who, to, via, then, cadence, dues, adhoc)


def _told_to(sentence: Text) -> tuple[Text, ...]:
    """Return the bodies that somebody is to make report."""
    found = _TOLD_TO.match(sentence.value)
    return _names(sentence, leading_names(sentence.value[found.end() :])) if found else ()


def _through(sentence: Text) -> Text | None:
    """Return through whom a report goes."""
    found = _VIA.search(sentence.value)
    name = leading_names(sentence.value[found.end() :]) if found else ""
    return sentence.map(lambda _: name) if name else None


def read_reporting(speakers: Sequence[Speaker]) -> tuple[Reporting, ...]:
    """Return the obligations to report among paragraphs, in the order of the text.

    A sentence counts when it names a rhythm, a day or a receiver; proposals to change the plan
    ("báo cáo UBND tỉnh xem xét, quyết định") are no reports.
    """
    return tuple(one for speaker in speakers for one in _told(speaker))


def _told(speaker: Speaker) -> list[Reporting]:
    """Return the obligations of one paragraph; clauses that only go on with "; báo cáo …" add to the one before."""
    paragraph = speaker.node.paragraph
    start = speaker.node.mark.length if speaker.node.mark else 0
    told: list[Reporting] = []
    opened, last = start, -1
    for at, end in _sentences(paragraph, start):
        goes_on = last == at - 1 and paragraph.text[last] == ";" and bool(_AGAIN.match(paragraph.text, at))
        if told and _ON_DEMAND.match(paragraph.text[at:end]):
            told[-1] = replace(told[-1], adhoc=True)
        elif one := _obligation(speaker, start, at, end):
            joined = _joined(told[-1], one, _clause(paragraph, opened, end)) if goes_on and told else None
            told = [*told[:-1], joined] if joined else [*told, one]
            opened = opened if joined else at
        elif goes_on and end - opened < _LONGEST and _SUMS_UP.match(paragraph.text, opened):
            summed = _obligation(speaker, start, opened, end)
            told += [summed] if summed else []
        else:
            opened = at
        last = end
    return told


def _joined(first: Reporting, more: Reporting, text: Text) -> Reporting | None:
    """Return both clauses as one obligation; None where they report to different bodies, or are many."""
    if len(text.words) > _LONGEST or (
        first.to and more.to and [to.value for to in first.to] != [to.value for to in more.to]
    ):
        return None
    return replace(
        first, text=text, to=first.to or more.to, via=first.via or more.via, then_to=first.then_to or more.then_to,
        cadence=tuple(_once([*first.cadence, *more.cadence])), due=(*first.due, *more.due),
        adhoc=first.adhoc or more.adhoc,
    )  # fmt: skip
