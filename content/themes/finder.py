"""The finder of the themes in use, kept between calls until a theme or phrase changes."""

from __future__ import annotations

from collections import OrderedDict

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.references.models import Document
from content.themes.matching import Phrase, ThemeFinder
from content.themes.models import Theme, ThemePhrase

_kept: OrderedDict[str, tuple[tuple[int, ...], ThemeFinder]] = OrderedDict()
_MOST_KEPT = 4  # databases in one process: one, more in tests


def theme_finder(session: Session) -> ThemeFinder:
    """What finds the themes that are in use; compiled anew only when one of them or a phrase has changed."""
    place, state = str(session.get_bind().engine.url), _state(session)
    held = _kept.get(place)
    if held is not None and held[0] == state:
        return held[1]
    made = ThemeFinder.compile(phrases_in_use(session))
    _kept[place] = (state, made)
    while len(_kept) > _MOST_KEPT:
        _kept.popitem(last=False)
    return made


def phrases_in_use(session: Session, *, but: int | None = None) -> list[Phrase]:
    """The phrases of themes in use, the number of a theme's document among them; without theme *but*."""
    asked = (
        select(ThemePhrase.theme_id, ThemePhrase.phrase, ThemePhrase.is_exclusion)
        .join(Theme, Theme.id == ThemePhrase.theme_id)
        .where(Theme.retired_at.is_(None), Theme.id != (but or 0))
        .order_by(ThemePhrase.id)
    )
    found = [Phrase(*row) for row in session.execute(asked)]
    said = {(one.theme_id, one.text) for one in found}
    numbers = (
        select(Theme.id, Document.number)
        .join(Document, Document.id == Theme.document_id)
        .where(Theme.retired_at.is_(None), Theme.id != (but or 0), Document.number.is_not(None))
        .order_by(Theme.id)
    )
    for theme_id, number in session.execute(numbers):
        if number and (theme_id, number) not in said:
            found.append(Phrase(theme_id, number))
    return found


def _state(session: Session) -> tuple[int, ...]:
    """A value that no change of themes or phrases leaves as it was: each raises a version or makes a row."""
    phrases = select(func.count(), func.coalesce(func.max(ThemePhrase.id), 0)).select_from(ThemePhrase)
    themes = select(func.count(), func.coalesce(func.sum(Theme.version), 0)).select_from(Theme)
    return (*session.execute(phrases).one(), *session.execute(themes).one())
