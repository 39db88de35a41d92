"""Lists of a draft that an officer corrects entry by entry, drops from and adds to. Pure.

A corrected list is kept whole under its path: rows of plain values, each with ``at``, the place of the entry that was
read there; what is missing was dropped, a row without ``at`` was added. So what was read stays beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from campaigns.planfile.draft import DayKind, Due, Item, KeyDate, LegalBasis, Reporting, Role, Text, Traced
from campaigns.plans.dates import show_due

Corrections = Mapping[str, Any]
Values = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """One entry as it stands: where it was read, and its values."""

    at: int | None
    values: Values


@dataclass(frozen=True)
class Kind:
    """How entries of a list become plain values and back; ``make`` gets the values, what was read, a line."""

    values: Callable[[Any], Values]
    make: Callable[[Values, Any, int], Any]


def rows_of(read: Sequence[Any], kind: Kind, path: str, corrections: Corrections) -> list[Row]:
    """The rows of a list as they stand."""
    if path not in corrections:
        return [Row(at, kind.values(entry)) for at, entry in enumerate(read)]
    rows = []
    for kept in corrections[path]:
        at = kept.get("at")
        if at is None or 0 <= at < len(read):
            known = kind.values(read[at]) if at is not None else {}
            rows.append(Row(at, {**known, **{key: value for key, value in kept.items() if key != "at"}}))
    return rows


def entries_of(
    read: Sequence[Any], kind: Kind, path: str, corrections: Corrections, line: int
) -> tuple[Any, ...]:
    """The entries of a list as they stand; one that was left as it is stays what was read, added ones get *line*."""
    return tuple(
        read[row.at]
        if row.at is not None and row.values == kind.values(read[row.at])
        else kind.make(row.values, read[row.at] if row.at is not None else None, line)
        for row in rows_of(read, kind, path, corrections)
    )


def _typed(value: str, near: Text | None, line: int) -> Text:
    """A typed value at the lines of what was read there, else at *line*."""
    if near is None:
        return Traced(value, line, line, "")
    if near.value == value:
        return replace(near, confidence=1.0)
    return Traced(value, near.line_from, near.line_to, near.words)


def _texts(names: Sequence[str], read: Sequence[Text], near: Text | None, line: int) -> tuple[Text, ...]:
    known = {text.value: text for text in read}
    return tuple(_typed(name, known.get(name, near), line) for name in names)


def _basis_values(basis: LegalBasis) -> Values:
    doc_type, _, issuer = basis.named.value.partition(" – ")
    return {
        "number": basis.number.value if basis.number else "",
        "doc_type": doc_type,
        "issuer": issuer,
        "date": basis.issued_on.value.isoformat() if basis.issued_on else "",
        "role": basis.role.value,
        "subject": basis.subject or "",
        "short_name": basis.short_name or "",
    }


def _make_basis(values: Values, read: LegalBasis | None, line: int) -> LegalBasis:
    named = _typed(
        " – ".join(filter(None, (values["doc_type"], values["issuer"]))), read.named if read else None, line
    )
    day = date.fromisoformat(values["date"]) if values["date"] else None
    return LegalBasis(
        number=_typed(values["number"], read.number if read and read.number else named, line)
        if values["number"]
        else None,
        issued_on=Traced(day, named.line_from, named.line_to, named.words) if day else None,
        named=named,
        role=Role(values["role"]),
        subject=values["subject"] or None,
        short_name=values["short_name"] or None,
    )


_DUE = re.compile(
    r"(?P<op>trước )?(?:ngày )?(?P<day>\d{1,2})(?:/(?P<month>\d{1,2})(?:/(?P<year>\d{4}))?)?"
    r"(?: (?:hằng|hàng|mỗi) (?P<every>tháng|quý|năm))?"
)


def read_due(written: str) -> Due | None:
    """A day as ``show_due`` writes it: "trước ngày 20/6", "15 hằng tháng"; None where it is none."""
    found = _DUE.fullmatch(" ".join(written.split()).lower())
    if found is None:
        return None
    day, month, year = (int(found[part]) if found[part] else None for part in ("day", "month", "year"))
    if not day or day > 31 or (month is not None and not 1 <= month <= 12) or not (month or found["every"]):
        return None
    return Due(day, month, year, "trước" if found["op"] else None, found["every"])


def _written(due: Due) -> str:
    return show_due({"day": due.day, "month": due.month, "year": due.year, "op": due.op, "every": due.every})


def _reporting_values(one: Reporting) -> Values:
    return {
        "text": one.text.value,
        "who": [text.value for text in one.who],
        "to": [text.value for text in one.to],
        "via": one.via.value if one.via else "",
        "cadence": list(one.cadence),
        "due": [_written(due) for due in one.due],
        "adhoc": one.adhoc,
    }


def _make_reporting(values: Values, read: Reporting | None, line: int) -> Reporting:
    said = values["text"] or "; ".join(values["who"])
    text = _typed(said, read.text if read else None, line)
    known = {_written(due): due for due in read.due} if read else {}
    dues = (known.get(written) or read_due(written) for written in values["due"])
    return Reporting(
        text=text,
        who=_texts(values["who"], read.who if read else (), text, line),
        to=_texts(values["to"], read.to if read else (), text, line),
        via=_typed(values["via"], (read and read.via) or text, line) if values["via"] else None,
        then_to=read.then_to if read else (),
        cadence=tuple(values["cadence"]),
        due=tuple(due for due in dues if due),
        adhoc=bool(values["adhoc"]),
    )


def _date_values(one: KeyDate) -> Values:
    return {
        "day": one.day,
        "month": one.month,
        "year": one.year,
        "name": one.name.value,
        "kind": one.kind.value,
    }


def _make_date(values: Values, read: KeyDate | None, line: int) -> KeyDate:
    name = _typed(values["name"], read.name if read else None, line)
    return KeyDate(values["day"], values["month"], values["year"], name, DayKind(values["kind"]))


def _item_values(item: Item) -> Values:
    return {"ordinal": item.ordinal or "", "text": item.text.value}


def _make_item(values: Values, read: Item | None, line: int) -> Item:
    text = _typed(values["text"], read.text if read else None, line)
    return Item(values["ordinal"] or None, text, *((read.assignment,) if read else ()))


BASES = Kind(_basis_values, _make_basis)
REPORTING = Kind(_reporting_values, _make_reporting)
KEY_DATES = Kind(_date_values, _make_date)
DUTY_ITEMS = Kind(_item_values, _make_item)
