"""Days and occasions: the list with what comes next, one occasion with its occurrences, the slogan of a year."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import audit, clock, lunar
from app.accounts.permissions import Permission
from app.accounts.queries import get_person
from app.errors import N_, Invalid, Refused, Stale
from app.web.forms import say
from app.web.identity import current_person, requires
from app.web.render import render
from app.web.session import reading, writing
from campaigns.occasions.forms import SloganForm
from campaigns.occasions.materialise import rule_of
from campaigns.occasions.models import Occasion, Occurrence
from campaigns.occasions.occurrences import set_slogan
from campaigns.occasions.queries import (
    get_occasion,
    get_occurrence,
    list_occasions,
    occurrences_of,
    tasks_of,
    template_of,
    themes_of,
)
from campaigns.occasions.usual import usual_left
from campaigns.occasions.words import rule_said, short_said

bp = Blueprint("occasions", __name__, url_prefix="/occasions", template_folder="templates")


def rule_words(occasion: Occasion) -> str:
    """The rule in words, in the language of the request."""
    sentence, values = rule_said(rule_of(occasion))
    return say(sentence, **values)


def short_words(occasion: Occasion) -> str:
    """What is kept in a year without the rule's very day; empty when every year has it."""
    said = short_said(rule_of(occasion))
    return say(said[0], **said[1]) if said else ""


@bp.get("")
@requires(Permission.READ_CAMPAIGNS)
def index() -> ResponseReturnValue:
    """The occasions, the nearest first; the retired ones with ``retired`` in the address."""
    today, retired = clock.local_day(clock.now()), bool(request.args.get("retired"))
    return render(
        "campaigns/occasions/index.html",
        rows=list_occasions(reading(), today=today, retired=retired),
        retired=retired,
        today=today,
        has_usual=bool(usual_left(reading())),
        rule_words=rule_words,
        lunar_of=lunar.lunar_of,
    )


@bp.get("/<int:occasion_id>")
@requires(Permission.READ_CAMPAIGNS)
def show(occasion_id: int) -> ResponseReturnValue:
    """One occasion: what comes, the template of its lead-up, past years, history."""
    db, today = reading(), clock.local_day(clock.now())
    occasion = get_occasion(db, occasion_id)
    occurrences = occurrences_of(db, occasion)
    return render(
        "campaigns/occasions/show.html",
        occasion=occasion,
        rule=rule_words(occasion),
        short=short_words(occasion),
        themes=themes_of(db, [occasion.id])[occasion.id],
        tasks=tasks_of(db, occasion),
        coming=[one for one in occurrences if one.held_on >= today],
        past=[one for one in reversed(occurrences) if one.held_on < today],
        lead_up_template=template_of(db, occasion),
        history=audit.history_of(db, occasion, limit=30),
        today=today,
        lunar_of=lunar.lunar_of,
    )


@bp.route("/<int:occasion_id>/occurrences/<int:occurrence_id>/slogan", methods=["GET", "POST"])
@requires(Permission.MANAGE_CAMPAIGNS)
def slogan(occasion_id: int, occurrence_id: int) -> ResponseReturnValue:
    """Write down the theme that was announced for the year."""
    occurrence = get_occurrence(reading(), occasion_id, occurrence_id)
    if request.method == "GET":
        version = str(occurrence.version)
        return _slogan(occurrence, SloganForm(slogan=occurrence.slogan, version=version))
    form = SloganForm()
    if not form.validate():
        return _slogan(occurrence, form, status=422)
    try:
        with writing() as db:
            set_slogan(
                db,
                get_occurrence(db, occasion_id, occurrence_id),
                slogan=str(form.slogan.data or ""),
                seen=form.seen(),
                actor=get_person(db, current_person().id),
                now=clock.now(),
            )
    except (Invalid, Refused) as fault:
        occurrence = get_occurrence(reading(), occasion_id, occurrence_id)
        if isinstance(fault, Stale):
            form.catch_up(occurrence.version, slogan=occurrence.slogan)
        return _slogan(occurrence, form, status=form.refuse(fault))
    flash(say(N_("Đã ghi chủ đề của năm.")), "success")
    return redirect(url_for("occasions.show", occasion_id=occasion_id), 303)


def _slogan(occurrence: Occurrence, form: SloganForm, *, status: int = 200) -> ResponseReturnValue:
    return render("campaigns/occasions/slogan.html", occurrence=occurrence, form=form, status=status)
