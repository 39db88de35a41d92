"""What a person should know of a theme's phrases before saving them. Pure but for reading the other themes'."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import N_
from app.text import nfc
from content.themes.matching import LONGEST_CAPITALS
from content.themes.mentions import read_named
from content.themes.models import Theme, ThemePhrase
from content.themes.syllables import Syllable, read_syllables

MOST_TOLD = 20

ONE = N_("“{phrase}” chỉ có 1 âm tiết: trong bài không dấu, phần lớn chỗ khớp là từ khác.")
TWO = N_("“{phrase}” có 2 âm tiết: dễ nhầm trong bài không dấu.")
SAME = N_("“{phrase}” cũng là cụm từ của chủ đề “{theme}”: tin có cụm này được đề xuất cho cả hai.")
WITHIN = N_("“{phrase}” nằm trong “{other}” của chủ đề “{theme}”: tin có cụm dài được đề xuất cho cả hai.")
IDLE = N_("Cụm loại trừ “{phrase}” không chung chữ nào với các cụm nhận biết, nên không loại trừ gì.")


@dataclass(frozen=True)
class Caution:
    """A sentence to be translated, and its values."""

    sentence: str
    values: dict[str, str]


@dataclass(frozen=True)
class ThemeWords:
    """The phrases of a theme as they stand in a form; *theme_id* None for a new one."""

    theme_id: int | None
    phrases: tuple[str, ...]
    exclusions: tuple[str, ...] = ()
    number: str = ""  # of the theme's document


def cautions_of(session: Session, words: ThemeWords) -> list[Caution]:
    """What may go wrong with these phrases, at most twenty sentences."""
    asked = (
        select(Theme.name, ThemePhrase.phrase)
        .join(Theme, Theme.id == ThemePhrase.theme_id)
        .where(
            Theme.retired_at.is_(None),
            ThemePhrase.is_exclusion.is_(False),
            Theme.id != (words.theme_id or 0),
        )
        .order_by(ThemePhrase.id)
    )
    others = [(name, phrase, _folded(phrase)) for name, phrase in session.execute(asked)]
    found = [*_short(words.phrases), *_collisions(words.phrases, others), *_idle(words)]
    return found[:MOST_TOLD]


def _short(phrases: Iterable[str]) -> Iterator[Caution]:
    for phrase in phrases:
        syllables = read_syllables(nfc(phrase))
        if len(syllables) <= 2 and not _is_name(syllables) and read_named(phrase) is None:
            yield Caution(ONE if len(syllables) == 1 else TWO, {"phrase": phrase})


def _is_name(syllables: Sequence[Syllable]) -> bool:
    """Capitals that are found in capitals only, or letters that no Vietnamese word is typed with."""
    alone = syllables[0] if len(syllables) == 1 else None
    return alone is not None and alone.is_capital and len(alone.exact) <= LONGEST_CAPITALS


def _collisions(phrases: Iterable[str], others: Sequence[tuple[str, str, str]]) -> Iterator[Caution]:
    for phrase in phrases:
        own = _folded(phrase)
        yield from (
            Caution(SAME, {"phrase": phrase, "theme": theme}) for theme, _, folded in others if own == folded
        )
        longer = ((theme, other) for theme, other, folded in others if own != folded and own in folded)
        if (first := next(longer, None)) is not None:  # one tells enough
            yield Caution(WITHIN, {"phrase": phrase, "other": first[1], "theme": first[0]})


def _idle(words: ThemeWords) -> Iterator[Caution]:
    """Exclusions that share no syllable with any phrase can never stand where one does."""
    said = {one.folded for phrase in words.phrases for one in read_syllables(nfc(phrase))}
    for exclusion in words.exclusions:
        if said.isdisjoint(one.folded for one in read_syllables(nfc(exclusion))):
            yield Caution(IDLE, {"phrase": exclusion})


def _folded(phrase: str) -> str:
    """*phrase* as padded syllables, so that it is found whole in another."""
    return f" {' '.join(one.folded for one in read_syllables(nfc(phrase)))} "
