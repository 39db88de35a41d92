"""The structure that an amending document gives a plan: its clauses applied to what stands there. Pure.

What no clause names stays as it is, with its lines in the text that it was read from. A clause whose place cannot be
told for certain is left to the officer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.text import fold
from campaigns.planfile.clauses.reading import Clause, Deed
from campaigns.planfile.clauses.swaps import Step
from campaigns.planfile.draft import Text
from campaigns.plans.amending.slots import (
    Slot,
    assign,
    block_of,
    duty_slot,
    first_said,
    same_ordinal,
    task_slot,
)
from campaigns.plans.amending.structure import PLAN_PATH, Level, NewEntry, OldEntry
from campaigns.plans.amending.swapping import swap_words

Sections = Mapping[str, tuple[int, int]]
"""Where each section with a Roman number stands in the plan's own text."""


@dataclass(frozen=True)
class Amended:
    """The new structure, which old entry each of its entries is, and the clauses that found no place."""

    entries: list[NewEntry]
    pairs: dict[str, int | None]
    unplaced: tuple[Text, ...]


@dataclass
class _Plan:
    """The structure while the clauses are applied one after the other."""

    groups: list[Slot]
    duties: list[Slot]
    sections: Sections
    base: int  # the version whose text the sections are of

    def within(self, slots: Iterable[Slot], place: Mapping[Step, str]) -> list[Slot]:
        """Those that stand in the named section; all where it cannot be told."""
        found = self.sections.get(place.get(Step.SECTION, ""))
        return [
            slot
            for slot in slots
            if found is None or slot.source != self.base or found[0] <= slot.lines[0] <= found[1]
        ]


def amend(olds: Sequence[OldEntry], clauses: Iterable[Clause], sections: Sections, base: int) -> Amended:
    """The plan of *olds* after all *clauses*, each applied to what those before it made."""
    groups = [Slot.of(one) for one in olds if one.level is Level.GROUP]
    for group in groups:
        key = str(group.old.key) if group.old else ""
        group.below = [Slot.of(one) for one in olds if one.level is Level.TASK and one.home == key]
    plan = _Plan(groups, [Slot.of(one) for one in olds if one.level is Level.DUTY], sections, base)
    unplaced = [clause.said for clause in clauses if not _apply(plan, clause)]
    pairs: dict[str, int | None] = {}
    entries = list(_entries(olds, plan, pairs))
    return Amended(entries, pairs, tuple(unplaced))


def _apply(plan: _Plan, clause: Clause) -> bool:
    """Do what the clause says; False when its place or its words are not certain."""
    section, number = clause.place.get(Step.SECTION, ""), clause.place.get(Step.NUMBER, "")
    if clause.swap is not None:
        is_known = not section or section in plan.sections
        near, blocks = plan.within(plan.groups, clause.place), plan.within(plan.duties, clause.place)
        return is_known and swap_words(near, blocks, clause.place, clause.swap)
    if Step.ROW in clause.place:
        return _apply_to_row(plan, clause)
    near = plan.within(plan.groups, clause.place)
    named = [one for one in near if same_ordinal(one.ordinal, section)]
    groups = [one for one in near if same_ordinal(one.ordinal, number)] if number else named
    if number and len(named) == 1 and not groups:
        return _apply_in(
            named[0].below, number, clause
        )  # "khoản 3 Mục II" of a plan whose groups are sections
    blocks = [one for one in plan.within(plan.duties, clause.place) if same_ordinal(block_of(one), number)]
    if len(groups) == 1 and not blocks:
        return _apply_to_group(plan, groups[0], clause)
    if blocks and not groups and len({one.values["block"] for one in blocks}) == 1:
        return _apply_to_block(plan, blocks, clause)
    is_new = clause.deed is Deed.ADD and bool(number) and not groups and not blocks
    return is_new and section in plan.sections and bool(near) and _add_group(plan, near, clause)


def _apply_to_row(plan: _Plan, clause: Clause) -> bool:
    """A row of an annex, whose tables stand as groups behind the others."""
    row = clause.place[Step.ROW]
    annexes = [one for one in plan.groups if fold(one.values["title"]).startswith("phu luc")]
    found = [one for one in annexes if any(same_ordinal(task.ordinal, row) for task in one.below)]
    return len(found) == 1 and clause.deed is not Deed.ADD and _apply_in(found[0].below, row, clause)


def _apply_to_group(plan: _Plan, group: Slot, clause: Clause) -> bool:
    point = clause.place.get(Step.POINT) or clause.place.get(Step.BULLET, "")
    if clause.deed is Deed.ADD:
        return _add(group.below, clause)
    if point:
        return _apply_in(group.below, point, clause)
    if clause.deed is Deed.REPEAL:
        plan.groups.remove(group)
        return True
    return _replace_group(group, clause)


