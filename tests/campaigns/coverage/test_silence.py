"""Silent is not unknown: when nothing is counted, what the feeds allow to say."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from html import unescape

import pytest
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Person
from app.accounts.permissions import Role
from app.clock import Period
from campaigns.coverage.asked import Asked, Span
from campaigns.coverage.queries import map_of
from campaigns.coverage.quiet import quiet_of
from campaigns.coverage.silence import Silence, Why, silence_of
from campaigns.coverage.table import by_outlet
from content.outlets.feeds.health import Outage
from content.outlets.feeds.models import Feed, FeedOutage
from content.outlets.models import Outlet, OutletKind
from content.publications.models import MatchDecision, PublicationStatus
from content.publications.tally.keeping import settle
from tests.factories import (
    make_channel,
    make_match,
    make_outlet,
    make_person,
    make_publication,
    make_target,
    make_theme,
)
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]
NOW = datetime.fromisoformat("2026-05-20T02:00:00+00:00")
MAY = Period(date(2026, 5, 1), date(2026, 5, 31))


def at(day: int, month: int = 5, hour: int = 8) -> datetime:
    return clock.from_local(datetime(2026, month, day, hour))  # noqa: DTZ001 - a wall clock


def feed(**more: object) -> Feed:
    given = {"is_watched": True, "watched_since": at(1, month=1), "gone_at": None, "failing_since": None}
    return Feed(**{**given, **more})


@pytest.mark.parametrize(
    ("feeds", "why", "day", "until"),
    [
        ([], Why.NO_FEED, None, None),
        ([(feed(), [])], Why.READ, None, None),
        # A short outage loses nothing; one that ended before or begins after the period is none of it.
        ([(feed(), [Outage(at(3), at(3, hour=20))])], Why.READ, None, None),
        ([(feed(), [Outage(at(1, month=4), at(20, month=4))])], Why.READ, None, None),
        ([(feed(), [Outage(at(3), at(6))])], Why.UNREADABLE, date(2026, 5, 3), date(2026, 5, 6)),
        ([(feed(), [Outage(at(3), None)])], Why.UNREADABLE, date(2026, 5, 3), None),
        ([(feed(), [Outage(at(20, month=4), None)])], Why.UNREADABLE, date(2026, 4, 20), None),
        # Watching began with the period's first day, or later.
        ([(feed(watched_since=at(1)), [])], Why.READ, None, None),
        ([(feed(watched_since=at(9)), [])], Why.NEW, date(2026, 5, 9), None),
        ([(feed(watched_since=None), [])], Why.NEVER, None, None),
        ([(feed(is_watched=False), [])], Why.OFF, None, None),
        ([(feed(gone_at=at(2)), [])], Why.GONE, date(2026, 5, 2), None),
        # One feed that was read throughout is enough; else the reason nearest to knowing is told.
        ([(feed(gone_at=at(2)), []), (feed(), [])], Why.READ, None, None),
        ([(feed(is_watched=False), []), (feed(watched_since=at(9)), [])], Why.NEW, date(2026, 5, 9), None),
    ],
)
def test_silence_is_known_only_where_a_feed_was_read_throughout(
    feeds: list[tuple[Feed, list[Outage]]], why: Why, day: date | None, until: date | None
) -> None:
    assert silence_of(feeds, MAY, now=NOW) == Silence(why, day, until)


def add_feed(session: Session, outlet: Outlet, **more: object) -> Feed:
    made = feed(
        outlet_id=outlet.id,
        address=f"https://bao.example.vn/{outlet.id}.rss",
        address_key=f"{outlet.id:064}",
        host="bao.example.vn",
        next_poll_at=NOW,
        **more,
    )
    session.add(made)
    session.flush()
    return made


def scene(session: Session) -> dict[str, int]:
    """A paper that is read and silent, one whose feed broke on 3/5, a loudspeaker, and one that somebody logs by hand."""
    theme = make_theme(session, "Chuyển đổi số")
    silent, broken = make_outlet(session, "Báo Im"), make_outlet(session, "Báo Hỏng")
    loud = make_outlet(session, "Loa xã", kind=OutletKind.LOUDSPEAKER)
    logged = make_outlet(session, "Đài ghi tay", kind=OutletKind.BROADCASTER)
    add_feed(session, silent)
    session.add(FeedOutage(feed_id=add_feed(session, broken).id, began_at=at(3), ended_at=None))
    make_match(session, make_publication(session, outlet=logged, published_at=at(5)), theme=theme)
    make_target(session, theme, outlet=silent, count=2, due_on=date(2026, 5, 10))
    session.commit()
    return {"theme": theme.id, "silent": silent.id, "broken": broken.id, "loud": loud.id, "logged": logged.id}


def test_a_map_tells_silent_from_unknown_and_counts_what_is_logged_by_hand(session: Session) -> None:
    ids = scene(session)
    found = map_of(session, Asked(Span.read("2026-05", today=NOW.date())), now=NOW)
    table = by_outlet(found)
    cells = {
        column.outlet.id: cell
        for column, cell in zip(table.columns, table.lines[0].cells, strict=True)
        if column.outlet
    }
    why = {
        name: cell.silence.why if (cell := cells[ids[name]]).silence else None
        for name in ids
        if name != "theme"
    }
    assert why == {"silent": Why.READ, "broken": Why.UNREADABLE, "loud": Why.NO_FEED, "logged": None}
    quiet = quiet_of(found)
    assert [one.name for one in quiet.silent] == ["Báo Im"]
    assert [(silence.why, [one.name for one in outlets]) for silence, outlets in quiet.unknown] == [
        (Why.UNREADABLE, ["Báo Hỏng"]),
        (Why.NO_FEED, ["Loa xã"]),
    ]


def test_what_was_found_and_waits_for_a_word_makes_silence_unknown(session: Session) -> None:
    theme, outlet = make_theme(session), make_outlet(session)
    add_feed(session, outlet)
    waiting = make_publication(session, outlet=outlet, published_at=at(5))
    waiting.status = PublicationStatus.FOUND
    make_match(session, waiting, theme=theme, decision=MatchDecision.PROPOSED)
    settle(session)
    found = map_of(session, Asked(Span.read("2026-05", today=NOW.date())), now=NOW)
    assert by_outlet(found).lines[0].cells[0].silence == Silence(Why.WAITING, waiting=1)


def test_our_own_site_is_silent_without_a_feed(session: Session) -> None:
    make_theme(session)
    ours, other = make_outlet(session, "Trang của ta"), make_outlet(session, "Trang khác của ta")
    make_channel(session, outlet=ours)
    settle(session)
    quiet = quiet_of(map_of(session, Asked(Span.read("2026-05", today=NOW.date())), now=NOW))
    assert quiet.silent == [ours]
    assert quiet.unknown == [(Silence(Why.NO_FEED), [other])]


def test_of_a_span_that_has_not_begun_nothing_is_said(session: Session) -> None:
    make_theme(session)
    make_outlet(session)
    found = map_of(session, Asked(Span.read("2026-06", today=NOW.date())), now=NOW)
    assert by_outlet(found).lines[0].cells[0].silence is None


def test_the_page_the_file_and_the_list_say_it_in_words(
    session: Session, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = scene(session)
    manager = make_person(session, Role.MANAGER)
    session.commit()
    monkeypatch.setattr(clock, "now", lambda: NOW)
    visitor = visit(manager)
    page = unescape(visitor.get("/coverage?period=2026-05").text)
    aloud = re.findall(r'aria-label="(Chuyển đổi số, [^"]*)"', page)
    assert (
        "Chuyển đổi số, Báo Im: đã đăng 0 trên chỉ tiêu 2, trễ 2, không đăng: nguồn tin đọc được suốt kỳ mà không có tin nào"
        in aloud
    )
    assert "Chuyển đổi số, Báo Hỏng: chưa rõ: nguồn tin không đọc được từ 3/5/2026" in aloud
    assert "Chuyển đổi số, Loa xã: chưa rõ: không có nguồn tin để theo dõi" in aloud
    assert "Chuyển đổi số, Đài ghi tay: đã đăng 1, không đặt chỉ tiêu" in aloud
    file = visitor.get("/coverage/csv?period=2026-05").text
    assert "Chưa rõ: nguồn tin không đọc được từ 3/5/2026" in file
    part = visitor.get(
        f"/coverage/done?period=2026-05&outlet={ids['silent']}", headers={"HX-Request": "true"}
    )
    assert "<html" not in part.text
    assert "Không đăng: nguồn tin đọc được suốt kỳ" in part.text
    assert visitor.get(f"/coverage/done?period=2026-05&outlet={ids['silent']}").text.count("<h1") == 1


def test_several_outlets_in_one_cell_say_of_how_many_it_is_unknown(session: Session) -> None:
    scene(session)
    found = map_of(session, Asked(Span.read("2026-05", today=NOW.date())), now=NOW)
    total = by_outlet(found).lines[0].cells[0]
    assert total.silences == ()  # something was published
    silences = found.silences.of([0], [one.id for one in (*found.outlets.values(), *found.idle)])
    assert sorted(one.why for one in silences) == sorted([Why.READ, Why.UNREADABLE, Why.NO_FEED, Why.NO_FEED])
