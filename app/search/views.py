"""The page of search, and the short answer under the search box. Both work for every role with what is theirs."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from datetime import date

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.feature import MenuEntry
from app.search.pages import allowed_kinds, best, gather, page_of
from app.search.searchable import Hit, searchables
from app.search.words import LONGEST, Question, marked, read_question
from app.text import fold
from app.web import menu
from app.web.filters import show_day, show_word
from app.web.forms import say
from app.web.identity import access, signed_in
from app.web.render import render
from app.web.session import reading

bp = Blueprint("search", __name__, template_folder="templates")
MOST_PLACES = 4


def _typed() -> str:
    return " ".join(request.args.get("q", "")[: LONGEST * 2].split())[:LONGEST]


@bp.get("/search")
@signed_in
def index() -> ResponseReturnValue:
    """Everything that is found, by kind; with ``kind`` one kind, page by page."""
    typed, kind = _typed(), request.args.get("kind", "")
    question = read_question(typed)
    kinds = allowed_kinds(access())
    groups = []
    if question is not None:
        session = reading()
        after = request.args.get("after")
        if kind in kinds:
            groups = [page_of(session, access(), question, kind, after=after)]
        else:
            groups = gather(session, access(), question)
    return render(
        "app/search/index.html",
        typed=typed,
        question=question,
        kind=kind if kind in kinds else "",
        kinds=[(one, searchables()[one]) for one in kinds],
        groups=groups,
        bare=fold(typed) if question and any(term.exact for term in question.terms) else "",
        marks=lambda text: marked(text, question),
        facts=_facts,
        link=_link,
    )


@bp.get("/search/quick")
@signed_in
def quick() -> ResponseReturnValue:
    """The best few hits, the places and deeds of that name, and the way to the whole page."""
    typed = _typed()
    question = read_question(typed)
    found = best(reading(), access(), question) if question else []
    return render_template(
        "app/search/_quick.html",
        typed=typed,
        found=found,
        places=_named(menu.allowed(), typed, question),
        deeds=_named(menu.allowed(deeds=True), typed, question),
        marks=lambda text: marked(text, question),
        facts=_facts,
        link=_link,
    )


def _named(entries: Sequence[MenuEntry], typed: str, question: Question | None) -> list[dict[str, str]]:
    """Entries whose name holds every word that was typed, each word perhaps only its beginning."""
    wanted = fold(typed).split()
    shown = [
        {"label": say(entry.label), "url": url_for(entry.endpoint), "icon": entry.icon} for entry in entries
    ]
    if not wanted:
        return shown if not typed else []
    fitting = [
        one
        for one in shown
        if all(any(own.startswith(word) for own in fold(one["label"]).split()) for word in wanted)
    ]
    return fitting[:MOST_PLACES]


def _facts(hit: Hit) -> list[str]:
    """What stands below a hit's title, in words."""
    told = []
    for fact in hit.facts:
        if isinstance(fact, enum.StrEnum):
            told.append(show_word(fact).label)
        else:
            told.append(show_day(fact) if isinstance(fact, date) else fact)
    return [one for one in told if one]


def _link(hit: Hit) -> str:
    return url_for(hit.endpoint, **hit.values)
