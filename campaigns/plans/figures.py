"""What a plan promises in figures, as people write it."""

from __future__ import annotations

from campaigns.planfile.draft import Quantity, Traced
from campaigns.planfile.promised.quantities import find_quantities


def quantities_of(text: str, first_line: int = 1, last_line: int = 1) -> tuple[Quantity, ...]:
    """The quantities in a text that stands on these lines of its plan."""
    return find_quantities(Traced(text, first_line, last_line, text))


def figures(text: str) -> list[str]:
    """The quantities in *text*, each as people write it and once."""
    return list(dict.fromkeys(show_quantity(one) for one in quantities_of(text)))


def show_quantity(one: Quantity) -> str:
    """ "ít nhất 2 tin, bài mỗi tháng", "10–15 phóng sự", "80% người dân"."""
    least = "ít nhất " if one.at_least else ""
    upper = f"–{show_number(one.upper)}" if one.upper is not None else ""
    share = "%" if one.percent else ""
    every = f" mỗi {one.every}" if one.every else ""
    return f"{least}{show_number(one.number)}{upper}{share} {one.unit}".rstrip() + every


def show_number(number: float) -> str:
    """1234.5 as "1.234,5"."""
    whole = f"{number:,.3f}".rstrip("0").rstrip(".")
    return whole.translate(str.maketrans(",.", ".,"))
