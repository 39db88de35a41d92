"""The phrases of a theme: checked, set, added to."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import N_, Invalid
from app.text import fold
from content.themes.models import Theme, ThemePhrase

LONGEST_PHRASE, MOST_PHRASES = 200, 60


def fold_theme(name: str) -> str:
    """*name* as themes and phrases are told apart by it: no case, no tone marks, one blank between words."""
    return " ".join(fold(name).split())


def phrases_text(session: Session, theme: Theme, *, exclusions: bool = False) -> list[str]:
    """The phrases (or the exclusions) of a theme as typed, in order of entry."""
    asked = select(ThemePhrase.phrase).where(
        ThemePhrase.theme_id == theme.id, ThemePhrase.is_exclusion.is_(exclusions)
    )
    return list(session.scalars(asked.order_by(ThemePhrase.id)))


def clean_phrases(phrases: Iterable[str]) -> dict[str, str]:
    """Phrases by their folded form.

    Raises:
        Invalid: one is a bare number: "57" would mean 57-NQ/TW and 57-KL/TW alike.
    """
    wanted: dict[str, str] = {}
    for raw in phrases:
        phrase = " ".join(raw.split())
        if not phrase:
            continue
        if len(phrase) > LONGEST_PHRASE:
            raise Invalid(
                N_("Cụm từ “{phrase}…” dài {size} ký tự, nhiều nhất là {limit}."),
                phrase=phrase[:40],
                size=len(phrase),
                limit=LONGEST_PHRASE,
            )
        if sum(letter.isalpha() for letter in phrase) < 2:
            raise Invalid(
                N_(
                    "Cụm từ “{phrase}” không đủ rõ: nhiều văn bản cùng số. Hãy ghi cả ký hiệu, ví dụ 57-NQ/TW."
                ),
                phrase=phrase,
            )
        wanted.setdefault(fold_theme(phrase), phrase)
    if len(wanted) > MOST_PHRASES:
        raise Invalid(N_("Một chủ đề có nhiều nhất {most} cụm từ."), most=MOST_PHRASES)
    return wanted


def set_phrases(
    session: Session, theme: Theme, phrases: Iterable[str], exclusions: Iterable[str] = ()
) -> None:
    """Make phrases and exclusions exactly these; the name stands in for no phrase.

    Raises:
        Invalid: a phrase cannot be taken (``clean_phrases``), or is an exclusion too.
    """
    wanted = clean_phrases(phrases) or clean_phrases([theme.name[:LONGEST_PHRASE]])
    excluded = clean_phrases(exclusions)
    if both := next((phrase for folded, phrase in excluded.items() if folded in wanted), None):
        raise Invalid(N_("“{phrase}” vừa là cụm từ nhận biết vừa là cụm từ loại trừ."), phrase=both)
    told = {**dict.fromkeys(wanted, False), **dict.fromkeys(excluded, True)}
    words = wanted | excluded
    for held in session.scalars(select(ThemePhrase).where(ThemePhrase.theme_id == theme.id)).all():
        if held.folded in words:
            held.phrase, held.is_exclusion = words.pop(held.folded), told[held.folded]
        else:
            session.delete(held)
    session.add_all(
        ThemePhrase(theme_id=theme.id, phrase=phrase, folded=folded, is_exclusion=told[folded])
        for folded, phrase in words.items()
    )
    session.flush()


def add_phrases(session: Session, theme: Theme, phrases: Iterable[str]) -> bool:
    """Add what the theme lacks; whether anything was."""
    held = set(session.scalars(select(ThemePhrase.folded).where(ThemePhrase.theme_id == theme.id)))
    lacking = {folded: phrase for folded, phrase in clean_phrases(phrases).items() if folded not in held}
    session.add_all(
        ThemePhrase(theme_id=theme.id, phrase=phrase, folded=folded) for folded, phrase in lacking.items()
    )
    session.flush()
    return bool(lacking)
