"""Text typed before Unicode, and text files in every encoding that offices still hand in."""

import unicodedata

import pytest

from app.text import nfc
from campaigns.planfile.containers import legacy
from campaigns.planfile.containers.legacy import from_tcvn3, from_vni, plausibility, repair
from campaigns.planfile.containers.opening import open_source
from campaigns.planfile.unreadable import Unreadable
from tests.campaigns.planfile.containers.old_typing import PLAIN, in_tcvn3, in_vni
from tests.factories import plan_text

_TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
SMALL = "".join(nfc(vowel + tone) for vowel in "aăâeêioôơuưy" for tone in _TONES) + "bcdđghklmnpqrstvx"
BARE_CAPITALS = "ĂÂÊÔƠƯĐ"


def test_every_letter_comes_back_from_vni_in_both_cases() -> None:
    for letter in SMALL + SMALL.upper():
        assert from_vni(in_vni(letter)) == letter


def test_every_letter_comes_back_from_tcvn3() -> None:
    for letter in SMALL + BARE_CAPITALS:
        assert from_tcvn3(in_tcvn3(letter)) == letter
    assert from_tcvn3(in_tcvn3(SMALL), capitals=True) == SMALL.upper()


def test_the_tables_are_those_of_the_fonts() -> None:
    assert from_tcvn3("Céng hßa x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc") == (
        "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc"
    )
    assert from_vni("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp - Töï do - Haïnh phuùc") == (
        "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc"
    )


@pytest.mark.parametrize(
    "line", ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "ỦY BAN NHÂN DÂN TỈNH SÔNG TRÀ", "Hà Nội và Số 5"]
)
def test_capitals_that_tcvn3_cannot_write_are_raised_where_the_line_is_in_capitals(line: str) -> None:
    assert from_tcvn3(in_tcvn3(line)) == line


@pytest.mark.parametrize("typed", [in_tcvn3, in_vni])
def test_old_typing_is_known_by_what_comes_out(typed: legacy.Conversion) -> None:
    old = typed(plan_text())
    assert (plausibility(old) or 0) < 0.3
    assert (plausibility(plan_text()) or 0) > 0.95
    assert repair(old).lower() == plan_text().translate(PLAIN).lower()


@pytest.mark.parametrize(
    "text", [plan_text(), "Déjà vu à la carte, naïve façade", "Ünïcödé ßtraße Ärger", "xin chào", ""]
)
def test_other_text_is_left_as_it_is(text: str) -> None:
    assert repair(text) == text


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("TCVN3", in_tcvn3(plan_text()).encode("cp1252")),
        ("VNI", in_vni(plan_text()).encode("cp1252")),
        ("UTF-16 without a mark", plan_text().encode("utf-16-le")),
        ("UTF-16 of the other side", plan_text().encode("utf-16-be")),
    ],
)
def test_a_file_is_read_in_its_encoding(name: str, data: bytes) -> None:
    text = open_source(data).text
    assert "theo nghị quyết số 57-nq/tw" in text.lower(), name
    assert "sở giáo dục và đào tạo" in text.lower(), name


def test_windows_1258_is_told_from_the_other_one_byte_encodings() -> None:
    parts = (c if len(unicodedata.normalize("NFD", c)) < 2 else _half(c) for c in plan_text())
    data = "".join(parts).encode("cp1258")
    assert open_source(data).text == plan_text()


def _half(letter: str) -> str:
    """A letter as Windows-1258 spells it: its tone behind it, its other mark in it."""
    mark = next((m for m in unicodedata.normalize("NFD", letter) if m in _TONES[1:]), "")
    return nfc(unicodedata.normalize("NFD", letter).replace(mark, "")) + mark if mark else letter


@pytest.mark.parametrize(
    "data", [b"caf\xe9 d\xe9j\xe0 fa\xe7ade", b"\x00\x01\x02\x03", b"a\x00b", "日本".encode("cp932")]
)
def test_bytes_that_give_no_vietnamese_are_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        open_source(data)
