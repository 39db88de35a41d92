"""The columns of the list of publications, on the page and in its files."""

from __future__ import annotations

from datetime import datetime

from app.clock import local
from app.errors import N_
from app.web.lists import Column, Listing
from content.publications.queries import Line


def _hour(moment: datetime) -> str:
    return f"{local(moment):%H:%M}"


PUBLICATIONS: Listing[Line] = Listing(
    "tin-da-dang",
    N_("Tin đã đăng"),
    (
        Column("day", N_("Ngày"), lambda row: row.published_on, width=12, is_fixed=True),
        Column("hour", N_("Giờ"), lambda row: _hour(row.published_at), width=8, is_fixed=True),
        Column("title", N_("Tiêu đề"), lambda row: row.title, width=60, is_fixed=True),
        Column("outlet", N_("Nơi đăng"), lambda row: row.outlet, width=32),
        Column("kind", N_("Loại"), lambda row: row.kind),
        Column("address", N_("Đường dẫn"), lambda row: row.address, width=40),
        Column("matches", N_("Khớp với"), lambda row: "; ".join(row.themes), width=40),
        Column("state", N_("Tình trạng"), lambda row: row.status, width=16),
        Column("summary", N_("Tóm tắt"), lambda row: row.summary, width=60, is_usual=False),
        Column("note", N_("Ghi chú"), lambda row: row.note, width=40),
    ),
)
