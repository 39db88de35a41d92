"""Syllables: how a text is cut for the index, and what a person's words ask for.

What is typed with tone marks is answered exactly, what is typed without is answered folded; the last word may be
unfinished; what stands together (57-NQ/TW) or in quotes is a phrase. Both databases are given the same syllables,
runs of letters or of digits, so that neither's own idea of a word plays a part.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.text import clean, fold

LONGEST = 200  # letters of a question that are read
MOST = 16  # syllables of a question
LONGEST_WORD = 40
SHORTEST_BEGINNING = 2  # letters of an unfinished word
Run = tuple[tuple[int, int], tuple[str, str]]  # where a syllable stands, and its exact and folded form
_RUN = re.compile(r"[0-9]+|[^\W\d_]+")
_PARTED = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]?|([^\s"“”„«»]+)')
# The tone of an open oa, oe, uy stands on the first vowel here (hòa); "qu" is a consonant, so quý keeps its own.
_SECOND = re.compile("(?<!q)(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])$")


@dataclass(frozen=True)
class Term:
    """Syllables that follow one another, in the exact or in the folded text; the last one may be a beginning."""

    words: tuple[str, ...]
    exact: bool
    open_end: bool = False

    def fits(self, at: Sequence[tuple[str, str]]) -> bool:
        """Whether the term begins at these (exact, folded) syllables."""
        if len(at) < len(self.words):
            return False
        own = [pair[0] if self.exact else pair[1] for pair in at[: len(self.words)]]
        if self.open_end and own[-1].startswith(self.words[-1]):
            own[-1] = self.words[-1]
        return tuple(own) == self.words


@dataclass(frozen=True)
class Question:
    """What was typed: every term must be there; *whole* is all of it as one finished phrase, which stands first."""

    terms: tuple[Term, ...]
    whole: Term

    @property
    def is_plain(self) -> bool:
        """Whether the phrase is all that is asked, so that nothing can stand second."""
        return self.terms == (self.whole,)


def read_question(typed: str) -> Question | None:
    """What *typed* asks for; None when there is no letter or digit in it."""
    terms: list[Term] = []
    every: list[tuple[str, str]] = []
    unfinished = False
    for quoted, plain in _PARTED.findall(clean(typed[:LONGEST])):
        pairs = list(syllables(quoted or plain))[: MOST - len(every)]
        if pairs:
            terms.append(_term(pairs))
            every += pairs
            unfinished = bool(plain)
    if not terms:
        return None
    whole = _term(every)
    if unfinished and _may_go_on(terms[-1].words):
        terms[-1] = Term(terms[-1].words, terms[-1].exact, open_end=True)
    return Question(tuple(terms), whole)


def _may_go_on(words: Sequence[str]) -> bool:
    """Whether the last of *words* may be a beginning: a number, or what has one in it (57-NQ/TW), is typed whole."""
    return len(words[-1]) >= SHORTEST_BEGINNING and all(word.isalpha() for word in words)


def _term(pairs: Sequence[tuple[str, str]]) -> Term:
    exact = any(one != folded for one, folded in pairs)
    return Term(tuple(pair[0] if exact else pair[1] for pair in pairs), exact)


def syllables(text: str) -> Iterator[tuple[str, str]]:
    """Each syllable of *text* as the exact and the folded index hold it."""
    for run in _RUN.findall(unicodedata.normalize("NFKC", text)):
        yield _keys(run)


@lru_cache(maxsize=50_000)
def _keys(run: str) -> tuple[str, str]:
    exact = _SECOND.sub(_tone_first, unicodedata.normalize("NFC", run.lower()))[:LONGEST_WORD]
    return exact, fold(exact) or exact


def _tone_first(found: re.Match[str]) -> str:
    open_pair = found.group()
    marked_last = unicodedata.normalize("NFD", open_pair[1])
    return unicodedata.normalize("NFC", open_pair[0] + marked_last[1]) + marked_last[0]


def indexed(*texts: str | None) -> tuple[str, str]:
    """The exact and the folded text of an entry, syllables parted by single blanks."""
    pairs = [pair for text in texts if text for pair in syllables(text)]
    return " ".join(pair[0] for pair in pairs), " ".join(pair[1] for pair in pairs)


def marked(text: str, question: Question | None) -> list[tuple[str, bool]]:
    """*text* in pieces, each with whether it is what was asked for: the whole question, else each of its terms."""
    runs = [(run.span(), pair) for run in _RUN.finditer(text) for pair in syllables(run.group())]
    if question is None:
        return _pieces(text, [])
    whole = Term(question.whole.words, question.whole.exact, question.terms[-1].open_end)
    return _pieces(text, _spans(runs, [whole]) or _spans(runs, question.terms))


def _spans(runs: Sequence[Run], terms: Sequence[Term]) -> list[tuple[int, int]]:
    """Where these terms stand, in order."""
    pairs = [pair for _, pair in runs]
    return sorted(
        {
            (runs[place][0][0], runs[place + len(term.words) - 1][0][1])
            for term in terms
            for place in range(len(pairs))
            if term.fits(pairs[place : place + len(term.words)])
        }
    )


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    """Cut *text* at *spans*; two of them with only a blank between are one."""
    joined: list[tuple[int, int]] = []
    for begin, end in spans:
        if joined and not text[joined[-1][1] : begin].strip():
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin, end))
    made: list[tuple[str, bool]] = []
    at = 0
    for begin, end in joined:
        made += [(text[at:begin], False), (text[begin:end], True)]
        at = end
    return [piece for piece in [*made, (text[at:], False)] if piece[0]]
