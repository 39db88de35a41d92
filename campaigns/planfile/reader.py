"""The reader: text of a plan or letter in, a traced draft out."""

import re
from collections.abc import Sequence
from dataclasses import replace

from app.errors import N_
from campaigns.planfile.bases import read_bases
from campaigns.planfile.containers.opening import open_source
from campaigns.planfile.containers.plain import source_of_text
from campaigns.planfile.containers.source import Source
from campaigns.planfile.days.key_dates import read_key_dates
from campaigns.planfile.draft import AnnexTask, Duty, PlanDraft, TaskGroup, Text, Traced
from campaigns.planfile.frame.closing import read_addressees, read_recipients, read_signer
from campaigns.planfile.frame.header import (
    TITLE_ASIDE,
    Header,
    attached_day,
    closing_title,
    read_header,
    year_of,
)
from campaigns.planfile.frame.issuer import read_issuer, read_parent_body
from campaigns.planfile.promised.quantities import read_quantities
from campaigns.planfile.reporting import Speaker, read_reporting
from campaigns.planfile.tasks.annex import read_annex
from campaigns.planfile.tasks.duties import read_duties, read_funding, read_goals
from campaigns.planfile.tasks.groups import read_groups
from campaigns.planfile.text.aligned import with_rows
from campaigns.planfile.text.joining import join
from campaigns.planfile.text.layout import WHOLE_LINES, Layout, measure
from campaigns.planfile.text.lines import Kind, Line, read_lines
from campaigns.planfile.text.marks import Rank, read_mark
from campaigns.planfile.text.outline import Node, grow, is_numbered, unnumbered_title
from campaigns.planfile.text.paragraphs import Paragraph
from campaigns.planfile.text.regions import Regions, split_regions
from campaigns.planfile.text.side_by_side import unfold
from campaigns.planfile.themes import read_themes
from campaigns.planfile.units import is_body, traced_names

_OPENED = re.compile(r"như sau\s*:$")
NOTHING = "Không có chữ nào để đọc."


def read_plan(source: str | bytes | Source, *, name: str = "") -> PlanDraft:
    """Return the draft of the plan or letter in *source*: a text, the bytes of a file, or an opened file.

    Any text gives a draft, an empty one with a remark; *name* is only kept. Nothing is invented:
    what the document leaves blank is None or empty.

    Raises:
        Unreadable: bytes that hold no text, of an unknown kind or encoding; over the limits.
    """
    if isinstance(source, str):
        source = source_of_text(source)
    opened = source if isinstance(source, Source) else open_source(source)
    raws = tuple(opened.text.split("\n"))
    lines = with_rows(unfold(read_lines(opened.text), raws), raws)
    draft = PlanDraft(name, raws, pages=opened.pages)
    if not any(line.kind in (Kind.TEXT, Kind.ROW) for line in lines):
        return replace(draft, remarks=(NOTHING,))
    return _read(draft, lines, WHOLE_LINES if opened.whole_lines else measure(lines))


def _read(draft: PlanDraft, lines: list[Line], layout: Layout) -> PlanDraft:
    """Return the draft with everything that its lines say."""
    regions = split_regions(lines)
    paragraphs = join(regions.body, layout)
    addressees, used = read_addressees(paragraphs)
    paragraphs = paragraphs[used:]
    preamble, inner = _parted(paragraphs)
    preamble = [*_beside_title(regions), *preamble]
    draft = _headed(replace(draft, addressees=addressees), regions, paragraphs)
    own = draft.number.value if draft.number else None
    told = [*inner, *join(regions.annex, layout)]
    tables = [regions.header, regions.body, regions.annex]
    if regions.attached:
        plan = split_regions(regions.attached)
        layout = layout if layout is WHOLE_LINES else measure(regions.attached)
        opening, inner = _parted(join(plan.body, layout))
        told += [*opening, *inner, *join(plan.annex, layout)]
        tables = [plan.header, plan.body, plan.annex]
    root = grow(inner)
    # In a workbook the table follows the title at once, so that the head holds it.
    rows = tuple(task for table in tables for task in read_annex(table))
    told += _rows(rows)
    draft = replace(
        draft,
        legal_bases=read_bases(preamble, told, draft.title, own),
        goals=read_goals(root), task_groups=read_groups(root), annex_tasks=rows,
        duties=read_duties(root), funding=read_funding(root),
        signer=read_signer(regions.closing), recipients=read_recipients(regions.closing),
    )  # fmt: skip
    reporting = read_reporting(_speakers(root, draft))
    draft = replace(
        draft,
        reporting=reporting,
        key_dates=read_key_dates(
            [*_title_paragraph(draft.title), *inner, *_rows(rows)], _timings(draft), reporting
        ),
        themes=read_themes([*preamble, *told], _task_texts(draft.task_groups), draft.title),
    )
    return replace(draft, quantities=read_quantities(draft), remarks=_remarks(draft))


def _beside_title(regions: Regions) -> list[Paragraph]:
    """Return what a line in brackets below the title says that the document implements."""
    found = ((line, TITLE_ASIDE.match(line.text)) for line in regions.header)
    return [
        Paragraph(line.text[aside.start(1) :].rstrip(" )"), (0,), (line.no,))
        for line, aside in found
        if aside
    ]


