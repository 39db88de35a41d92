"""How themes are found: by name, short name and the phrases they are known by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from app.accounts.access import Access
from app.accounts.permissions import Permission
from app.errors import N_
from app.search import Hit, Searchable
from app.search.searchable import in_order
from content.themes.models import Theme, ThemePhrase

_phrases = (
    select(func.aggregate_strings(ThemePhrase.phrase, " "))
    .where(ThemePhrase.theme_id == Theme.id, ~ThemePhrase.is_exclusion)
    .scalar_subquery()
)


def _visible(access: Access) -> ColumnElement[bool] | None:
    allowed = access.may(Permission.READ_CAMPAIGNS) or access.may(Permission.MANAGE_THEMES)
    return true() if allowed else None


def _hits(session: Session, access: Access, ids: Sequence[int]) -> Iterable[Hit]:
    """Who may change a theme comes to its page, the others to what was published on it."""
    manages = access.may(Permission.MANAGE_THEMES)
    return [
        Hit(one.id, one.name, "themes.edit", {"theme_id": one.id}, facts=(one.code,))
        if manages
        else Hit(one.id, one.name, "publications.index", {"theme": one.id}, facts=(one.code,))
        for one in in_order(session.scalars(select(Theme).where(Theme.id.in_(ids))), ids)
    ]


THEMES = Searchable(
    number=8,
    order=8,
    model=Theme,
    rows=select(Theme.id, Theme.retired_at, Theme.name, Theme.code, _phrases),
    visible=_visible,
    hits=_hits,
    label=N_("Chủ đề"),
    icon="tags",
    watched=frozenset({"name", "code"}),
    also={ThemePhrase: "theme_id"},
)
