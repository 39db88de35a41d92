"""A paper of invented news with a feed on a local server, and a poller whose clock the test sets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.outbound.door import Limits
from content.outlets.feeds.models import Feed
from scheduler.watch.polling import Watcher, poll_due
from tests.conftest import NOW
from tests.factories import make_feed
from tests.local_server import Call, Server

LIMITS = Limits(total_seconds=0.5, connect_seconds=0.5, size=2_000_000)
DAY = timedelta(days=1)


def rss(*items: str, built: str = "", ttl: str = "") -> bytes:
    """An RSS document around *items*."""
    head = f"<title>Báo Quảng Ngãi</title><link>https://bao.vidu.vn</link>{built}{ttl}"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{"".join(items)}</channel></rss>'.encode()


def item(number: int, *, title: str = "", guid: str = "", at: datetime | None = None) -> str:
    """One entry; *number* tells it from others by its link."""
    moment = at or NOW - timedelta(hours=number)
    return (
        f"<item><title>{title or f'Tin số {number} về chuyển đổi số'}</title>"
        f"<link>https://bao.vidu.vn/tin-{number}-{100_000 + number}.html</link>"
        f"<guid>{guid or f'tin-{number}'}</guid><description>Tóm tắt {number}</description>"
        f"<pubDate>{moment:%a, %d %b %Y %H:%M:%S +0000}</pubDate></item>"
    )


def serve(server: Server, path: str, *items: str, **headers: str) -> None:
    """Let the server answer with these items."""
    body = rss(*items)
    server.routes[path] = lambda call: call.answer(200, body, **headers)


def serve_validated(server: Server, path: str, body: Callable[[], bytes], etag: Callable[[], str]) -> None:
    """The same with an ETag, answered 304 when it is asked with it."""

    def route(call: Call) -> None:
        if call.headers.get("If-None-Match") == etag():
            call.answer(304, ETag=etag())
        else:
            call.answer(200, body(), ETag=etag())

    server.routes[path] = route


class Poller:
    """Polls what is due at ``now``, which the test moves."""

    def __init__(self, engine: Engine, server: Server, *, owner: str = "may-chu:1") -> None:
        self.engine, self.now = engine, NOW
        self.watcher = Watcher(
            engine=engine,
            reach=server.reach,
            agent="Loa/1 (+https://loa.vidu.vn)",
            clock=lambda: self.now,
            owner=owner,
            limits=LIMITS,
            dice=lambda: 0.0,
        )

    def poll(self) -> int:
        """One turn now."""
        return poll_due(self.watcher, Event())

    def poll_again(self, feed: Feed, *, after: timedelta | None = None) -> Feed:
        """One turn when the feed is next due, or *after* a while; the feed as it then is."""
        with Session(self.engine) as session:
            due = session.get_one(Feed, feed.id).next_poll_at
        self.now = due if after is None else self.now + after
        self.poll()
        return self.read(feed)

    def read(self, feed: Feed) -> Feed:
        """The feed's row as it is now."""
        with Session(self.engine, expire_on_commit=False) as session:
            return session.get_one(Feed, feed.id)


def fresh_feed(session: Session, server: Server, path: str, **given: object) -> Feed:
    """A feed that was never polled, due now."""
    feed = make_feed(session, address=server.url(path), **given)  # type: ignore[arg-type]
    feed.host = server.host
    feed.answered_at = feed.newest_entry_at = feed.watched_since = None
    session.commit()
    return feed
