"""The structure beside the source: every value of a draft with its lines, what is doubtful, what was corrected. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from app.errors import N_
from campaigns.planfile.draft import Due, LegalBasis, PlanDraft, Reporting, Role, TaskGroup, Text, Traced
from campaigns.plans.dates import show_due, show_key_date, show_partial
from campaigns.plans.uploads.corrections import anchor_of
from campaigns.plans.uploads.parts import DOCUMENT, group_key

SURE = 0.7  # values at or below it are shown as doubtful

ROLES = {
    Role.BASIS: N_("Căn cứ"),
    Role.IMPLEMENTED: N_("Thực hiện"),
    Role.PREAMBLE: N_("Viện dẫn ở phần đầu"),
    Role.BODY: N_("Viện dẫn trong nội dung"),
}


@dataclass(frozen=True)
class Value:
    """One value as shown; ``read`` is what the machine read where an officer typed something else."""

    text: str
    first: int
    last: int
    is_doubtful: bool = False
    is_corrected: bool = False
    read: str = ""

    @property
    def trace(self) -> str:
        """The lines in the form that the page's script reads: "12-13"."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


@dataclass(frozen=True)
class Row:
    """A label and its values; ``mark`` is an ordinal as printed that stands before the label.

    What *may promise* something in figures (titles, tasks, duties) is shown with them.
    """

    label: str
    values: tuple[Value, ...]
    mark: str = ""
    may_promise: bool = False


@dataclass(frozen=True)
class Section:
    """A part of the structure; ``key`` names it in addresses when it can be corrected."""

    anchor: str
    title: str
    rows: tuple[Row, ...]
    key: str = ""
    mark: str = ""

    @property
    def doubts(self) -> int:
        """How many of its values want a second look."""
        return sum(value.is_doubtful for row in self.rows for value in row.values)


def sections_of(read: PlanDraft, draft: PlanDraft, paths: Iterable[str]) -> list[Section]:
    """The whole structure of a corrected *draft*; *read* is the same draft before, *paths* what was corrected."""
    corrected = frozenset(paths)
    groups = [
        _group(corrected, index, before, after)
        for index, (before, after) in enumerate(zip(read.task_groups, draft.task_groups, strict=True))
    ]
    return [
        _document(corrected, read, draft),
        Section("legal-bases", N_("Văn bản căn cứ, viện dẫn"), tuple(map(_basis, draft.legal_bases))),
        *groups,
        *_duties(draft),
        Section("reporting", N_("Chế độ báo cáo"), tuple(map(_reporting, draft.reporting))),
        Section("key-dates", N_("Ngày, mốc thời gian"), tuple(_key_dates(draft))),
        Section("funding", N_("Kinh phí"), _rows(("", draft.funding))),
        Section("recipients", N_("Nơi nhận"), tuple(_list("", draft.recipients))),
    ]


def traced_lines(sections: Iterable[Section]) -> frozenset[int]:
    """The numbers of all lines that some value was read from."""
    return frozenset(
        number
        for section in sections
        for row in section.rows
        for value in row.values
        for number in range(value.first, min(value.last, value.first + 2_000) + 1)
    )


def _value(text: Traced[Any] | None, shown: str | None = None) -> tuple[Value, ...]:
    """The value as read, or none."""
    if text is None:
        return ()
    said = shown if shown is not None else str(text.value)
    return (Value(said, text.line_from, text.line_to, text.confidence <= SURE),)


def _rows(*labelled: tuple[str, Text | None]) -> tuple[Row, ...]:
    return tuple(Row(label, _value(text)) for label, text in labelled if text is not None)


def _list(label: str, texts: Iterable[Text]) -> Iterator[Row]:
    for text in texts:
        yield Row(label, _value(text))


def _corrected(
    corrected: frozenset[str], path: str, after: Traced[Any] | None, *, before: str, shown: str, anchor: int
) -> tuple[Value, ...]:
    """The value at *path*: as read, or as typed with what was read beside it."""
    if path not in corrected:
        return _value(after, shown)
    first, last = (after.line_from, after.line_to) if after else (anchor, anchor)
    return (Value(shown, first, last, is_corrected=True, read=before),)


def _document(corrected: frozenset[str], read: PlanDraft, draft: PlanDraft) -> Section:
    """The head of the document; a value that it leaves blank says so and stands at the blank's line."""
    anchor = anchor_of(draft)

    def text(label: str, path: str, before: Text | None, after: Text | None) -> Row:
        was, now = before.value if before else "", after.value if after else ""
        blank = (Value("", anchor, anchor),)
        return Row(label, _corrected(corrected, path, after, before=was, shown=now, anchor=anchor) or blank)

    partial = show_partial(read.date_partial.value) if read.date_partial else ""
    was_day = show_date(read) or partial
    day = _corrected(
        corrected, "date", draft.issued_on, before=was_day, shown=show_date(draft), anchor=anchor
    )
    day = day or _value(draft.date_partial, partial) or (Value("", anchor, anchor),)
    signer = (read.signer.authority, read.signer.position, read.signer.name)
    return Section(
        "document",
        N_("Văn bản"),
        (
            text(N_("Loại văn bản"), "doc_type", read.doc_type, draft.doc_type),
            text(N_("Số, ký hiệu"), "number", read.number, draft.number),
            *_rows((N_("Ký hiệu"), None if draft.number else draft.symbol)),
            Row(N_("Ngày ban hành"), day),
            text(N_("Cơ quan ban hành"), "issuer", read.issuer, draft.issuer),
            text(N_("Trích yếu"), "title", read.title, draft.title),
            *_rows((N_("Nơi ban hành"), draft.place), (N_("Tình trạng"), draft.status)),
            *_rows(*((N_("Người ký"), part) for part in signer)),
            *_list(N_("Kính gửi"), draft.addressees),
        ),
        key=DOCUMENT,
    )


