"""What our own slots published, as publications: once for each slot, matched without anybody's help."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import audit, clock
from app.errors import N_, Invalid
from app.text import fold
from content.items.models import ItemTheme
from content.publications.address import read_address
from content.publications.models import Match, MatchDecision, Publication, PublicationStatus
from content.slots.models import Slot

REASON = N_("Đăng từ lịch của hệ thống")
BY_SYSTEM = audit.SystemActor("Bộ lập lịch")


def record_sent(
    session: Session, slot: Slot, *, address: str, published_at: datetime, now: datetime
) -> Publication:
    """The confirmed publication of *slot* on its channel's outlet, with its matches; twice is once.

    A link that somebody logged by hand before becomes the slot's, so that it is not counted twice.
    """
    found = session.scalar(select(Publication).where(Publication.slot_id == slot.id))
    if found is None:
        found = _publication(session, slot, address=address, published_at=published_at, now=now)
        _match(session, slot, found, now=now)
        audit.record(
            session,
            BY_SYSTEM,
            "publication.sent",
            found,
            at=now,
            details={"slot": slot.id, "address": address},
        )
    if slot.recorded_at is None:
        slot.recorded_at = now
    session.flush()
    return found


def _publication(
    session: Session, slot: Slot, *, address: str, published_at: datetime, now: datetime
) -> Publication:
    """The row: one logged by hand under this address, or a new one."""
    key = _key(address)
    known = session.scalar(select(Publication).where(Publication.address_key == key))
    if known is not None and known.slot_id is None:
        known.slot_id, known.status = slot.id, PublicationStatus.CONFIRMED
        session.flush()
        return known
    made = Publication(
        outlet_id=slot.channel.outlet_id,
        title=slot.revision.title,
        title_folded=fold(slot.revision.title),
        address=address,
        # Two slots cannot own one address; the second keeps the link without the key.
        address_key=key if known is None else None,
        published_at=published_at,
        published_on=clock.local_day(published_at),
        status=PublicationStatus.CONFIRMED,
        slot_id=slot.id,
        logged_at=now,
    )
    session.add(made)
    session.flush()
    return made


def _match(session: Session, slot: Slot, publication: Publication, *, now: datetime) -> None:
    """The publication is of this item and of each of its themes; what is matched already becomes certain."""
    item_id = slot.variant.item_id
    themes = session.scalars(select(ItemTheme.theme_id).where(ItemTheme.item_id == item_id)).all()
    had = {
        (one.item_id, one.theme_id): one
        for one in session.scalars(select(Match).where(Match.publication_id == publication.id))
    }
    for wanted in [(item_id, None), *((None, theme_id) for theme_id in themes)]:
        match = had.get(wanted)
        if match is None:
            match = Match(publication_id=publication.id, item_id=wanted[0], theme_id=wanted[1])
            session.add(match)
        match.decision, match.score, match.reason = MatchDecision.CONFIRMED, 1.0, REASON
        match.decided_by_id, match.decided_at = None, now
    session.flush()


def _key(address: str) -> str:
    """What makes two links one, as for links that people log; a site on a bare host name compares as it is."""
    try:
        return read_address(address).key
    except Invalid:
        return hashlib.sha256(address.encode()).hexdigest()
