"""Themes found in a title and a text by their phrases, in one pass over both. Pure.

A phrase is a run of whole syllables. With tone marks it is found exactly; without them only where it has three
syllables or more, or where the text itself was typed without: measured on 2,000 articles, 66 % of the hits of one
folded syllable are another word, 21 % of two, 2.9 % of three (shared research, coverage.md 4.3). A word in capitals
of up to five letters is found in capitals only: "AI" is not "ai". Where an exclusion stands ("chuyển đổi số dư"),
the phrase that it covers is not counted. Documents are found by their numbers (mentions.py).
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import ahocorasick

from app.errors import N_
from app.text import nfc
from content.themes.mentions import DocumentFinder, Meant, read_named
from content.themes.syllables import Syllable, is_bare, read_syllables

FOLDED_FROM = 3  # syllables from which a phrase may be found without its tone marks
LONGEST_CAPITALS = 5
_BREAK = Syllable("\x1f", "\x1f", is_capital=False)  # between title and text: no phrase reaches over it


class Where(enum.StrEnum):
    """In which part a phrase was found."""

    TITLE = "title"
    TEXT = "text"


@dataclass(frozen=True)
class Phrase:
    """A phrase of a theme; an exclusion says where the theme is not meant."""

    theme_id: int
    text: str
    is_exclusion: bool = False


@dataclass(frozen=True)
class ThemeHit:
    """One phrase found: *score* 0.0 to 1.0, *reason* a Vietnamese sentence. A document's number is always exact."""

    theme_id: int
    phrase: str
    where: Where
    is_exact: bool
    score: float
    reason: str


class _Pattern(NamedTuple):
    phrase: Phrase
    exact: list[str]
    folded: list[str]
    is_capital: bool


class _Spot(NamedTuple):
    """A pattern at syllables *start* to *end*."""

    pattern: _Pattern
    start: int
    end: int
    is_exact: bool


class ThemeFinder:
    """Phrases made ready to be found; build it once with ``compile``."""

    def __init__(self, automaton: Any, documents: DocumentFinder) -> None:
        self._automaton = automaton  # None where there is no phrase of words
        self._documents = documents

    @classmethod
    def compile(cls, phrases: Iterable[Phrase]) -> ThemeFinder:
        """A finder of *phrases*; one without a letter or number is left out."""
        by_key: dict[str, list[_Pattern]] = {}
        meant: list[Meant] = []
        for phrase in phrases:
            named = None if phrase.is_exclusion else read_named(nfc(phrase.text))
            if named is not None:
                meant.append(Meant(phrase.theme_id, phrase.text, named))
                continue
            syllables = read_syllables(nfc(phrase.text))
            if syllables:
                pattern = _pattern(phrase, syllables)
                by_key.setdefault(f" {' '.join(pattern.folded)} ", []).append(pattern)
        return cls(_automaton(by_key) if by_key else None, DocumentFinder(meant))

    def find(self, title: str, text: str) -> list[ThemeHit]:
        """What is found in *title* and *text*: each phrase once for each of the two, exactly where it can be."""
        title, text = nfc(title), nfc(text)
        head = read_syllables(title)
        syllables = [*head, _BREAK, *read_syllables(text)]
        best: dict[tuple[int, str, Where], _Spot] = {}
        for spot in self._counted(syllables):
            phrase = spot.pattern.phrase
            key = (phrase.theme_id, phrase.text, Where.TITLE if spot.end <= len(head) else Where.TEXT)
            if key not in best or (spot.is_exact and not best[key].is_exact):
                best[key] = spot
        hits = [_hit(where, spot) for (_, _, where), spot in best.items()]
        for where, part in ((Where.TITLE, title), (Where.TEXT, text)):
            named = {(one.theme_id, one.phrase) for one in self._documents.find(part)}
            hits += [_document_hit(theme_id, phrase, where) for theme_id, phrase in sorted(named)]
        return hits

    def _counted(self, syllables: Sequence[Syllable]) -> list[_Spot]:
        """Where phrases stand, without those that an exclusion of their theme covers."""
        spots = list(self._spots(syllables))
        excluded = [one for one in spots if one.pattern.phrase.is_exclusion]
        if not excluded:
            return spots
        kept = [one for one in spots if not one.pattern.phrase.is_exclusion]
        return [one for one in kept if not any(_covers(other, one) for other in excluded)]

    def _spots(self, syllables: Sequence[Syllable]) -> Iterator[_Spot]:
        """Where phrases and exclusions stand: the automaton finds them folded, each find is then looked at."""
        if self._automaton is None:
            return
        haystack = f" {' '.join([one[1] for one in syllables])} "
        typed_bare: bool | None = None
        for last, patterns in self._automaton.iter(haystack):
            end = haystack.count(" ", 0, last + 1) - 1
            for pattern in patterns:
                start = end - len(pattern.exact)
                if pattern.is_capital and not syllables[start].is_capital:
                    continue
                is_exact = [one[0] for one in syllables[start:end]] == pattern.exact
                if not is_exact:
                    typed_bare = is_bare(syllables) if typed_bare is None else typed_bare
                    is_long = len(pattern.exact) >= FOLDED_FROM and not pattern.phrase.is_exclusion
                    if not (typed_bare or is_long):
                        continue
                yield _Spot(pattern, start, end, is_exact)


