"""Groups of tasks out of the outline of a body."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import fields as fields_of
from dataclasses import replace

from app.text import fold
from campaigns.planfile.draft import Assignment, Item, TaskGroup
from campaigns.planfile.tasks.charges import assign_inline, charge_at_end, read_charge
from campaigns.planfile.tasks.fields import Field, Label, assign, read_fields
from campaigns.planfile.text.block import cut
from campaigns.planfile.text.marks import Rank
from campaigns.planfile.text.outline import Node, Part, sections
from campaigns.planfile.units import HEAD, is_body, leading_names, traced_names

_CLOSING = re.compile(
    r"^(?:Trên đây là|Trong quá trình (?:tổ chức |triển khai )*(?:thực hiện)?|Yêu cầu |Đề nghị (?!:)"
    r"|Nhận được|Thừa lệnh |(?:Các|Những) nội dung (?:khác|còn lại)\s"
    r"|(?:Kế hoạch|Chương trình|Quy chế)(?: phối hợp)?(?: này)? có hiệu lực"
    r"|Căn cứ (?:nội dung )?Kế hoạch này|Kế hoạch này |(?:Ủy ban nhân dân|UBND) .{3,80}(?:yêu cầu|đề nghị)"
    r"|Quá trình (?:tổ chức |triển khai )*thực hiện|(?:Giám đốc|Thủ trưởng|Chủ tịch) .{3,80}(?:yêu cầu"
    r"|đề nghị)"
    r"|Sở .{3,80}(?:yêu cầu|đề nghị) )"
)
_REQUEST = re.compile(rf"Đề nghị (?!(?i:các|thủ trưởng|trưởng|giám đốc|chủ tịch)\s)(?={HEAD})")
"""A task of a body that the issuer cannot order ("Đề nghị Bộ Chỉ huy Quân sự tỉnh …")."""
_POINTER = re.compile(
    r"\W*(?:Chi tiết|Nội dung|Có|Xem|Theo|Danh mục|Nhiệm vụ)?[^.;]{0,140}(?:phụ lục|biểu)[^.;]{0,50}"
    r"(?:đính kèm|kèm theo)(?:\s+(?:Kế hoạch|Quyết định|Chương trình|Văn bản)\s+này)?\W*$",
    re.IGNORECASE,
)
"""A paragraph that only leads to an annex."""
_OF_ALL = re.compile(r"(?:Các\s+)?(?:nhiệm\s+vụ|nội\s+dung)\s+[^,.;:]{3,40}?\s+do\s", re.IGNORECASE)
"""A point that says of the others who carries them out: "Các nhiệm vụ tại mục này do …"."""
_POINTS = re.compile(r"\s*\((?:các\s+)?(?:điểm|ý|khoản|mục|nội dung|nhiệm vụ)\s+([^()]{1,60})\)\s*$")
_LISTED = re.compile(r"(?<!\w)(?:[a-zđ]|\d{1,2})(?!\w)")
_BESIDE = (Label.PRODUCT, Label.BUDGET, Label.OTHER)
"""Fields that alone do not tell a field line from a task ("Kết quả: …")."""
ASKED = re.compile(r"^(?:Đề nghị|Yêu cầu|Giao)\s*:?\s+", re.IGNORECASE)
"""What asks or orders a body, before its name."""


def is_closing(node: Node) -> bool:
    """Tell whether a paragraph only closes the document ("Trên đây là …", "Yêu cầu …./.")."""
    if _REQUEST.match(node.text) and not node.text.endswith(("./.", "./")):
        return False
    return bool(_CLOSING.match(node.text)) and (node.mark is None or node.text.startswith("Trên đây là"))


def _item(node: Node) -> Item:
    text = node.traced()
    return Item(node.ordinal or None, text, assign_inline(text))


def unfold(nodes: Iterable[Node]) -> list[Node]:
    """Return nodes with everything below them, in the order of the text."""
    flat: list[Node] = []
    for node in nodes:
        flat += [node, *node.below()]
    return flat


def _fields(node: Node) -> list[Field]:
    return read_fields(node.paragraph, node.mark.length if node.mark else 0)


def gather(nodes: Sequence[Node]) -> tuple[tuple[Item, ...], Assignment]:
    """Return the items among *nodes*, and what their field lines assign to all of them together.

    Field lines behind the last of several items, and nowhere else, speak for the group; otherwise
    each block speaks for the item before it.
    """
    items: list[Item] = []
    blocks: dict[int, list[Field]] = {}
    for node in nodes:
        speaks = items and (node.mark is None or _OF_ALL.match(node.text))
        fields = _fields(node) or (read_charge(node.traced()) if speaks else [])
        if fields and (any(f.label not in _BESIDE for f in fields) or (len(items) - 1) in blocks):
            blocks.setdefault(len(items) - 1, []).extend(fields)
        elif node.text and not _POINTER.match(node.text):
            task, charge = _without_charge(node)
            items.append(_item(task))
            if charge:
                blocks.setdefault(len(items) - 1, []).extend(charge)
    charged = any(item.assignment.lead for item in items)
    shared = -1 in blocks or (set(blocks) == {len(items) - 1} and len(items) > 1 and not charged)
    if shared and len(blocks) == 1:
        return tuple(items), assign(next(iter(blocks.values())))
    for index, fields in blocks.items():
        if index >= 0:
            items[index] = replace(items[index], assignment=_over(items[index].assignment, assign(fields)))
    return tuple(items), assign(blocks.get(-1, []))


def _without_charge(node: Node) -> tuple[Node, list[Field]]:
    """Return a task without the sentence at its end that only charges somebody, and what that sentence states."""
    offset = node.mark.length if node.mark else 0
    at = charge_at_end(node.paragraph.text[offset:])
    if at is None:
        return node, []
    kept = replace(node.paragraph, text=node.paragraph.text[: offset + at].rstrip())
    return replace(node, paragraph=kept), read_charge(
        cut(node.paragraph, offset + at, len(node.paragraph.text))
    )


def _over(own: Assignment, stated: Assignment) -> Assignment:
    """Return what field lines state, and what the task's own sentence says where they are silent."""
    return Assignment(*(getattr(stated, one.name) or getattr(own, one.name) for one in fields_of(Assignment)))


