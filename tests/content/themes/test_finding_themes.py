"""Themes are found by whole syllables, with and without tone marks, and documents by their whole numbers."""

from __future__ import annotations

import random
import re
import unicodedata

import pytest
from sqlalchemy.orm import Session

from app.text import fold
from content.themes.finder import theme_finder
from content.themes.matching import Phrase, ThemeFinder, Where, propose
from content.themes.services import ThemeInput, add_theme, change_theme, retire_theme
from content.themes.syllables import place_tone
from tests.conftest import NOW
from tests.factories import make_document, make_person

NQ57, KL57, CDS, AI, HOA, CP, SHORT = range(1, 8)
PHRASES = [
    Phrase(NQ57, "57-NQ/TW"),
    Phrase(NQ57, "Nghị quyết 57"),
    Phrase(KL57, "Kết luận 57-KL/TW"),
    Phrase(CDS, "chuyển đổi số"),
    Phrase(CDS, "chuyển đổi số dư", is_exclusion=True),
    Phrase(CDS, "Văn hóa, Thể thao và Du lịch"),
    Phrase(AI, "AI"),
    Phrase(HOA, "hòa giải"),
    Phrase(CP, "Nghị quyết 57/NQ-CP"),
    Phrase(SHORT, "Kết luận 90"),
]
FINDER = ThemeFinder.compile(PHRASES)


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("Nghị quyết số 57-NQ/TW của Bộ Chính trị", {NQ57}),
        ("NGHỊ QUYẾT SỐ 57 - NQ/TW", {NQ57}),
        ("Đưa Nghị quyết 57 vào cuộc sống", {NQ57}),
        ("Nghị quyết số 57 ngày 22/12/2024 của Bộ Chính trị", {NQ57}),
        ("Nghi quyet 57 cua Bo Chinh tri", {NQ57}),
        ("Kết luận số 57-KL/TW ngày 15/6/2023", {KL57}),
        ("Kết luận 57 của Bộ Chính trị", set()),  # the theme names the whole number only
        ("Nghị quyết số 57/NQ-CP của Chính phủ", {CP}),
        ("Nghị quyết 57/NQ-HĐND", set()),
        ("Nghị quyết số 57/2021/NQ-HĐND", set()),
        ("Nghị quyết 57 của HĐND tỉnh Quảng Ngãi", set()),
        ("Nghị quyết số 57 ngày 10/12/2025 của Hội đồng nhân dân tỉnh", set()),
        ("HĐND tỉnh thông qua Nghị quyết 57 về dự toán", set()),
        ("Nghị quyết 157-NQ/TW, Nghị quyết 57A, Nghị quyết 57.1", set()),
        ("Nghị quyết 56/57-NQ/TW", set()),
        ("Nghị quyết 57 và Nghị quyết 68", {NQ57}),
        ("Nghị quyết 570, 57 hộ dân", set()),
        ("Kết luận số 90-KL/TW", {SHORT}),
        ("Kết luận số 90-KL/TU của Tỉnh ủy", set()),
        ("Chuyển đổi số ở xã", {CDS}),
        ("chuyển đổi: số", {CDS}),
        ("Sở Văn hóa Thể thao và Du lịch", {CDS}),
        ("chuyển đổi số dư tài khoản", set()),
        ("chuyển đổi số dự án", {CDS}),
        ("chuyển đổi số dư tài khoản và chuyển đổi số", {CDS}),
        ("chuyen doi so o xa", {CDS}),
        ("chuyển đổi sổ", {CDS}),  # three syllables: told apart by a person
        ("chuyển đổi sốt", set()),
        ("ai cũng biết", set()),
        ("AI cho mọi nhà", {AI}),
        ("Hoà giải ở cơ sở", {HOA}),
        ("hòa giai", set()),  # two syllables are not found without marks beside words that have them
        ("hoa giai o co so", {HOA}),
        (unicodedata.normalize("NFD", "Chuyển đổi số, hoà giải"), {CDS, HOA}),
        ("", set()),
    ],
)
def test_what_is_found(text: str, themes: set[int]) -> None:
    assert {hit.theme_id for hit in FINDER.find(text, "")} == themes
    assert {hit.theme_id for hit in FINDER.find("", text)} == themes