def show_date(draft: PlanDraft) -> str:
    """The day of issue as people write it, empty when it is not known."""
    day = draft.issued_on.value if draft.issued_on else None
    return f"{day.day}/{day.month}/{day.year}" if day else ""


def _basis(basis: LegalBasis) -> Row:
    """A cited document: number, type and issuer, day."""
    day = basis.issued_on.value if basis.issued_on else None
    shown = " · ".join(
        filter(
            None,
            (
                basis.number.value if basis.number else "",
                basis.named.value,
                f"{day.day}/{day.month}/{day.year}" if day else "",
            ),
        )
    )
    return Row(ROLES[basis.role], _value(basis.named, shown))


def _group(corrected: frozenset[str], index: int, before: TaskGroup, after: TaskGroup) -> Section:
    path = f"task_groups.{index}"
    anchor = after.items[0].text.line_from if after.items else 1
    was, now = before.title.value if before.title else "", after.title.value if after.title else ""
    rows = []
    title = _corrected(corrected, f"{path}.title", after.title, before=was, shown=now, anchor=anchor)
    if title:
        rows.append(Row(N_("Tên nhóm"), title, may_promise=True))
    rows += _assignment(corrected, path, before, after, anchor)
    for number, (old, new) in enumerate(zip(before.items, after.items, strict=True)):
        at = f"{path}.items.{number}"
        shown = _corrected(
            corrected, at, new.text, before=old.text.value, shown=new.text.value, anchor=new.text.line_from
        )
        rows.append(Row(N_("Nhiệm vụ"), shown, mark=new.ordinal or "", may_promise=True))
        rows += _assignment(corrected, at, old, new, new.text.line_from)
    return Section(
        group_key(index),
        N_("Nhóm nhiệm vụ"),
        tuple(rows),
        key=group_key(index),
        mark=after.ordinal or str(index + 1),
    )


def _assignment(corrected: frozenset[str], path: str, before: Any, after: Any, anchor: int) -> list[Row]:
    """Lead, cooperating units and timing of a group or a task."""
    old, new = before.assignment, after.assignment
    rows = []
    for label, name in ((N_("Chủ trì"), "lead"), (N_("Phối hợp"), "cooperating")):
        read, units = getattr(old, name), getattr(new, name)
        if f"{path}.{name}" in corrected:
            values = _corrected_names(read, units, anchor)
        else:
            values = tuple(value for text in units for value in _value(text))
        if values:
            rows.append(Row(label, values))
    was, now = old.timing.value if old.timing else "", new.timing.value if new.timing else ""
    timing = _corrected(corrected, f"{path}.timing", new.timing, before=was, shown=now, anchor=anchor)
    return [*rows, Row(N_("Thời gian"), timing)] if timing else rows


def _corrected_names(old: tuple[Text, ...], new: tuple[Text, ...], anchor: int) -> tuple[Value, ...]:
    """A corrected list of units; the first value carries the list as it was read."""
    was = "; ".join(text.value for text in old)
    if not new:
        first = old[0].line_from if old else anchor
        return (Value("", first, first, is_corrected=True, read=was),)
    return tuple(
        Value(
            text.value,
            text.line_from,
            text.line_to,
            is_corrected=number == 0,
            read=was if number == 0 else "",
        )
        for number, text in enumerate(new)
    )


def _duties(draft: PlanDraft) -> list[Section]:
    """Each block of "Tổ chức thực hiện"."""
    return [
        Section(
            f"duty-{index}",
            N_("Tổ chức thực hiện"),
            (
                Row(N_("Cơ quan, phần"), _value(duty.org)),
                *(
                    Row(N_("Việc phải làm"), _value(item.text), mark=item.ordinal or "", may_promise=True)
                    for item in duty.items
                ),
            ),
            mark=duty.ordinal or "",
        )
        for index, duty in enumerate(draft.duties)
    ]


def _reporting(one: Reporting) -> Row:
    """One duty to report: who, to whom, when, in the words of the plan."""
    return Row(
        N_("Báo cáo"),
        (
            *(value for text in one.who for value in _value(text)),
            *_value(one.text, _told(one)),
        ),
    )


def _told(one: Reporting) -> str:
    """To whom, through whom and when, on one line."""
    via = f" (qua {one.via.value})" if one.via else ""
    to = ", ".join(text.value for text in one.to)
    when = [*one.cadence, *(_due(due) for due in one.due), *(["đột xuất"] if one.adhoc else [])]
    return " · ".join(filter(None, (f"→ {to}{via}" if to else "", ", ".join(when)))) or one.text.value


def _due(due: Due) -> str:
    return show_due({"day": due.day, "month": due.month, "year": due.year, "op": due.op, "every": due.every})


def _key_dates(draft: PlanDraft) -> Iterator[Row]:
    for one in draft.key_dates:
        shown = f"{show_key_date({'day': one.day, 'month': one.month, 'year': one.year})} · {one.name.value}"
        yield Row(N_("Ngày, mốc"), _value(one.name, shown))
