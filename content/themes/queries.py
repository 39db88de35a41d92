"""What can be asked about themes."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from app.errors import N_, Missing
from content.themes.models import Theme, ThemePhrase


def get_theme(session: Session, theme_id: int) -> Theme:
    """The theme of that key, retired or not.

    Raises:
        Missing: there is none.
    """
    theme = session.get(Theme, theme_id)
    if theme is None:
        raise Missing(N_("Không có chủ đề này."))
    return theme


def list_themes(session: Session, *, held: Iterable[int] = ()) -> list[Theme]:
    """Themes in use, and those in *held* whatever became of them, in Vietnamese order; for lists to choose from."""
    asked = select(Theme).where(or_(Theme.retired_at.is_(None), Theme.id.in_(list(held))))
    return list(session.scalars(asked.order_by(Theme.sort_key, Theme.id)))


def list_catalogue(session: Session, *, with_retired: bool = False) -> list[Theme]:
    """Themes in Vietnamese order, with their documents; the retired ones too when asked."""
    asked = select(Theme).options(joinedload(Theme.document)).order_by(Theme.sort_key, Theme.id)
    if not with_retired:
        asked = asked.where(Theme.retired_at.is_(None))
    return list(session.scalars(asked))


def phrases_of(
    session: Session, themes: Iterable[Theme], *, exclusions: bool = False
) -> dict[int, list[str]]:
    """The phrases (or the exclusions) of each theme, in order of entry."""
    found: dict[int, list[str]] = {theme.id: [] for theme in themes}
    asked = (
        select(ThemePhrase)
        .where(ThemePhrase.theme_id.in_(found), ThemePhrase.is_exclusion.is_(exclusions))
        .order_by(ThemePhrase.id)
    )
    for phrase in session.scalars(asked):
        found[phrase.theme_id].append(phrase.phrase)
    return found
