"""What the demonstration adds to other pages: a line on each of its pages, and a door on the very first one."""

from __future__ import annotations

from flask import current_app, render_template
from markupsafe import Markup
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.web.identity import person_or_none
from app.web.session import house
from campaigns.demo.state import is_demonstration, is_own_machine

_KNOWN = "loa-demonstration"


def banner(session: Session, subject: object) -> Markup:
    """On every page of a demonstration: that it is one."""
    if not _is_demonstration(session):
        return Markup("")
    return Markup(render_template("campaigns/demo/_banner.html"))  # noqa: S704 - autoescaped


def _is_demonstration(session: Session) -> bool:
    """Asked once by each process as soon as somebody is there: what holds work never becomes a demonstration."""
    known: bool | None = current_app.extensions.get(_KNOWN)
    if known is not None:
        return known
    try:
        found = is_demonstration(session)
    except DatabaseError:  # the page that tells so must not fail in its turn
        return False
    if found or person_or_none() is not None:
        current_app.extensions[_KNOWN] = found
    return found


def first_door(session: Session, token: object) -> Markup:
    """Beside the form of the first administrator: fill the installation with a demonstration instead."""
    if not is_own_machine(house().settings):
        return Markup("")
    return Markup(render_template("campaigns/demo/_first.html", token=token))  # noqa: S704 - autoescaped
