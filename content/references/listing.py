"""The columns of the list of documents, on the page and in its files."""

from __future__ import annotations

from app.errors import N_
from app.web.lists import Column, Listing
from content.references.models import Document

DOCUMENTS: Listing[Document] = Listing(
    "van-ban",
    N_("Văn bản"),
    (
        Column("number", N_("Số, ký hiệu"), lambda row: row.number, width=22, is_fixed=True),
        Column("type", N_("Loại văn bản"), lambda row: row.doc_type, width=18),
        Column("subject", N_("Trích yếu"), lambda row: row.subject, width=70),
        Column("issuer", N_("Cơ quan ban hành"), lambda row: row.issuer, width=36),
        Column("day", N_("Ngày ban hành"), lambda row: row.issued_on, width=14),
    ),
)
