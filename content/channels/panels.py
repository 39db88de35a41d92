"""What channels add to other pages: the warning that approved pieces have nowhere to go."""

from __future__ import annotations

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.accounts.access import Access
from app.accounts.permissions import Permission
from content.channels.queries import has_channels


def nowhere_to_send(session: Session, who: Access) -> Markup:
    """For who books or manages channels, while none is switched on."""
    may_mend = who.may(Permission.MANAGE_CHANNELS) or who.may(Permission.MANAGE_OUTLETS)
    if not (may_mend or who.may(Permission.BOOK_SLOTS)) or has_channels(session):
        return Markup("")
    return Markup(render_template("content/channels/_nowhere.html", may_mend=may_mend))  # noqa: S704 - our template
