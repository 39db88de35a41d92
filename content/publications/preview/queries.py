"""What a theme's phrases would have found lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.publications.models import Publication
from content.themes.cautions import ThemeWords
from content.themes.matching import Phrase, ThemeFinder, propose

DAYS = 90
MOST_READ = 10_000  # publications, the newest: a third of a second
MOST_SHOWN = 10


@dataclass(frozen=True)
class Preview:
    """How many publications would have been found, the newest of them with the reason, and how many were read."""

    count: int
    newest: list[tuple[Publication, str]]
    read: int
    is_cut: bool


def preview_theme(session: Session, words: ThemeWords, *, today: date) -> Preview:
    """What *words* find in the publications of the last 90 days, found ones and dismissed ones too."""
    told = {*words.phrases, *([words.number] if words.number else [])}
    phrases = [Phrase(0, one) for one in sorted(told)]
    finder = ThemeFinder.compile([*phrases, *(Phrase(0, one, is_exclusion=True) for one in words.exclusions)])
    asked = (
        select(Publication.id, Publication.title, Publication.summary)
        .where(Publication.published_on >= today - timedelta(days=DAYS))
        .order_by(Publication.published_on.desc(), Publication.id.desc())
        .limit(MOST_READ)
    )
    count, read = 0, 0
    shown: dict[int, str] = {}
    for number, title, summary in session.execute(asked):
        read += 1
        if hits := finder.find(title, summary):
            count += 1
            if len(shown) < MOST_SHOWN:
                shown[number] = propose(hits)[0].reason
    rows = {one.id: one for one in session.scalars(select(Publication).where(Publication.id.in_(shown)))}
    return Preview(
        count, [(rows[number], reason) for number, reason in shown.items()], read, read == MOST_READ
    )
