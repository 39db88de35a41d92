"""Roles and what each may do. The one table of rights: doors ask for a Permission, never for a role."""

from __future__ import annotations

import enum
from collections.abc import Mapping


class Role(enum.StrEnum):
    """What a person is in an organisation (docs/glossary.md)."""

    ADMINISTRATOR = "administrator"
    COORDINATOR = "coordinator"
    OFFICER = "officer"
    APPROVER = "approver"
    MANAGER = "manager"
    UNIT = "unit"
    OUTLET = "outlet"


class Permission(enum.StrEnum):
    """One right. Those in ``OWN_ONLY`` reach, for that role, only what belongs to the role's organisation."""

    MANAGE_PEOPLE = "manage_people"
    MANAGE_ORGANISATIONS = "manage_organisations"
    MANAGE_CHANNELS = "manage_channels"
    READ_AUDIT = "read_audit"
    READ_OPERATIONS = "read_operations"
    READ_ORGANISATIONS = "read_organisations"
    READ_PLANS = "read_plans"
    MANAGE_PLANS = "manage_plans"
    READ_OWN_DUTIES = "read_own_duties"
    MANAGE_THEMES = "manage_themes"
    READ_CAMPAIGNS = "read_campaigns"
    MANAGE_CAMPAIGNS = "manage_campaigns"
    READ_ITEMS = "read_items"
    WRITE_ITEMS = "write_items"
    DECIDE_ITEMS = "decide_items"
    BOOK_SLOTS = "book_slots"
    READ_OUTLETS = "read_outlets"
    MANAGE_OUTLETS = "manage_outlets"
    READ_PUBLICATIONS = "read_publications"
    LOG_PUBLICATIONS = "log_publications"
    MATCH_PUBLICATIONS = "match_publications"
    READ_COVERAGE = "read_coverage"


P = Permission

_DESK = frozenset(
    {
        P.READ_ORGANISATIONS,
        P.READ_PLANS,
        P.READ_CAMPAIGNS,
        P.READ_ITEMS,
        P.READ_OUTLETS,
        P.READ_PUBLICATIONS,
        P.READ_COVERAGE,
    }
)

GRANTS: Mapping[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(
        {
            P.MANAGE_PEOPLE,
            P.MANAGE_ORGANISATIONS,
            P.READ_ORGANISATIONS,
            P.MANAGE_CHANNELS,
            P.READ_AUDIT,
            P.READ_OPERATIONS,
        }
    ),
    Role.COORDINATOR: _DESK
    | {
        P.MANAGE_ORGANISATIONS,
        P.MANAGE_PLANS,
        P.MANAGE_THEMES,
        P.MANAGE_CAMPAIGNS,
        P.WRITE_ITEMS,
        P.BOOK_SLOTS,
        P.MANAGE_OUTLETS,
        P.LOG_PUBLICATIONS,
        P.MATCH_PUBLICATIONS,
        P.READ_OPERATIONS,
    },
    Role.OFFICER: _DESK | {P.WRITE_ITEMS, P.BOOK_SLOTS, P.LOG_PUBLICATIONS, P.MATCH_PUBLICATIONS},
    Role.APPROVER: _DESK | {P.DECIDE_ITEMS},
    Role.MANAGER: _DESK,
    Role.UNIT: frozenset({P.READ_OWN_DUTIES}),
    Role.OUTLET: frozenset({P.READ_OUTLETS, P.READ_PUBLICATIONS, P.LOG_PUBLICATIONS}),
}

# Rights that a role has within its own organisation only; every other grant reaches the whole installation.
OWN_ONLY: Mapping[Role, frozenset[Permission]] = {
    Role.OFFICER: frozenset({P.READ_ITEMS, P.WRITE_ITEMS, P.BOOK_SLOTS}),
    Role.APPROVER: frozenset({P.READ_ITEMS, P.DECIDE_ITEMS}),
    Role.UNIT: GRANTS[Role.UNIT],
    Role.OUTLET: GRANTS[Role.OUTLET],
}
