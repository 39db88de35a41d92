"""The large demonstration: three years of many offices over the usual one, for figures and not for reading."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.search.keep import rebuild
from campaigns.demo.large_board import add_campaigns
from campaigns.demo.large_pieces import add_pieces
from campaigns.demo.large_press import add_publications
from campaigns.demo.large_slots import add_slots
from campaigns.demo.large_years import LARGE, Counts, add_loudspeakers, years_over
from content.publications.tally.services import rebuild_tally


def enlarge(session: Session, *, now: datetime, counts: Counts = LARGE) -> Counts:
    """Put *counts* further rows, and what belongs to them, over the usual demonstration around *now*."""

    years = years_over(session, now, counts)
    add_loudspeakers(years)
    add_pieces(years)
    add_campaigns(years)
    sent = add_slots(years)
    add_publications(years, sent)
    years.bulk.close()
    rebuild_tally(session)
    rebuild(session)
    return counts
