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
from content.outlets.feeds.queries import feeds_of
from content.outlets.feeds.services import add_feed, feed_address
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
    "nguon tin": "feeds",
    "rss": "feeds",
    "feeds": "feeds",
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
    the outlet's own name when empty), address, area, languages (codes parted by ``|``), own (x), feeds (addresses
    parted by ``|``; an outlet that is known gets those that it lacks). A refused row does not keep the others out.

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
    if organisation is not None and (known := _known(session, organisation.id, name)):
        _add_feeds(session, known, row, actor=actor, now=now)
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
    made = add_outlet(session, wanted, actor=actor, now=now)
    _add_feeds(session, made, row, actor=actor, now=now)
    return True


def _known(session: Session, organisation_id: int, name: str) -> Outlet | None:
    known = select(Outlet).where(
        Outlet.organisation_id == organisation_id, Outlet.name_folded == fold_name(name)
    )
    return session.scalar(known)


def _add_feeds(session: Session, outlet: Outlet, row: Row, *, actor: audit.Actor, now: datetime) -> None:
    """Watch the feeds that a row names and the outlet lacks."""
    held = {feed.address_key for feed in feeds_of(session, outlet)}
    for address in filter(None, (one.strip() for one in row.get("feeds").split("|"))):
        if feed_address(address).key not in held:
            add_feed(session, outlet, address, is_watched=True, actor=actor, now=now)


def _kind(raw: str) -> OutletKind:
    codes = {kind.value: kind for kind in OutletKind}
    kind = codes.get(raw) or _KINDS.get(fold_name(raw))
    if kind is None:
        raise Invalid(
            N_("Không rõ loại “{kind}”; viết: báo, đài, cổng, trang, mạng xã hội, loa, khác."), kind=raw[:60]
        )
    return kind
