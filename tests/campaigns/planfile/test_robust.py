"""Any text gives a draft: nothing but Unreadable is ever raised."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.planfile.as_json import to_json
from campaigns.planfile.reader import read_plan
from campaigns.planfile.unreadable import Unreadable

_PLANS = Path(__file__).resolve().parents[2] / "data" / "plans"
_TEXTS = [file.read_text("utf-8") for file in sorted(_PLANS.glob("*.txt"))]
_PIECES = [
    "\nPHỤ LỤC\n", "\n| STT | Nhiệm vụ | Chủ trì | Thời gian |\n", "\n| 1 | a | b |\n", "\n|\n", "\n|\n|\n",
    "\n|\nNhiệm vụ\n|\nĐơn vị chủ trì\n|\nThời hạn\n|\nSTT\n|\n|\n",
    "Số:", "/KH-UBND", "57-\nKL/TW", "57- NQ/TW", "I. ", "1. ", "a) ", "- ", "+ ", "|", "\n", "\n\n",
    "“", "”", "(", ")", "ngày 31/02/2025", "ngày   tháng 13 năm 2025", "Nơi nhận:", "TM. ỦY BAN",
    "KẾ HOẠCH", "Căn cứ", "Kính gửi:", "báo cáo", "định kỳ trước ngày 45/19", "Đơn vị thực hiện:", "Sở",
    ";", "**", "Luật", "năm", "Điều 1.", "99/QH", "²", "٣", "한", "\u0301",
    "chủ trì,", "phối hợp với", "(điểm a, b)", "từ ngày 31/4", "đến ngày 0/13/2026", "trong tháng 13/0000", "Giao Sở Y tế",
    "ngày 31 và 32/6/2026", "; báo cáo tổng kết", "(19/5/1890 - 19/5/2026)",
    "\n STT   Nội dung   Chủ trì   Thời gian\n", "\n  1    Việc   Sở A      Quý I\n", "\n       tiếp\n", "<br>",
    "\n| **A<br>B** | CỘNG HÒA XÃ HỘI |\n", "\n|---|---|\n", "(Kèm theo Kế hoạch số  /KH ngày  /13/2024)", "Chỉ đạo Sở A báo cáo",
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_gives_a_draft(text: str) -> None:
    to_json(read_plan(text))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_a_draft_or_a_refusal(data: bytes) -> None:
    refusal = ""
    try:
        to_json(read_plan(data))
    except Unreadable as fault:
        refusal = str(fault)
    assert not refusal or refusal.endswith(".")


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=12), max_size=60))
def test_words_of_the_trade_in_any_order_give_a_draft(pieces: list[str]) -> None:
    to_json(read_plan(" ".join(pieces)))


def _damage(text: str, edits: list[tuple[float, int, str]]) -> str:
    for where, length, piece in edits:
        at = int(where * len(text))
        text = text[:at] + piece + text[at + length :]
    return text


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(_TEXTS),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 900), st.sampled_from(_PIECES)), max_size=12),
)
def test_a_damaged_document_gives_a_draft_with_true_lines(
    text: str, edits: list[tuple[float, int, str]]
) -> None:
    damaged = _damage(text, edits)
    draft = read_plan(damaged)
    count = len(draft.lines)
    for first, last in to_json(draft)["trace"].values():
        assert 1 <= first <= last <= count


def read_within(text: str) -> None:
    """Read *text*, which takes minutes of work where that grows with the square of the length."""
    begun = time.process_time()
    read_plan(text)
    assert time.process_time() - begun < 20


@pytest.mark.parametrize(
    "hostile",
    [
        "Sở " * 20_000,
        "a" * 60_000,
        "((" * 30_000,
        "1." * 30_000,
        "“" * 60_000,
        "Luật A " * 9_000,
        " " * 90_000 + "x",
        "\n STT   Nội dung      Chủ trì      Thời gian\n"
        + "  1    Việc          Sở A         Quý I\n" * 9_000,
        "\n| Số: 1/KH<br>a | CỘNG HÒA XÃ HỘI |\n" + "| a<br>b | c |\n" * 4_000,
    ],
)
def test_a_hostile_line_is_read_without_despair(text: Callable[[str], str], hostile: str) -> None:
    read_within(text("cong-van") + hostile)


@pytest.mark.parametrize(
    "hostile",
    [
        "Tổng kết trước ngày 1/2/2026" + "; báo cáo" * 3_000,
        "Báo cáo Sở A hằng tháng" + "; báo cáo hằng quý" * 2_000,
        "Chế độ báo cáo: " + "Sở A; " * 9_000 + "báo cáo Sở B hằng quý",
        "Báo cáo Sở B trước ngày " + "15/6, " * 9_000 + "15/12/2026",
        "Sở Y tế chủ trì; " * 3_000,
        "tổ chức ngày 1 và 2/3/2026, từ tháng 5/2026, " * 1_000,
    ],
)
def test_a_hostile_task_or_duty_is_read_without_despair(hostile: str) -> None:
    read_within(
        f"I. NỘI DUNG\n1. Truyền thông\n- {hostile}\nII. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n- {hostile}\n"
    )
