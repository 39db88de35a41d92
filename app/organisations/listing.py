"""The list of organisations: its pages, and its columns on the page and in its files."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session, selectinload

from app.errors import N_
from app.organisations.models import Organisation
from app.organisations.queries import valid_organisations
from app.search import found
from app.web.lists import Column, Listing
from app.web.paging import SIZE, Page, paginate


def page_of_organisations(
    session: Session, *, words: str, on: date | None, cursor: str | None, size: int = SIZE
) -> Page[Organisation]:
    """One page in Vietnamese order; valid on that day when one is named, found by *words* when there are any."""
    asked = valid_organisations(on).where(found(session, "organisation", Organisation.id, words))
    asked = asked.options(selectinload(Organisation.parent))
    keys = [Organisation.sort_key, Organisation.id]
    return paginate(session, asked, keys, cursor=cursor, descending=False, size=size)


ORGANISATIONS: Listing[Organisation] = Listing(
    "co-quan",
    N_("Cơ quan, đơn vị"),
    (
        Column("name", N_("Tên"), lambda row: row.name, width=50, is_fixed=True),
        Column("kind", N_("Loại"), lambda row: row.kind, width=24),
        Column(
            "parent",
            N_("Cấp trên"),
            lambda row: row.parent.name if row.parent else None,
            width=44,
            is_usual=False,
        ),
        Column("from", N_("Từ ngày"), lambda row: row.valid_from, width=14),
        Column("to", N_("Đến ngày"), lambda row: row.valid_to, width=14),
    ),
)