def _is_group(node: Node) -> bool:
    """Tell whether a numbered paragraph is a title over tasks, and not a task itself."""
    inner = [child for child in node.children if not _fields(child)]
    if not inner:
        return False
    return node.titles or any(child.mark is not None for child in inner)


def _group(node: Node) -> TaskGroup:
    items, shared = gather([low for low in unfold(node.children) if not is_closing(low)])
    title = node.traced().map(lambda text: ASKED.sub("", text).rstrip(" :"))
    items, shared = _by_points(items, shared)
    if shared == Assignment() and is_body(title.value) and not any(i.assignment.lead for i in items):
        shared = Assignment(lead=traced_names(title))
    return TaskGroup(node.ordinal or None, title, items, shared)


def _by_points(items: tuple[Item, ...], shared: Assignment) -> tuple[tuple[Item, ...], Assignment]:
    """Return the items with the leads that the group names for their ordinals, and the leads without those words.

    "Sở A (điểm a); Sở B (điểm b, c)": both lead the group, each its own points.
    """
    found = {name: points for name in shared.lead if (points := _POINTS.search(name.value))}
    if not found:
        return items, shared
    bare = {name: name.map(lambda text: _POINTS.sub("", text)) for name in found}
    told = []
    for item in items:
        own = tuple(
            bare[name] for name, points in found.items() if item.ordinal in _LISTED.findall(points[1])
        )
        told.append(replace(item, assignment=replace(item.assignment, lead=item.assignment.lead or own)))
    return tuple(told), replace(shared, lead=tuple(bare.get(name, name) for name in shared.lead))


def _section_groups(node: Node) -> list[TaskGroup]:
    """Return the groups of one section of contents."""
    inner = [child for child in node.children if child.mark is not None and child.rank < Rank.LETTER]
    if not any(_is_group(child) for child in inner):
        items, shared = gather(unfold(node.children))
        title = node.traced().map(lambda text: text.rstrip(" :"))
        return [TaskGroup(node.ordinal or None, title, items, shared)] if items else []
    groups: list[TaskGroup] = []
    for child in inner:
        groups += _nearest_groups(child)
    return groups


def _nearest_groups(node: Node) -> list[TaskGroup]:
    """Return the groups at or below *node*: each the heading right above its tasks."""
    deeper = [low for low in node.children if low.mark and low.rank < Rank.LETTER]
    deeper = deeper or _lettered(node)
    if deeper and all(_is_group(low) and low.titles for low in deeper):
        return [group for low in deeper for group in _nearest_groups(low)]
    return [_group(node)]


def _lettered(node: Node) -> list[Node]:
    """Return the letters below *node* where they are headings: with points and field lines of their own, no stop."""
    runs: list[Node] = []
    for child in node.children:
        if child.mark is not None and child.rank < Rank.PLUS:
            runs.append(Node(child.paragraph, child.mark, list(child.children)))
        elif runs:
            runs[-1].children.append(child)
    headed = (any(_fields(low) for low in run.children) and not run.text.endswith(":") for run in runs)
    return runs if runs and all(headed) else []


def read_groups(root: Node) -> tuple[TaskGroup, ...]:
    """Return the groups of tasks of a body.

    A plan has them in its sections of contents, tasks and solutions; a letter, which has no titled
    sections, gives one group of its numbered paragraphs.
    """
    parts = sections(root)
    found = [group for part, node in parts if part is Part.CONTENT for group in _section_groups(node)]
    if found or any(part is not Part.OTHER and node.titles for part, node in parts):
        return tuple(_assign_from_duties(found, parts))
    numbered = [node for node in root.children if node.mark is not None and not is_closing(node)]
    if any(_is_group(node) for node in numbered):
        return tuple(_group(node) for node in numbered)
    items, shared = gather(unfold(numbered))
    return (TaskGroup(None, None, items, shared),) if items else ()


def _assign_from_duties(groups: list[TaskGroup], parts: Sequence[tuple[Part, Node]]) -> list[TaskGroup]:
    """Give groups without a lead the bodies that "Tổ chức thực hiện" charges with all of the above."""
    if any(g.assignment.lead or any(i.assignment.lead for i in g.items) for g in groups):
        return groups
    for node in (child for part, top in parts if part is Part.DUTIES for child in top.children):
        text = fold(node.text)
        if text.startswith("giao ") and "thuc hien" in text and "noi dung neu tren" in text:
            start = ASKED.match(node.text)
            names = leading_names(node.text[start.end() :]) if start else ""
            lead = traced_names(node.traced(0.6).map(lambda _, n=names: n))  # type: ignore[misc]
            return [replace(g, assignment=replace(g.assignment, lead=lead)) for g in groups]
    return groups