@pytest.mark.parametrize(
    ("syllable", "placed"),
    [("hoà", "hòa"), ("khoẻ", "khỏe"), ("thuỷ", "thủy"), ("quý", "quý"), ("hoàn", "hoàn"), ("uỷ", "ủy")],
)
def test_the_tone_has_one_place(syllable: str, placed: str) -> None:
    assert place_tone(syllable) == placed


def test_a_phrase_does_not_reach_from_the_title_into_the_text() -> None:
    assert FINDER.find("Tỉnh bàn chuyển đổi", "số hóa") == []
    [hit] = FINDER.find("Tin", "Về chuyển đổi số.")
    assert (hit.where, hit.is_exact) == (Where.TEXT, True)
    assert hit.reason == "có cụm từ “chuyển đổi số” ở đoạn tóm tắt"


def test_one_proposal_for_each_theme_tells_the_two_best_reasons() -> None:
    [first, second] = propose(FINDER.find("Chuyển đổi số theo 57-NQ/TW", "Nghị quyết 57 về chuyen doi so"))
    assert (first.theme_id, second.theme_id) == (NQ57, CDS)
    assert first.reason == "nêu “57-NQ/TW” ở tiêu đề; nêu “Nghị quyết 57” ở đoạn tóm tắt"
    assert 0.9 <= second.score < first.score < 1


def test_the_finder_agrees_with_looking_for_each_padded_phrase() -> None:
    dice = random.Random(57)
    words = [
        "chuyển",
        "đổi",
        "số",
        "so",
        "sổ",
        "dư",
        "dự",
        "hoà",
        "hòa",
        "giải",
        "AI",
        "ai",
        "thuỷ",
        "thủy",
        "lợi",
        "quý",
        "VNeID",
        "cơ",
        "sở",
        "chuyen",
        "doi",
    ]
    for _ in range(400):
        phrases = [
            Phrase(theme, " ".join(dice.choices(words, k=dice.randint(1, 4)))) for theme in range(1, 9)
        ]
        text = "".join(
            word + dice.choice(" , .-") + " " for word in dice.choices(words, k=dice.randint(0, 25))
        )
        if dice.random() < 0.3:
            text = fold(text)
        found = {(hit.theme_id, hit.is_exact) for hit in ThemeFinder.compile(phrases).find(text, "")}
        assert found == {
            (one.theme_id, exact) for one in phrases if (exact := _reference(one.text, text)) is not None
        }


def _reference(phrase: str, text: str) -> bool | None:
    """Whether *phrase* stands in *text* with its tone marks (True), without (False), or not at all (None)."""
    padded = {kind: (_padded(phrase, kind), _padded(text, kind)) for kind in ("exact", "folded")}
    single = re.fullmatch(r"\w{1,5}", phrase)
    if single and phrase.isupper():
        text = " ".join(one for one in re.findall(r"\w+", text) if one.isupper())
        padded = {kind: (_padded(phrase, kind), _padded(text, kind)) for kind in padded}
    is_bare = _padded(text, "exact") == _padded(text, "folded")
    if padded["exact"][0] in padded["exact"][1]:
        return True
    may_fold = len(phrase.split()) >= 3 or is_bare
    return False if may_fold and padded["folded"][0] in padded["folded"][1] else None


def _padded(text: str, kind: str) -> str:
    words = [place_tone(one.lower()) for one in re.findall(r"\w+", unicodedata.normalize("NFC", text))]
    return f" {' '.join(words if kind == 'exact' else map(fold, words))} "


def test_the_finder_is_renewed_by_every_change_and_knows_the_number_of_a_document(session: Session) -> None:
    actor, document = make_person(session), make_document(session)
    wanted = ThemeInput("Nghị quyết mới", phrases=("đột phá",), document_id=document.id)
    theme = add_theme(session, wanted, actor=actor, now=NOW)

    def finds(text: str) -> bool:
        return bool(theme_finder(session).find(text, ""))

    assert finds("Đột phá") and finds("Nghị quyết số 57-NQ/TW") and not finds("Nghị quyết 57/NQ-CP")  # noqa: PT018
    assert theme_finder(session) is theme_finder(session)
    change = ThemeInput("Nghị quyết mới", phrases=("Đổi mới",), exclusions=("đổi mới nhà cửa",))
    change_theme(session, theme, change, seen=theme.version, actor=actor, now=NOW)
    assert finds("đổi mới") and not finds("đột phá") and not finds("đổi mới nhà cửa")  # noqa: PT018
    retire_theme(session, theme, seen=theme.version, actor=actor, now=NOW)
    assert not finds("đổi mới")
