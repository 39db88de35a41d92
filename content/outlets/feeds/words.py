"""How a feed stands, in words: a label, since when, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.errors import N_
from app.words import Word, Words
from content.outlets.feeds.health import health_of
from content.outlets.feeds.models import Feed, FeedHealth

WORDS: Words = {
    FeedHealth: {
        FeedHealth.OFF: Word(N_("Không theo dõi"), "grey", "eye-off"),
        FeedHealth.NEW: Word(N_("Chưa đọc lần nào"), "blue", "clock"),
        FeedHealth.WELL: Word(N_("Đọc tốt"), "green", "circle-check"),
        FeedHealth.QUIET: Word(N_("Lâu không có tin mới"), "amber", "volume-off"),
        FeedHealth.FAILING: Word(N_("Không đọc được"), "red", "alert-triangle"),
        FeedHealth.GONE: Word(N_("Đã bị gỡ"), "red", "circle-x"),
    },
}

ACTIONS = {
    "feed.add": N_("Thêm nguồn tin"),
    "feed.change": N_("Sửa địa chỉ nguồn tin"),
    "feed.watch": N_("Theo dõi nguồn tin"),
    "feed.unwatch": N_("Ngừng theo dõi nguồn tin"),
    "feed.remove": N_("Xóa nguồn tin"),
}

TO_DO = {
    FeedHealth.OFF: "",
    FeedHealth.NEW: N_("Loa sẽ đọc trong vài phút. Quá 15 phút vẫn chưa đọc thì xem trang Vận hành."),
    FeedHealth.WELL: "",
    FeedHealth.QUIET: N_("Hỏi cơ quan báo chí xem nguồn tin này còn được cập nhật không."),
    FeedHealth.FAILING: N_("Mở thử địa chỉ trong trình duyệt. Nếu báo đã đổi địa chỉ, sửa ở đây."),
    FeedHealth.GONE: N_(
        "Báo trả lời rằng nguồn tin này không còn. Tìm địa chỉ mới rồi sửa, hoặc ngừng theo dõi."
    ),
}


@dataclass(frozen=True)
class ToldHealth:
    """How a feed stands, since when, and what a person can do (a sentence, often empty)."""

    health: FeedHealth
    since: datetime | None
    to_do: str


def tell_health(feed: Feed, *, now: datetime) -> ToldHealth:
    """How *feed* stands at *now*, in words."""
    health = health_of(feed, now=now)
    since = {
        FeedHealth.FAILING: feed.failing_since,
        FeedHealth.GONE: feed.gone_at,
        FeedHealth.QUIET: feed.newest_entry_at,
        FeedHealth.WELL: feed.watched_since,
    }.get(health)
    return ToldHealth(health, since, TO_DO[health])
