"""The structure beside the source: every value of a draft with its lines, what is doubtful, what was corrected. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.errors import N_
from campaigns.planfile.draft import PlanDraft, TaskGroup, Text
from campaigns.plans.dates import show_partial
from campaigns.plans.uploads.corrections import anchor_of, first_line, last_of
from campaigns.plans.uploads.listed import duty_section, lists_of
from campaigns.plans.uploads.parts import group_key
from campaigns.plans.uploads.shown import (
    Row,
    Section,
    Value,
    as_read,
    as_typed,
    corrected_names,
    dropped,
    names,
    naming_units,
    rows,
)

Corrections = Mapping[str, Any]


def sections_of(read: PlanDraft, draft: PlanDraft, corrections: Corrections) -> list[Section]:
    """The whole structure of a corrected *draft*; *read* is the same draft before."""
    bases, reporting, key_dates = lists_of(read, draft, corrections)
    end = last_of(draft)
    was, now = (one.funding.value if one.funding else "" for one in (read, draft))
    funding = as_typed(corrections, "funding", draft.funding, before=was, shown=now, anchor=end)
    recipients = names("", "recipients", corrections, read=read.recipients, now=draft.recipients, anchor=end)
    return [
        _document(corrections, read, draft),
        bases,
        *(
            _group(corrections, index, before, after)
            for index, (before, after) in enumerate(zip(read.task_groups, draft.task_groups, strict=True))
        ),
        *(
            duty_section(index, before, after, corrections)
            for index, (before, after) in enumerate(zip(read.duties, draft.duties, strict=True))
        ),
        reporting,
        key_dates,
        Section("funding", N_("Kinh phí"), (Row("", funding),) if funding else (), key="funding"),
        Section("recipients", N_("Nơi nhận"), tuple(recipients), key="recipients"),
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


def _document(corrections: Corrections, read: PlanDraft, draft: PlanDraft) -> Section:
    """The head of the document; a value that it leaves blank says so and stands at the blank's line."""
    anchor, end = anchor_of(draft), last_of(draft)

    def text(
        label: str,
        path: str,
        before: Text | None,
        after: Text | None,
        *,
        at: int = anchor,
        blank: bool = True,
    ) -> tuple[Row, ...]:
        was, now = before.value if before else "", after.value if after else ""
        values = as_typed(corrections, path, after, before=was, shown=now, anchor=at)
        values = values or ((Value("", at, at),) if blank else ())
        return (Row(label, values),) if values else ()

    was, now = read.signer, draft.signer
    signer = N_("Người ký")
    return Section(
        "document",
        N_("Văn bản"),
        (
            *text(N_("Loại văn bản"), "doc_type", read.doc_type, draft.doc_type),
            *text(N_("Số, ký hiệu"), "number", read.number, draft.number),
            *rows((N_("Ký hiệu"), None if draft.number else draft.symbol)),
            Row(N_("Ngày ban hành"), _day(corrections, read, draft, anchor)),
            *text(N_("Cơ quan ban hành"), "issuer", read.issuer, draft.issuer),
            *text(N_("Trích yếu"), "title", read.title, draft.title),
            *text(N_("Nơi ban hành"), "place", read.place, draft.place, blank=False),
            *rows((N_("Tình trạng"), draft.status)),
            *text(signer, "signer.authority", was.authority, now.authority, at=end, blank=False),
            *text(signer, "signer.position", was.position, now.position, at=end, blank=False),
            *text(signer, "signer.name", was.name, now.name, at=end, blank=False),
            *names(
                N_("Kính gửi"),
                "addressees",
                corrections,
                read=read.addressees,
                now=draft.addressees,
                anchor=anchor,
            ),
        ),
        key="document",
    )


def _day(corrections: Corrections, read: PlanDraft, draft: PlanDraft, anchor: int) -> tuple[Value, ...]:
    """The day of issue, or as much of it as is printed, or the blank."""
    partial = show_partial(read.date_partial.value) if read.date_partial else ""
    was, now = show_date(read) or partial, show_date(draft)
    day = as_typed(corrections, "date", draft.issued_on, before=was, shown=now, anchor=anchor)
    return day or as_read(draft.date_partial, partial) or (Value("", anchor, anchor),)


def show_date(draft: PlanDraft) -> str:
    """The day of issue as people write it, empty when it is not known."""
    day = draft.issued_on.value if draft.issued_on else None
    return f"{day.day}/{day.month}/{day.year}" if day else ""


def _group(corrections: Corrections, index: int, before: TaskGroup, after: TaskGroup) -> Section:
    path, anchor = f"task_groups.{index}", first_line(before)
    was, now = before.title.value if before.title else "", after.title.value if after.title else ""
    title = as_typed(corrections, f"{path}.title", after.title, before=was, shown=now, anchor=anchor)
    key = group_key(index)
    return Section(
        key,
        N_("Nhóm nhiệm vụ"),
        (
            *((Row(N_("Tên nhóm"), title, may_promise=True),) if title else ()),
            *_assignment(corrections, path, before, after, anchor),
            *_tasks(corrections, path, before, after, anchor),
        ),
        key=key,
        mark=after.ordinal or str(index + 1),
    )


def _tasks(
    corrections: Corrections, path: str, before: TaskGroup, after: TaskGroup, anchor: int
) -> Iterator[Row]:
    """The tasks of a group: those that were read, those that were added, those that were dropped."""
    gone = corrections.get(f"{path}.dropped", ())
    kept = [number for number in range(len(before.items)) if number not in gone]
    for number, new in zip(kept, after.items, strict=False):
        at, old = f"{path}.items.{number}", before.items[number]
        line, was, now = new.text.line_from, old.text.value, new.text.value
        shown = as_typed(corrections, at, new.text, before=was, shown=now, anchor=line)
        yield Row(N_("Nhiệm vụ"), shown, mark=new.ordinal or "", may_promise=True)
        yield from _assignment(corrections, at, old, new, line)
    for new in after.items[len(kept) :]:
        added = Value(new.text.value, anchor, anchor, is_corrected=True)
        yield Row(N_("Nhiệm vụ"), (added,), mark=new.ordinal or "", may_promise=True)
        yield from _assignment((), "", new, new, anchor)
    for old in (before.items[number] for number in gone if number < len(before.items)):
        yield Row(N_("Nhiệm vụ"), dropped(as_read(old.text)), mark=old.ordinal or "")


def _assignment(corrected: Iterable[str], path: str, before: Any, after: Any, anchor: int) -> list[Row]:
    """Lead, cooperating units and timing of a group or a task."""
    old, new = before.assignment, after.assignment
    rows = []
    for label, name in ((N_("Chủ trì"), "lead"), (N_("Phối hợp"), "cooperating")):
        read, units = getattr(old, name), getattr(new, name)
        if f"{path}.{name}" in corrected:
            values = corrected_names(read, units, anchor)
        else:
            values = tuple(value for text in units for value in as_read(text))
        if values:
            rows.append(Row(label, naming_units(values)))
    was, now = old.timing.value if old.timing else "", new.timing.value if new.timing else ""
    timing = as_typed(corrected, f"{path}.timing", new.timing, before=was, shown=now, anchor=anchor)
    return [*rows, Row(N_("Thời gian"), timing)] if timing else rows
