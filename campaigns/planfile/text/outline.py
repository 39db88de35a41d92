"""The tree of sections and items that the ordinals of a body make."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.text import fold
from campaigns.planfile.draft import Text, Traced
from campaigns.planfile.text.marks import Mark, Rank, read_mark
from campaigns.planfile.text.paragraphs import Paragraph, is_capitals
from campaigns.planfile.units import is_body


class Part(StrEnum):
    """What a section of a plan is about."""

    PURPOSE = "purpose"
    CONTENT = "content"
    FUNDING = "funding"
    DUTIES = "duties"
    REPORTING = "reporting"
    OTHER = "other"


_PARTS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    (Part.REPORTING, re.compile(r"(?:che do|co che|thong tin,?) (?:thong tin,? |bao cao)|^bao cao"
                                r"|so ket, tong ket")),
    (Part.DUTIES, re.compile(r"to chuc,? (?:thuc hien|trien khai)|phan cong|trach nhiem (?:cua"
                             r"|thuc hien)|^trach nhiem")),
    (Part.FUNDING, re.compile(r"kinh phi|nguon luc (?:thuc hien|tai chinh)|^nguon luc$|du toan|^nguon von")),
    (Part.CONTENT, re.compile(r"noi dung|nhiem vu|giai phap|hinh thuc|bien phap|cac hoat dong"
                              r"|^ke hoach,? thuc hien"
                              r"|^hoat dong|^ke hoach (?:thuc hien|trien khai)|^cong tac |cong viec")),
    (Part.PURPOSE, re.compile(r"muc dich|yeu cau|muc tieu|chi tieu|quan diem|doi tuong|pham vi|thuc trang"
                              r"|boi canh|can cu|ket qua"
                              r"|danh gia|su can thiet|thoi gian|dia diem|tinh hinh")),
)  # fmt: skip


@dataclass
class Node:
    """One paragraph with its mark and what stands below it; unmarked paragraphs have no mark."""

    paragraph: Paragraph
    mark: Mark | None
    children: list["Node"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the text behind the mark."""
        return self.paragraph.text[self.mark.length if self.mark else 0 :].strip()

    @property
    def rank(self) -> int:
        """Return the rank of the mark, below all marks where there is none."""
        return self.mark.rank if self.mark else 99

    @property
    def ordinal(self) -> str | None:
        """Return the ordinal as printed."""
        return self.mark.ordinal if self.mark else None

    def traced(self, confidence: float = 1.0) -> Text:
        """Return the text behind the mark with its lines."""
        start = self.mark.length if self.mark else 0
        first, last = self.paragraph.span(start)
        return Traced(self.text, first, last, self.text, confidence)

    def below(self) -> Iterator["Node"]:
        """Yield everything below this node, in the order of the text."""
        for child in self.children:
            yield child
            yield from child.below()

    @property
    def titles(self) -> bool:
        """Tell whether the paragraph reads as a title: short of a full stop, or set as one."""
        if self.paragraph.heading or is_capitals(self.text):
            return True
        return not re.search(r"[.;…]\s*$|\./\.?$", self.text)


def grow(paragraphs: Sequence[Paragraph]) -> Node:
    """Return a root over the tree of *paragraphs*.

    A mark stands below the nearest one of smaller rank; a paragraph without a mark stands below the
    nearest title, so that it never becomes part of a listed item.
    """
    root = Node(Paragraph("", (0,), (1,)), Mark("", -1, 0))
    path = [root]
    numbered = is_numbered(paragraphs)
    for paragraph in paragraphs:
        mark = read_mark(paragraph.text)
        if mark is None and not numbered:
            mark = unnumbered_title(paragraph)
        if mark is None and paragraph.heading and len(path) > 1:
            mark = _untitled(paragraph, path)
        node = Node(paragraph, mark)
        if mark is None:
            _holder(path).children.append(node)
            continue
        while path[-1].rank >= node.rank:
            path.pop()
        path[-1].children.append(node)
        path.append(node)
    return root


