"""Lists of the preview: cited documents, reporting, days, duties; each entry as read, typed, dropped or added. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.errors import N_
from campaigns.planfile.draft import Due, Duty, Item, KeyDate, LegalBasis, PlanDraft, Reporting, Role
from campaigns.plans.dates import show_due, show_key_date
from campaigns.plans.uploads.entries import BASES, DUTY_ITEMS, KEY_DATES, REPORTING, Kind, rows_of
from campaigns.plans.uploads.parts import duty_key
from campaigns.plans.uploads.shown import Row, Section, Value, as_read, as_typed, dropped, naming_units

ROLES = {
    Role.BASIS: N_("Căn cứ"),
    Role.IMPLEMENTED: N_("Thực hiện"),
    Role.PREAMBLE: N_("Viện dẫn ở phần đầu"),
    Role.BODY: N_("Viện dẫn trong nội dung"),
}
Corrections = Mapping[str, Any]


def lists_of(read: PlanDraft, now: PlanDraft, corrections: Corrections) -> tuple[Section, Section, Section]:
    """Cited documents, reporting and days."""

    def section(anchor: str, title: str, name: str, kind: Kind, shown: Callable[[Any], Row]) -> Section:
        rows = entry_rows(
            getattr(read, name), getattr(now, name), kind, path=name, corrections=corrections, shown=shown
        )
        return Section(anchor, title, tuple(rows), key=anchor)

    return (
        section("legal-bases", N_("Văn bản căn cứ, viện dẫn"), "legal_bases", BASES, _basis),
        section("reporting", N_("Chế độ báo cáo"), "reporting", REPORTING, _reporting),
        section("key-dates", N_("Ngày, mốc thời gian"), "key_dates", KEY_DATES, _key_date),
    )


def entry_rows(
    read: Sequence[Any],
    now: Sequence[Any],
    kind: Kind,
    *,
    path: str,
    corrections: Corrections,
    shown: Callable[[Any], Row],
) -> Iterator[Row]:
    """The entries of a list as they stand, those that were dropped behind them."""
    kept = rows_of(read, kind, path, corrections)
    for row, entry in zip(kept, now, strict=True):
        one = shown(entry)
        was = read[row.at] if row.at is not None else None
        yield one if was == entry else _marked(one, shown(was) if was is not None else None)
    met = {row.at for row in kept}
    for at, entry in enumerate(read):
        if at not in met:
            was_row = shown(entry)
            yield replace(was_row, values=dropped(was_row.values))


def _marked(now: Row, was: Row | None) -> Row:
    """A row whose first value says what was read there."""
    first, *others = now.values
    read = "; ".join(value.text for value in was.values) if was else ""
    head = replace(first, is_corrected=True, is_doubtful=False, read=read)
    return replace(now, values=(head, *others))


def _basis(basis: LegalBasis) -> Row:
    """A cited document: number, type and issuer, day."""
    day = basis.issued_on.value if basis.issued_on else None
    shown = " · ".join(
        filter(
            None,
            (
                basis.number.value if basis.number else "",
                basis.named.value,
                f"{day.day}/{day.month}/{day.year}" if day else "",
            ),
        )
    )
    return Row(ROLES[basis.role], as_read(basis.named, shown))


def _reporting(one: Reporting) -> Row:
    """One duty to report: who, to whom, when, in the words of the plan."""
    values: tuple[Value, ...] = tuple(value for text in one.who for value in as_read(text))
    return Row(N_("Báo cáo"), (*values, *as_read(one.text, _told(one))))


def _told(one: Reporting) -> str:
    """To whom, through whom and when, on one line."""
    via = f" (qua {one.via.value})" if one.via else ""
    to = ", ".join(text.value for text in one.to)
    when = [*one.cadence, *(_due(due) for due in one.due), *(["đột xuất"] if one.adhoc else [])]
    return " · ".join(filter(None, (f"→ {to}{via}" if to else "", ", ".join(when)))) or one.text.value


def _due(due: Due) -> str:
    return show_due({"day": due.day, "month": due.month, "year": due.year, "op": due.op, "every": due.every})


def _key_date(one: KeyDate) -> Row:
    shown = f"{show_key_date({'day': one.day, 'month': one.month, 'year': one.year})} · {one.name.value}"
    return Row(N_("Ngày, mốc"), as_read(one.name, shown))


def duty_section(index: int, read: Duty, now: Duty, corrections: Corrections) -> Section:
    """One block of "Tổ chức thực hiện"."""
    path = f"duties.{index}"
    org = as_typed(
        corrections,
        f"{path}.org",
        now.org,
        before=read.org.value,
        shown=now.org.value,
        anchor=now.org.line_from,
    )
    items = entry_rows(
        read.items, now.items, DUTY_ITEMS, path=f"{path}.items", corrections=corrections, shown=_item
    )
    key = duty_key(index)
    return Section(
        key,
        N_("Tổ chức thực hiện"),
        (Row(N_("Cơ quan, phần"), naming_units(org)), *items),
        key=key,
        mark=now.ordinal or "",
    )


def _item(item: Item) -> Row:
    return Row(N_("Việc phải làm"), as_read(item.text), mark=item.ordinal or "", may_promise=True)
