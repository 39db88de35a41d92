"""What coverage adds to other pages: the month at home, and how far a campaign has come."""

from __future__ import annotations

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from app import clock
from app.accounts.access import Access
from app.accounts.permissions import Permission
from app.web.identity import access
from campaigns.board.models import Campaign
from campaigns.coverage.asked import Asked, Span
from campaigns.coverage.queries import coverage_of
from campaigns.coverage.table import by_outlet


def at_home(session: Session, who: Access) -> Markup:
    """For who leads (reads coverage and neither writes nor decides, or runs campaigns): this month, theme by theme."""
    leads = who.may(Permission.MANAGE_CAMPAIGNS) or not (
        who.may(Permission.WRITE_ITEMS) or who.may(Permission.DECIDE_ITEMS)
    )
    if not who.may(Permission.READ_COVERAGE) or not leads:
        return Markup()
    return _drawn(session, Asked(span=Span.month(clock.local_day(clock.now()))), campaign=None)


def of_campaign(session: Session, campaign: Campaign) -> Markup:
    """What was published of what the campaign promises this month."""
    if not access().may(Permission.READ_COVERAGE):
        return Markup()
    today = clock.local_day(clock.now())
    day = min(max(today, campaign.starts_on), campaign.ends_on)
    return _drawn(session, Asked(span=Span.month(day), campaign_id=campaign.id), campaign=campaign)


def _drawn(session: Session, asked: Asked, *, campaign: Campaign | None) -> Markup:
    """The themes that are promised or published, each with its totals; nothing when there is neither."""
    table = by_outlet(coverage_of(session, asked, today=clock.local_day(clock.now())))
    rows = [
        (line.theme, line.cells[0])
        for line in table.lines
        if line.cells[0].count.promised or (campaign is None and line.cells[0].count.done)
    ]
    if not rows:
        return Markup()
    rows.sort(key=lambda row: (-row[1].count.late, not row[1].count.promised))
    context = {"rows": rows, "total": table.total.cells[0], "asked": asked, "campaign": campaign}
    return Markup(render_template("campaigns/coverage/_panel.html", **context))  # noqa: S704 - our template
