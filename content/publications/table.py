"""Many publications at once, pasted from a spreadsheet or from a file; the same table twice adds nothing twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from app import audit
from app.clock import from_local
from app.errors import N_, Fault, Invalid, Refused
from app.organisations.queries import fold_name
from content.outlets.csvfile import Row, read_day, read_hour, read_table
from content.outlets.models import Outlet
from content.publications.services import AlreadyLogged, PublicationInput, log_publication

MOST = 1_000  # rows at once
COLUMNS = ("link", "title", "day", "hour", "outlet")
HEADINGS = {
    "duong dan": "link",
    "dia chi": "link",
    "link": "link",
    "tieu de": "title",
    "ten bai": "title",
    "title": "title",
    "ngay": "day",
    "ngay dang": "day",
    "day": "day",
    "gio": "hour",
    "gio dang": "hour",
    "hour": "hour",
    "co quan bao chi": "outlet",
    "co quan": "outlet",
    "noi dang": "outlet",
    "outlet": "outlet",
    "ghi chu": "note",
    "note": "note",
}


@dataclass
class LogReport:
    """What became of each row: how many were logged, which were known already, which were refused and why."""

    added: int = 0
    known: list[tuple[int, str, int | None]] = field(default_factory=list)
    refused: list[tuple[int, str, Fault]] = field(default_factory=list)


def import_publications(
    session: Session,
    text: str,
    *,
    outlets: Sequence[Outlet],
    default: Outlet | None,
    actor: audit.Actor,
    now: datetime,
) -> LogReport:
    """Log the rows of a table: link (or empty), title, day, hour, outlet, in this order or by heading.

    A row without an outlet belongs to *default*; *outlets* are those that *actor* may log for. A refused row does
    not keep the others out.

    Raises:
        Invalid: the text is no table, is empty, or has more than 1,000 rows.
    """
    _, rows = read_table(text, HEADINGS, default=COLUMNS)
    if not rows:
        raise Invalid(N_("Chưa có dòng nào để ghi nhận."))
    if len(rows) > MOST:
        raise Invalid(N_("Bảng có {rows} dòng, nhiều nhất là {most} một lần."), rows=len(rows), most=MOST)
    named: dict[str, list[Outlet]] = {}
    for outlet in outlets:
        named.setdefault(outlet.name_folded, []).append(outlet)
    report = LogReport()
    for row in rows:
        label = (row.get("title") or row.get("link"))[:300]
        try:
            wanted = _wanted(row, named, default)
            with session.begin_nested():
                log_publication(session, wanted, actor=actor, now=now)
        except AlreadyLogged as fault:
            report.known.append((row.number, label, fault.publication_id))
        except (Invalid, Refused) as fault:
            report.refused.append((row.number, label, fault))
        else:
            report.added += 1
    return report


def _wanted(row: Row, named: Mapping[str, Sequence[Outlet]], default: Outlet | None) -> PublicationInput:
    """One row as input."""
    if not row.get("day"):
        raise Invalid(N_("Thiếu ngày đăng."))
    moment = datetime.combine(read_day(row.get("day")), read_hour(row.get("hour")))
    return PublicationInput(
        outlet=_outlet(row.get("outlet"), named, default),
        title=row.get("title"),
        published_at=from_local(moment),
        address=row.get("link"),
        note=row.get("note"),
    )


def _outlet(name: str, named: Mapping[str, Sequence[Outlet]], default: Outlet | None) -> Outlet:
    """The outlet that a row names."""
    if not name:
        if default is None:
            raise Invalid(
                N_("Thiếu cơ quan báo chí; hãy ghi tên ở cột cuối hoặc chọn một cơ quan cho cả bảng.")
            )
        return default
    found = named.get(fold_name(name), ())
    if not found:
        raise Invalid(N_("Không có cơ quan báo chí “{name}” trong số bạn được ghi nhận."), name=name[:100])
    if len(found) > 1:
        raise Invalid(
            N_("Có nhiều cơ quan báo chí tên “{name}”; hãy ghi riêng từng tin của nơi này."), name=name[:100]
        )
    return found[0]