def _apply_in(slots: list[Slot], ordinal: str, clause: Clause) -> bool:
    """Replace or take out the one slot of that ordinal, or of that place where ordinals only list."""
    found = [one for one in slots if same_ordinal(one.ordinal, ordinal)]
    if not found and Step.BULLET in clause.place and ordinal.isdecimal():
        found = slots[int(ordinal) - 1 : int(ordinal)]
    if clause.deed is Deed.ADD:
        return _add(slots, clause)
    if len(found) != 1:
        return False
    if clause.deed is Deed.REPEAL:
        slots.remove(found[0])
        return True
    if not clause.items:
        return assign(found[0], clause.assignment)
    item, *more = clause.items
    found[0].reword("text", item.text)
    assign(found[0], first_said(item.assignment, clause.assignment))
    at = slots.index(found[0]) + 1
    slots[at:at] = [task_slot(one) for one in more]
    return True


def _add(slots: list[Slot], clause: Clause) -> bool:
    """Put new tasks behind the one that the clause names, else behind all."""
    behind = next(
        (place for place, one in enumerate(slots, 1) if same_ordinal(one.ordinal, clause.after)), len(slots)
    )
    made = [task_slot(item) for item in clause.items]
    if made and len(made) == 1:
        assign(made[0], first_said(clause.items[0].assignment, clause.assignment))
    slots[behind:behind] = made
    return bool(made)


def _replace_group(group: Slot, clause: Clause) -> bool:
    """A group in new words: its title, its units, and its tasks where the clause has any."""
    items = list(clause.items)
    if items and same_ordinal(items[0].ordinal or "", group.ordinal):
        group.reword("title", replace(items[0].text, value=items[0].text.value.rstrip(" :")))
        items = items[1:]
    elif not items:
        return assign(group, clause.assignment)
    if items:
        group.below = [task_slot(item) for item in items]
    assign(group, clause.assignment)
    return True


def _add_group(plan: _Plan, near: Sequence[Slot], clause: Clause) -> bool:
    """A new group behind the last of its section."""
    if not clause.items:
        return False
    head, *items = clause.items
    values = {"title": head.text.value.rstrip(" :"), "lead": "", "cooperating": "", "timing": ""}
    lines = (head.text.line_from, items[-1].text.line_to if items else head.text.line_to)
    made = Slot(
        None, head.ordinal or "", values, values, lines, None, below=[task_slot(item) for item in items]
    )
    assign(made, clause.assignment)
    plan.groups.insert(plan.groups.index(near[-1]) + 1, made)
    return True


def _apply_to_block(plan: _Plan, block: Sequence[Slot], clause: Clause) -> bool:
    """The duties under one heading: one of them, one more, or all of them in new words."""
    at, first = plan.duties.index(block[0]), block[0]
    inner = list(block)
    point = clause.place.get(Step.POINT) or clause.place.get(Step.BULLET, "")
    items = [item for item in clause.items if not same_ordinal(item.ordinal or "", block_of(first))]
    done = True
    if clause.deed is Deed.REPEAL and not point:
        inner = []
    elif clause.deed is Deed.REPLACE and not point and items:
        inner = [duty_slot(first, item) for item in items]
    elif clause.deed is Deed.ADD and items:
        inner += [duty_slot(first, item) for item in items]
    else:
        done = bool(point) and _apply_in(inner, point, clause)
    kept = [one for one in plan.duties if one not in block]
    plan.duties[:] = [*kept[:at], *inner, *kept[at:]]
    return done


def _entries(olds: Sequence[OldEntry], plan: _Plan, pairs: dict[str, int | None]) -> Iterable[NewEntry]:
    """The structure as a comparison takes it; *pairs* learns which old entry each one is."""
    for one in olds:
        if one.level is Level.PLAN:
            yield _entry(Slot.of(one), Level.PLAN, (PLAN_PATH, "", 1), pairs)
    for index, group in enumerate(plan.groups):
        path = f"task_groups.{index}"
        yield _entry(group, Level.GROUP, (path, "", index + 1), pairs)
        for number, task in enumerate(group.below):
            yield _entry(task, Level.TASK, (f"{path}.items.{number}", path, number + 1), pairs)
    for index, duty in enumerate(plan.duties):
        yield _entry(duty, Level.DUTY, (f"duties.{index}", duty.values["block"], index + 1), pairs)
    for one in olds:
        if one.level is Level.FACT:
            yield _entry(
                Slot.of(one), Level.FACT, (f"{one.home}.{one.place - 1}", one.home, one.place), pairs
            )


def _entry(slot: Slot, level: Level, at: tuple[str, str, int], pairs: dict[str, int | None]) -> NewEntry:
    path, home, place = at
    if slot.old is not None:
        pairs[path] = slot.old.key
    values, lines = (slot.values, slot.said), slot.lines
    return NewEntry(level, path, home, place, slot.ordinal, *values, lines, slot.source, slot.extra)
