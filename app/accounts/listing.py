"""The list of people: its pages, and its columns on the page and in its files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Membership, Person
from app.accounts.queries import memberships_of
from app.errors import N_
from app.search import found
from app.web.filters import show_word
from app.web.lists import Column, Listing
from app.web.paging import SIZE, Page, paginate


@dataclass(frozen=True)
class PersonRow:
    """A person and the roles held today."""

    person: Person
    held: Sequence[Membership]


def page_of_people(
    session: Session,
    *,
    words: str,
    today: date,
    ended: bool = False,
    cursor: str | None = None,
    size: int = SIZE,
) -> Page[PersonRow]:
    """One page of people in Vietnamese order of names; the ended ones instead with *ended*."""
    state = Person.ended_at.is_not(None) if ended else Person.ended_at.is_(None)
    asked = select(Person).where(state, found(session, "person", Person.id, words))
    page = paginate(session, asked, [Person.sort_key, Person.id], cursor=cursor, descending=False, size=size)
    held = memberships_of(session, page.rows)
    rows = [
        PersonRow(person, [one for one in held[person.id] if one.is_valid_on(today)]) for person in page.rows
    ]
    return Page(rows, page.following)


def _roles(row: PersonRow) -> str:
    return "; ".join(f"{show_word(one.role).label} – {one.organisation.name}" for one in row.held)


PEOPLE: Listing[PersonRow] = Listing(
    "nguoi-dung",
    N_("Người dùng"),
    (
        Column("name", N_("Họ và tên"), lambda row: row.person.name, width=32, is_fixed=True),
        Column("email", N_("Thư điện tử"), lambda row: row.person.email, width=36),
        Column("roles", N_("Vai trò"), _roles, width=60),
        Column("sign_in", N_("Đã đặt mật khẩu"), lambda row: bool(row.person.password_hash), width=16),
        Column("created", N_("Ngày mời"), lambda row: row.person.created_at, width=18, is_usual=False),
    ),
)
