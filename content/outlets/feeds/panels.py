"""An outlet's feeds on its page."""

from __future__ import annotations

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from app import clock
from app.accounts.permissions import Permission
from app.web.identity import access
from content.outlets.feeds.queries import feeds_of
from content.outlets.feeds.words import tell_health
from content.outlets.models import Outlet


def of_outlet(session: Session, subject: Outlet) -> Markup:
    """Its feeds and how they stand: for who manages outlets, and for the outlet's own people."""
    if not access().may(Permission.READ_OUTLETS, subject.organisation_id):
        return Markup()
    may_manage = access().may(Permission.MANAGE_OUTLETS)
    now = clock.now()
    feeds = [(feed, tell_health(feed, now=now)) for feed in feeds_of(session, subject)]
    if not feeds and not may_manage:
        return Markup()
    made = render_template(
        "content/outlets/feeds/_panel.html", outlet=subject, feeds=feeds, may_manage=may_manage
    )
    return Markup(made)  # noqa: S704 - our template has escaped what it was given
