"""The bodies that a plan names, as printed. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from campaigns.planfile.draft import Assignment, PlanDraft
from campaigns.planfile.units import is_body, split_names


def unit_names(title: str) -> tuple[str, ...]:
    """The bodies that the title of a block names, one string each; a title that is no list of bodies stays whole."""
    names = split_names(title)
    return tuple(dict.fromkeys(names)) if names and all(map(is_body, names)) else (title,)


def printed_units(draft: PlanDraft) -> list[str]:
    """Every name under which a draft gives tasks or duties to somebody, each once, in the order of the document."""
    return list(dict.fromkeys(_names(draft)))


def _names(draft: PlanDraft) -> Iterator[str]:
    for group in draft.task_groups:
        for given in (group.assignment, *(item.assignment for item in group.items)):
            yield from _assigned(given)
    for duty in draft.duties:
        yield from unit_names(duty.org.value)


def _assigned(given: Assignment) -> Iterator[str]:
    yield from (text.value for text in (*given.lead, *given.cooperating))
