"""Where texts cite documents."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.references.citations import find_citations


@pytest.mark.parametrize(
    ("text", "type_word", "day", "issuer"),
    [
        (
            "Kết luận số 57-KL/TW ngày 15/6/2023 của Bộ Chính trị về thông tin",
            "Kết luận", date(2023, 6, 15), "Bộ Chính trị",
        ),
        (
            "Nghị quyết 57-NQ/TW ngày 22 tháng 12 năm 2024 của Bộ Chính trị.",
            "Nghị quyết", date(2024, 12, 22), "Bộ Chính trị",
        ),
        (
            "Quyết định số 9/QĐ-TTg ngày 1/2/2025 của Thủ tướng Chính phủ Phê duyệt",
            "Quyết định", date(2025, 2, 1), "Thủ tướng Chính phủ",
        ),
        (
            "Kế hoạch hành động số 88-KH/TU ngày 05/3/2025 của Ban Thường vụ Tỉnh ủy.",
            "Kế hoạch hành động", date(2025, 3, 5), "Ban Thường vụ Tỉnh ủy",
        ),
        ("Nghị quyết số 71/NQ-CP của Chính phủ ngày 01/4/2025", "Nghị quyết", date(2025, 4, 1), "Chính phủ"),
        (
            "Thông tư số 2/2025/TT-BVHTTDL của Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch quy định",
            "Thông tư", None, "Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch",
        ),
        ("Luật Báo chí số 126/2025/QH15", "Luật Báo chí", None, None),
        ("theo 31/KH-UBND", "Kế hoạch", None, None),
        ("CÔNG VĂN SỐ 1/UBND-VX ngày 31/02/2025", "Công văn", None, None),
        ("Kế hoạch số 31-KH/TU, ngày 10/11/2025 của Tỉnh ủy", "Kế hoạch", date(2025, 11, 10), "Tỉnh ủy"),
    ],
)  # fmt: skip
def test_a_citation_tells_type_day_and_issuer(
    text: str, type_word: str, day: date | None, issuer: str | None
) -> None:
    [cite] = find_citations(text)
    assert (cite.type_word, cite.issued_on, cite.issuer) == (type_word, day, issuer)
    assert text[cite.start : cite.end] == cite.printed


@pytest.mark.parametrize("verb", ["gọi tắt là", "viết tắt là", "gọi là:", "được gọi chung là"])
def test_a_short_name_is_set_on_its_document(verb: str) -> None:
    text = "Quyết định số 9/QĐ-TTg phê duyệt Đề án “A theo Nghị quyết số 5-NQ/TW” (sau đây "
    text += f"{verb} Quyết định 9/QĐ-TTg)"
    cites = find_citations(text)
    assert [(c.number, c.short_name) for c in cites][:2] == [
        ("9/QĐ-TTg", "Quyết định 9/QĐ-TTg"),
        ("5-NQ/TW", None),
    ]


def test_a_short_name_without_number_follows_its_type() -> None:
    text = "Kế hoạch số 9/KH-UBND thực hiện Nghị quyết số 5-NQ/TW (sau đây gọi tắt là Kế hoạch) và"
    assert [c.short_name for c in find_citations(text)] == ["Kế hoạch", None]


def test_repeated_citations_are_all_returned_in_order() -> None:
    text = "57-KL/TW; 47/NQ-CP; 57-KL/TW"
    assert [c.number for c in find_citations(text)] == ["57-KL/TW", "47/NQ-CP", "57-KL/TW"]


@settings(max_examples=100, deadline=None)
@given(
    st.text()
    | st.lists(
        st.sampled_from(
            ["57", "-", "/", "KL", "TW", " ", "\n", "ngày", "1/1/2020", "của", "(", "sau đây gọi là"]
        )
    ).map("".join)
)
def test_any_text_is_searched_without_an_error(text: str) -> None:
    for cite in find_citations(text):
        assert 0 <= cite.start < cite.end <= len(text)
