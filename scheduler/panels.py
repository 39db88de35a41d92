"""What the scheduler adds to other pages: the attempts of a slot."""

from __future__ import annotations

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from content.slots.models import Slot
from scheduler.dispatch.queries import attempts_of


def attempts_of_slot(session: Session, slot: Slot) -> Markup:
    """What was tried, newest first; nothing before the first try."""
    attempts = attempts_of(session, slot.id)
    if not attempts:
        return Markup("")
    return Markup(render_template("scheduler/_attempts.html", attempts=attempts))  # noqa: S704 - autoescaped
