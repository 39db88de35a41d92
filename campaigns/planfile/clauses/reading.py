"""What a document says that only changes another: which place, what is done to it, in which new words. Pure.

"Sửa đổi điểm b khoản 2 Mục II như sau: “…”", "Bổ sung điểm e vào sau điểm đ khoản 2 Mục II", "Bãi bỏ điểm c khoản 1
Mục II", "Thay cụm từ “…” bằng cụm từ “…” tại Mục II" (swaps.py): the way in which Vietnamese documents amend one another (Nghị định 78/2025/NĐ-CP, mẫu sửa đổi, bổ sung).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.text import fold
from campaigns.planfile.clauses.swaps import Step, Swap, begins_swap, read_swaps
from campaigns.planfile.draft import Assignment, Item, PlanDraft, Text
from campaigns.planfile.tasks.groups import gather
from campaigns.planfile.text.joining import join
from campaigns.planfile.text.layout import measure
from campaigns.planfile.text.lines import read_lines
from campaigns.planfile.text.marks import Rank, read_mark, roman
from campaigns.planfile.text.outline import Node
from campaigns.planfile.text.paragraphs import Paragraph
from campaigns.planfile.text.regions import split_regions


class Deed(StrEnum):
    """What a clause does."""

    REPLACE = "replace"
    ADD = "add"
    REPEAL = "repeal"
    SWAP = "swap"


@dataclass(frozen=True)
class Clause:
    """One clause: *place* by step, *after* which ordinal something new comes, the new *items* with their units.

    A swap of words has no items; its place may be the whole document.
    """

    deed: Deed
    said: Text
    place: Mapping[Step, str]
    after: str = ""
    items: tuple[Item, ...] = ()
    assignment: Assignment = field(default_factory=Assignment)
    swap: Swap | None = None


_TITLE = re.compile(
    r"(?:sua doi|bo sung|bai bo|thay the|dieu chinh).{0,60}\bcua\b.{0,40}\b(?:ke hoach|cong van|quyet dinh)"
)
_HEAD = re.compile(
    r"(Sửa đổi|Điều chỉnh|Thay thế|Bổ sung|Bãi bỏ|Hủy bỏ|Huỷ bỏ)(?:,? (?:và )?bổ sung)?\s", re.IGNORECASE
)
_DEEDS = {"bo sung": Deed.ADD, "bai bo": Deed.REPEAL, "huy bo": Deed.REPEAL}
_CONTENT = re.compile(r"\bnhư sau\s*:?\s*|:\s*(?=[“\"])|:\s*$", re.IGNORECASE)
_BULLETS = {"nhat": "1", "hai": "2", "ba": "3", "tu": "4", "nam": "5", "sau": "6", "bay": "7", "tam": "8"}
_PLACES = (
    (Step.BULLET, re.compile(r"gạch đầu dòng thứ (\w+)", re.IGNORECASE)),
    (Step.ROW, re.compile(r"(?:số thứ tự|STT)\s+(\d{1,3})", re.IGNORECASE)),
    (Step.POINT, re.compile(r"\bđiểm\s+([a-zđ]\d?(?:(?:,| và)\s+[a-zđ]\b)*)(?=[\s,.;:)”]|$)", re.IGNORECASE)),
    (Step.NUMBER, re.compile(r"\bkhoản\s+(\d{1,2}(?:\.\d{1,2})*)", re.IGNORECASE)),
    (Step.SECTION, re.compile(r"\bmục\s+([IVX]{1,6}|\d{1,2})\b", re.IGNORECASE)),
)  # fmt: skip
_QUOTES = " “”\"'"


def is_amending(draft: PlanDraft) -> bool:
    """Whether the document, by its own title, changes another and is no plan itself."""
    return draft.title is not None and bool(_TITLE.search(" ".join(fold(draft.title.value).split())))


def read_clauses(draft: PlanDraft) -> tuple[Clause, ...]:
    """The clauses of an amending document in their order, each with its lines; one for each point that it names."""
    lines = read_lines("\n".join(draft.lines))
    paragraphs = join(split_regions(lines).body, measure(lines))
    return tuple(clause for run in _runs(paragraphs) for clause in _clauses(run))


def section_lines(lines: Sequence[str]) -> dict[str, tuple[int, int]]:
    """First and last line of each section with a Roman number, from 1: what "Mục II" means in that text."""
    heads = [
        (mark.ordinal, number)
        for number, line in enumerate(lines, start=1)
        if (mark := read_mark(line.strip())) is not None and mark.rank == Rank.ROMAN
    ]
    ends = [number - 1 for _, number in heads[1:]] + [len(lines)]
    found: dict[str, tuple[int, int]] = {}
    for (ordinal, first), last in zip(heads, ends, strict=True):
        found.setdefault(ordinal, (first, last))
    return found


def _runs(paragraphs: Sequence[Paragraph]) -> Iterator[list[Node]]:
    """Each clause with the paragraphs of its new words: what stands between quotation marks begins none."""
    run: list[Node] = []
    depth = 0
    for paragraph in paragraphs:
        node = Node(paragraph, read_mark(paragraph.text))
        is_article = node.mark is not None and node.rank == Rank.ARTICLE
        begins = depth <= 0 and (_HEAD.match(node.text) is not None or begins_swap(node.text))
        if (is_article or begins) and run:
            yield run
            run = []
        if is_article:
            depth = 0
        if begins:
            run = [node]
        elif run:
            run.append(node)
        depth = _depth(paragraph.text, depth)
    if run:
        yield run


def _depth(text: str, depth: int) -> int:
    """How many quotation marks are open behind *text*."""
    straight = text.count('"') % 2
    if straight:
        depth += -1 if depth > 0 else 1
    return max(0, depth + text.count("“") - text.count("”"))


def _clauses(run: Sequence[Node]) -> Iterator[Clause]:
    """The clauses of one run; a mere heading ("Sửa đổi một số nội dung của Kế hoạch … như sau:") is none."""
    head = run[0]
    if swaps := read_swaps(head.text):
        for swap in swaps:
            for where in swap.places or ({},):
                yield Clause(Deed.SWAP, head.traced(), where, swap=swap)
        return
    cut = _CONTENT.search(head.text)
    lead = head.text[: cut.start()] if cut else head.text
    named = _HEAD.match(head.text)
    deed = _DEEDS.get(fold(named[1]) if named else "", Deed.REPLACE)
    content = _content(head, cut.end() if cut else len(head.text), run[1:]) if deed is not Deed.REPEAL else []
    items, assignment = gather(content)
    place, after, points = _place(lead, deed)
    if not place and ("một số" in lead.lower() or (cut and not items)):
        return  # a heading over clauses
    whole = Clause(deed, head.traced(), place, after, tuple(map(_unquoted, items)), assignment)
    if deed is Deed.REPEAL and len(points) > 1:
        for point in points:
            yield replace(whole, place={**place, Step.POINT: point})
    else:
        yield whole


def _content(head: Node, start: int, below: Sequence[Node]) -> list[Node]:
    """The paragraphs of the new words, without the marks that quote them."""
    offset = len(head.paragraph.text) - len(head.text) + start
    first = _part(head.paragraph, offset)
    return [one for one in (first, *(_part(node.paragraph, 0) for node in below)) if one.text]


def _part(paragraph: Paragraph, start: int) -> Node:
    """What stands in a paragraph from *start* on, behind a quotation mark that opens it."""
    text = paragraph.text[start:]
    start += len(text) - len(text.lstrip(_QUOTES))
    starts = tuple(max(0, one - start) for one in paragraph.starts)
    cut = replace(paragraph, text=paragraph.text[start:], starts=starts)
    return Node(cut, read_mark(cut.text))


def _unquoted(item: Item) -> Item:
    """The item without the quotation mark that closes the new words; one that belongs to its own text stays."""
    text = item.text.value.rstrip()
    bare = text.rstrip(".;")
    is_open = bare.count("”") > bare.count("“") or bare.count('"') % 2 == 1
    kept = bare[:-1].rstrip() if is_open and bare.endswith(("”", '"')) else text
    return replace(item, text=item.text.map(lambda _: kept))


def _place(lead: str, deed: Deed) -> tuple[dict[Step, str], str, list[str]]:
    """The place that *lead* names, the ordinal after which something new comes, and all points that it names."""
    place: dict[Step, str] = {}
    after, points = "", []
    for step, pattern in _PLACES:
        for found in pattern.finditer(lead):
            ordinals = [one.strip().lower() for one in re.split(r",| và ", found[1])]
            if re.search(r"\bsau\s+$", lead[: found.start()], re.IGNORECASE):
                after = ordinals[0]
                place.setdefault(step, ordinals[0])
            elif step is Step.POINT:
                points += ordinals
                place[step] = ordinals[0]
            else:
                place[step] = _ordinal(step, found[1])
    return place, after, points


def _ordinal(step: Step, printed: str) -> str:
    """The ordinal as the rows have it: Roman numbers in capitals, "thứ hai" as a number."""
    if step is Step.BULLET:
        return _BULLETS.get(fold(printed), printed)
    return printed.upper() if step is Step.SECTION and roman(printed.upper()) else printed
