"""What coverage adds to other pages: the month at home, and how far a campaign has come."""

from __future__ import annotations

from datetime import datetime

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from app import clock
from app.accounts.access import Access
from app.accounts.permissions import Permission
from app.web.identity import access
from campaigns.board.models import Campaign
from campaigns.coverage.asked import Asked, Span
from campaigns.coverage.naming import why_of
from campaigns.coverage.queries import Covered, coverage_of, map_of
from campaigns.coverage.quiet import Quiet, quiet_of
from campaigns.coverage.table import by_outlet


def for_leaders(session: Session, who: Access) -> Markup:
    """For who leads (reads coverage and neither writes, decides nor runs campaigns): the first thing on the page."""
    if any(map(who.may, (Permission.WRITE_ITEMS, Permission.DECIDE_ITEMS, Permission.MANAGE_CAMPAIGNS))):
        return Markup()
    if not who.may(Permission.READ_COVERAGE):
        return Markup()
    now = clock.now()
    found = map_of(session, _this_month(now), now=now)
    return _drawn(found, campaign=None, quiet=quiet_of(found))


def for_coordinators(session: Session, who: Access) -> Markup:
    """For who runs campaigns, after what needs them now: without who is silent, which the whole map tells."""
    if not (who.may(Permission.MANAGE_CAMPAIGNS) and who.may(Permission.READ_COVERAGE)):
        return Markup()
    now = clock.now()
    found = coverage_of(session, _this_month(now), today=clock.local_day(now))
    return _drawn(found, campaign=None, quiet=None)


def _this_month(now: datetime) -> Asked:
    return Asked(span=Span.month(clock.local_day(now)))


def of_campaign(session: Session, campaign: Campaign) -> Markup:
    """What was published of what the campaign promises this month."""
    if not access().may(Permission.READ_COVERAGE):
        return Markup()
    today = clock.local_day(clock.now())
    day = min(max(today, campaign.starts_on), campaign.ends_on)
    asked = Asked(span=Span.month(day), campaign_id=campaign.id)
    return _drawn(coverage_of(session, asked, today=today), campaign=campaign, quiet=None)


def _drawn(found: Covered, *, campaign: Campaign | None, quiet: Quiet | None) -> Markup:
    """The themes that are promised or published, each with its totals; nothing when there is neither."""
    table = by_outlet(found)
    rows = [
        (line.theme, line.cells[0])
        for line in table.lines
        if line.cells[0].count.promised or (campaign is None and line.cells[0].count.done)
    ]
    if not rows:
        return Markup()
    rows.sort(key=lambda row: (-row[1].count.late, not row[1].count.promised))
    context = {
        "rows": rows,
        "total": table.total.cells[0],
        "asked": found.asked,
        "campaign": campaign,
        "quiet": quiet,
        "why_of": why_of,
    }
    return Markup(render_template("campaigns/coverage/_panel.html", **context))  # noqa: S704 - our template
