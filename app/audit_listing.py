"""The columns of the audit, on the page and in its files."""

from __future__ import annotations

from app.audit import AuditEntry
from app.errors import N_
from app.web.filters import show_action, show_details
from app.web.lists import Column, Listing


def _details(entry: AuditEntry) -> str:
    return "; ".join(f"{name}: {value}" for name, value in show_details(entry.details))


AUDIT: Listing[AuditEntry] = Listing(
    "nhat-ky",
    N_("Nhật ký"),
    (
        Column("at", N_("Lúc"), lambda row: row.at, width=18, is_fixed=True),
        Column("actor", N_("Người làm"), lambda row: row.actor_name, width=28, is_fixed=True),
        Column("action", N_("Việc"), lambda row: show_action(row.action), width=34, is_fixed=True),
        Column("details", N_("Chi tiết"), _details, width=70),
        Column("seal", N_("Niêm phong"), lambda row: row.seq, width=12),
    ),
)
