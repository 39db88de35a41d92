"""The columns of the list of outlets, on the page and in its files."""

from __future__ import annotations

from app.errors import N_
from app.web.lists import Column, Listing
from content.outlets.models import Outlet

OUTLETS: Listing[Outlet] = Listing(
    "co-quan-bao-chi",
    N_("Cơ quan báo chí"),
    (
        Column("name", N_("Tên"), lambda row: row.name, width=44, is_fixed=True),
        Column("kind", N_("Loại"), lambda row: row.kind, width=24),
        Column("owner", N_("Cơ quan chủ quản"), lambda row: row.organisation.name, width=40),
        Column("area", N_("Địa bàn"), lambda row: row.area, width=24),
        Column("languages", N_("Ngôn ngữ"), lambda row: ", ".join(row.languages), width=16),
        Column("address", N_("Trang chủ"), lambda row: row.address, width=36, is_usual=False),
        Column("own", N_("Của cơ quan mình"), lambda row: row.is_own, width=14, is_usual=False),
    ),
)
