"""Which organisation each printed name of a plan means: by its names, or as an officer chose."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.organisations.models import Organisation, name_key
from app.organisations.queries import Match, find_organisations


def match_printed(
    session: Session, names: Collection[str], corrections: Mapping[str, Any]
) -> dict[str, Match]:
    """The organisation of each printed name that has one; what an officer chose comes before what names say."""
    chosen = chosen_units(session, corrections.get("units") or {})
    found = find_organisations(session, [name for name in names if name_key(name) not in chosen])
    for name in names:
        organisation = chosen.get(name_key(name))
        if organisation is not None:
            found[name] = Match(organisation, organisation)
    return found


def chosen_units(session: Session, units: Mapping[str, int | None]) -> dict[str, Organisation | None]:
    """By the key of a printed name: the organisation that was chosen for it, None where it is to stay as printed."""
    ids = {one for one in units.values() if one}
    known = {one.id: one for one in session.scalars(select(Organisation).where(Organisation.id.in_(ids)))}
    return {key: known.get(one) if one else None for key, one in units.items()}
