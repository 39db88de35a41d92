"""Outlets from a list: one CSV file for all of them, and the same file twice adds nothing twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import audit
from app.errors import N_, Fault, Invalid, Refused
from app.organisations.models import OrganisationKind
from app.organisations.queries import find_organisation, fold_name
from app.organisations.services import ensure_organisation
from content.outlets.csvfile import Row, decode, read_table
from content.outlets.models import Outlet, OutletKind
from content.outlets.services import OutletInput, add_outlet

HEADINGS = {
    "ten": "name",
    "loai": "kind",
    "co quan chu quan": "organisation",
    "co quan": "organisation",
    "dia chi": "address",
    "trang chu": "address",
    "dia ban": "area",
    "ngon ngu": "languages",
    "cua minh": "own",
    "name": "name",
    "kind": "kind",
    "organisation": "organisation",
    "address": "address",
    "area": "area",
    "languages": "languages",
    "own": "own",
}
_KINDS = {
    "bao": OutletKind.NEWSPAPER,
    "tap chi": OutletKind.NEWSPAPER,
    "bao tap chi": OutletKind.NEWSPAPER,
    "dai": OutletKind.BROADCASTER,
    "phat thanh truyen hinh": OutletKind.BROADCASTER,
    "dai phat thanh truyen hinh": OutletKind.BROADCASTER,
    "cong": OutletKind.PORTAL,
    "cong thong tin dien tu": OutletKind.PORTAL,
    "trang": OutletKind.WEBSITE,
    "trang thong tin dien tu": OutletKind.WEBSITE,
    "mang xa hoi": OutletKind.SOCIAL_PAGE,
    "trang mang xa hoi": OutletKind.SOCIAL_PAGE,
    "loa": OutletKind.LOUDSPEAKER,
    "loa truyen thanh": OutletKind.LOUDSPEAKER,
    "dai truyen thanh": OutletKind.LOUDSPEAKER,
    "khac": OutletKind.OTHER,
    "noi dang khac": OutletKind.OTHER,
    "kenh khac": OutletKind.OTHER,
}
_YES = {"x", "co", "1", "true", "yes", "dung"}
LARGEST = 5_000  # rows


@dataclass
class OutletReport:
    """What an import did: names added and known already, and each refused row with its reason."""

    added: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    refused: list[tuple[int, str, Fault]] = field(default_factory=list)


def import_outlets(session: Session, content: bytes, *, actor: audit.Actor, now: datetime) -> OutletReport:
    """Add the outlets of a CSV file that are not known yet.

    Columns by heading in either language: name, kind, organisation (by name or alias; added as press when unknown;
    the outlet's own name when empty), address, area, languages (codes parted by ``|``), own (x). A refused row
    does not keep the others out.

    Raises:
        Invalid: the file is no such table.
    """
    columns, rows = read_table(decode(content), HEADINGS)
    if "name" not in columns or "kind" not in columns:
        raise Invalid(N_("Bảng cần dòng đầu có cột “Tên” và cột “Loại”."))
    if len(rows) > LARGEST:
        raise Invalid(N_("Bảng có {rows} dòng, nhiều nhất là {most} một lần."), rows=len(rows), most=LARGEST)
    report = OutletReport()
    for row in rows:
        try:
            with session.begin_nested():
                is_new = _take(session, row, actor=actor, now=now)
        except (Invalid, Refused) as fault:
            report.refused.append((row.number, row.get("name")[:300], fault))
        else:
            (report.added if is_new else report.known).append(row.get("name"))
    return report


def _take(session: Session, row: Row, *, actor: audit.Actor, now: datetime) -> bool:
    """Add the outlet of one row; False when it is there already."""
    name, owner = row.get("name"), row.get("organisation") or row.get("name")
    if max(len(name), len(owner)) > 300:
        raise Invalid(N_("Tên dài nhất 300 ký tự."))
    kind = _kind(row.get("kind"))
    organisation = find_organisation(session, owner)
    if organisation is not None and _is_known(session, organisation.id, name):
        return False
    organisation = ensure_organisation(session, owner, kind=OrganisationKind.PRESS, actor=actor, now=now)
    wanted = OutletInput(
        kind=kind,
        name=name,
        organisation_id=organisation.id,
        address=row.get("address"),
        area=row.get("area"),
        languages=tuple(code.strip() for code in row.get("languages").split("|")),
        is_own=fold_name(row.get("own")) in _YES,
    )
    add_outlet(session, wanted, actor=actor, now=now)
    return True


def _is_known(session: Session, organisation_id: int, name: str) -> bool:
    known = select(Outlet.id).where(
        Outlet.organisation_id == organisation_id, Outlet.name_folded == fold_name(name)
    )
    return session.scalar(known) is not None


def _kind(raw: str) -> OutletKind:
    codes = {kind.value: kind for kind in OutletKind}
    kind = codes.get(raw) or _KINDS.get(fold_name(raw))
    if kind is None:
        raise Invalid(
            N_("Không rõ loại “{kind}”; viết: báo, đài, cổng, trang, mạng xã hội, loa, khác."), kind=raw[:60]
        )
    return kind
