"""A measured figure beside the goal that was promised, and the table that shows many of them.

A bench module ends its ``main()`` with ``show([...])``: people read the table, ``python -m bench`` reads the
lines that begin with ``GOAL``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MARK = "GOAL"


@dataclass(frozen=True)
class Figure:
    """One figure: *value* in *unit*, and the *goal* that it shall not pass (or reach, with ``at_most=False``).

    A comparison carries the unit "×": how many times as much as the other, measured in the same run.
    """

    name: str
    value: float
    unit: str
    goal: float
    at_most: bool = True

    @property
    def reached(self) -> bool:
        """Whether the promise holds."""
        return self.value <= self.goal if self.at_most else self.value >= self.goal

    def line(self) -> str:
        """The figure as one line that ``read`` understands."""
        side = "at most" if self.at_most else "at least"
        return "\t".join([MARK, self.name, f"{self.value:.6g}", self.unit, side, f"{self.goal:.6g}"])

    @classmethod
    def read(cls, line: str) -> Figure | None:
        """The figure of a line; None for any other line."""
        parts = line.rstrip("\n").split("\t")
        if len(parts) != 6 or parts[0] != MARK:
            return None
        _, name, value, unit, side, goal = parts
        return cls(name, float(value), unit, float(goal), side == "at most")


def table(figures: Sequence[Figure]) -> str:
    """The figures as a table: name, measured, goal, reached."""
    rows = [("", "measured", "goal", "reached")]
    for one in figures:
        side = "≤" if one.at_most else "≥"
        rows.append(
            (
                one.name,
                f"{_short(one.value)} {one.unit}",
                f"{side} {_short(one.goal)} {one.unit}",
                "yes" if one.reached else "no",
            )
        )
    wide = [max(len(row[place]) for row in rows) for place in range(4)]
    return "\n".join(
        f"{name:<{wide[0]}}  {value:>{wide[1]}}  {goal:>{wide[2]}}  {reached}"
        for name, value, goal, reached in rows
    )


def _short(value: float) -> str:
    """A number with as many places as it needs to be compared."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def show(figures: Iterable[Figure]) -> None:
    """Print the figures as lines for the runner and as a table for people."""
    found = list(figures)
    for one in found:
        print(one.line())
    print(table(found))
