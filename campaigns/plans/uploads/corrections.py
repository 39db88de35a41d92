"""What an officer typed in place of what was read. Pure: a draft and corrections in, the corrected draft out.

Corrections are kept by path in the reader's own schema ("number", "task_groups.0.lead",
"task_groups.0.items.2"), so what was read stays beside them and can be shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from campaigns.planfile.draft import Assignment, Duty, Item, PlanDraft, Signer, TaskGroup, Text, Traced
from campaigns.planfile.promised.quantities import read_quantities
from campaigns.plans.models import PlanStatus
from campaigns.plans.uploads.entries import BASES, DUTY_ITEMS, KEY_DATES, REPORTING, entries_of

Corrections = Mapping[str, Any]


@dataclass(frozen=True)
class ThemeChoice:
    """A theme as the officer wants it: ticked or not, under this name; ``number`` names its document."""

    name: str
    phrases: tuple[str, ...] = ()
    number: str | None = None
    is_kept: bool = True


def with_annex(draft: PlanDraft) -> PlanDraft:
    """The draft with the rows of its annex tables as groups of tasks behind the others, one for each section."""
    if not draft.annex_tasks:
        return draft
    groups: list[TaskGroup] = []
    for section, run in groupby(draft.annex_tasks, key=lambda task: task.section):
        rows = list(run)
        title = " ".join(filter(None, ("Phụ lục", section)))
        first, last = rows[0].text.line_from, rows[-1].text.line_to
        items = tuple(Item(row.no, row.text, row.assignment) for row in rows)
        groups.append(TaskGroup(None, Traced(title, first, last, title, 0.7), items))
    return _counted(replace(draft, task_groups=(*draft.task_groups, *groups), annex_tasks=()))


def _counted(draft: PlanDraft) -> PlanDraft:
    """The draft with the quantities of its texts as they stand now."""
    return replace(draft, quantities=read_quantities(draft))


def apply_corrections(draft: PlanDraft, corrections: Corrections) -> PlanDraft:
    """The draft with every corrected value in its place; lines stay those of what was read there."""
    draft = with_annex(draft)
    anchor = anchor_of(draft)
    corrected = replace(
        draft,
        doc_type=_text(corrections, "doc_type", draft.doc_type, anchor),
        number=_text(corrections, "number", draft.number, anchor),
        issuer=_text(corrections, "issuer", draft.issuer, anchor),
        title=_text(corrections, "title", draft.title, anchor),
        issued_on=_day(corrections, draft, anchor),
        date_partial=None if corrections.get("date") else draft.date_partial,
        place=_text(corrections, "place", draft.place, anchor),
        signer=_signer(corrections, draft.signer, last_of(draft)),
        addressees=_texts(corrections, "addressees", draft.addressees, anchor),
        legal_bases=entries_of(draft.legal_bases, BASES, "legal_bases", corrections, anchor),
        reporting=entries_of(draft.reporting, REPORTING, "reporting", corrections, last_of(draft)),
        key_dates=entries_of(draft.key_dates, KEY_DATES, "key_dates", corrections, last_of(draft)),
        funding=_text(corrections, "funding", draft.funding, last_of(draft)),
        recipients=_texts(corrections, "recipients", draft.recipients, last_of(draft)),
        duties=tuple(_duty(corrections, f"duties.{index}", duty) for index, duty in enumerate(draft.duties)),
        task_groups=tuple(
            _group(corrections, f"task_groups.{index}", group)
            for index, group in enumerate(draft.task_groups)
        ),
    )
    return _counted(corrected)


def anchor_of(draft: PlanDraft) -> int:
    """The line where a value stands that the document left blank: its symbol's, its place's, else the first."""
    known = draft.symbol or draft.place or draft.date_partial or draft.title
    return known.line_from if known else 1


def last_of(draft: PlanDraft) -> int:
    """The line where a value stands that belongs to the end of the document and was not read: the last one."""
    return max(1, len(draft.lines))


def status_of(draft: PlanDraft, corrections: Corrections) -> PlanStatus:
    """Issued when it has number and day, unless the officer said otherwise."""
    said = corrections.get("status")
    if said in {status.value for status in PlanStatus}:
        return PlanStatus(said)
    return PlanStatus.ISSUED if draft.number and draft.issued_on else PlanStatus.DRAFT


def themes_of(draft: PlanDraft, corrections: Corrections) -> tuple[ThemeChoice, ...]:
    """The proposed themes, all ticked, or as the officer left them; those added by hand behind."""
    said = corrections.get("themes") or {}
    rows: Sequence[Mapping[str, Any]] = said.get("rows") or ()
    choices = []
    for index, theme in enumerate(draft.themes):
        row = rows[index] if index < len(rows) else {}
        name = str(row.get("name") or theme.name.value)
        choices.append(
            ThemeChoice(
                name,
                tuple(dict.fromkeys((*theme.phrases, *([name] if name != theme.name.value else ())))),
                theme.number,
                bool(row.get("kept", True)),
            )
        )
    added = [ThemeChoice(str(name), (str(name),)) for name in said.get("added") or ()]
    return (*choices, *added)


def _text(corrections: Corrections, path: str, read: Text | None, anchor: int) -> Text | None:
    """The corrected text at *path*; an empty correction takes the value away."""
    if path not in corrections:
        return read
    value = str(corrections[path] or "")
    if not value:
        return None
    return (
        Traced(value, read.line_from, read.line_to, read.words) if read else Traced(value, anchor, anchor, "")
    )


def _day(corrections: Corrections, draft: PlanDraft, anchor: int) -> Traced[date] | None:
    if "date" not in corrections:
        return draft.issued_on
    if not corrections["date"]:
        return None
    day = date.fromisoformat(str(corrections["date"]))
    near = draft.issued_on or draft.date_partial
    return Traced(day, near.line_from, near.line_to, near.words) if near else Traced(day, anchor, anchor, "")


def _signer(corrections: Corrections, read: Signer, anchor: int) -> Signer:
    return Signer(
        authority=_text(corrections, "signer.authority", read.authority, anchor),
        position=_text(corrections, "signer.position", read.position, anchor),
        name=_text(corrections, "signer.name", read.name, anchor),
    )


def _duty(corrections: Corrections, path: str, duty: Duty) -> Duty:
    line = duty.org.line_from
    return Duty(
        ordinal=_ordinal(corrections, path, duty.ordinal),
        org=_text(corrections, f"{path}.org", duty.org, line) or duty.org,
        items=entries_of(duty.items, DUTY_ITEMS, f"{path}.items", corrections, line),
    )


def _ordinal(corrections: Corrections, path: str, read: str | None) -> str | None:
    return str(corrections.get(f"{path}.ordinal", read or "")) or None


def _group(corrections: Corrections, path: str, group: TaskGroup) -> TaskGroup:
    anchor = first_line(group)
    dropped = corrections.get(f"{path}.dropped", ())
    kept = (
        _item(corrections, f"{path}.items.{index}", item)
        for index, item in enumerate(group.items)
        if index not in dropped
    )
    added = (_added(values, anchor) for values in corrections.get(f"{path}.added", ()))
    return TaskGroup(
        ordinal=_ordinal(corrections, path, group.ordinal),
        title=_text(corrections, f"{path}.title", group.title, anchor),
        items=(*kept, *added),
        assignment=_assignment(corrections, path, group.assignment, anchor),
    )


def _added(values: Corrections, line: int) -> Item:
    """A task that an officer added to a group, at the group's first line."""
    text = Traced(str(values["text"]), line, line, "")
    return Item(values["ordinal"] or None, text, _assignment(values, "", Assignment(), line))


