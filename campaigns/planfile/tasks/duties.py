"""Blocks of duties, goals and the funding out of the outline of a body."""

import re
from collections.abc import Sequence
from dataclasses import replace

from app.text import fold
from campaigns.planfile.draft import Duty, Item, Text
from campaigns.planfile.tasks.groups import ASKED, is_closing, unfold
from campaigns.planfile.text.outline import Node, Part, part_of, sections, sets_in_force
from campaigns.planfile.units import HEAD, is_body

_NAMED = re.compile(rf"(?={HEAD})[^:.]{{3,120}}:\s+\S")
"""A duty on one line, without an ordinal: "Sở Tài chính: Bố trí kinh phí."."""
_ENDS = re.compile(r"Trên đây|(?:Kế hoạch|Chương trình|Quy chế)(?: phối hợp)?(?: này)? có hiệu lực")
"""What ends the document and no block of duties."""
_LABELLED = re.compile(r"(?:Nguồn\s+)?[Kk]inh\s+phí(?:\s+thực\s+hiện)?\s*:\s+(?=\S)")


def read_duties(root: Node) -> tuple[Duty, ...]:
    """Return the blocks of "Tổ chức thực hiện" that stand under the name of a body or of a matter.

    Numbered sentences without such a title are no blocks. The closing paragraph of the document
    belongs to the last block only where that block is about a matter ("Cơ chế báo cáo").
    """
    duties: list[Duty] = []
    for part, top in sections(root):
        if part not in (Part.DUTIES, Part.REPORTING):
            continue
        blocks = [node for node in top.children if node.mark is not None and not sets_in_force(node)]
        blocks = blocks or [node for node in top.children if _NAMED.match(node.text)]
        for node in blocks:
            duty = _duty(node, last=node is blocks[-1])
            duties += [duty] if duty else []
    return tuple(duties)


def _duty(node: Node, *, last: bool) -> Duty | None:
    if node.mark is not None and node.mark.is_bullet and not node.titles:
        return None
    below = unfold(node.children)
    org = node.traced().map(lambda text: ASKED.sub("", text).rstrip(" :."))
    # "Các Sở: Xây dựng, Công Thương" is a title to the end, "Sở Tài chính: Bố trí kinh phí." is not.
    words = "" if node.titles else ASKED.sub("", node.text)
    head = re.match(r"(?P<org>[^:.]{3,120}):\s+(?P<rest>\S.{15,})", words)
    own: tuple[Item, ...] = ()
    if head and (is_body(head["org"]) or (words != node.text and is_body(_capital(head["org"])))):
        rest = head["rest"]
        own = (Item(None, node.traced().map(lambda _: rest)),)
        org = org.map(lambda _: head["org"].strip())
    elif not below or not (node.titles or is_body(node.text)):
        return None
    if not own and part_of(node.text) is Part.FUNDING:
        return None
    organ = is_body(org.value) or org.value.startswith("Trách nhiệm")
    if last and below and is_closing(below[-1]) and (organ or _ENDS.match(below[-1].text)):
        below = below[:-1]
    items = (*own, *(Item(low.ordinal or None, low.traced()) for low in below if low.text))
    return Duty(node.ordinal or None, org, items) if items else None


def _capital(name: str) -> str:
    """Return a name as it would stand at the head of a line: behind "Đề nghị" it may begin with a small letter."""
    return name[:1].upper() + name[1:]


def read_goals(root: Node) -> tuple[Item, ...]:
    """Return the points of the sections on aims, goals and requirements, without their own titles."""
    nodes = [low for part, top in sections(root) if part is Part.PURPOSE for low in top.below()]
    return tuple(Item(low.ordinal or None, low.traced()) for low in nodes if low.text and not low.children)


def read_funding(root: Node) -> Text | None:
    """Return the text on funding: its section, a titled or labelled paragraph, or the duty to budget for it."""
    for node in root.below():
        if (
            node.mark is not None
            and node.titles
            and part_of(node.text) is Part.FUNDING
            and len(node.text) < 160
        ):
            texts = [low.traced() for low in node.below() if low.text]
            if texts:
                whole = " ".join(text.value for text in texts)
                return replace(texts[0], value=whole, words=whole, line_to=texts[-1].line_to)
            if len(node.text) > 40:
                return node.traced()
    for node in root.children:
        if node.mark is None and (label := _LABELLED.match(node.text)):
            return node.traced().map(lambda text, end=label.end(): text[end:].rstrip(" ."))  # type: ignore[misc]
    return _funding_duty([top for part, top in sections(root) if part is Part.DUTIES])


def _funding_duty(duties: Sequence[Node]) -> Text | None:
    """Return the sentence of "Tổ chức thực hiện" that budgets, else the one that names where the money comes from."""
    for node in (node for top in duties for node in top.children):
        text = fold(node.text)
        if not node.titles and "kinh phi" in text and re.search(r"bo tri|du toan|ngan sach", text):
            return node.traced(0.6)
    for node in (node for top in duties for node in top.below()):
        if not node.titles and re.search(r"kinh phi (?:\w+ )?tu (?:cac )?nguon", fold(node.text)):
            return node.traced(0.6)
    return None