def _automaton(by_key: Mapping[str, list[_Pattern]]) -> Any:
    made = ahocorasick.Automaton()
    for key, patterns in by_key.items():
        made.add_word(key, patterns)
    made.make_automaton()
    return made


def _pattern(phrase: Phrase, syllables: Sequence[Syllable]) -> _Pattern:
    alone = syllables[0] if len(syllables) == 1 else None
    return _Pattern(
        phrase,
        [one.exact for one in syllables],
        [one.folded for one in syllables],
        is_capital=alone is not None and alone.is_capital and len(alone.exact) <= LONGEST_CAPITALS,
    )


def _covers(exclusion: _Spot, spot: _Spot) -> bool:
    """Whether an exclusion of the same theme shares a syllable with *spot* and is read at least as exactly."""
    return (
        exclusion.pattern.phrase.theme_id == spot.pattern.phrase.theme_id
        and exclusion.start < spot.end
        and spot.start < exclusion.end
        and (exclusion.is_exact or not spot.is_exact)
    )


# Sentences stand in the database as they are; content/publications/reasons.py says them in English.
EXACT = {
    Where.TITLE: N_("có cụm từ “{phrase}” ở tiêu đề"),
    Where.TEXT: N_("có cụm từ “{phrase}” ở đoạn tóm tắt"),
}
FOLDED = {
    Where.TITLE: N_("có cụm từ “{phrase}” (không xét dấu) ở tiêu đề"),
    Where.TEXT: N_("có cụm từ “{phrase}” (không xét dấu) ở đoạn tóm tắt"),
}
DOCUMENT = {
    Where.TITLE: N_("nêu “{phrase}” ở tiêu đề"),
    Where.TEXT: N_("nêu “{phrase}” ở đoạn tóm tắt"),
}


def _hit(where: Where, spot: _Spot) -> ThemeHit:
    phrase, length = spot.pattern.phrase, len(spot.pattern.exact)
    score = 0.9 if where is Where.TITLE else 0.75
    if not spot.is_exact:
        score *= 0.7 if length >= FOLDED_FROM else 0.4
    elif length == 1 and not spot.pattern.is_capital:
        score *= 0.6  # one syllable stands in many words
    reasons = EXACT if spot.is_exact else FOLDED
    return ThemeHit(
        phrase.theme_id,
        phrase.text,
        where,
        spot.is_exact,
        round(score, 2),
        reasons[where].format(phrase=phrase.text),
    )


def _document_hit(theme_id: int, phrase: str, where: Where) -> ThemeHit:
    score = 0.95 if where is Where.TITLE else 0.85
    reason = DOCUMENT[where].format(phrase=phrase)
    return ThemeHit(theme_id, phrase, where, is_exact=True, score=score, reason=reason)


@dataclass(frozen=True)
class ThemeProposal:
    """One theme that a publication may serve, with the best reasons for it."""

    theme_id: int
    score: float
    reason: str


def propose(hits: Iterable[ThemeHit]) -> list[ThemeProposal]:
    """One proposal for each theme, the surest first: its best hit counts, each further phrase adds a little."""
    of_theme: dict[int, list[ThemeHit]] = {}
    for hit in sorted(hits, key=lambda one: (-one.score, one.where, one.phrase)):
        of_theme.setdefault(hit.theme_id, []).append(hit)
    made = []
    for theme_id, found in of_theme.items():
        more = len({hit.phrase for hit in found}) - 1
        reason = found[0].reason
        if more and (second := next((one for one in found if one.phrase != found[0].phrase), None)):
            reason = f"{reason}; {second.reason}"
        if len(reason) > 300:
            reason = found[0].reason
        made.append(ThemeProposal(theme_id, round(min(found[0].score + 0.03 * more, 0.99), 2), reason[:300]))
    return sorted(made, key=lambda one: (-one.score, one.theme_id))
