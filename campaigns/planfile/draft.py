"""What was read from one plan or letter, each value with the place it was read from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

SURE = 0.7
"""Values of this confidence or less want a second look."""

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True)
class Traced(Generic[T]):
    """A value with its source: lines from 1 in the original text, the printed words, 0..1 sure."""

    value: T
    line_from: int
    line_to: int
    words: str
    confidence: float = 1.0

    def map(self, change: Callable[[T], U], confidence: float | None = None) -> "Traced[U]":
        """Return the changed value with the same source."""
        sure = self.confidence if confidence is None else confidence
        return Traced(change(self.value), self.line_from, self.line_to, self.words, sure)


Text = Traced[str]
"""A traced piece of text."""


class Role(StrEnum):
    """How a document is cited; the order is the order of weight."""

    BASIS = "can_cu"
    IMPLEMENTED = "thuc_hien"
    PREAMBLE = "cited_preamble"
    BODY = "cited_body"


class DayKind(StrEnum):
    """What a key date is."""

    COMMEMORATIVE = "commemorative"
    DEADLINE = "deadline"
    PERIOD_START = "period_start"
    PERIOD_END = "period_end"
    MILESTONE = "milestone"


class ThemeKind(StrEnum):
    """Where a proposed theme comes from."""

    MOVEMENT = "movement"
    DOCUMENT = "document"


@dataclass(frozen=True)
class Signer:
    """Who signs: on whose authority, in which position, by which name; each may be missing."""

    authority: Text | None = None
    position: Text | None = None
    name: Text | None = None


@dataclass(frozen=True)
class LegalBasis:
    """One cited document; ``number`` holds the normalised key, its words the print of first mention."""

    number: Text | None
    issued_on: Traced[date] | None
    named: Text
    """Type of document and, behind a dash, the issuing body."""
    role: Role
    subject: str | None = None
    short_name: str | None = None


@dataclass(frozen=True)
class Assignment:
    """Who leads, who helps, when, with which product and money; empty or None where the document does not say."""

    lead: tuple[Text, ...] = ()
    cooperating: tuple[Text, ...] = ()
    timing: Text | None = None
    product: Text | None = None
    budget: Text | None = None


@dataclass(frozen=True)
class Item:
    """One task or duty; ``ordinal`` as printed: a letter, a number, "-", "+", "*" or None."""

    ordinal: str | None
    text: Text
    assignment: Assignment = Assignment()


@dataclass(frozen=True)
class TaskGroup:
    """A group of tasks under one title; a letter has one group without ordinal and title."""

    ordinal: str | None
    title: Text | None
    items: tuple[Item, ...]
    assignment: Assignment = Assignment()


@dataclass(frozen=True)
class AnnexTask:
    """One row of an annex table; ``section`` is the ordinal of the part it stands in."""

    no: str | None
    """As printed: "1", "1.1"."""
    section: str | None
    text: Text
    assignment: Assignment = Assignment()


@dataclass(frozen=True)
class Duty:
    """A block of "Tổ chức thực hiện": what one body has to do."""

    ordinal: str | None
    org: Text
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Due:
    """A day of the year; month None with ``every`` ("tháng", "quý") recurs; ``op`` "trước" is strict."""

    day: int
    month: int | None
    year: int | None = None
    op: str | None = None
    every: str | None = None


@dataclass(frozen=True)
class Reporting:
    """One obligation to report."""

    text: Text
    who: tuple[Text, ...]
    to: tuple[Text, ...]
    via: Text | None
    then_to: tuple[Text, ...]
    cadence: tuple[str, ...]
    due: tuple[Due, ...]
    adhoc: bool


@dataclass(frozen=True)
class KeyDate:
    """A day that the document names; day or year may be missing."""

    day: int | None
    month: int
    year: int | None
    name: Text
    kind: DayKind


@dataclass(frozen=True)
class ThemeProposal:
    """A theme that the tasks suggest: phrases to find it by, the document behind it if any."""

    name: Text
    phrases: tuple[str, ...]
    number: str | None
    kind: ThemeKind
    mentions: int


@dataclass(frozen=True)
class Quantity:
    """A promise in figures: "ít nhất 02 tin, bài/tháng" is at least 2 "tin, bài" every "tháng".

    ``upper`` ends a range; ``every`` is "ngày", "tuần", "tháng", "quý", "6 tháng", "năm" or None; ``at`` is the
    dotted path of the task, duty, title or row that it stands in ("task_groups.0.items.2").
    """

    text: Text
    number: float
    unit: str
    upper: float | None = None
    at_least: bool = False
    percent: bool = False
    every: str | None = None
    at: str = ""

    @property
    def words(self) -> str:
        """The printed words."""
        return self.text.words


@dataclass(frozen=True)
class PlanDraft:
    """Everything read from one document; what was not found is None or empty."""

    name: str
    lines: tuple[str, ...]
    doc_type: Text | None = None
    title: Text | None = None
    issuer: Text | None = None
    parent_body: Text | None = None
    """The superior body of the letterhead, as printed."""
    number: Text | None = None
    symbol: Text | None = None
    issued_on: Traced[date] | None = None
    date_partial: Text | None = None
    place: Text | None = None
    status: Text | None = None
    signer: Signer = Signer()
    addressees: tuple[Text, ...] = ()
    legal_bases: tuple[LegalBasis, ...] = ()
    goals: tuple[Item, ...] = ()
    """Points of the sections on aims, goals and requirements, which hold many of the figures promised."""
    task_groups: tuple[TaskGroup, ...] = ()
    annex_tasks: tuple[AnnexTask, ...] = ()
    duties: tuple[Duty, ...] = ()
    funding: Text | None = None
    reporting: tuple[Reporting, ...] = ()
    key_dates: tuple[KeyDate, ...] = ()
    recipients: tuple[Text, ...] = ()
    themes: tuple[ThemeProposal, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    remarks: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()
    """The page of each line, where the file has pages."""
