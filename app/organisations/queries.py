"""What can be asked about organisations."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload

from app.errors import N_, Missing
from app.organisations.models import Organisation, OrganisationAlias, name_key
from app.text import fold


def fold_name(name: str) -> str:
    """*name* as organisations are found by it: folded, marks and doubled blanks taken out."""
    return " ".join(re.sub(r"[^\w\s]", " ", fold(name)).split())


def get_organisation(session: Session, organisation_id: int) -> Organisation:
    """The organisation of that key.

    Raises:
        Missing: there is none.
    """
    organisation = session.get(Organisation, organisation_id)
    if organisation is None:
        raise Missing(N_("Không có cơ quan này."))
    return organisation


def find_organisation(session: Session, name: str) -> Organisation | None:
    """The organisation with that name or alias, whatever its case and marks; a merged one's successor.

    A name typed without tone marks means the one body that it can mean; xã Sơn Hà and xã Sơn Hạ are two.
    """
    found = _named(session, name)
    return _present(found) if found else None


@dataclass(frozen=True)
class Match:
    """The body that a printed name means today; ``named`` is the one that bore it, where that has a successor."""

    organisation: Organisation
    named: Organisation

    @property
    def is_successor(self) -> bool:
        """Whether the printed body was merged into another one."""
        return self.organisation.id != self.named.id


def find_organisations(session: Session, names: Collection[str]) -> dict[str, Match]:
    """Of each printed name the organisation that it means, as ``find_organisation`` finds it; two queries for most."""
    keys = {name: name_key(name) for name in names if fold_name(name)}
    held = select(Organisation).where(Organisation.name_key.in_(keys.values()))
    known = {one.name_key: one for one in session.scalars(held)}
    aliases = select(OrganisationAlias).where(OrganisationAlias.name_key.in_(keys.values()))
    for alias in session.scalars(aliases.options(joinedload(OrganisationAlias.organisation))):
        known.setdefault(alias.name_key, alias.organisation)
    found = {}
    for name, key in keys.items():
        # a name without any tone mark may still mean one body alone
        named = known.get(key) or (_named(session, name) if key == fold_name(name) else None)
        if named is not None:
            found[name] = Match(_present(named), named)
    return found


def _present(found: Organisation) -> Organisation:
    """The body itself, or the one that it was merged into in the end."""
    seen: set[int] = set()
    while found.successor is not None and found.id not in seen:
        seen.add(found.id)
        found = found.successor
    return found


def _named(session: Session, name: str) -> Organisation | None:
    """Spelt just so; or, where the name bears no tone marks at all, the only one that it fits."""
    key, folded = name_key(name), fold_name(name)
    exact = session.scalar(select(Organisation).where(Organisation.name_key == key))
    if exact is None:
        alias = session.scalar(select(OrganisationAlias).where(OrganisationAlias.name_key == key))
        exact = alias.organisation if alias else None
    if exact is not None or key != folded:
        return exact
    of_alias = select(OrganisationAlias.organisation_id).where(OrganisationAlias.name_folded == folded)
    fitting = session.scalars(
        select(Organisation).where(or_(Organisation.name_folded == folded, Organisation.id.in_(of_alias)))
    ).all()
    return fitting[0] if len(fitting) == 1 else None


def valid_organisations(on: date | None) -> Select[Organisation]:
    """The organisations valid on that day, all that ever were without one; in no order."""
    asked = select(Organisation)
    if on is not None:
        asked = asked.where(
            or_(Organisation.valid_from.is_(None), Organisation.valid_from <= on),
            or_(Organisation.valid_to.is_(None), Organisation.valid_to >= on),
        )
    return asked


def list_organisations(session: Session, *, on: date | None = None, words: str = "") -> list[Organisation]:
    """Organisations in Vietnamese order; valid on that day when one is named, *words* in a name when given."""
    asked = valid_organisations(on).order_by(Organisation.sort_key, Organisation.id)
    if words.strip():
        folded = fold_name(words)
        known_as = select(OrganisationAlias.organisation_id).where(
            OrganisationAlias.name_folded.contains(folded, autoescape=True)
        )
        in_name = Organisation.name_folded.contains(folded, autoescape=True)
        asked = asked.where(or_(in_name, Organisation.id.in_(known_as)))
    return list(session.scalars(asked))


def aliases_of(session: Session, organisation: Organisation) -> list[OrganisationAlias]:
    """The other names of an organisation."""
    asked = select(OrganisationAlias).where(OrganisationAlias.organisation_id == organisation.id)
    return list(session.scalars(asked.order_by(OrganisationAlias.id)))