def _item(corrections: Corrections, path: str, item: Item) -> Item:
    text = _text(corrections, path, item.text, item.text.line_from) or item.text
    ordinal = _ordinal(corrections, path, item.ordinal)
    return Item(ordinal, text, _assignment(corrections, path, item.assignment, item.text.line_from))


def _assignment(corrections: Corrections, path: str, read: Assignment, anchor: int) -> Assignment:
    at = f"{path}." if path else ""
    return Assignment(
        lead=_texts(corrections, f"{at}lead", read.lead, anchor),
        cooperating=_texts(corrections, f"{at}cooperating", read.cooperating, anchor),
        timing=_text(corrections, f"{at}timing", read.timing, anchor),
    )


def _texts(corrections: Corrections, path: str, read: tuple[Text, ...], anchor: int) -> tuple[Text, ...]:
    """The corrected list; a name that was read keeps its own lines, a new one takes those of the list."""
    if path not in corrections:
        return read
    known = {text.value: text for text in read}
    first = read[0].line_from if read else anchor
    last = read[-1].line_to if read else anchor
    names = [str(name) for name in corrections[path]]
    return tuple(
        replace(known[name], confidence=1.0) if name in known else Traced(name, first, last, "")
        for name in names
    )


def first_line(group: TaskGroup) -> int:
    """The line where the group begins."""
    lines = [text.line_from for text in _texts_of(group)]
    return min(lines) if lines else 1


def last_line(group: TaskGroup) -> int:
    """The line where the group ends."""
    lines = [text.line_to for text in _texts_of(group)]
    return max(lines) if lines else 1


def _texts_of(group: TaskGroup) -> Iterable[Text]:
    if group.title:
        yield group.title
    yield from (item.text for item in group.items)
    yield from (*group.assignment.lead, *group.assignment.cooperating)
    if group.assignment.timing:
        yield group.assignment.timing
