"""What feeds show becomes publications: each once, however often, under whatever name and by whomever it comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from threading import Thread

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app.audit import AuditEntry
from app.db import transaction
from content.outlets.feeds.models import Feed
from content.publications.found.entry import FoundEntry
from content.publications.found.models import Sighting
from content.publications.found.services import FoundCount, record_found
from content.publications.models import HOLDS, Match, MatchDecision, Publication, PublicationStatus
from content.publications.services import PublicationInput, log_publication
from content.publications.tally.models import Tally
from tests.conftest import NOW
from tests.factories import make_entry, make_feed, make_person, make_theme

LATER = NOW + timedelta(hours=1)


def all_of(session: Session) -> list[Publication]:
    return list(session.scalars(select(Publication).order_by(Publication.title)))


def test_entries_become_publications_once_with_what_they_may_match(session: Session) -> None:
    theme, feed = make_theme(session, "Chuyển đổi số"), make_feed(session)
    entries = [
        make_entry("Quảng Ngãi: Chuyển đổi số ở xã", guid="a", summary="Xã làm thủ tục trên mạng."),
        make_entry("Mùa mưa bão", guid="b", published_at=None),
        make_entry("Không có đường dẫn", link=""),
        make_entry("Đường dẫn nguy hiểm", link="javascript:alert(1)"),
        make_entry("Ở trang khác", link="https://khac.example.org/tin-1.html"),
    ]
    assert record_found(session, feed, entries, now=NOW) == FoundCount(new=3, no_link=2)
    session.expire_all()
    made = {one.title: one for one in all_of(session)}
    first, undated, elsewhere = (made[entries[place].title] for place in (0, 1, 4))
    assert (first.status, first.outlet_id, first.summary) == (
        PublicationStatus.FOUND, feed.outlet_id, "Xã làm thủ tục trên mạng.",
    )  # fmt: skip
    assert (first.published_at, first.note) == (NOW - timedelta(hours=2), "")
    assert undated.published_at == NOW
    assert "không ghi ngày" in undated.note
    assert "khac.example.org" in elsewhere.note
    [match] = session.scalars(select(Match)).unique()
    assert (match.publication_id, match.theme_id, match.decision) == (
        first.id, theme.id, MatchDecision.PROPOSED,
    )  # fmt: skip
    assert match.score == 0.9
    assert match.reason == "có cụm từ “Chuyển đổi số” ở tiêu đề"
    versions = [one.version for one in all_of(session)]
    assert record_found(session, feed, entries, now=LATER) == FoundCount(known=3, no_link=2)
    session.expire_all()
    assert [one.version for one in all_of(session)] == versions
    assert session.scalar(select(func.count()).select_from(Sighting)) == 3
    found = select(func.count()).where(AuditEntry.action == "publication.found")
    assert session.scalar(found) == 3


def test_an_article_is_known_again_by_guid_address_and_number(session: Session) -> None:
    feed = make_feed(session)
    link = "https://bao.example.vn/chuyen-doi-so-post777910.html"
    first = make_entry("Chuyển đổi số", link=link, guid="g1")
    record_found(session, feed, [first], now=NOW)
    again = [
        replace(first, guid="another at each poll"),
        replace(first, guid="", link=link.replace("https://bao", "http://m.bao") + "?utm_source=rss#x"),
        replace(first, guid="g3", link="https://bao.example.vn/tieu-de-moi-post777910.html"),
        replace(first, guid="g3", link="https://bao.example.vn/doi-duong-dan"),  # the same guid and date
    ]
    for hour, entry in enumerate(again):
        count = record_found(session, feed, [entry], now=NOW + timedelta(hours=hour))
        assert count == FoundCount(known=1), entry
    assert len(all_of(session)) == 1
    assert session.scalar(select(func.count()).select_from(Sighting)) == 1  # rewritten, not piled up


def test_three_spellings_in_one_answer_are_one_and_one_guid_on_three_articles_names_none(
    session: Session,
) -> None:
    feed = make_feed(session)
    link = "https://bao.example.vn/mot-bai"
    spelled = [make_entry(link=one) for one in (link, link + "/", link + "?utm_medium=x")]
    assert record_found(session, feed, spelled, now=NOW) == FoundCount(new=1, known=2)
    same = [make_entry(f"Bài {number}", guid="1", published_at=None) for number in range(3)]
    assert record_found(session, feed, same, now=NOW) == FoundCount(new=3)
    assert record_found(session, feed, same, now=LATER) == FoundCount(known=3)
    alone = make_entry("Bài thứ tư", guid="1", published_at=None)  # the others have left the feed
    assert record_found(session, feed, [alone], now=LATER) == FoundCount(new=1)
    assert record_found(session, feed, [alone, same[0]], now=LATER) == FoundCount(known=2)


def test_an_edited_title_stays_one_publication_with_both_titles_in_its_history(session: Session) -> None:
    theme, feed = make_theme(session, "Bình dân học vụ số"), make_feed(session)
    entry = make_entry("Tiêu đề đầu", guid="g")
    record_found(session, feed, [entry], now=NOW)
    [made] = all_of(session)
    edited = replace(entry, title="Bình dân học vụ số về làng")
    assert record_found(session, feed, [edited], now=LATER) == FoundCount(known=1, changed=1)
    session.expire_all()
    assert (made.title, made.title_folded, made.version) == (
        "Bình dân học vụ số về làng", "binh dan hoc vu so ve lang", 2,
    )  # fmt: skip
    assert session.scalar(select(Match.theme_id)) == theme.id
    told = session.scalars(select(AuditEntry).where(AuditEntry.action == "publication.retitled")).one()
    assert told.details == {"before": "Tiêu đề đầu", "title": "Bình dân học vụ số về làng"}
    # Another feed of the paper still shows the old one: no tug of war.
    other = make_feed(session, outlet=feed.outlet)
    for feed_now in (other, feed, other):
        shown = entry if feed_now is other else edited
        assert record_found(session, feed_now, [shown], now=LATER) == FoundCount(known=1)


def test_a_link_logged_by_hand_before_is_known_and_keeps_its_words(session: Session) -> None:
    feed = make_feed(session)
    entry = make_entry("Tiêu đề của báo", summary="Đoạn tóm tắt.")
    wanted = PublicationInput(feed.outlet, "Tiêu đề tôi ghi", NOW - timedelta(days=1), address=entry.link)
    logged = log_publication(session, wanted, actor=make_person(session), now=NOW)
    assert record_found(session, feed, [entry], now=LATER) == FoundCount(known=1)
    session.expire_all()
    assert (logged.title, logged.status) == ("Tiêu đề tôi ghi", PublicationStatus.LOGGED)


def test_above_the_setting_a_rule_confirms_and_it_is_counted(session: Session) -> None:
    theme, feed = make_theme(session, "Chuyển đổi số"), make_feed(session)
    record_found(session, feed, [make_entry("Chuyển đổi số")], now=NOW, confirm_above=0.9)
    session.commit()
    [made] = all_of(session)
    assert made.status is PublicationStatus.CONFIRMED
    assert session.scalar(select(Match.decision)) in HOLDS
    assert session.scalar(select(Tally.count).where(Tally.theme_id == theme.id)) == 1


def test_two_pollers_at_once_write_each_article_once(engine: Engine, session: Session) -> None:
    feed_id = make_feed(session).id
    make_theme(session, "Chuyển đổi số")
    session.commit()
    entries = [make_entry(guid=str(number)) for number in range(20)]
    counts: list[FoundCount] = []

    def poll(shown: list[FoundEntry]) -> None:
        with transaction(engine) as db:
            counts.append(record_found(db, db.get_one(Feed, feed_id), shown, now=NOW))

    other = Thread(target=poll, args=(entries[::-1],))
    with transaction(engine) as db:
        counts.append(record_found(db, db.get_one(Feed, feed_id), entries, now=NOW))
        other.start()  # waits for what this one has written
    other.join(30)
    assert sorted(one.new for one in counts) == [0, 20]
    assert session.scalar(select(func.count()).select_from(Match)) == 20
    assert session.scalar(select(func.count()).select_from(Sighting)) == 20
