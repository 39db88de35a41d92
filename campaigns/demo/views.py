"""The door from the one-time first page into a demonstration."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts.links import find_link
from app.accounts.models import LinkPurpose
from app.errors import Missing
from app.web.identity import public
from app.web.render import render
from app.web.session import house, reading, writing
from campaigns.demo.state import begin_demonstration, cards_of

bp = Blueprint("demonstration", __name__, template_folder="templates")


@bp.post("/link/<token>/demonstration")
@public
def begin(token: str) -> ResponseReturnValue:
    """Fill the empty installation and show, this once, who may sign in with which password."""
    now = clock.now()
    if find_link(reading(), token, now=now).purpose is not LinkPurpose.FIRST_ADMINISTRATOR:
        raise Missing
    with writing() as db:
        province = begin_demonstration(db, house().files, house().settings, now=now)
        cards = cards_of(province)
    return render("campaigns/demo/begun.html", cards=cards)
