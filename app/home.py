"""Hôm nay: what needs me now, made of the panels that the wings bring."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask.wrappers import Response

from app import clock
from app.web.identity import access, signed_in
from app.web.needs import list_needs
from app.web.render import render

bp = Blueprint("home", __name__)


@bp.get("/")
@signed_in
def today() -> ResponseReturnValue:
    """The first page of whoever signed in."""
    answer: Response = render(
        "home.html", today=clock.local_day(clock.now()), access=access(), needs=list_needs(access())
    )
    return answer
