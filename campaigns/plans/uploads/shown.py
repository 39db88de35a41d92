"""What the preview shows: values with their lines, in rows, in sections. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from campaigns.planfile.draft import SURE, Text, Traced
from campaigns.plans.uploads.units import unit_names


@dataclass(frozen=True)
class Value:
    """One value as shown; ``read`` is what the machine read where an officer typed something else."""

    text: str
    first: int
    last: int
    is_doubtful: bool = False
    doubt: int = 0  # its number among the doubtful ones, from 1
    is_corrected: bool = False
    is_dropped: bool = False
    read: str = ""
    units: tuple[str, ...] = ()  # the bodies that it names

    @property
    def trace(self) -> str:
        """The lines in the form that the page's script reads: "12-13"."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


@dataclass(frozen=True)
class Row:
    """A label and its values; ``mark`` is an ordinal as printed that stands before the label.

    What *may promise* something in figures (titles, tasks, duties) is shown with them.
    """

    label: str
    values: tuple[Value, ...]
    mark: str = ""
    may_promise: bool = False


@dataclass(frozen=True)
class Section:
    """A part of the structure; ``key`` names it in addresses when it can be corrected."""

    anchor: str
    title: str
    rows: tuple[Row, ...]
    key: str = ""
    mark: str = ""

    @property
    def doubts(self) -> int:
        """How many of its values want a second look."""
        return sum(value.is_doubtful for row in self.rows for value in row.values)


def number_doubts(sections: Iterable[Section]) -> list[Section]:
    """The sections with their doubtful values counted through, so that one leads to the next."""
    numbers = count(1)

    def marked(value: Value) -> Value:
        return replace(value, doubt=next(numbers)) if value.is_doubtful else value

    return [
        replace(
            one,
            rows=tuple(replace(row, values=tuple(marked(value) for value in row.values)) for row in one.rows),
        )
        for one in sections
    ]


def only_doubts(sections: Iterable[Section]) -> list[Section]:
    """Of the sections the rows that hold a doubtful value, and of those nothing else."""
    kept = []
    for one in sections:
        rows = (
            replace(row, values=tuple(value for value in row.values if value.is_doubtful)) for row in one.rows
        )
        if left := tuple(row for row in rows if row.values):
            kept.append(replace(one, rows=left))
    return kept


def as_read(text: Traced[Any] | None, shown: str | None = None) -> tuple[Value, ...]:
    """The value as read, or none."""
    if text is None:
        return ()
    said = shown if shown is not None else str(text.value)
    return (Value(said, text.line_from, text.line_to, text.confidence <= SURE),)


def as_typed(
    corrected: Iterable[str],
    path: str,
    after: Traced[Any] | None,
    *,
    before: str,
    shown: str,
    anchor: int,
) -> tuple[Value, ...]:
    """The value at *path*: as read, or as typed with what was read beside it."""
    if path not in corrected:
        return as_read(after, shown)
    first, last = (after.line_from, after.line_to) if after else (anchor, anchor)
    return (Value(shown, first, last, is_corrected=True, read=before),)


def naming_units(values: Iterable[Value]) -> tuple[Value, ...]:
    """Values that are names of bodies."""
    return tuple(replace(value, units=unit_names(value.text)) if value.text else value for value in values)


def dropped(values: Iterable[Value]) -> tuple[Value, ...]:
    """What an officer took away, with what was read."""
    known = list(values)
    read = "; ".join(value.text for value in known)
    return (Value("", known[0].first, known[0].last, is_dropped=True, read=read),)


def corrected_names(old: tuple[Text, ...], new: tuple[Text, ...], anchor: int) -> tuple[Value, ...]:
    """A corrected list of names; the first value carries the list as it was read."""
    was = "; ".join(text.value for text in old)
    if not new:
        first = old[0].line_from if old else anchor
        return (Value("", first, first, is_corrected=True, read=was),)
    return tuple(
        Value(
            text.value,
            text.line_from,
            text.line_to,
            is_corrected=number == 0,
            read=was if number == 0 else "",
        )
        for number, text in enumerate(new)
    )


def rows(*labelled: tuple[str, Text | None]) -> tuple[Row, ...]:
    """A row for each text that is there."""
    return tuple(Row(label, as_read(text)) for label, text in labelled if text is not None)


def names(
    label: str,
    path: str,
    corrected: Iterable[str],
    *,
    read: tuple[Text, ...],
    now: tuple[Text, ...],
    anchor: int,
) -> Iterator[Row]:
    """A row for each name of a list."""
    if path in corrected:
        for value in corrected_names(read, now, anchor):
            yield Row(label, (value,))
        return
    for text in now:
        yield Row(label, as_read(text))