def is_numbered(paragraphs: Sequence[Paragraph]) -> bool:
    """Tell whether the titles of a body bear ordinals, or none of its lines in capitals is the title of a section."""
    marks = (read_mark(paragraph.text) for paragraph in paragraphs)
    if any(mark and mark.rank <= Rank.DIGIT for mark in marks):
        return True
    titles = (paragraph.text for paragraph in paragraphs if is_capitals(paragraph.text))
    return all(part_of(title) is Part.OTHER for title in titles)


def unnumbered_title(paragraph: Paragraph) -> Mark | None:
    """Return a stand-in mark for a title in capitals where no title has an ordinal: a section, or a group in one."""
    if not is_capitals(paragraph.text) or len(paragraph.text) > 200:
        return None
    return Mark("", Rank.DIGIT if part_of(paragraph.text) is Part.OTHER else Rank.ROMAN, 0)


def _untitled(paragraph: Paragraph, path: Sequence[Node]) -> Mark | None:
    """Return a stand-in mark for a title that Markdown sets without an ordinal, below a section."""
    if len(paragraph.text) > 200 or paragraph.text.endswith((".", ";")) or ":" in paragraph.text[:-1]:
        return None
    top = path[1].rank
    return Mark("", Rank.DIGIT, 0) if top < Rank.DIGIT else None


def _holder(path: Sequence[Node]) -> Node:
    """Return the title that a paragraph without a mark stands below; a letter is one where it only names a body."""
    last = path[-1]
    if Rank.LETTER <= last.rank < Rank.BULLET and last.titles and is_body(last.text):
        return last
    for node in reversed(path):
        over = node.titles or any(child.mark for child in node.children)
        if node.rank < Rank.LETTER and (over or node.rank < Rank.DIGIT):
            return node
    return path[0]


def part_of(title: str) -> Part:
    """Return what a section is about, from the first telling words of its title.

    Tasks beside aims ("MỤC TIÊU, NHIỆM VỤ") make a section of content.
    """
    folded = " ".join(fold(title).split()).rstrip(" .:")[:160]
    found = [(match.start(), i, part) for i, (part, p) in enumerate(_PARTS) if (match := p.search(folded))]
    if not found:
        return Part.OTHER
    best = min(found)[2]
    if best is Part.PURPOSE and any(part is Part.CONTENT for _, _, part in found):
        return Part.CONTENT
    return best


_SET_IN_FORCE = re.compile(r"chịu trách nhiệm thi hành|có hiệu lực (?:thi hành )?kể từ")
"""The last articles of a decision carry no task."""


def sets_in_force(node: Node) -> bool:
    """Tell whether an article only puts the decision into force and names who carries it out."""
    whole = " ".join([node.text, *(low.text for low in node.below())])
    return node.rank == Rank.ARTICLE and bool(_SET_IN_FORCE.search(whole))


def _holds_parts(inner: Sequence[Node]) -> bool:
    """Tell whether the sections of a "Phần" have matters of their own ("I. MỤC ĐÍCH", "II. NHIỆM VỤ")."""
    return len({part_of(node.text) for node in inner if node.titles} - {Part.OTHER, Part.CONTENT}) > 0


def sections(root: Node) -> list[tuple[Part, Node]]:
    """Return the sections of a body with what each is about, those inside a "Phần" one by one."""
    found: list[tuple[Part, Node]] = []
    for node in root.children:
        if node.mark is None:
            continue
        part = part_of(node.text) if node.titles else Part.OTHER
        if sets_in_force(node):
            continue
        inner = [child for child in node.children if child.rank <= Rank.ROMAN]
        if node.rank < Rank.ROMAN and inner and (part is Part.OTHER or _holds_parts(inner)):
            found += sections(node)
        else:
            found.append((part, node))
    return found
