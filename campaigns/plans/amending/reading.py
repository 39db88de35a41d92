"""A draft as the entries of a comparison. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.text import excerpt
from campaigns.planfile.as_json import to_json
from campaigns.planfile.draft import Assignment, Duty, Item, PlanDraft, TaskGroup, Text
from campaigns.plans.amending.facts import NAMES, as_value, show_fact
from campaigns.plans.amending.structure import PLAN_PATH, Level, NewEntry, Values
from campaigns.plans.uploads.corrections import first_line, last_line

LONGEST_BLOCK = 990
LONGEST_SIGNER = 290


def entries_of(read: PlanDraft, draft: PlanDraft) -> list[NewEntry]:
    """Everything that *draft*, the corrected *read*, says; both with the annex taken in, so of one shape."""
    groups = list(zip(read.task_groups, draft.task_groups, strict=True))
    return [
        NewEntry(Level.PLAN, PLAN_PATH, "", 1, "", head_of(draft), head_of(read)),
        *(_group(index, before, after) for index, (before, after) in enumerate(groups)),
        *(
            _task(index, number, old, new)
            for index, (before, after) in enumerate(groups)
            for number, (old, new) in enumerate(zip(before.items, after.items, strict=True))
        ),
        *_duties(draft),
        *_facts(to_json(draft)),
    ]


def head_of(draft: PlanDraft) -> Values:
    """What is compared of the document's head."""
    signer = (draft.signer.authority, draft.signer.position, draft.signer.name)
    return {
        "title": _value(draft.title),
        "signer": excerpt(", ".join(text.value for text in signer if text), longest=LONGEST_SIGNER),
        "funding": _value(draft.funding),
    }


def _group(index: int, before: TaskGroup, after: TaskGroup) -> NewEntry:
    return NewEntry(
        Level.GROUP,
        f"task_groups.{index}",
        "",
        index + 1,
        after.ordinal or "",
        {"title": _value(after.title), **_assigned(after.assignment)},
        {"title": _value(before.title), **_assigned(before.assignment)},
        (first_line(after), last_line(after)),
        at=_lines(after.assignment, title=after.title),
    )


def _task(index: int, number: int, before: Item, after: Item) -> NewEntry:
    return NewEntry(
        Level.TASK,
        f"task_groups.{index}.items.{number}",
        f"task_groups.{index}",
        number + 1,
        after.ordinal or "",
        {"text": after.text.value, **_assigned(after.assignment)},
        {"text": before.text.value, **_assigned(before.assignment)},
        (after.text.line_from, after.text.line_to),
        at=_lines(after.assignment),
    )


def _duties(draft: PlanDraft) -> Iterator[NewEntry]:
    """Each duty of "Tổ chức thực hiện"; a block without items stands as one duty of its own words."""
    place = 0
    for index, duty in enumerate(draft.duties):
        for number, (ordinal, text) in enumerate(_lines_of(duty)):
            place += 1
            block = excerpt(duty.org.value, longest=LONGEST_BLOCK)
            values = {"block": block, "text": text.value}
            yield NewEntry(
                Level.DUTY,
                f"duties.{index}.items.{number}",
                block,
                place,
                ordinal or "",
                values,
                values,
                (text.line_from, text.line_to),
                extra={"block_ordinal": duty.ordinal or ""},
            )


def _lines_of(duty: Duty) -> list[tuple[str | None, Text]]:
    return [(item.ordinal, item.text) for item in duty.items] or [(None, duty.org)]


def _facts(written: Mapping[str, Any]) -> Iterator[NewEntry]:
    for kind, name in NAMES.items():
        for index, read in enumerate(written[name]):
            value, path = as_value(read), f"{name}.{index}"
            first, last = written["trace"].get(path, (1, 1))
            shown = {"text": show_fact(kind, value)}
            yield NewEntry(
                Level.FACT, path, kind.value, index + 1, "", shown, shown, (first, last), extra=value
            )


def _assigned(given: Assignment) -> Values:
    return {
        "lead": "\n".join(text.value for text in given.lead),
        "cooperating": "\n".join(text.value for text in given.cooperating),
        "timing": _value(given.timing),
    }


def _lines(given: Assignment, **named: Text | None) -> dict[str, int]:
    """The lines of the values that were read."""
    first = {"lead": given.lead[:1], "cooperating": given.cooperating[:1]}
    named |= {name: texts[0] for name, texts in first.items() if texts}
    named["timing"] = given.timing
    return {name: text.line_from for name, text in named.items() if text is not None}


def _value(text: Text | None) -> str:
    return text.value if text else ""
