"""Text typed with the fonts of before Unicode: TCVN3 (ABC, ".VnTime") and VNI ("VNI-Times").

Such text reads as Latin letters with odd marks ("Céng hßa", "Coäng hoøa") until it is put into Unicode. Whether it
is such text is judged by what comes out, never by the name of a file: Vietnamese words are built from few syllables.

Source: TCVN 5712:1993 (VN3); VNI's table for Windows.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from app.text import nfc

_SAMPLE = 100_000
_FEW = 3  # fewer odd words than this tell nothing
_READS_WELL = 0.6
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng

_TCVN3 = {
    "à": 0xB5, "ả": 0xB6, "ã": 0xB7, "á": 0xB8, "ạ": 0xB9, "ằ": 0xBB, "ẳ": 0xBC, "ẵ": 0xBD, "ắ": 0xBE, "ặ": 0xC6,
    "ầ": 0xC7, "ẩ": 0xC8, "ẫ": 0xC9, "ấ": 0xCA, "ậ": 0xCB, "è": 0xCC, "ẻ": 0xCE, "ẽ": 0xCF, "é": 0xD0, "ẹ": 0xD1,
    "ề": 0xD2, "ể": 0xD3, "ễ": 0xD4, "ế": 0xD5, "ệ": 0xD6, "ì": 0xD7, "ỉ": 0xD8, "ĩ": 0xDC, "í": 0xDD, "ị": 0xDE,
    "ò": 0xDF, "ỏ": 0xE1, "õ": 0xE2, "ó": 0xE3, "ọ": 0xE4, "ồ": 0xE5, "ổ": 0xE6, "ỗ": 0xE7, "ố": 0xE8, "ộ": 0xE9,
    "ờ": 0xEA, "ở": 0xEB, "ỡ": 0xEC, "ớ": 0xED, "ợ": 0xEE, "ù": 0xEF, "ủ": 0xF1, "ũ": 0xF2, "ú": 0xF3, "ụ": 0xF4,
    "ừ": 0xF5, "ử": 0xF6, "ữ": 0xF7, "ứ": 0xF8, "ự": 0xF9, "ỳ": 0xFA, "ỷ": 0xFB, "ỹ": 0xFC, "ý": 0xFD, "ỵ": 0xFE,
    "ă": 0xA8, "â": 0xA9, "ê": 0xAA, "ô": 0xAB, "ơ": 0xAC, "ư": 0xAD, "đ": 0xAE,
    "Ă": 0xA1, "Â": 0xA2, "Ê": 0xA3, "Ô": 0xA4, "Ơ": 0xA5, "Ư": 0xA6, "Đ": 0xA7,
}  # fmt: skip
"""TCVN3 has capitals of the seven bare letters only; with a tone a capital was a font of capitals."""
_FROM_TCVN3 = {byte: letter for letter, byte in _TCVN3.items()}

_VNI_MARKS = {
    "": "øûõùï",  # the tone alone, behind a vowel
    "\u0302": "àåãáä",  # with a circumflex
    "\u0306": "èúüéë",  # with a breve
}
_VNI_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?"
    r"(?:uyê|iêu|yêu|ươu|ươi|uôi|oai|oay|oao|oeo|uay|uây|uya|uyu|iê|yê|uô|ươ|ua|ưa|ia|oa|oă|oe|oo|uâ|uê|uy|uơ"
    r"|ai|ao|au|ay|âu|ây|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|[aăâeêioôơuưy])(?:ch|ng|nh|[cmnpt])?"
)
_WORD = re.compile(r"[A-Za-z\u00a1-\u024f\u0300-\u036f\u1e00-\u1eff]+")


def _vni_pairs() -> dict[str, str]:
    """Return what each vowel with the mark behind it stands for, in small letters and in capitals."""
    pairs = {"aâ": "â", "eâ": "ê", "oâ": "ô", "aê": "ă"}
    for hat, marks in _VNI_MARKS.items():
        for tone, mark in zip(_TONES, marks, strict=True):
            vowels = {"": "aeouyôö", "\u0302": "aeo", "\u0306": "a"}[hat]
            pairs |= {v + mark: nfc(_VNI_ALONE.get(v, v) + hat + tone) for v in vowels}
    return pairs | {pair.upper(): letter.upper() for pair, letter in pairs.items()}


_PAIRS = _vni_pairs()
_PAIRS |= {pair[0] + pair[1].swapcase(): letter for pair, letter in _PAIRS.items()}
_ALONE = _VNI_ALONE | {mark.upper(): letter.upper() for mark, letter in _VNI_ALONE.items()}
_VNI = re.compile(
    rf"[aeouyôöAEOUYÔÖ][{re.escape(''.join({pair[1] for pair in _PAIRS}))}]|[{''.join(_ALONE)}]"
)


def from_vni(text: str) -> str:
    """Return text typed with a VNI font in Unicode; its letters are given as Windows-1252 shows them."""
    return _VNI.sub(lambda m: _PAIRS.get(m[0]) or "".join(_ALONE.get(c, c) for c in m[0]), text)


def from_tcvn3(text: str, *, capitals: bool = False) -> str:
    """Return text typed with a TCVN3 font in Unicode; *capitals* for a font of capitals (".VnTimeH")."""
    unicode = text.translate(_FROM_TCVN3)
    return unicode.upper() if capitals else "\n".join(map(_raise_capitals, unicode.split("\n")))


def _raise_capitals(line: str) -> str:
    """Return a line with the letters of "CộNG HòA Xã HộI" raised, which TCVN3 cannot write as capitals."""
    words = list(_WORD.finditer(line))
    sure = [_is_capital_word(word.group()) for word in words]
    out, end = [], 0
    for i, word in enumerate(words):
        raised = sure[i] if sure[i] is not None else _stands_beside(line, words, sure, i)
        out += [line[end : word.start()], word.group().upper() if raised else word.group()]
        end = word.end()
    return "".join([*out, line[end:]])


def _stands_beside(line: str, words: list[re.Match[str]], sure: list[bool | None], i: int) -> bool:
    """Tell whether a word in doubt has a word in capitals one blank away: the one before, else the one behind."""
    other = i - 1 if i else 1
    if other >= len(words) or not sure[other]:
        return False
    first, second = sorted((i, other))
    return line[words[first].end() : words[second].start()] == " "


def _is_capital_word(word: str) -> bool | None:
    """Tell whether a word was meant in capitals; None where its one capital may only open it ("Xã")."""
    letters = [c for c in word if c.isascii()]
    if any(c.islower() for c in letters):
        return False
    if len(letters) > 1 or (letters and not word[0].isascii() and word[0].islower()):
        return True
    return None


Conversion = Callable[[str], str]
_CONVERSIONS: tuple[Conversion, ...] = (from_tcvn3, from_vni)


def plausibility(text: str) -> float | None:
    """Return the share of words with marks that are Vietnamese syllables; None where there are too few."""
    words = [word for word in _WORD.findall(text[:_SAMPLE]) if not word.isascii()]
    if len(words) < _FEW:
        return None
    return sum(map(_is_syllable, words)) / len(words)


@lru_cache(maxsize=4_096)
def _is_syllable(word: str) -> bool:
    parts = unicodedata.normalize("NFD", word.lower())
    bare = nfc("".join(c for c in parts if c not in _TONES))
    return len(parts) - len([c for c in parts if c not in _TONES]) <= 1 and bool(_SYLLABLE.fullmatch(bare))


def repair(text: str) -> str:
    """Return *text* in Unicode where it reads as TCVN3 or VNI and not as it stands; else unchanged."""
    as_it_is = plausibility(text)
    if as_it_is is None or as_it_is >= _READS_WELL:
        return text
    tried = [convert(text[:_SAMPLE]) for convert in _CONVERSIONS]
    scores = [plausibility(sample) or 0.0 for sample in tried]
    best = max(range(len(scores)), key=scores.__getitem__)
    better = scores[best] >= _READS_WELL and scores[best] > as_it_is + 0.2
    return _CONVERSIONS[best](text) if better else text
