"""Forms of the lists of a draft: cited documents, reporting, days, the duties of a block."""

from __future__ import annotations

from typing import Any

from wtforms import FieldList, FormField

from app.errors import N_, Invalid
from app.web.forms import Line, Lines, longest, needed
from app.web.lazy import lazy
from campaigns.plans.uploads.correcting.parts.forms import CHANGED, MOST_ADDED, Known, PartForm, said
from campaigns.plans.uploads.correcting.rows.forms import (
    BasisRowForm,
    DateRowForm,
    ItemRowForm,
    ReportingRowForm,
    RowForm,
    shown,
)
from campaigns.plans.uploads.services import plain

BLANKS = 2  # rows to add in


class RowsForm(PartForm):
    """A list: rows to change or drop, and some to add in."""

    rows: FieldList[FormField[RowForm]]

    @classmethod
    def filled(cls, path: str, known: Known) -> dict[str, Any]:
        """The rows as they stand, then blank ones."""
        return {"rows": [shown(row) for row in known[path]] + [{}] * BLANKS}

    def meet(self) -> None:
        """Refuse rows of another page."""
        if len(self.rows) > len(self.read[self.path]) + MOST_ADDED:
            raise Invalid(CHANGED)

    def typed(self) -> dict[str, Any]:
        """The rows that are there, each with where it was read; one that says what was read is what was read."""
        read = self.read[self.path]
        rows, met = [], set[int]()
        for row in (entry.form for entry in self.rows):
            named = str(row.at.data or "")
            at = int(named) if named.isascii() and named.isdecimal() and len(named) < 6 else None
            if at is not None and (at >= len(read) or at in met):
                raise Invalid(CHANGED)
            if row.is_left_out():
                continue
            values = row.typed()
            if at is not None:
                met.add(at)
                values |= {
                    name: was for name, was in read[at].items() if plain(was) == plain(values.get(name))
                }
            rows.append({"at": at, **values})
        return {self.path: rows}


class BasesForm(RowsForm):
    """The documents that the text is based on or cites."""

    rows = FieldList(FormField(BasisRowForm))


class ReportingForm(RowsForm):
    """Who reports what to whom."""

    rows = FieldList(FormField(ReportingRowForm))


class DatesForm(RowsForm):
    """The days that the text names."""

    rows = FieldList(FormField(DateRowForm))


class DutyForm(RowsForm):
    """One block of "Tổ chức thực hiện": whose it is and what is to be done."""

    ordinal = Line(lazy(N_("Thứ tự")), [longest(20)])
    org = Lines(
        lazy(N_("Cơ quan, phần")),
        [needed(N_("Ghi tên cơ quan hoặc tên phần.")), longest(990)],
    )
    rows = FieldList(FormField(ItemRowForm))

    @classmethod
    def filled(cls, path: str, known: Known) -> dict[str, Any]:
        """The block's own values and its rows."""
        rows = super().filled(f"{path}.items", known)
        return {**rows, "ordinal": known[f"{path}.ordinal"], "org": known[f"{path}.org"]}

    def meet(self) -> None:
        """The rows lie below the block."""
        self.block, self.path = self.path, f"{self.path}.items"
        super().meet()

    def typed(self) -> dict[str, Any]:
        """Values by path."""
        own = {f"{self.block}.{name}": said(self[name], "") for name in ("ordinal", "org")}
        return {**own, **super().typed()}
