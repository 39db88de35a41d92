"""What accounts add to home: the first steps of a new installation."""

from __future__ import annotations

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.accounts.access import Access
from app.accounts.permissions import Permission
from app.accounts.services import count_people


def first_steps(session: Session, who: Access) -> Markup:
    """For who may invite people, while they are alone."""
    if not who.may(Permission.MANAGE_PEOPLE) or count_people(session) > 1:
        return Markup()
    return Markup(render_template("app/accounts/_first_steps.html"))  # noqa: S704 - our template
