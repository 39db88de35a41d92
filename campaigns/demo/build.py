"""The demonstration built whole, in one transaction that the caller commits."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app import audit
from app.storage import FileStore
from campaigns.demo.board import campaign_lives
from campaigns.demo.errands import run_errands
from campaigns.demo.ground import SETUP, add_ground
from campaigns.demo.lives import piece_lives
from campaigns.demo.occasions import occasion_lives
from campaigns.demo.pictures import add_pictures
from campaigns.demo.pieces import dated
from campaigns.demo.plan import confirm_the_plan, hand_in_a_change, hand_in_another
from campaigns.demo.press import press_lives
from campaigns.demo.province import LEAD, Province
from campaigns.demo.timeline import live


def build_demonstration(session: Session, files: FileStore, *, site: str, now: datetime) -> Province:
    """Fill an empty, migrated database around the moment *now* (aware).

    *site* is the address that people type, without a slash at its end. Every deed goes through its own service
    under the moment and the person it is done by, in the order of time.
    """
    province = Province(session, files, now, site)
    add_ground(province)
    lead = province.organisations[LEAD]
    audit.record(session, SETUP, "demonstration.begin", lead, at=now)
    add_pictures(province)
    confirm_the_plan(province)
    pieces = dated(province.today)
    live(
        [
            *campaign_lives(province),
            *occasion_lives(province),
            *piece_lives(province, pieces),
            *press_lives(province, pieces),
        ],
        until=now,
    )
    hand_in_another(province)
    hand_in_a_change(province)
    run_errands(province)
    session.flush()
    return province
