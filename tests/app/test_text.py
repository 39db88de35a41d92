"""Vietnamese text: one form, folding, the order of the alphabet."""

from __future__ import annotations

import unicodedata

import pytest

from app.text import clean, excerpt, fold, slug, sort_key

ALPHABET = [
    "a",
    "ă",
    "â",
    "b",
    "c",
    "d",
    "đ",
    "e",
    "ê",
    "g",
    "h",
    "i",
    "k",
    "l",
    "m",
    "n",
    "o",
    "ô",
    "ơ",
    "p",
    "q",
    "r",
    "s",
    "t",
    "u",
    "ư",
    "v",
    "x",
    "y",
]


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    "ordered",
    [
        ALPHABET,
        ["ma", "mà", "mả", "mã", "má", "mạ", "mai", "man"],
        ["an", "An Phú", "anh", "ăn", "ân", "ba"],
        ["dạ", "dân", "Đà Nẵng", "Đắk Lắk", "e"],
        ["Sở Tài chính", "Sở Tư pháp", "Sở Văn hóa", "Sở Xây dựng", "Sở Y tế"],
        ["Xã Ba Động", "Xã Ba Tơ", "Xã Ba Vì", "Xã Bờ Y", "Xã Đăk Hà"],
        ["ba", "ƀa", "ca", "ča", "da", "đa", "ea", "êa", "ĕa", "ga"],
        ["10", "2", "a"],
        ["Nguyễn Thị Đào", "Trần Văn Ất", "Trần Văn Ba"],
    ],
)
def test_names_stand_in_the_order_of_a_vietnamese_dictionary(ordered: list[str]) -> None:
    backwards = ordered[::-1]
    assert sorted(backwards, key=sort_key) == ordered
    assert sorted(map(nfd, backwards), key=sort_key) == [nfd(one) for one in ordered]


@pytest.mark.parametrize(
    "text", ["Đ" * 200, "한국어" * 66, "İ" * 200, "ệ" * 200, nfd("ệ") * 200, "\u0958" * 100]
)
def test_a_sort_key_fits_its_column(text: str) -> None:
    """A name of 200 letters has a column of 420 for its key."""
    assert len(sort_key(clean(text))) <= 2 * len(clean(text)) + 1


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đặng Thị Đào", "dang thi dao"),
        (nfd("Đặng Thị Đào"), "dang thi dao"),
        ("QUẢNG NGÃI", "quang ngai"),
        ("Ƀok Krông", "bok krong"),
        ("ưỡn ẹo", "uon eo"),
        ("", ""),
    ],
)
def test_folding_takes_tones_and_marks(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (nfd("Phường Nghĩa Lộ"), "Phường Nghĩa Lộ"),
        ("a\x00b\u200bc\u202ed\ufeffe\u2066f", "abcdef"),
        ("một\r\nhai\rba\u2028bốn", "một\nhai\nba\nbốn"),
        ("e\u200b\u0301", "é"),  # NFC although a mark stood apart from its letter
        ("thẻ\tcột", "thẻ\tcột"),
        ("soft\u00adhyphen", "softhyphen"),
        ("a\u200db", "ab"),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f468\u200d\U0001f469\u200d\U0001f467"),
        ("nửa\ud83d", "nửa"),
    ],
)
def test_text_enters_in_one_form(typed: str, kept: str) -> None:
    assert clean(typed) == kept
    assert clean(clean(typed)) == clean(typed)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Mỗi người dân: một kỹ năng số!", "moi-nguoi-dan-mot-ky-nang-so"),
        ("Đổi mới", "doi-moi"),
        ("…", ""),
        ("a" * 90, "a" * 80),
        ("mot hai " * 20, "-".join(["mot", "hai"] * 10)),
    ],
)
def test_a_slug_is_made_of_whole_folded_words(text: str, made: str) -> None:
    assert slug(text) == made


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Ngắn thôi.", "Ngắn thôi."),
        ("một  hai\nba", "một hai ba"),
        ("một hai, ba bốn", "một hai…"),
        ("x" * 30, "x" * 10 + "…"),
    ],
)
def test_an_excerpt_ends_with_a_word(text: str, made: str) -> None:
    assert excerpt(text, longest=10) == made
