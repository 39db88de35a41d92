"""Syllables, and what a person's words ask for."""

from __future__ import annotations

import unicodedata

import pytest

from app.search.engines import as_fts, as_ts
from app.search.words import indexed, marked, read_question


@pytest.mark.parametrize(
    ("text", "exact", "folded"),
    [
        ("Chuyển đổi số", "chuyển đổi số", "chuyen doi so"),
        ("57-NQ/TW", "57 nq tw", "57 nq tw"),
        ("Điện Biên, ngày 7/5/2026", "điện biên ngày 7 5 2026", "dien bien ngay 7 5 2026"),
        ("Hoà bình; hòa bình", "hòa bình hòa bình", "hoa binh hoa binh"),
        ("thuý khoẻ quý loà xoà", "thúy khỏe quý lòa xòa", "thuy khoe quy loa xoa"),
        ("hoàn toàn huyền", "hoàn toàn huyền", "hoan toan huyen"),
        (unicodedata.normalize("NFD", "Đường Nguyễn Huệ"), "đường nguyễn huệ", "duong nguyen hue"),
        ("COVID19 5G m² Ⅷ", "covid 19 5 g m 2 viii", "covid 19 5 g m 2 viii"),
        ("… — !", "", ""),
        ("a" * 100, "a" * 40, "a" * 40),
    ],
)
def test_a_text_is_cut_into_the_same_syllables_for_both_databases(text: str, exact: str, folded: str) -> None:
    assert indexed(text) == (exact, folded)


@pytest.mark.parametrize(
    ("typed", "fts", "ts"),
    [
        ("chuyen doi", '(folded : "chuyen") AND (folded : "doi" *)', "('chuyen':A) & ('doi':*A)"),
        ("chuyển doi", '(exact : "chuyển") AND (folded : "doi" *)', "('chuyển':B) & ('doi':*A)"),
        ('"chuyển đổi"', '(exact : "chuyển đổi")', "('chuyển':B <-> 'đổi':B)"),
        ("57-NQ/TW", '(folded : "57 nq tw")', "('57':A <-> 'nq':A <-> 'tw':A)"),
        ("57", '(folded : "57")', "('57':A)"),
        ("a", '(folded : "a")', "('a':A)"),
        ("hoà", '(exact : "hòa" *)', "('hòa':*B)"),
        ('AND -x* "', '(folded : "and") AND (folded : "x")', "('and':A) & ('x':A)"),
    ],
)
def test_what_is_typed_with_marks_is_asked_exactly_and_the_rest_folded(typed: str, fts: str, ts: str) -> None:
    question = read_question(typed)
    assert question is not None
    assert (as_fts(question), as_ts(question)) == (fts, ts)


@pytest.mark.parametrize("typed", ["", "  ", '"', "*", "-:()", "’", "\x00\ud800", "🙂"])
def test_nothing_to_read_asks_nothing(typed: str) -> None:
    assert read_question(typed) is None


def test_a_megabyte_asks_its_beginning_only() -> None:
    question = read_question("chuyển đổi số " * 80_000)
    assert question is not None
    assert len(question.whole.words) == 16


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("Ngày Chuyển đổi số quốc gia", "chuyen doi", "Ngày [Chuyển đổi] số quốc gia"),
        ("Kế hoạch 57-NQ/TW và 57-KL/TW", "57-NQ/TW", "Kế hoạch [57-NQ/TW] và 57-KL/TW"),
        ("Đường dài, dương cầm", "đường", "[Đường] dài, dương cầm"),
        ("Nông thôn mới", "no", "[Nông] thôn mới"),
        ("Chuyển đổi số: chuyện của bản", "chuyen do", "[Chuyển đổi] số: chuyện của bản"),
        ("Số liệu chuyển về, đổi mới", "chuyen doi", "Số liệu [chuyển] về, [đổi] mới"),
        ("<b>Nông</b> thôn", "nông thôn", "<b>[Nông]</b> [thôn]"),
    ],
)
def test_what_was_asked_for_is_marked_where_it_stands(text: str, typed: str, shown: str) -> None:
    pieces = marked(text, read_question(typed))
    assert "".join(f"[{piece}]" if is_hit else piece for piece, is_hit in pieces) == shown
    assert "".join(piece for piece, _ in pieces) == text
