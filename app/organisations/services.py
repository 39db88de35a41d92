"""What can be done to organisations: add, change, close."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import audit
from app.errors import N_, Invalid, Refused
from app.organisations.models import Organisation, OrganisationAlias, OrganisationKind, name_key
from app.organisations.queries import find_organisation, fold_name, get_organisation
from app.text import clean, sort_key

LONGEST_NAME = 300  # as the columns of names and of other names


@dataclass(frozen=True)
class OrganisationInput:
    """What is known of an organisation; empty means not known."""

    name: str
    kind: OrganisationKind
    aliases: tuple[str, ...] = ()
    parent_id: int | None = None
    successor_id: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None


def add_organisation(
    session: Session, wanted: OrganisationInput, *, actor: audit.Actor, now: datetime
) -> Organisation:
    """Add an organisation with its aliases.

    Raises:
        Refused: a name or alias is taken. Invalid: a name says nothing or is too long, or the days run backwards.
        Missing: there is no such parent or successor.
    """
    organisation = Organisation(kind=wanted.kind, name=wanted.name, name_folded="", sort_key="")
    _fill(session, organisation, wanted)
    session.add(organisation)
    session.flush()
    _set_aliases(session, organisation, wanted.aliases)
    audit.record(
        session, actor, "organisation.add", organisation, at=now, details={"name": organisation.name}
    )
    return organisation


def change_organisation(
    session: Session,
    organisation: Organisation,
    wanted: OrganisationInput,
    *,
    seen: int,
    actor: audit.Actor,
    now: datetime,
) -> None:
    """Change what is known of an organisation.

    Raises:
        Stale: somebody changed it since. Refused: a name is taken, or it would stand above itself.
    """
    organisation.check_version(seen)
    before = organisation.name
    _fill(session, organisation, wanted)
    session.flush()
    _set_aliases(session, organisation, wanted.aliases)
    audit.record(
        session,
        actor,
        "organisation.change",
        organisation,
        at=now,
        details={"before": before, "name": organisation.name},
    )


def _fill(session: Session, organisation: Organisation, wanted: OrganisationInput) -> None:
    """Check and set the columns."""
    name = " ".join(clean(wanted.name).split())
    folded = _check_name(name)
    if wanted.valid_from and wanted.valid_to and wanted.valid_to < wanted.valid_from:
        raise Invalid(N_("Ngày hết hiệu lực phải sau ngày bắt đầu."))
    _refuse_taken(session, organisation.id, name)
    refuse_circle(session, organisation.id, wanted.parent_id, lambda above: above.parent_id)
    refuse_circle(session, organisation.id, wanted.successor_id, lambda above: above.successor_id)
    organisation.name, organisation.name_folded, organisation.sort_key = name, folded, sort_key(name)
    organisation.kind = wanted.kind
    organisation.parent_id, organisation.successor_id = wanted.parent_id, wanted.successor_id
    organisation.valid_from, organisation.valid_to = wanted.valid_from, wanted.valid_to


def _check_name(name: str) -> str:
    """*name* folded.

    Raises:
        Invalid: it says nothing, or is too long.
    """
    folded = fold_name(name)
    if not folded:
        raise Invalid(N_("Tên cơ quan phải có chữ."))
    if len(name) > LONGEST_NAME:
        raise Invalid(N_("Tên cơ quan dài nhất {most} ký tự: “{name}…”."), most=LONGEST_NAME, name=name[:60])
    return folded


def _refuse_taken(session: Session, own_id: int | None, name: str) -> None:
    """Two organisations never answer to one name."""
    key = name_key(name)
    with session.no_autoflush:
        by_name = session.scalar(select(Organisation.id).where(Organisation.name_key == key))
        by_alias = session.scalar(
            select(OrganisationAlias.organisation_id).where(OrganisationAlias.name_key == key)
        )
    if any(found is not None and found != own_id for found in (by_name, by_alias)):
        raise Refused(N_("Đã có cơ quan mang tên “{name}”."), name=name)


def refuse_circle(
    session: Session,
    own_id: int | None,
    above_id: int | None,
    step: Callable[[Organisation], int | None],
) -> None:
    """No organisation stands above itself or succeeds itself, at however many steps.

    Raises:
        Refused: it would. Missing: there is no organisation numbered *above_id*.
    """
    seen: set[int] = set()
    while above_id is not None and above_id not in seen:
        if above_id == own_id:
            raise Refused(N_("Cơ quan không thể là cấp trên hoặc cơ quan kế thừa của chính mình."))
        seen.add(above_id)
        with session.no_autoflush:
            above_id = step(get_organisation(session, above_id))


def _set_aliases(session: Session, organisation: Organisation, names: Iterable[str]) -> None:
    """Make the aliases exactly *names*; an alias equal to the name is left out."""
    tidied = (" ".join(clean(name).split()) for name in names)
    wanted = {name_key(name): name for name in tidied if fold_name(name)}
    wanted.pop(organisation.name_key, None)
    held = session.scalars(
        select(OrganisationAlias).where(OrganisationAlias.organisation_id == organisation.id)
    ).all()
    for alias in held:
        if alias.name_key in wanted:
            alias.name = wanted.pop(alias.name_key)
        else:
            session.delete(alias)
    session.flush()
    for name in wanted.values():
        folded = _check_name(name)
        _refuse_taken(session, organisation.id, name)
        session.add(OrganisationAlias(organisation_id=organisation.id, name=name, name_folded=folded))
    session.flush()


def ensure_organisation(
    session: Session, name: str, *, kind: OrganisationKind, actor: audit.Actor, now: datetime
) -> Organisation:
    """The organisation of that name or alias, added when there is none."""
    found = find_organisation(session, name)
    return found or add_organisation(session, OrganisationInput(name=name, kind=kind), actor=actor, now=now)
