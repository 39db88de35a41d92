"""The parts of a draft that an officer corrects as one, and their values as plain data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.errors import Missing
from campaigns.planfile.draft import Assignment, Duty, PlanDraft, TaskGroup, Text
from campaigns.plans.uploads.entries import BASES, DUTY_ITEMS, KEY_DATES, REPORTING, Kind

Values = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """One part: its key in addresses, where its values lie, and the values that were read, by path.

    What was not read is "" or []; a list is a list of rows (``entries``).
    """

    key: str
    path: str
    values: Values

    def as_corrected(self, corrections: Mapping[str, Any]) -> Values:
        """The values as they stand: as read, or as an officer typed them."""
        return {path: corrections.get(path, value) for path, value in self.values.items()}


def part_of(read: PlanDraft, key: str) -> Part:
    """That part of a draft as read (with its annex taken in).

    Raises:
        Missing: the draft has no such part.
    """
    if key in WHOLE:
        path, values = WHOLE[key]
        return Part(key, path, values(read))
    name, index = _numbered(key)
    if name == "group" and index < len(read.task_groups):
        path = f"task_groups.{index}"
        return Part(key, path, _group_values(path, read.task_groups[index]))
    if name == "duty" and index < len(read.duties):
        path = f"duties.{index}"
        return Part(key, path, _duty_values(path, read.duties[index]))
    raise Missing


def group_key(index: int) -> str:
    """The key of a group of tasks, from 0."""
    return f"group-{index}"


def duty_key(index: int) -> str:
    """The key of a block of duties, from 0."""
    return f"duty-{index}"


def _numbered(key: str) -> tuple[str, int]:
    """The kind and the index that a key names.

    Raises:
        Missing: it names none.
    """
    name, _, number = key.partition("-")
    if not (number.isascii() and number.isdecimal() and len(number) < 6):
        raise Missing
    return name, int(number)


def _said(text: Text | None) -> str:
    return text.value if text else ""


def _document_values(draft: PlanDraft) -> Values:
    """The head of the document and who signs it; the state is chosen, never read."""
    return {
        "doc_type": _said(draft.doc_type),
        "number": _said(draft.number),
        "date": draft.issued_on.value.isoformat() if draft.issued_on else "",
        "issuer": _said(draft.issuer),
        "title": _said(draft.title),
        "status": "",
        "place": _said(draft.place),
        "signer.authority": _said(draft.signer.authority),
        "signer.position": _said(draft.signer.position),
        "signer.name": _said(draft.signer.name),
        "addressees": [text.value for text in draft.addressees],
    }


def _rows(entries: Sequence[Any], kind: Kind) -> list[Values]:
    return [{"at": at, **kind.values(entry)} for at, entry in enumerate(entries)]


def _group_values(path: str, group: TaskGroup) -> Values:
    """A group: its ordinal and title, its assignment, each task with its own; none dropped, none added."""
    values = {
        f"{path}.ordinal": group.ordinal or "",
        f"{path}.title": _said(group.title),
        **_assigned(path, group.assignment),
        f"{path}.dropped": [],
        f"{path}.added": [],
    }
    for index, item in enumerate(group.items):
        at = f"{path}.items.{index}"
        values |= {at: item.text.value, f"{at}.ordinal": item.ordinal or "", **_assigned(at, item.assignment)}
    return values


def _assigned(path: str, given: Assignment) -> Values:
    return {
        f"{path}.lead": [text.value for text in given.lead],
        f"{path}.cooperating": [text.value for text in given.cooperating],
        f"{path}.timing": _said(given.timing),
    }


def _duty_values(path: str, duty: Duty) -> Values:
    return {
        f"{path}.ordinal": duty.ordinal or "",
        f"{path}.org": duty.org.value,
        f"{path}.items": _rows(duty.items, DUTY_ITEMS),
    }


WHOLE: Mapping[str, tuple[str, Callable[[PlanDraft], Values]]] = {
    "document": ("", _document_values),
    "legal-bases": ("legal_bases", lambda read: {"legal_bases": _rows(read.legal_bases, BASES)}),
    "reporting": ("reporting", lambda read: {"reporting": _rows(read.reporting, REPORTING)}),
    "key-dates": ("key_dates", lambda read: {"key_dates": _rows(read.key_dates, KEY_DATES)}),
    "funding": ("funding", lambda read: {"funding": _said(read.funding)}),
    "recipients": ("recipients", lambda read: {"recipients": [text.value for text in read.recipients]}),
}
