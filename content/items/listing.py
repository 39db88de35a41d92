"""The columns of the list of items, on the page and in its files."""

from __future__ import annotations

from app.errors import N_
from app.web.lists import Column, Listing
from content.items.lists import ItemRow

ITEMS: Listing[ItemRow] = Listing(
    "tin-bai",
    N_("Tin bài"),
    (
        Column("title", N_("Tin bài"), lambda row: row.item.title, width=60, is_fixed=True),
        Column("type", N_("Loại"), lambda row: row.item.type),
        Column("state", N_("Tình trạng"), lambda row: row.item.stage),
        Column("day", N_("Ngày dự kiến"), lambda row: row.item.planned_on, width=14),
        Column("themes", N_("Chủ đề"), lambda row: "; ".join(one.name for one in row.themes), width=40),
        Column("unit", N_("Đơn vị"), lambda row: row.item.organisation.name, width=36),
        Column("author", N_("Người viết"), lambda row: row.item.author.name, width=24),
        Column(
            "reviewer",
            N_("Người duyệt"),
            lambda row: row.item.reviewer.name if row.item.reviewer else None,
            width=24,
            is_usual=False,
        ),
        Column("created", N_("Ngày thêm"), lambda row: row.item.created_at, width=18, is_usual=False),
    ),
)
