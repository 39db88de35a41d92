"""An outlet's feeds: added, moved, watched or not, told in words; the network is never asked from here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.accounts.permissions import Role
from app.errors import Invalid, Refused, Stale
from content.outlets.feeds.models import Feed, FeedHealth, FeedOutage
from content.outlets.feeds.queries import feeds_of
from content.outlets.feeds.services import add_feed, change_feed, remove_feed, unwatch_feed, watch_feed
from content.outlets.feeds.words import tell_health
from content.outlets.services import retire_outlet
from content.outlets.table import import_outlets
from content.publications.found.services import record_found
from tests.conftest import NOW
from tests.factories import make_entry, make_feed, make_outlet, make_person
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]
ADDRESS = "https://bao.example.vn/rss/tin-moi.rss"


def test_a_feed_is_added_once_moved_switched_and_removed(session: Session) -> None:
    outlet, actor = make_outlet(session), make_person(session, Role.COORDINATOR)
    by = {"actor": actor, "now": NOW}
    feed = add_feed(session, outlet, "bao.example.vn/rss/tin-moi.rss", is_watched=True, **by)  # type: ignore[arg-type]
    assert (feed.address, feed.host, feed.next_poll_at) == (ADDRESS, "bao.example.vn", NOW)
    with pytest.raises(Refused):
        add_feed(session, make_outlet(session), ADDRESS.replace("https", "http"), is_watched=False, **by)  # type: ignore[arg-type]
    for wrong in ("", "javascript:alert(1)", "https://a@b.vn/", "http://127.9/", "x" * 3000):
        with pytest.raises(Invalid):
            add_feed(session, outlet, wrong, is_watched=True, **by)  # type: ignore[arg-type]
    feed.etag, feed.failing_since, feed.failures, feed.watched_since = "x", NOW, 3, NOW
    session.add(FeedOutage(feed_id=feed.id, began_at=NOW - timedelta(hours=5), failure="Lỗi"))
    session.flush()
    with pytest.raises(Stale):
        change_feed(session, feed, ADDRESS, seen=0, **by)  # type: ignore[arg-type]
    change_feed(session, feed, "https://bao.example.vn/rss/khac.rss", seen=feed.version, **by)  # type: ignore[arg-type]
    assert [feed.etag, feed.failing_since, feed.watched_since, feed.lease_token] == [None, None, None, 1]
    assert session.scalar(select(FeedOutage.ended_at)) == NOW
    unwatch_feed(session, feed, seen=feed.version, **by)  # type: ignore[arg-type]
    assert tell_health(feed, now=NOW).health is FeedHealth.OFF
    with pytest.raises(Refused):
        unwatch_feed(session, feed, seen=feed.version, **by)  # type: ignore[arg-type]
    watch_feed(session, feed, seen=feed.version, **by)  # type: ignore[arg-type]
    assert tell_health(feed, now=NOW).health is FeedHealth.NEW
    retire_outlet(session, outlet, seen=outlet.version, **by)  # type: ignore[arg-type]
    assert not feed.is_watched
    with pytest.raises(Refused):
        watch_feed(session, feed, seen=feed.version, **by)  # type: ignore[arg-type]
    remove_feed(session, feed, seen=feed.version, **by)  # type: ignore[arg-type]
    kept = make_feed(session)
    record_found(session, kept, [make_entry()], now=NOW)
    with pytest.raises(Refused):
        remove_feed(session, kept, seen=kept.version, **by)  # type: ignore[arg-type]
    assert session.scalars(select(Feed.id)).all() == [kept.id]


def test_a_list_of_outlets_brings_their_feeds(session: Session) -> None:
    actor = make_person(session, Role.COORDINATOR)
    rows = f"Tên;Loại;Nguồn tin\nBáo Sông Trà;báo;{ADDRESS}|https://bao.example.vn/kt.rss\n".encode()
    for _ in range(2):
        report = import_outlets(session, rows, actor=actor, now=NOW)
        assert report.refused == []
    assert [feed.is_watched for feed in session.scalars(select(Feed))] == [True, True]
    bad = "Tên;Loại;Nguồn tin\nBáo Khác;báo;không phải địa chỉ\n".encode()
    assert len(import_outlets(session, bad, actor=actor, now=NOW).refused) == 1


def test_the_pages_of_feeds(session: Session, visit: Visit) -> None:
    outlet = make_outlet(session)
    feed = make_feed(session, outlet=outlet)
    feed.failing_since, feed.failures, feed.failure = NOW, 2, "Máy chủ không trả lời."
    people = [make_person(session, Role.COORDINATOR), make_person(session, Role.OFFICER)]
    people.append(make_person(session, Role.OUTLET, organisation=outlet.organisation))
    people.append(make_person(session, Role.OUTLET))
    session.commit()
    seen = feed.version
    coordinator, officer, press, rival = (visit(one) for one in people)
    show, edit = f"/outlets/{outlet.id}", f"/outlets/feeds/{feed.id}/edit"
    for visitor, may in ((coordinator, 200), (officer, 404), (press, 404), (rival, 404), (visit(None), 303)):
        assert visitor.get(edit).status_code == may
        assert visitor.get(f"/outlets/{outlet.id}/feeds/new").status_code == may
        if may != 200:
            ends = [f"/outlets/feeds/{feed.id}/{end}" for end in ("switch", "remove")]
            assert [visitor.post(end).status_code for end in ends] == [may, may]
    for visitor in (coordinator, officer, press):
        text = visitor.get(show).text
        assert "Không đọc được" in text and "Máy chủ không trả lời." in text  # noqa: PT018
    assert "Ngừng theo dõi" not in press.get(show).text
    assert rival.get(show).status_code == 404
    new = f"/outlets/{outlet.id}/feeds/new"
    assert coordinator.post(new, {"address": ADDRESS, "is_watched": "y"}).status_code == 303
    twice = coordinator.post(new, {"address": ADDRESS, "is_watched": "y"})
    assert (twice.status_code, outlet.name in twice.text, ADDRESS in twice.text) == (409, True, True)
    assert coordinator.post(new, {"address": ""}).status_code == 422
    stale = coordinator.post(edit, {"address": ADDRESS + "?a=1", "version": "99"})
    assert (stale.status_code, ADDRESS + "?a=1" in stale.text) == (409, True)
    assert coordinator.post(edit, {"address": ADDRESS + "?a=1", "version": str(seen)}).status_code == 303
    assert (
        coordinator.post(
            f"/outlets/feeds/{feed.id}/switch", {"version": str(seen + 1), "watch": "0"}
        ).status_code
        == 303
    )
    assert coordinator.post(f"/outlets/feeds/{feed.id}/remove", {"version": str(seen + 2)}).status_code == 303
    session.expire_all()
    assert [one.address for one in feeds_of(session, outlet)] == [ADDRESS]
