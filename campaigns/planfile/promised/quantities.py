"""What a plan promises in figures: so many of what, how often, at least or exactly."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from campaigns.planfile.days.rhythm import ADJACENT, AFTER, BEFORE, rhythm_of
from campaigns.planfile.draft import Assignment, PlanDraft, Quantity, Text, Traced
from campaigns.planfile.promised.counted import NO_UNIT, UNIT
from campaigns.planfile.promised.numerals import DIGITS, WORDS, is_in_words, value_of

_NUMBER = rf"(?:{DIGITS}|{WORDS})"
_AMOUNT = re.compile(
    rf"(?<![\w/.,–-])(?P<number>{_NUMBER})(?: ?\([^()]{{1,20}}\))?"
    rf"(?: ?(?:%|phần trăm))?(?: ?(?:-|–|đến|tới) ?(?P<upper>{_NUMBER}))?(?P<percent> ?(?:%|phần trăm))?",
    re.IGNORECASE,
)
_LEAST = re.compile(
    r"(?<!\w)(?P<least>ít nhất|tối thiểu|không dưới|không ít hơn|không thấp hơn|trên|hơn|≥|>=?)(?: là| có| đạt| từ)? ?$"
    r"|(?<!\w)(?:từ|khoảng) $",
    re.IGNORECASE,
)
_NO_LESS = re.compile(r" trở lên", re.IGNORECASE)
# What makes a number a name: "ngày 20", "Nghị quyết 57", "lớp 5"; a limit is no promise either.
_NAMED = re.compile(
    r"(?<!\w)(?:(?<!tổng )số|ngày|điều|khoản|mục|điểm|chương|phần|thứ|khóa|khoá|giai đoạn|phụ lục|mẫu|biểu|cấp|lớp|tổ"
    r"|đề án|nghị quyết|chương trình|quyết định|chỉ thị|kết luận|thông tư|nghị định|luật|công văn|khu phố|thôn|kỷ niệm"
    r"|tối đa|không quá|nhiều nhất|(?<!không )dưới|tuần|tháng|quý|quí|năm|kỳ) ?$",
    re.IGNORECASE,
)
_EACH_SPAN = re.compile(
    r"(?:mỗi|hằng|hàng|từng|một|[0-9]|sáu|ba) (?:học )?(?:tuần|tháng|quý|quí|năm|ngày|kỳ) $", re.IGNORECASE
)
_YEAR = re.compile(r"(?<!\w)năm $", re.IGNORECASE)
# "năm" is five only behind a word that counts; elsewhere it is a year.
_COUNTING = re.compile(
    r"(?:^|ít nhất|tối thiểu|từ|đến|có|là|mở|tổ chức|đăng|phát|in|làm|xây dựng|[,;:]) ?$", re.IGNORECASE
)
_WHOLE = re.compile(r" (?:trở lên )?(?:tổng số |số |các )?")
_MORE = re.compile(
    r"(?: (?!(?:trên|tại|của|cho|về|và|có|được|trong|theo|với|để)(?!\w))[^\W\d_]+){1,3}(?= ?/)"
)
"""The rest of a noun before its rhythm: "buổi" + "truyền thông/năm"."""
_RATED = re.compile(r" (?:[^\W\d_]+ ?){1,4}/ ?(?:tuần|tháng|quý|quí|năm)")
_MEASURE = re.compile(
    r" ?(?:tuần|tháng|quý|quí|năm|ngày|giờ|phút|giây|lần|bên|cấp|tuổi|km|m|ha|kg|tấn|đồng|triệu|tỷ|tỉ|nghìn|người/|%|/)(?!\w)",
    re.IGNORECASE,
)
_FREE = re.compile(r"(?:[^\W\d_]+ ?){1,5}")
_STOP = {
    "được", "có", "trên", "tại", "đạt", "biết", "là", "thực", "tham", "tiếp", "sử", "trở", "so", "theo",
    "của", "cho", "và", "đến", "trong", "hoàn", "phải", "triển", "đã", "sẽ", "vào", "với", "từ", "ở",
}  # fmt: skip
_FAR = 160  # letters that a sentence reaches back for its rhythm
_NEAR = 40  # letters between a rhythm and its number that are printed with it
_SURE, _LESS_SURE = 0.9, 0.75


@dataclass(frozen=True)
class _Amount:
    """A number with its unit at a place of the text; ``end`` is behind the unit."""

    found: re.Match[str]
    unit: str
    end: int

    @property
    def is_percent(self) -> bool:
        return "%" in self.found.group() or "phần trăm" in self.found.group().lower()


@dataclass(frozen=True)
class _Place:
    """What lies around an amount: the ends of the one before and of its rhythm, the start of the one after."""

    said: str
    floor: int
    following: int
    taken: int


def read_quantities(draft: PlanDraft) -> tuple[Quantity, ...]:
    """The quantities of titles, tasks, annex rows and duties, in the order of the document, each with its path."""
    return tuple(
        replace(one, at=path)
        for path, text in _texts(draft)
        for one in _placed(find_quantities(text), text, draft.lines)
    )


def _texts(draft: PlanDraft) -> Iterator[tuple[str, Text]]:
    for number, group in enumerate(draft.task_groups):
        if group.title:
            yield f"task_groups.{number}.title", group.title
        yield from ((f"task_groups.{number}.items.{i}", item.text) for i, item in enumerate(group.items))
    yield from ((f"annex_tasks.{i}", row.text) for i, row in enumerate(draft.annex_tasks))
    yield from ((f"goals.{i}", goal.text) for i, goal in enumerate(draft.goals))
    for path, given in _assigned(draft):
        if given.product:
            yield f"{path}.product", given.product
    for number, duty in enumerate(draft.duties):
        yield from ((f"duties.{number}.items.{i}", item.text) for i, item in enumerate(duty.items))


def _assigned(draft: PlanDraft) -> Iterator[tuple[str, Assignment]]:
    """What is assigned to groups, tasks and annex rows, by path."""
    for number, group in enumerate(draft.task_groups):
        yield f"task_groups.{number}", group.assignment
        yield from ((f"task_groups.{number}.items.{i}", one.assignment) for i, one in enumerate(group.items))
    yield from ((f"annex_tasks.{i}", row.assignment) for i, row in enumerate(draft.annex_tasks))


def find_quantities(text: Text) -> tuple[Quantity, ...]:
    """The quantities that *text* promises, in its order; each is traced to the lines of *text*."""
    said = " ".join(text.value.split())
    amounts = list(_amounts(said))
    starts = [*(one.found.start() for one in amounts), len(said)]
    taken, floor, made = 0, 0, []
    for amount, following in zip(amounts, starts[1:], strict=True):
        one, taken = _read(_Place(said, floor, following, taken), amount, text)
        made += [one] if one else []
        floor = amount.end
    return tuple(made)


def _amounts(said: str) -> Iterator[_Amount]:
    """Numbers that count something; names of days, documents and years are left out."""
    for found in _AMOUNT.finditer(said):
        before = said[max(0, found.start() - 24) : found.start()]
        if _is_name(found, before):
            continue
        bare = _Amount(found, "", found.end())
        at = _whole_end(said, bare.end) if bare.is_percent else bare.end
        if unit := UNIT.match(said, at):
            more = _MORE.match(said, unit.end())
            end = more.end() if more else unit.end()
            yield _Amount(found, said[unit.start("unit") : end].lower(), end)
        elif bare.is_percent or _counts(found, before, said):
            at += said.startswith(" ", at)
            free = _free_unit(said, at)
            yield _Amount(found, free.lower(), at + len(free)) if free else bare


def _counts(found: re.Match[str], before: str, said: str) -> bool:
    """Tell whether a number counts something that the list of nouns does not know.

    "08 gian hàng", with the nought of official papers; "ít nhất 12 phim"; "12 phim/năm". Spans and measures do not.
    """
    if _MEASURE.match(said, found.end()) or NO_UNIT.match(said, found.end()) or is_in_words(found["number"]):
        return False
    is_official = found["number"].startswith("0") or _LEAST.search(before)
    return bool(_RATED.match(said, found.end()) or (is_official and said.startswith(" ", found.end())))


def _is_name(found: re.Match[str], before: str) -> bool:
    if _YEAR.search(before) and re.fullmatch(r"(?:19|20)[0-9]{2}", found["number"]):
        return True
    if found["number"].lower() == "năm" and not _COUNTING.search(before):
        return True
    return bool(_NAMED.search(before)) and not _EACH_SPAN.search(before)


def _whole_end(said: str, at: int) -> int:
    """Behind "số", "các" and the like, which say that the share is of all."""
    found = _WHOLE.match(said, at)
    return found.end() if found else at


def _free_unit(said: str, at: int) -> str:
    """What a share is of, where the list of nouns does not know it: the words up to a verb or a mark."""
    found = _FREE.match(said, at)
    words: list[str] = []
    for word in found.group().split() if found else ():
        if word.lower() in _STOP:
            break
        words.append(word)
    return " ".join(words)


def _read(place: _Place, amount: _Amount, text: Text) -> tuple[Quantity | None, int]:
    """The quantity of an amount, and the end of what is used up as its rhythm."""
    said, found, start, end = place.said, amount.found, amount.found.start(), amount.end
    if least := _LEAST.search(said[max(place.floor, start - 28) : start]):
        start -= len(least.group())
    no_less = _NO_LESS.match(said, end) or _NO_LESS.match(said, found.end())
    end = max(end, no_less.end()) if no_less else end
    every, (first, last), used = _rhythm(place, start, end)
    is_least = bool(no_less or (least and least["least"]))
    is_each = "mỗi " in said[max(0, start - _FAR) : start].lower()
    if found["number"].lower() == "một" and not (is_least or every or is_each):
        return None, place.taken  # "một bài" mostly means "a piece"
    number, upper = value_of(found["number"]), value_of(found["upper"]) if found["upper"] else None
    sure = _LESS_SURE if is_in_words(found["number"]) or not amount.unit else _SURE
    words = said[first:last].strip(" ,:")
    made = Quantity(
        Traced(words, text.line_from, text.line_to, words, sure), number, amount.unit,
        upper if upper is not None and upper > number else None, is_least, amount.is_percent, every,
    )  # fmt: skip
    return made, max(place.taken, used)


def _rhythm(place: _Place, start: int, end: int) -> tuple[str | None, tuple[int, int], int]:
    """How often; from where to where the words with their rhythm are printed; where a rhythm behind them ends."""
    said, following = place.said, place.following
    behind = re.split(r"[,.;:(]", said[end:following], maxsplit=1)[0]
    if after := AFTER.search(behind):
        used = end + after.end()
        return rhythm_of(after), (start, used if after.start() <= _NEAR else end), used
    far = max(0, place.taken, start - _FAR)
    far = max(far, *(said.rfind(mark, far, start) + 1 for mark in (". ", ";")))
    before = said[far:start]
    if each := ADJACENT.search(before) or next(reversed(list(BEFORE.finditer(before))), None):
        is_near = len(before) - each.end() <= _NEAR and far + each.start() >= place.floor
        return rhythm_of(each), (far + each.start() if is_near else start, end), 0
    if following == len(said) and (after := AFTER.search(re.split(r"[.;]", said[end:], maxsplit=1)[0])):
        return rhythm_of(after), (start, end), 0
    return None, (start, end), 0


def _placed(found: Sequence[Quantity], within: Text, lines: Sequence[str]) -> Iterator[Quantity]:
    """Quantities with the lines on which they are printed; those of *within* where that is not the printed text."""
    rows = list(_joined(lines[within.line_from - 1 : within.line_to], within.line_from)) if found else []
    whole = " ".join(row for _, row in rows)
    starts = list(accumulate((len(row) + 1 for _, row in rows), initial=0))
    behind = 0
    for one in found:
        at = whole.find(one.words, behind)
        if at < 0:
            yield one
            continue
        behind = at + len(one.words)
        first, last = (rows[bisect_right(starts, place) - 1][0] for place in (at, behind - 1))
        yield replace(one, text=replace(one.text, line_from=first, line_to=last))


def _joined(lines: Iterable[str], first: int) -> Iterator[tuple[int, str]]:
    """The lines that hold anything, blanks collapsed, with their numbers."""
    for number, line in enumerate(lines, start=first):
        if row := " ".join(line.split()):
            yield number, row
