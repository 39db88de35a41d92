"""Feeds that need a person: on the operator's page, at home, and read again on demand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Person
from app.accounts.permissions import Role
from content.outlets.feeds.health import health_of
from content.outlets.feeds.models import Feed, FeedHealth
from scheduler.watch.queries import TROUBLES, count_watching, feeds_in_trouble
from tests.factories import make_feed, make_outlet, make_person
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]
DAY = timedelta(days=1)


def feeds_of_every_kind(session: Session) -> dict[str, Feed]:
    """One feed of each health, and one of an outlet that is retired; all under one clock."""
    now = clock.now()
    made = {name: make_feed(session, outlet=make_outlet(session)) for name in
            ("well", "failing", "gone", "quiet", "undated", "off", "new", "retired")}  # fmt: skip
    for feed in made.values():
        feed.answered_at, feed.newest_entry_at, feed.next_poll_at = now, now - timedelta(hours=2), now
    for name in ("failing", "retired"):
        made[name].failing_since, made[name].failure = now - 2 * DAY, "Máy chủ <báo> trả lời quá chậm."
    made["gone"].gone_at, made["gone"].failing_since = now - DAY, now - DAY
    made["quiet"].newest_entry_at, made["undated"].newest_entry_at = now - 9 * DAY, None
    made["off"].is_watched = False
    made["new"].answered_at = made["new"].newest_entry_at = None
    made["retired"].outlet.retired_at = now
    session.commit()
    return made


def test_the_queries_and_the_rule_of_health_say_the_same(session: Session) -> None:
    made, now = feeds_of_every_kind(session), clock.now()
    found = {health: feeds_in_trouble(session, health, now, limit=20) for health in TROUBLES}
    for name, feed in made.items():
        mine = health_of(feed, now=now)
        assert [health for health, feeds in found.items() if feed in feeds] == (
            [mine] if mine in TROUBLES and name != "retired" else []
        ), name
    watching = count_watching(session, now)
    assert watching.counts == {health: len(feeds) for health, feeds in found.items()}
    assert (watching.watched, watching.broken) == (6, 2)


def test_operators_see_what_is_broken_since_when_why_and_what_to_do(session: Session, visit: Visit) -> None:
    made = feeds_of_every_kind(session)
    coordinator, administrator = (
        make_person(session, Role.COORDINATOR),
        make_person(session, Role.ADMINISTRATOR),
    )
    officer = make_person(session, Role.OFFICER)
    names = {name: feed.outlet.name for name, feed in made.items()}
    session.commit()
    page = visit(coordinator).get("/operations").text
    assert "Đang theo dõi 6 nguồn tin" in page
    assert "Máy chủ &lt;báo&gt; trả lời quá chậm." in page
    for name in ("failing", "gone", "quiet", "undated"):
        assert names[name] in page, name
        assert f'action="/operations/feeds/{made[name].id}/read"' in page
    for name in ("well", "off", "new", "retired"):
        assert names[name] not in page, name
    assert f'href="/outlets/{made["failing"].outlet_id}"' in page
    assert (
        "/outlets/"
        not in visit(administrator).get("/operations").text.split('id="feeds"')[1].split("<table")[0]
    )
    assert "2 nguồn tin không đọc được" in visit(administrator).get("/").text
    assert "không đọc được" not in visit(officer).get("/").text


def test_no_feed_and_only_good_feeds_are_told_apart(session: Session, visit: Visit) -> None:
    person = make_person(session, Role.COORDINATOR)
    session.commit()
    assert "Chưa theo dõi nguồn tin nào" in visit(person).get("/operations").text
    feed = make_feed(session)
    feed.answered_at = feed.newest_entry_at = clock.now()
    session.commit()
    assert "Đang đọc tốt 1 nguồn tin" in visit(person).get("/operations").text
    assert "nguồn tin không đọc được" not in visit(person).get("/").text


def test_a_feed_is_read_again_at_once_when_an_operator_asks(
    session: Session, engine: Engine, visit: Visit
) -> None:
    feed = make_feed(session)
    feed.gone_at, feed.next_poll_at = clock.now(), clock.now() + DAY
    person = make_person(session, Role.COORDINATOR)
    session.commit()
    visitor, place = visit(person), f"/operations/feeds/{feed.id}/read"
    assert visitor.post(place, {"version": "7"}).status_code == 409
    answer = visitor.post(place, {"version": str(feed.version)})
    assert (answer.status_code, answer.location) == (303, "/operations#feeds")
    with Session(engine) as fresh:
        found = fresh.get_one(Feed, feed.id)
        assert found.gone_at is None
        assert found.next_poll_at <= clock.now()
        assert health_of(found, now=clock.now()) is not FeedHealth.GONE
    assert visitor.post("/operations/feeds/999999/read", {"version": "1"}).status_code == 404
    session.refresh(feed)
    feed.is_watched = False
    session.commit()
    assert visitor.post(place, {"version": str(feed.version)}).status_code == 409


@pytest.mark.parametrize("role", [Role.OFFICER, Role.OUTLET, None])
def test_others_cannot_ask_for_it(session: Session, visit: Visit, role: Role | None) -> None:
    feed = make_feed(session)
    person = make_person(session, role) if role else None
    session.commit()
    answer = visit(person).post(f"/operations/feeds/{feed.id}/read", {"version": "1"})
    assert answer.status_code == (404 if role else 303)
    session.refresh(feed)
    assert feed.version == 1
