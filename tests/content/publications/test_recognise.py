"""Our own items are recognised in what others published, by title and by text."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.text import fold
from content.items.models import Stage
from content.publications.found.recognise import OwnText, OwnTexts
from content.publications.found.services import record_found
from content.publications.models import Match
from tests.conftest import NOW
from tests.factories import make_entry, make_feed, make_item, make_theme

DAY = date(2026, 5, 4)
TITLE = "Quảng Ngãi ra mắt tổ công nghệ số cộng đồng tại 96 xã, phường"
TEXT = (
    "Sáng 4/5, Sở Khoa học và Công nghệ ra mắt các tổ công nghệ số cộng đồng, hướng dẫn bà con nộp hồ sơ trực tuyến, "
    "thanh toán không dùng tiền mặt và giữ an toàn trên không gian mạng."
)
OTHERS = [
    ("Bản tin phát thanh xã Ba Tơ ngày 3/5", "Nội dung bản tin trong ngày của xã."),
    ("Chuyển đổi số", "Một bài ngắn."),
    (
        "Hội nghị trực tuyến toàn tỉnh về cải cách hành chính năm 2026",
        "Hội nghị do Ủy ban nhân dân tỉnh tổ chức.",
    ),
]


def texts() -> OwnTexts:
    made = OwnTexts()
    days = (DAY - timedelta(days=7), DAY + timedelta(days=60))
    made.add([OwnText(place + 1, *days, *one) for place, one in enumerate([(TITLE, TEXT), *OTHERS])])
    return made


@pytest.mark.parametrize(
    ("title", "summary", "item", "reason"),
    [
        (TITLE, "", 1, "trùng nguyên tiêu đề"),
        (fold(TITLE).upper(), "", 1, "trùng nguyên tiêu đề"),
        (f"[Video] {TITLE}", "", 1, "trùng tiêu đề 100 %"),
        ("Quảng Ngãi ra mắt tổ công nghệ số cộng đồng tại 96 xã", "", 1, "trùng tiêu đề 100 %"),
        ("Bà con được hướng dẫn nộp hồ sơ qua mạng", TEXT, 1, "trùng 100 % đoạn tóm tắt"),
        ("Quảng Ngãi có tổ công nghệ số cộng đồng tại 96 xã, phường", TEXT[:80], 1, "trùng tiêu đề 83 %, trùng 94 % đoạn tóm tắt"),
        ("Bản tin phát thanh xã Ba Tơ ngày 4/5", "", None, ""),
        ("Bản tin phát thanh xã Ba Tơ ngày 3/5", "", 2, "trùng nguyên tiêu đề"),
        ("Chuyển đổi số trong nông nghiệp", "", None, ""),
        ("Giá vàng hôm nay", "Giá vàng trong nước tăng nhẹ so với hôm qua.", None, ""),
        ("Học xong việc đồng", "Tổ công nghệ số cộng đồng về thôn.", None, ""),  # a name in a few words is no text
        ("", "", None, ""),
    ],
)  # fmt: skip
def test_what_is_recognised(title: str, summary: str, item: int | None, reason: str) -> None:
    found = texts().recognise(title, summary, DAY)
    assert (found.item_id if found else None, found.reason if found else "") == (item, reason)
    assert found is None or 0.7 < found.score < 1


def test_only_within_its_days_and_while_it_counts() -> None:
    made = texts()
    assert made.recognise(TITLE, "", DAY + timedelta(days=61)) is None
    assert made.recognise(TITLE, "", DAY - timedelta(days=8)) is None
    assert made.recognise(TITLE, "", DAY, without=frozenset({0})) is None


def test_a_recognised_item_is_proposed_with_its_themes(session: Session) -> None:
    theme, feed = make_theme(session, "Kỹ năng số"), make_feed(session)
    make_item(session, title=TITLE)  # a draft cannot have gone out
    item = make_item(session, stage=Stage.APPROVED, title=TITLE, themes=(theme,))
    record_found(session, feed, [make_entry(TITLE)], now=NOW)
    found = {
        (match.item_id, match.theme_id): match.reason for match in session.scalars(select(Match)).unique()
    }
    assert found == {(item.id, None): "trùng nguyên tiêu đề", (None, theme.id): "là chủ đề của tin bài"}
    # An item approved a moment later is known to the next poll; a withdrawn one is proposed no more.
    item.stage = Stage.WITHDRAWN
    other = make_item(session, stage=Stage.APPROVED, title="Mỗi người dân một kỹ năng số tại chợ phiên")
    record_found(session, feed, [make_entry(other.title), make_entry(TITLE)], now=NOW)
    items = session.scalars(select(Match.item_id).where(Match.item_id.is_not(None)))
    assert sorted(one or 0 for one in items) == [item.id, other.id]