def _parted(paragraphs: list[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """Return the preamble and what stands below it."""
    opens = _is_section if is_numbered(paragraphs) else unnumbered_title
    first = next((i for i, p in enumerate(paragraphs) if opens(p)), None)
    if first is None:
        # Where a table holds the tasks, no section follows the preamble.
        first = next((i for i, p in enumerate(paragraphs, 1) if _OPENED.search(p.text)), len(paragraphs))
    return paragraphs[:first], paragraphs[first:]


def _is_section(paragraph: Paragraph) -> bool:
    node = Node(paragraph, grow([paragraph]).children[0].mark)
    return node.rank <= Rank.DIGIT or (node.rank < 99 and node.rank >= Rank.LETTER)


def _headed(draft: PlanDraft, regions: Regions, body: Sequence[Paragraph]) -> PlanDraft:
    """Return the draft with everything that head and first sentences say."""
    head = read_header(regions)
    doc_type, title = head.doc_type, head.title
    if title is None:
        late_type, title = closing_title(regions.body)
        doc_type = doc_type or late_type
    if doc_type is None and draft.addressees:
        doc_type = draft.addressees[0].map(lambda _: "Công văn", 0.6)
    whole = "\n".join(paragraph.text for paragraph in body)
    partial = head.date_partial
    if partial is None and head.issued_on is None:
        partial = attached_day(draft.lines) or year_of(title)
    return replace(
        draft, doc_type=doc_type, title=title, number=head.number, symbol=head.symbol,
        issued_on=head.issued_on, date_partial=partial, place=head.place,
        parent_body=read_parent_body(head.letterhead),
        issuer=read_issuer(head.letterhead, whole, head.place, title.value if title else ""),
        status=_status(head, regions),
    )  # fmt: skip


def _status(head: Header, regions: Regions) -> Text | None:
    """Return what is missing of a finished document: marked as draft, blanks, a lost head."""
    lines = [*regions.header, *regions.body, *regions.closing]
    if not any(line.kind is Kind.TEXT and read_mark(line.text) for line in lines) and _is_table(lines):
        return None
    marked = next((line for line in lines if line.kind is Kind.DRAFT), None)
    remarks = ["Dự thảo"] if marked else []
    remarks += ["số để trống"] if head.blank_number else []
    remarks += ["ngày để trống"] if head.blank_day else []
    if not regions.header or (head.doc_type is None and head.number is None and not head.blank_number):
        remarks.append("thiếu phần đầu (quốc hiệu, số, ngày, tên văn bản)")
    elif not re.search(r"[^\W\d_]{2}", head.letterhead.text):
        remarks.append("thiếu tên cơ quan")
    if not remarks:
        return None
    line = marked or (lines[0] if lines else None)
    no = line.no if line else 1
    return Traced("; ".join(remarks), no, no, marked.text if marked else "", 0.8)


def _is_table(lines: Sequence[Line]) -> bool:
    """Tell whether a source is a table of tasks alone, of which nobody expects the head of a letter."""
    rows = sum(line.kind is Kind.ROW for line in lines)
    return rows > sum(line.kind is Kind.TEXT for line in lines)


def _speakers(root: Node, draft: PlanDraft) -> list[Speaker]:
    """Return every paragraph of the body with the bodies that it charges."""
    charged: dict[int, tuple[Text, ...]] = {}
    for group in draft.task_groups:
        for item in group.items:
            titled = group.title is not None and is_body(group.title.value)
            charged[item.text.line_from] = item.assignment.lead or (group.assignment.lead if titled else ())
    for duty in draft.duties:
        who = _charged(duty)
        charged.update({item.text.line_from: who for item in duty.items})
    others = () if draft.duties else draft.addressees
    return [Speaker(node, charged.get(node.traced().line_from, ()), others) for node in root.below()]


def _charged(duty: Duty) -> tuple[Text, ...]:
    return traced_names(duty.org) if is_body(duty.org.value[:1].upper() + duty.org.value[1:]) else ()


def _timings(draft: PlanDraft) -> list[Paragraph]:
    groups = [group.assignment.timing for group in draft.task_groups]
    items = [item.assignment.timing for group in draft.task_groups for item in group.items]
    rows = [task.assignment.timing for task in draft.annex_tasks]
    return [Paragraph(t.value, (0,), (t.line_from,)) for t in [*groups, *items, *rows] if t is not None]


def _rows(tasks: Sequence[AnnexTask]) -> list[Paragraph]:
    """Return the texts of the rows of tables as paragraphs."""
    return [Paragraph(task.text.value, (0,), (task.text.line_from,)) for task in tasks]


def _title_paragraph(title: Text | None) -> list[Paragraph]:
    return [Paragraph(title.value, (0,), (title.line_from,))] if title else []


def _task_texts(groups: Sequence[TaskGroup]) -> list[Text]:
    titles = [group.title for group in groups if group.title]
    return [*titles, *(item.text for group in groups for item in group.items)]


def _remarks(draft: PlanDraft) -> tuple[str, ...]:
    """Return what a person should look at, in Vietnamese."""
    remarks: list[str] = []
    if draft.number is None:
        remarks.append(N_("Số văn bản để trống hoặc không có."))
    if draft.issued_on is None:
        remarks.append(N_("Ngày ban hành để trống hoặc không có."))
    if not draft.task_groups:
        remarks.append(N_("Không thấy mục nội dung, nhiệm vụ nào."))
    if draft.task_groups and not any(
        g.assignment.lead or any(i.assignment.lead for i in g.items) for g in draft.task_groups
    ):
        remarks.append(N_("Văn bản không nêu đơn vị chủ trì cho từng nhiệm vụ."))
    return tuple(remarks)
