"""What a person may do now: the rights of the roles that hold today, and in which organisations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Membership
from app.accounts.permissions import GRANTS, OWN_ONLY, Permission, Role


@dataclass(frozen=True)
class Access:
    """The rights of one person on one day, as plain values; without a person nothing is allowed."""

    person_id: int | None = None
    everywhere: frozenset[Permission] = frozenset()
    within: dict[Permission, frozenset[int]] = field(default_factory=dict)
    roles: frozenset[Role] = frozenset()
    organisation_ids: tuple[int, ...] = ()

    def may(self, permission: Permission, organisation_id: int | None = None) -> bool:
        """Whether the person has *permission*; with an organisation, whether it reaches what belongs there."""
        if permission in self.everywhere:
            return True
        reach = self.within.get(permission, frozenset())
        return bool(reach) if organisation_id is None else organisation_id in reach

    def reach(self, permission: Permission) -> frozenset[int] | None:
        """The organisations in which *permission* holds; None means all of them."""
        return None if permission in self.everywhere else self.within.get(permission, frozenset())


NOBODY = Access()


def access_of(session: Session, person_id: int, *, today: date) -> Access:
    """The rights of that person on the local day *today*."""
    held = session.scalars(
        select(Membership).where(Membership.person_id == person_id).order_by(Membership.id)
    )
    return combine(person_id, [one for one in held if one.is_valid_on(today)])


def combine(person_id: int, memberships: Iterable[Membership]) -> Access:
    """The rights that these memberships give together."""
    everywhere: set[Permission] = set()
    within: dict[Permission, set[int]] = {}
    roles: set[Role] = set()
    organisations: dict[int, None] = {}
    for membership in memberships:
        own = OWN_ONLY.get(membership.role, frozenset())
        everywhere |= GRANTS[membership.role] - own
        for permission in own:
            within.setdefault(permission, set()).add(membership.organisation_id)
        roles.add(membership.role)
        organisations[membership.organisation_id] = None
    return Access(
        person_id=person_id,
        everywhere=frozenset(everywhere),
        within={permission: frozenset(ids) for permission, ids in within.items()},
        roles=frozenset(roles),
        organisation_ids=tuple(organisations),
    )
