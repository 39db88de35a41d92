"""Vietnamese text: one normal form, folding for search, the order of the Vietnamese alphabet."""

from __future__ import annotations

import re
import unicodedata

# Letters in the order of Vietnamese dictionaries; f, j, w, z keep their Latin places, and the further letters of
# the highland languages (ƀ č ĕ ŏ ŭ) stand after the one that they are made from.
_LETTERS = "aăâbƀcčdđeêĕfghijklmnoôơŏpqrstuưŭvwxyz"
_PLACE = {letter: chr(0x100 + place) for place, letter in enumerate(_LETTERS)}
# Tones in dictionary order: none, huyền, hỏi, ngã, sắc, nặng (combining marks of NFD).
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_QUALITY = "\u0302\u0306\u030c\u031b"  # circumflex, breve, caron, horn: part of the letter, not a tone
# What can make a text read otherwise than it is stored: controls, bidi marks, characters of no width, soft hyphens,
# halves of characters that no encoding takes. The joiner (200d) stays where it joins pictographs.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069"
    "\ud800-\udfff\ufeff\ufff9-\ufffb]|(?<=\\w)\u200d|\u200d(?=\\w|\\s|$)|(?:^|(?<=\\s))\u200d"
)
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")


def nfc(text: str) -> str:
    """*text* in Unicode's NFC, the one form that is stored, hashed and compared."""
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """*text* as it may enter the house: NFC, line ends as ``\\n``, no control, bidi or zero-width marks."""
    if text.isprintable():  # nothing in it that is taken out: most lines, at a twentieth of the time
        return nfc(text)
    return nfc(
        _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))
    )  # NFC last: a mark may have stood apart from its letter


def fold(text: str) -> str:
    """*text* in lower case without tone marks, đ as d and ƀ as b: what a search compares."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d").replace("ƀ", "b"))
    return nfc("".join(mark for mark in bare if not unicodedata.combining(mark)))


def spelt(text: str) -> str:
    """*text* in small letters, each word's tone behind it: what tells "Sơn Hà" from "Sơn Hạ" and not "hóa" from "hoá"."""
    words = []
    for word in unicodedata.normalize("NFD", text.lower()).split():
        bare = nfc("".join(mark for mark in word if mark not in _TONES))
        words.append(bare + "".join(_TONES[mark] for mark in word if mark in _TONES))
    return " ".join(words)


def sort_key(text: str) -> str:
    """A string that sorts as *text* does in a Vietnamese dictionary: letters first, then tones.

    The second part lists the tone of each letter, so that "ma" < "mà" < "mả" < "mã" < "má" < "mạ" and all of
    them stand before "mai". At most twice as long as *text* in NFC, and one more.
    """
    letters: list[str] = []
    tones: list[str] = []
    for cluster in _clusters(text.lower()):
        base = nfc(cluster[0] + "".join(mark for mark in cluster[1:] if mark in _QUALITY))
        letters.append(_PLACE.get(base) or _PLACE.get(cluster[0], base))
        tones.append(next((_TONES[mark] for mark in cluster[1:] if mark in _TONES), "0"))
    return "".join(letters) + "\t" + "".join(tones)


def _clusters(text: str) -> list[str]:
    """*text* as base letters, each followed by its combining marks; never more of them than letters in NFC."""
    clusters: list[str] = []
    for letter in nfc(text):
        parts = unicodedata.normalize("NFD", letter)
        if unicodedata.combining(parts[0]) and clusters:
            clusters[-1] += parts
        else:  # a syllable of Hangul falls into letters, not into a letter and its marks: it stays whole
            clusters.append(parts if all(map(unicodedata.combining, parts[1:])) else letter)
    return clusters


def slug(text: str, *, longest: int = 80) -> str:
    """*text* as the readable part of an address: folded words joined by hyphens, cut at a word."""
    words = re.findall(r"[a-z0-9]+", fold(text))
    made = "-".join(words)
    return made if len(made) <= longest else made[: longest + 1].rpartition("-")[0] or made[:longest]


def excerpt(text: str, *, longest: int = 200) -> str:
    """The beginning of *text* on one line, cut at a word and marked with an ellipsis when cut."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    return (line[:longest].rpartition(" ")[0] or line[:longest]).rstrip(",;:.") + "…"
