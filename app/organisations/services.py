"""What can be done to organisations: add, change, close, import from a list."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import audit
from app.errors import N_, Invalid, Refused
from app.organisations.models import Organisation, OrganisationAlias, OrganisationKind
from app.organisations.queries import find_organisation, fold_name
from app.text import clean, sort_key


@dataclass(frozen=True)
class OrganisationInput:
    """What is known of an organisation; empty means not known."""

    name: str
    kind: OrganisationKind
    aliases: tuple[str, ...] = ()
    parent_id: int | None = None
    successor_id: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None


def add_organisation(
    session: Session, wanted: OrganisationInput, *, actor: audit.Actor, now: datetime
) -> Organisation:
    """Add an organisation with its aliases.

    Raises:
        Refused: a name or alias is taken. Invalid: the name says nothing, or the days run backwards.
    """
    organisation = Organisation(kind=wanted.kind, name=wanted.name, name_folded="", sort_key="")
    _fill(session, organisation, wanted)
    session.add(organisation)
    session.flush()
    _set_aliases(session, organisation, wanted.aliases)
    audit.record(
        session, actor, "organisation.add", organisation, at=now, details={"name": organisation.name}
    )
    return organisation


def change_organisation(
    session: Session,
    organisation: Organisation,
    wanted: OrganisationInput,
    *,
    seen: int,
    actor: audit.Actor,
    now: datetime,
) -> None:
    """Change what is known of an organisation.

    Raises:
        Stale: somebody changed it since. Refused: a name is taken, or it would stand above itself.
    """
    organisation.check_version(seen)
    before = organisation.name
    _fill(session, organisation, wanted)
    session.flush()
    _set_aliases(session, organisation, wanted.aliases)
    audit.record(
        session,
        actor,
        "organisation.change",
        organisation,
        at=now,
        details={"before": before, "name": organisation.name},
    )


def _fill(session: Session, organisation: Organisation, wanted: OrganisationInput) -> None:
    """Check and set the columns."""
    folded = fold_name(wanted.name)
    if not folded:
        raise Invalid(N_("Tên cơ quan phải có chữ."))
    if wanted.valid_from and wanted.valid_to and wanted.valid_to < wanted.valid_from:
        raise Invalid(N_("Ngày hết hiệu lực phải sau ngày bắt đầu."))
    _refuse_taken(session, folded, organisation.id, wanted.name)
    for above in (wanted.parent_id, wanted.successor_id):
        _refuse_circle(session, organisation.id, above)
    organisation.name, organisation.name_folded, organisation.sort_key = (
        wanted.name,
        folded,
        sort_key(wanted.name),
    )
    organisation.kind = wanted.kind
    organisation.parent_id, organisation.successor_id = wanted.parent_id, wanted.successor_id
    organisation.valid_from, organisation.valid_to = wanted.valid_from, wanted.valid_to


def _refuse_taken(session: Session, folded: str, own_id: int | None, name: str) -> None:
    """Two organisations never answer to one name."""
    with session.no_autoflush:
        by_name = session.scalar(select(Organisation.id).where(Organisation.name_folded == folded))
        by_alias = session.scalar(
            select(OrganisationAlias.organisation_id).where(OrganisationAlias.name_folded == folded)
        )
    if any(found is not None and found != own_id for found in (by_name, by_alias)):
        raise Refused(N_("Đã có cơ quan mang tên “{name}”."), name=name)


def _refuse_circle(session: Session, own_id: int | None, above_id: int | None) -> None:
    """No organisation stands above itself or succeeds itself."""
    seen: set[int] = set()
    while above_id is not None and above_id not in seen:
        if above_id == own_id:
            raise Refused(N_("Cơ quan không thể là cấp trên hoặc cơ quan kế thừa của chính mình."))
        seen.add(above_id)
        with session.no_autoflush:
            above = session.get(Organisation, above_id)
        above_id = above.parent_id if above else None


def _set_aliases(session: Session, organisation: Organisation, names: Iterable[str]) -> None:
    """Make the aliases exactly *names*; an alias equal to the name is left out."""
    wanted = {
        fold_name(name): name
        for name in names
        if fold_name(name) and fold_name(name) != organisation.name_folded
    }
    held = session.scalars(
        select(OrganisationAlias).where(OrganisationAlias.organisation_id == organisation.id)
    ).all()
    for alias in held:
        if alias.name_folded in wanted:
            alias.name = wanted.pop(alias.name_folded)
        else:
            session.delete(alias)
    session.flush()
    for folded, name in wanted.items():
        _refuse_taken(session, folded, organisation.id, name)
        session.add(OrganisationAlias(organisation_id=organisation.id, name=name, name_folded=folded))
    session.flush()


def ensure_organisation(
    session: Session, name: str, *, kind: OrganisationKind, actor: audit.Actor, now: datetime
) -> Organisation:
    """The organisation of that name or alias, added when there is none."""
    found = find_organisation(session, name)
    return found or add_organisation(session, OrganisationInput(name=name, kind=kind), actor=actor, now=now)


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
        parent = find_organisation(session, name)
        if parent is None or parent.id == organisation.id:
            report.refused.append(
                (number, organisation.name, Invalid(N_("Không tìm thấy cấp trên “{name}”."), name=name))
            )
        else:
            organisation.parent_id = parent.id
    session.flush()
    return report


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
        raise Invalid(N_("Không rõ loại cơ quan “{kind}”."), kind=raw)
    if len(row.get("name", "")) > 300:
        raise Invalid(N_("Tên cơ quan dài nhất 300 ký tự."))
    aliases = tuple(alias.strip() for alias in row.get("aliases", "").split("|") if alias.strip())
    return OrganisationInput(
        name=row.get("name", ""),
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
            return datetime.strptime(raw, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise Invalid(N_("Ngày “{raw}” không đúng; ví dụ: 1/7/2025."), raw=raw)
