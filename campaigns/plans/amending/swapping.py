"""Words changed wherever they stand in a place of the plan, as an amending document says. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from campaigns.planfile.clauses.swaps import Place, Step, Swap
from campaigns.plans.amending.slots import Slot, block_of, same_ordinal
from campaigns.plans.amending.structure import Values


def swap_words(groups: Iterable[Slot], duties: Iterable[Slot], place: Place, swap: Swap) -> bool:
    """Change the words in what *place* names among the groups and duties of its section; False where none has them.

    What was corrected by hand is changed as its text is. Each entry keeps the lines that it was read from.
    """
    named = [*_in_groups(list(groups), place), *_in_duties(duties, place)]
    return sum(_swap_in(slot, swap) for slot in named) > 0


def _in_groups(groups: list[Slot], place: Place) -> Iterable[Slot]:
    """The groups and tasks of the place."""
    section, number, point = (place.get(step, "") for step in (Step.SECTION, Step.NUMBER, Step.POINT))
    own = [one for one in groups if same_ordinal(one.ordinal, section)]
    if number:
        chosen = [one for one in groups if same_ordinal(one.ordinal, number)]
        if not chosen and len(own) == 1:  # a plan whose groups are its sections
            return [task for task in own[0].below if same_ordinal(task.ordinal, number)]
    else:
        chosen = own or groups
    if point:
        return [task for group in chosen for task in group.below if same_ordinal(task.ordinal, point)]
    return [slot for group in chosen for slot in (group, *group.below)]


def _in_duties(duties: Iterable[Slot], place: Place) -> Iterable[Slot]:
    """The duties of the place."""
    number, point = place.get(Step.NUMBER, ""), place.get(Step.POINT, "")
    return [
        one
        for one in duties
        if (not number or same_ordinal(block_of(one), number))
        and (not point or same_ordinal(one.ordinal, point))
    ]


def _swap_in(slot: Slot, swap: Swap) -> bool:
    """Whether the entry had the words."""
    values, said = _swapped(slot.values, swap), _swapped(slot.said, swap)
    has_changed = values != slot.values or said != slot.said
    slot.values, slot.said = values, said
    return has_changed


def _swapped(values: Values, swap: Swap) -> Values:
    return {
        name: "\n".join(_line(line, swap) for line in text.split("\n")) if swap.before in text else text
        for name, text in values.items()
    }


def _line(line: str, swap: Swap) -> str:
    """A line with the new words; where some are only taken out, the gap closes."""
    made = line.replace(swap.before, swap.after)
    return (
        made
        if swap.after
        else " ".join(made.split()).replace(" ,", ",").replace(" .", ".").replace(" ;", ";")
    )
