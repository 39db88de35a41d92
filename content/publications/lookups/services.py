"""What can be done with a pasted link: have it read, log what its page said, let it be."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import audit, clock
from app.errors import N_, Invalid, Refused
from content.outlets.models import Outlet
from content.publications.address import read_address
from content.publications.found.proposals import proposals_for
from content.publications.lookups.models import Lookup, LookupState
from content.publications.matching import match_publication
from content.publications.models import Match, Publication, PublicationStatus
from content.publications.services import AlreadyLogged, PublicationInput, log_publication

OPEN = (LookupState.WAITING, LookupState.LEASED, LookupState.FOUND)


def ask_lookup(
    session: Session, link: str, *, outlet: Outlet | None, actor: audit.Actor, now: datetime
) -> Lookup:
    """Have the page behind *link* read by the scheduler; asked twice by one person it is one errand.

    What watching has found already needs no reading: the answer is there at once.

    Raises:
        Invalid: the link is no address. AlreadyLogged: it is in the list, with its key.
    """
    if actor.id is None:
        raise Invalid(N_("Không rõ ai dán đường dẫn này."))
    address = read_address(link)
    known = session.scalar(select(Publication).where(Publication.address_key == address.key))
    if known is not None and known.status is not PublicationStatus.FOUND:
        raise AlreadyLogged(known.id)
    asked = select(Lookup).where(
        Lookup.address_key == address.key, Lookup.asked_by_id == actor.id, Lookup.state.in_(OPEN)
    )
    there = session.scalar(asked.order_by(Lookup.id.desc()).limit(1))
    if there is not None:
        return there
    made = Lookup(
        address=address.shown,
        address_key=address.key,
        outlet_id=outlet.id if outlet else None,
        asked_by_id=actor.id,
        asked_at=now,
    )
    if known is not None:
        made.state, made.title, made.summary = LookupState.FOUND, known.title, known.summary
        made.published_at, made.outlet_id = known.published_at, known.outlet_id
    session.add(made)
    session.flush()
    audit.record(session, actor, "lookup.ask", made, at=now, details={"address": made.address})
    return made


def proposals_of(session: Session, lookup: Lookup, *, now: datetime) -> list[Match]:
    """What the page may match, not of the session; the surest first."""
    day = clock.local_day(lookup.published_at or now)
    found = proposals_for(session, [lookup], {lookup.id: day}, now=now)
    return sorted(found, key=lambda one: -one.score)


def log_lookup(
    session: Session,
    lookup: Lookup,
    *,
    chosen: tuple[int | None, set[int]] | None,
    seen: int,
    actor: audit.Actor,
    now: datetime,
) -> Publication:
    """Log what the page said, after a person's yes.

    *chosen* is the item and the themes that hold, for who may match; with None what was recognised stays a proposal.

    Raises:
        Stale: the page was read again since. Refused: it was not read, or its outlet or moment is not known.
        AlreadyLogged and others: as for ``log_publication``.
    """
    lookup.check_version(seen)
    if lookup.state is not LookupState.FOUND:
        raise Refused(N_("Trang này chưa đọc được, hoặc đã được ghi nhận."))
    if lookup.outlet is None or lookup.published_at is None:
        raise Refused(N_("Chưa rõ nơi đăng hoặc giờ đăng. Hãy bổ sung rồi ghi nhận."))
    wanted = PublicationInput(
        outlet=lookup.outlet,
        title=lookup.title,
        published_at=lookup.published_at,
        address=lookup.canonical or lookup.address,
        summary=lookup.summary,
    )
    made = log_publication(session, wanted, actor=actor, now=now)
    close_lookup(session, lookup, made, chosen=chosen, actor=actor, now=now)
    return made


def close_lookup(
    session: Session,
    lookup: Lookup,
    publication: Publication,
    *,
    chosen: tuple[int | None, set[int]] | None,
    actor: audit.Actor,
    now: datetime,
) -> None:
    """Let *publication*, which was logged, be what became of *lookup*, with what it may match."""
    held = {
        (row.item_id, row.theme_id)
        for row in session.scalars(select(Match).where(Match.publication_id == publication.id)).unique()
    }
    for row in proposals_for(session, [publication], {publication.id: publication.published_on}, now=now):
        if (row.item_id, row.theme_id) not in held:
            row.decided_at = now
            session.add(row)
    lookup.state, lookup.publication_id = LookupState.LOGGED, publication.id
    session.flush()
    if chosen is not None and (chosen[0] is not None or chosen[1]):
        match_publication(
            session,
            publication,
            item_id=chosen[0],
            theme_ids=chosen[1],
            seen=publication.version,
            actor=actor,
            now=now,
        )


def dismiss_lookup(session: Session, lookup: Lookup, *, seen: int, actor: audit.Actor, now: datetime) -> None:
    """Let a link be.

    Raises:
        Stale: its page was read since. Refused: it was logged.
    """
    lookup.check_version(seen)
    if lookup.state is LookupState.LOGGED:
        raise Refused(N_("Đường dẫn này đã được ghi nhận."))
    lookup.state = LookupState.DISMISSED
    session.flush()
    audit.record(session, actor, "lookup.dismiss", lookup, at=now, details={"address": lookup.address})
