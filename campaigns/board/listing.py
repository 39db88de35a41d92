"""The columns of the list of campaigns, on the page and in its files."""

from __future__ import annotations

from app.errors import N_
from app.web.lists import Column, Listing
from campaigns.board.queries import CampaignRow

CAMPAIGNS: Listing[CampaignRow] = Listing(
    "chien-dich",
    N_("Chiến dịch"),
    (
        Column("name", N_("Chiến dịch"), lambda row: row.campaign.name, width=60, is_fixed=True),
        Column("state", N_("Tình trạng"), lambda row: row.state, width=16),
        Column("days", N_("Thời gian"), lambda row: row.campaign.starts_on, width=14),
        Column("until", N_("Đến ngày"), lambda row: row.campaign.ends_on, width=14),
        Column("unit", N_("Cơ quan chủ trì"), lambda row: row.campaign.organisation.name, width=36),
        Column("themes", N_("Chủ đề"), lambda row: "; ".join(one.name for one in row.themes), width=40),
        Column("items", N_("Số tin bài"), lambda row: row.items, width=12),
        Column("approved", N_("Đã duyệt"), lambda row: row.approved, width=12),
    ),
)
