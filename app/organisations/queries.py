"""What can be asked about organisations."""

from __future__ import annotations

import re
from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

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
    seen: set[int] = set()
    while found is not None and found.successor is not None and found.id not in seen:
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
