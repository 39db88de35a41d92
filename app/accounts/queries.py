"""What can be asked about people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.accounts.models import Membership, Person
from app.accounts.permissions import GRANTS, Permission
from app.errors import N_, Missing


def get_person(session: Session, person_id: int) -> Person:
    """The person of that key.

    Raises:
        Missing: there is none.
    """
    person = session.get(Person, person_id)
    if person is None:
        raise Missing(N_("Không có người dùng này."))
    return person


def memberships_of(session: Session, people: Iterable[Person]) -> dict[int, list[Membership]]:
    """The roles of each of *people*, ended ones too, oldest first."""
    ids = [person.id for person in people]
    found: dict[int, list[Membership]] = {one: [] for one in ids}
    asked = (
        select(Membership).where(Membership.person_id.in_(ids)).order_by(Membership.starts_on, Membership.id)
    )
    for membership in session.scalars(asked):
        found[membership.person_id].append(membership)
    return found


def get_membership(session: Session, person_id: int, membership_id: int) -> Membership:
    """That role of that person.

    Raises:
        Missing: there is none.
    """
    membership = session.get(Membership, membership_id)
    if membership is None or membership.person_id != person_id:
        raise Missing(N_("Không có vai trò này."))
    return membership


def people_with(
    session: Session, permission: Permission, *, today: date, organisation_id: int | None = None
) -> list[Person]:
    """Who has *permission* today (within that organisation when one is named), in Vietnamese order of names."""
    roles = [role for role, granted in GRANTS.items() if permission in granted]
    asked = (
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.role.in_(roles),
            Membership.starts_on <= today,
            or_(Membership.ends_on.is_(None), Membership.ends_on >= today),
            Person.ended_at.is_(None),
        )
        .order_by(Person.sort_key, Person.id)
        .distinct()
    )
    if organisation_id is not None:
        asked = asked.where(Membership.organisation_id == organisation_id)
    return list(session.scalars(asked))
