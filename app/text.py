"""Vietnamese text: one normal form, folding for search, the order of the Vietnamese alphabet."""

from __future__ import annotations

import re
import unicodedata

# Letters in the order of Vietnamese dictionaries; f, j, w, z keep their Latin places.
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PLACE = {letter: chr(0x100 + place) for place, letter in enumerate(_LETTERS)}
# Tones in dictionary order: none, huyền, hỏi, ngã, sắc, nặng (combining marks of NFD).
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_QUALITY = "\u0302\u0306\u031b"  # circumflex, breve, horn: part of the letter, not a tone
# Controls and marks that can make a text read otherwise than it is stored (bidi overrides, zero width).
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def nfc(text: str) -> str:
    """*text* in Unicode's NFC, the one form that is stored, hashed and compared."""
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """*text* as it may enter the house: NFC, line ends as ``\\n``, no control, bidi or zero-width marks."""
    return _UNSEEN.sub("", nfc(text).replace("\r\n", "\n").replace("\r", "\n"))


def fold(text: str) -> str:
    """*text* in lower case without tone marks, đ as d: what a search compares."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return nfc("".join(mark for mark in bare if not unicodedata.combining(mark)))


def sort_key(text: str) -> str:
    """A string that sorts as *text* does in a Vietnamese dictionary: letters first, then tones.

    The second part lists the tone of each letter, so that "ma" < "mà" < "mả" < "mã" < "má" < "mạ" and all of
    them stand before "mai".
    """
    letters: list[str] = []
    tones: list[str] = []
    for cluster in _clusters(text.lower()):
        base = nfc(cluster[0] + "".join(mark for mark in cluster[1:] if mark in _QUALITY))
        letters.append(_PLACE.get(base, base))
        tones.append(next((_TONES[mark] for mark in cluster[1:] if mark in _TONES), "0"))
    return "".join(letters) + "\t" + "".join(tones)


def _clusters(text: str) -> list[str]:
    """*text* as base letters, each followed by its combining marks (NFD)."""
    clusters: list[str] = []
    for mark in unicodedata.normalize("NFD", text):
        if unicodedata.combining(mark) and clusters:
            clusters[-1] += mark
        else:
            clusters.append(mark)
    return clusters


def slug(text: str, *, longest: int = 80) -> str:
    """*text* as the readable part of an address: folded words joined by hyphens, cut at a word."""
    words = re.findall(r"[a-z0-9]+", fold(text))
    made = "-".join(words)
    return made if len(made) <= longest else made[: longest + 1].rpartition("-")[0] or made[:longest]


def excerpt(text: str, *, longest: int = 200) -> str:
    """The beginning of *text* on one line, cut at a word and marked with an ellipsis when cut."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[:longest].rpartition(" ")[0].rstrip(",;:.") + "…"
