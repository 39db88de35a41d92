"""What a theme's phrases would have found lately, beside the form in which they are typed."""

from __future__ import annotations

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from app import clock
from app.accounts.permissions import Permission
from app.web.identity import access
from content.publications.preview.queries import DAYS, preview_theme
from content.publications.sureness import show_reason
from content.themes.cautions import ThemeWords


def of_theme(session: Session, subject: ThemeWords) -> Markup:
    """The preview, for who may read publications everywhere."""
    if access().reach(Permission.READ_PUBLICATIONS) is not None:
        return Markup()
    found = preview_theme(session, subject, today=clock.local_day(clock.now()))
    made = render_template(
        "content/publications/_theme_preview.html", found=found, days=DAYS, show_reason=show_reason
    )
    return Markup(made)  # noqa: S704 - our template has escaped what it was given
