"""Occurrences and their lead-ups are made 24 months ahead, and follow rules and days off that changed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app import clock
from app.db import read_session, transaction
from campaigns.board.lead_up.follow import follow_occurrence
from campaigns.board.lead_up.queries import campaigns_to_follow, occurrences_to_plan
from campaigns.board.lead_up.services import plan_lead_up
from campaigns.board.models import Campaign
from campaigns.occasions.materialise import bring_up_to_date
from campaigns.occasions.models import Occasion, Occurrence

log = logging.getLogger("loa.scheduler")
Work = Callable[[Session, int], None]


def materialise(engine: Engine, *, now: datetime) -> None:
    """Bring every occasion up to date; each occurrence and each lead-up in a transaction of its own.

    Twice, late or in two processes at once is harmless. What fails for one occasion does not stop the others.

    Raises:
        Exception: the first such failure, when all others are done, so that it is told.
    """
    failures: list[Exception] = []

    def occasion(session: Session, key: int) -> None:
        bring_up_to_date(session, session.get_one(Occasion, key), now=now)

    def follow(session: Session, key: int) -> None:
        campaign = session.get_one(Campaign, key)
        if campaign.occurrence is not None:
            follow_occurrence(session, campaign, actor=campaign.occurrence.occasion.owner, now=now)

    def plan(session: Session, key: int) -> None:
        occurrence = session.get_one(Occurrence, key)
        plan_lead_up(session, occurrence, actor=occurrence.occasion.owner, now=now)

    with read_session(engine) as session:
        in_use = list(session.scalars(select(Occasion.id).where(Occasion.retired_at.is_(None))))
    _each(engine, in_use, occasion, failures)
    with read_session(engine) as session:
        to_follow = campaigns_to_follow(session)
        to_plan = occurrences_to_plan(session, today=clock.local_day(now))
    _each(engine, to_follow, follow, failures)
    _each(engine, to_plan, plan, failures)
    if failures:
        raise failures[0]


def _each(engine: Engine, keys: list[int], work: Work, failures: list[Exception]) -> None:
    """Do *work* for each key by itself; what fails is logged and kept."""
    for key in keys:
        try:
            with transaction(engine) as session:
                work(session, key)
        except Exception as fault:
            log.exception("Ngày, dịp: không lập được cho khóa %s (%s).", key, work.__name__)
            failures.append(fault)
