"""Organisations from a list: a CSV file as Excel saves it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from app import audit
from app.errors import N_, Invalid, Refused
from app.organisations.models import Organisation, OrganisationKind
from app.organisations.queries import find_organisation, fold_name
from app.organisations.services import OrganisationInput, add_organisation, refuse_circle
from app.text import clean

MOST_ROWS = (
    2_000  # a province has some hundreds of bodies; others wait with their saving while a list is taken
)
OLDEST_YEAR = 1900


@dataclass
class ImportReport:
    """What an import did: names added and known already, and each refused row with its reason."""

    added: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    refused: list[tuple[int, str, Invalid | Refused]] = field(default_factory=list)


COLUMNS = {
    "ten": "name",
    "loai": "kind",
    "ten khac": "aliases",
    "cap tren": "parent",
    "tu ngay": "from",
    "den ngay": "to",
    "name": "name",
    "kind": "kind",
    "aliases": "aliases",
    "parent": "parent",
    "valid from": "from",
    "valid to": "to",
}
_KINDS = {
    "ubnd": OrganisationKind.PEOPLES_COMMITTEE,
    "so": OrganisationKind.DEPARTMENT,
    "ban nganh": OrganisationKind.AGENCY,
    "xa": OrganisationKind.COMMUNE,
    "phuong": OrganisationKind.COMMUNE,
    "dac khu": OrganisationKind.COMMUNE,
    "dang": OrganisationKind.PARTY,
    "mat tran": OrganisationKind.FRONT,
    "doan the": OrganisationKind.FRONT,
    "bao chi": OrganisationKind.PRESS,
    "truong": OrganisationKind.SCHOOL,
    "doanh nghiep": OrganisationKind.ENTERPRISE,
    "khac": OrganisationKind.OTHER,
    "": OrganisationKind.OTHER,
}


def import_organisations(
    session: Session, content: bytes, *, actor: audit.Actor, now: datetime
) -> ImportReport:
    """Add the organisations of a CSV file (``;`` or ``,``; UTF-8 with or without BOM) that are not known yet.

    Columns, by heading in either language: name, kind, aliases (parted by ``|``), parent (by name, may stand
    later in the file), valid from, valid to (d/m/yyyy or ISO). A refused row does not keep the others out, and
    the same file twice adds nothing twice.

    Raises:
        Invalid: the file is no such table.
    """
    rows = _read_table(content)
    report = ImportReport()
    parents: list[tuple[int, Organisation, str]] = []
    for number, row in rows:
        try:
            wanted = _row_input(row)
            if find_organisation(session, wanted.name) is not None:
                report.known.append(wanted.name)
                continue
            with session.begin_nested():
                organisation = add_organisation(session, wanted, actor=actor, now=now)
        except (Invalid, Refused) as fault:
            report.refused.append((number, row.get("name", ""), fault))
            continue
        report.added.append(organisation.name)
        if row.get("parent"):
            parents.append((number, organisation, row["parent"]))
    for number, organisation, name in parents:
        try:
            _set_parent(session, organisation, name)
        except (Invalid, Refused) as fault:
            report.refused.append((number, organisation.name, fault))
    return report


def _set_parent(session: Session, organisation: Organisation, name: str) -> None:
    """Put *organisation* under the one of that name."""
    parent = find_organisation(session, name)
    if parent is None:
        raise Invalid(N_("Đã thêm cơ quan, nhưng không tìm thấy cấp trên “{name}”."), name=name[:100])
    refuse_circle(session, organisation.id, parent.id, lambda above: above.parent_id)
    organisation.parent_id = parent.id
    session.flush()


def _read_table(content: bytes) -> list[tuple[int, dict[str, str]]]:
    """Rows by known heading, each with its line number in the file."""
    try:
        text = clean(content.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        raise Invalid(N_("Tệp không phải UTF-8. Trong Excel hãy lưu dạng “CSV UTF-8”.")) from fault
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",")
    try:
        lines = list(reader)
    except csv.Error as fault:
        raise Invalid(N_("Tệp CSV không đọc được ở dòng {line}."), line=reader.line_num) from fault
    headings = [COLUMNS.get(fold_name(cell), "") for cell in lines[0]] if lines else []
    if "name" not in headings:
        raise Invalid(N_("Tệp CSV cần dòng đầu có cột “Tên”."))
    if len(lines) > MOST_ROWS + 1:
        raise Invalid(N_("Tệp có quá nhiều dòng; mỗi lần nhập nhiều nhất {most} dòng."), most=MOST_ROWS)
    return [
        (
            number,
            {
                heading: " ".join(cell.split())
                for heading, cell in zip(headings, line, strict=False)
                if heading
            },
        )
        for number, line in enumerate(lines[1:], start=2)
        if any(cell.strip() for cell in line)
    ]


def _row_input(row: dict[str, str]) -> OrganisationInput:
    """One row as input; a kind may be named in Vietnamese or by its code."""
    raw = row.get("kind", "")
    codes = {kind.value: kind for kind in OrganisationKind}
    kind = codes.get(raw) or _KINDS.get(fold_name(raw))
    if kind is None:
        raise Invalid(N_("Không rõ loại cơ quan “{kind}”."), kind=raw[:100])
    name = row.get("name", "")
    if name.startswith(("=", "+", "@")):
        raise Invalid(N_("Ô tên chứa một công thức của bảng tính, không phải tên."))
    aliases = tuple(alias.strip() for alias in row.get("aliases", "").split("|") if alias.strip())
    return OrganisationInput(
        name=name,
        kind=kind,
        aliases=aliases,
        valid_from=_day(row.get("from", "")),
        valid_to=_day(row.get("to", "")),
    )


def _day(raw: str) -> date | None:
    """A day as people or machines write it; empty means not known."""
    if not raw:
        return None
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y"):
        try:
            found = datetime.strptime(raw, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        if found.year >= OLDEST_YEAR:
            return found
    raise Invalid(N_("Ngày “{raw}” không đúng; ví dụ: 1/7/2025."), raw=raw[:40])
