"""Vietnamese numbers as plans print them: 02, 1.234,5, "hai", "mười lăm", "1,5 triệu"."""

import re

_ONES = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_VALUES = {word: value for value, word in enumerate(_ONES, start=1)} | {"mốt": 1, "tư": 4, "lăm": 5}
_ONE = "|".join(_ONES)
_TIMES = {"nghìn": 1_000, "ngàn": 1_000, "triệu": 1_000_000}

DIGITS = r"(?:[0-9]{1,3}(?:\.[0-9]{3}){1,4}|[0-9]{1,9})(?:,[0-9]{1,3})?(?![\w.,/]?[0-9])(?: (?:nghìn|ngàn|triệu)(?!\w))?"
"""Pattern of a number in figures; a stop parts thousands, so "4.0" and "1.2" are none."""

WORDS = rf"(?:mười(?: (?:{_ONE}|lăm))?|(?:{_ONE}) mươi(?: (?:{_ONE}|mốt|tư|lăm))?|(?:{_ONE})(?: (?:trăm|nghìn|ngàn))?)(?!\w)"
"""Pattern of a number in words up to ninety-nine, whole hundreds and thousands."""


def value_of(printed: str) -> float:
    """The value of a number that one of the two patterns has matched."""
    head, _, last = printed.lower().rpartition(" ")
    if last in _TIMES:
        return value_of(head) * _TIMES[last]
    if printed[:1] in "0123456789":
        return float(printed.replace(".", "").replace(",", "."))
    return float(_in_words(printed.lower().split()))


def _in_words(words: list[str]) -> int:
    if words[-1] == "trăm":
        return 100 * _VALUES[words[0]]
    tens = 10 if words[0] == "mười" else 10 * _VALUES[words[0]] if "mươi" in words else 0
    last = words[-1]
    return tens + (_VALUES[last] if last not in {"mười", "mươi"} else 0)


def is_in_words(printed: str) -> bool:
    """Whether the number is written out, which says less surely that something is counted."""
    return not re.match("[0-9]", printed)
