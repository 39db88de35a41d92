"""The parts of a draft that an officer corrects as one: the document, and each group of tasks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.errors import Missing
from campaigns.planfile.draft import Assignment, PlanDraft, TaskGroup

DOCUMENT = "document"
THEMES = "themes"


@dataclass(frozen=True)
class Part:
    """One part: its key in addresses, and its values by path as plain data ("" and [] where nothing was read)."""

    key: str
    values: dict[str, Any]


def part_of(draft: PlanDraft, key: str) -> Part:
    """That part of a draft (with its annex taken in).

    Raises:
        Missing: the draft has no such part.
    """
    if key == DOCUMENT:
        return Part(key, document_values(draft))
    index = group_index(key)
    if index is None or index >= len(draft.task_groups):
        raise Missing
    return Part(key, group_values(f"task_groups.{index}", draft.task_groups[index]))


def group_key(index: int) -> str:
    """The key of a group of tasks, from 0."""
    return f"group-{index}"


def group_index(key: str) -> int | None:
    """The index that a key names."""
    name, _, number = key.partition("-")
    return int(number) if name == "group" and number.isdecimal() and len(number) < 6 else None


def document_values(draft: PlanDraft) -> dict[str, Any]:
    """The head of the document."""
    return {
        "doc_type": draft.doc_type.value if draft.doc_type else "",
        "number": draft.number.value if draft.number else "",
        "date": draft.issued_on.value.isoformat() if draft.issued_on else "",
        "issuer": draft.issuer.value if draft.issuer else "",
        "title": draft.title.value if draft.title else "",
    }


def group_values(path: str, group: TaskGroup) -> dict[str, Any]:
    """A group: its title, its assignment, each task with its own."""
    values = {f"{path}.title": group.title.value if group.title else "", **_assigned(path, group.assignment)}
    for index, item in enumerate(group.items):
        at = f"{path}.items.{index}"
        values |= {at: item.text.value, **_assigned(at, item.assignment)}
    return values


def _assigned(path: str, given: Assignment) -> dict[str, Any]:
    return {
        f"{path}.lead": [text.value for text in given.lead],
        f"{path}.cooperating": [text.value for text in given.cooperating],
        f"{path}.timing": given.timing.value if given.timing else "",
    }
