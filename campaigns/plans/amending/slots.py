"""The entries of a structure in the making, while the clauses of an amending document are applied. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from campaigns.planfile.draft import Assignment, Item, Text
from campaigns.plans.amending.structure import OldEntry, Values


@dataclass
class Slot:
    """One entry of the structure in the making; *below* are the tasks of a group."""

    old: OldEntry | None
    ordinal: str
    values: Values
    said: Values
    lines: tuple[int, int]
    source: int | None
    extra: Mapping[str, object] = field(default_factory=dict)
    below: list[Slot] = field(default_factory=list)

    @classmethod
    def of(cls, old: OldEntry) -> Slot:
        """What stands there."""
        return cls(old, old.ordinal, old.values, old.said, old.lines, old.source, old.extra)

    def reword(self, name: str, text: Text) -> None:
        """Give it new words, from the lines of the amending document."""
        self.values, self.said = {**self.values, name: text.value}, {**self.said, name: text.value}
        self.lines, self.source = (text.line_from, text.line_to), None


def task_slot(item: Item) -> Slot:
    """A new task with the units of its own."""
    given = item.assignment
    values = {"text": item.text.value, "lead": "", "cooperating": "", "timing": ""}
    lines = item.text.line_from, item.text.line_to
    made = Slot(None, item.ordinal or "", values, values, lines, None)
    assign(made, given)
    return made


def duty_slot(like: Slot, item: Item) -> Slot:
    """A new duty under the heading of another."""
    values = {"block": like.values["block"], "text": item.text.value}
    lines = item.text.line_from, item.text.line_to
    return Slot(None, item.ordinal or "", values, values, lines, None, like.extra)


def block_of(duty: Slot) -> str:
    """The number before the heading of a duty."""
    return str(duty.extra.get("block_ordinal", ""))


def assign(slot: Slot, given: Assignment) -> bool:
    """Take over the units and the timing that the clause states; False where it states none."""
    stated = {
        "lead": "\n".join(text.value for text in given.lead),
        "cooperating": "\n".join(text.value for text in given.cooperating),
        "timing": given.timing.value if given.timing else "",
    }
    stated = {name: text for name, text in stated.items() if text and name in slot.values}
    slot.values, slot.said = {**slot.values, **stated}, {**slot.said, **stated}
    return bool(stated)


def first_said(*given: Assignment) -> Assignment:
    """The first that says anything."""
    return next((one for one in given if one != Assignment()), Assignment())


def same_ordinal(one: str, other: str) -> bool:
    """Whether two ordinals as printed are one: "b)" and "b"."""
    return bool(other) and one.strip(" .)").lower() == other.strip(" .)").lower()
