"""Documents that a text names: 57-NQ/TW is never 57-KL/TW, 57/NQ-CP, 157-NQ/TW or "Nghị quyết 57 của HĐND". Pure.

The grammar of numbers is that of content/references. A number without its symbol ("Nghị quyết 57") does not name
one document; it is taken for the one that a theme means only where nothing beside it says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.text import fold
from content.references.citations import TYPE_WORD, issuer_after
from content.references.numbers import Form, Number, find_numbers

_SHORT_PHRASE = re.compile(rf"({TYPE_WORD})\s+(?:số\s+)?(\d{{1,5}})", re.IGNORECASE)
_AROUND_NUMBER = re.compile(rf"(?:{TYPE_WORD}|số|\W|_)*", re.IGNORECASE)
_MENTION = re.compile(
    rf"(?<!\w)({TYPE_WORD}|{fold(TYPE_WORD)})\s+(?:(?:số|so)\s*:?\s*)?(\d{{1,5}})", re.IGNORECASE
)
# What makes a number more than itself: 57/…, 57-NQ, 57.1, 57A.
_GOES_ON = re.compile(r"\s{0,2}/|[-‐‑‒–—−]\w|[.,]\d|\w")
_OTHER_BODY_BEFORE = re.compile(
    r"(?:HĐND|Hội đồng nhân dân|UBND|Ủy ban nhân dân|Quốc hội|Chính phủ)[^.;]{0,60}?(?:ban hành|thông qua)[^.;]{0,30}$",
    re.IGNORECASE,
)
_BODIES = {
    "TW": ("bo chinh tri", "trung uong", "ban bi thu", "ban chap hanh trung uong", "bch trung uong", "bct"),
    "CP": ("chinh phu",),
    "TTg": ("thu tuong",),
    "HĐND": ("hoi dong nhan dan", "hdnd"),
    "UBND": ("uy ban nhan dan", "ubnd", "chu tich ubnd", "chu tich uy ban"),
    "QH": ("quoc hoi",),
    "TU": ("tinh uy", "thanh uy", "ban thuong vu tinh uy", "ban thuong vu thanh uy"),
}


@dataclass(frozen=True)
class Named:
    """A document as a phrase names it: its whole number, or a word and a bare number ("nghi quyet", "57")."""

    key: str = ""
    word: str = ""
    digits: str = ""


def read_named(phrase: str) -> Named | None:
    """The document that *phrase* names; None for a phrase of words."""
    numbers = find_numbers(phrase)
    if len(numbers) == 1 and _AROUND_NUMBER.fullmatch(
        phrase[: numbers[0].start] + " " + phrase[numbers[0].end :]
    ):
        return Named(key=numbers[0].key, digits=_digits(numbers[0].key))
    if short := _SHORT_PHRASE.fullmatch(" ".join(phrase.split())):
        return Named(word=fold(short[1]), digits=short[2])
    return None


@dataclass(frozen=True)
class Meant:
    """One phrase of a theme that names a document."""

    theme_id: int
    phrase: str
    named: Named


class DocumentFinder:
    """Finds the documents that themes are about."""

    def __init__(self, meant: Iterable[Meant]) -> None:
        self._full: dict[str, list[Meant]] = {}
        self._short: dict[tuple[str, str], list[Meant]] = {}
        self._keys: dict[int, set[str]] = {}
        for one in meant:
            if one.named.key:
                self._full.setdefault(one.named.key, []).append(one)
                self._keys.setdefault(one.theme_id, set()).add(one.named.key)
            else:
                self._short.setdefault((one.named.word, one.named.digits), []).append(one)
        digits = {_digits(key) for key in self._full} | {number for _, number in self._short}
        told = "|".join(sorted(map(re.escape, digits)))
        self._any = re.compile(rf"(?<!\d)(?:{told})(?!\d)") if told else None

    def find(self, text: str) -> Iterator[Meant]:
        """The phrases whose documents *text* (NFC) names; one may come several times."""
        if self._any is None or not self._any.search(text):
            return
        numbers = {number.start: number for number in find_numbers(text)}
        for number in numbers.values():
            yield from self._full.get(number.key, ())
        for found in _MENTION.finditer(text) if self._short else ():
            for one in self._short.get((fold(found[1]), found[2]), ()):
                if self._is_meant(one, text, found, numbers.get(found.start(2))):
                    yield one

    def _is_meant(self, one: Meant, text: str, found: re.Match[str], number: Number | None) -> bool:
        """Whether the word and number at *found* stand for the document of that theme."""
        own = {key for key in self._keys.get(one.theme_id, ()) if _digits(key) == one.named.digits}
        if number is not None:
            return number.key in own or (not own and _is_central(number, one.named.word))
        if _GOES_ON.match(text, found.end()):
            return False
        bodies = {_body(key) for key in own} or {"TW"}
        issuer = issuer_after(text, found.end())
        if issuer is not None:
            return any(_fits(issuer, body) for body in bodies)
        before = text[max(0, found.start() - 120) : found.start()]
        return "TW" not in bodies or _OTHER_BODY_BEFORE.search(before) is None


def _digits(key: str) -> str:
    """The number at the beginning of a key: 57 of 57-NQ/TW."""
    found = re.match(r"\d+", key)
    return found[0] if found else ""


def _body(key: str) -> str:
    """Who signs: TW of 57-NQ/TW, CP of 57/NQ-CP."""
    last = re.split(r"[-/]", key)[-1]
    return "QH" if last.startswith("QH") else last


def _is_central(number: Number, word: str) -> bool:
    """Whether a whole number is the Party's at the centre, of the type that *word* (folded) says."""
    told = fold(number.type_word or "")
    return number.form is Form.PARTY and number.key.endswith("/TW") and told == word


def _fits(issuer: str, body: str) -> bool:
    """Whether the words behind "của" name the body of a number's symbol."""
    told = fold(issuer)
    return told.startswith(_BODIES.get(body, ("\n",))) or (body == "TW" and told in {"dang", "dang ta"})
