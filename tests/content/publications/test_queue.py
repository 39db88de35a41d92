"""What watching found is confirmed, corrected or dismissed with one key, and taken back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Person
from app.accounts.permissions import Role
from app.errors import Refused, Stale
from content.items.models import Item, Stage
from content.outlets.feeds.models import Feed
from content.publications.found.services import record_found
from content.publications.models import Match, MatchDecision, Publication, PublicationStatus
from content.publications.queue.queries import QueueFilter, count_queue, page_of_queue
from content.publications.queue.services import (
    confirm_proposals,
    correct_proposals,
    dismiss_found,
    dismiss_unmatched,
    undo_decision,
)
from content.publications.tally.models import Tally
from content.themes.models import Theme
from tests.conftest import NOW
from tests.factories import make_entry, make_feed, make_item, make_organisation, make_person, make_theme
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]
FOUND, CONFIRMED, GONE = (
    PublicationStatus.FOUND,
    PublicationStatus.CONFIRMED,
    PublicationStatus.DISMISSED,
)
TITLE = "Tổ công nghệ số cộng đồng giúp bà con nộp hồ sơ trực tuyến"
HTMX = {"HX-Request": "true", "HX-Target": "found-list"}


@dataclass(frozen=True)
class Desk:
    """Three found publications: one with an item and themes, one with a theme, one with nothing."""

    feed: Feed
    theme: Theme
    other: Theme
    item: Item
    whole: Publication
    themed: Publication
    plain: Publication
    officer: Person

    @property
    def all(self) -> tuple[Publication, Publication, Publication]:
        return self.whole, self.themed, self.plain


@pytest.fixture
def desk(session: Session) -> Desk:
    now = clock.now()
    theme, other, feed = (
        make_theme(session, "Kỹ năng số"),
        make_theme(session, "Chuyển đổi số"),
        make_feed(session),
    )
    office = make_organisation(session)
    item = make_item(
        session,
        stage=Stage.APPROVED,
        title=TITLE,
        planned_on=clock.local_day(now),
        themes=(theme,),
        organisation=office,
    )
    titles = (TITLE, "Chuyển đổi số ở chợ phiên", "Giá vàng hôm nay")
    entries = [
        make_entry(title, published_at=now - timedelta(hours=hour)) for hour, title in enumerate(titles)
    ]
    record_found(session, feed, entries, now=now)
    rows = {one.title: one for one in session.scalars(select(Publication))}
    whole, themed, plain = (rows[title] for title in titles)
    officer = make_person(session, organisation=office)
    made = Desk(feed, theme, other, item, whole, themed, plain, officer)
    session.commit()
    return made


def matches(session: Session, one: Publication) -> dict[tuple[int | None, int | None], MatchDecision]:
    rows = session.scalars(select(Match).where(Match.publication_id == one.id)).unique()
    return {(row.item_id, row.theme_id): row.decision for row in rows}


def test_confirming_correcting_and_dismissing_and_taking_each_back(session: Session, desk: Desk) -> None:
    def do(deed: Callable[..., None], one: Publication, **given: object) -> None:
        deed(session, one, seen=one.version, actor=desk.officer, now=NOW, **given)
        session.commit()

    proposed = {one.id: matches(session, one) for one in desk.all}
    do(confirm_proposals, desk.whole)
    assert desk.whole.status is CONFIRMED
    assert set(matches(session, desk.whole).values()) == {MatchDecision.CONFIRMED}
    why = select(Match.reason).where(Match.item_id == desk.item.id)
    assert session.scalar(why) == "trùng nguyên tiêu đề"  # why it was proposed is not lost
    do(correct_proposals, desk.themed, item_id=None, theme_ids={desk.theme.id})
    assert matches(session, desk.themed)[None, desk.other.id] is MatchDecision.DISMISSED
    do(dismiss_found, desk.plain)
    assert count_queue(session) == 0
    assert sum(session.scalars(select(Tally.count))) == 2
    for one in desk.all:
        do(undo_decision, one)
        assert (one.status, matches(session, one)) == (FOUND, proposed[one.id])
    assert sum(session.scalars(select(Tally.count))) == 0
    with pytest.raises(Refused):
        do(undo_decision, desk.plain)
    with pytest.raises(Refused):
        do(confirm_proposals, desk.plain)  # nothing was proposed
    do(dismiss_found, desk.plain)
    with pytest.raises(Refused):
        do(dismiss_found, desk.plain)  # it waits no more
    with pytest.raises(Stale):
        confirm_proposals(session, desk.whole, seen=0, actor=desk.officer, now=NOW)


def test_the_queue_is_narrowed_and_paged_and_what_matches_nothing_goes_at_once(
    session: Session, desk: Desk
) -> None:
    def titles(**wanted: object) -> list[str]:
        page = page_of_queue(session, QueueFilter(**wanted), cursor=None)  # type: ignore[arg-type]
        return [row.publication.title for row in page.rows]

    assert titles() == [one.title for one in desk.all]
    assert titles(theme_id=desk.other.id) == [desk.themed.title]
    assert titles(unmatched=True) == [desk.plain.title]
    assert titles(outlet_id=make_feed(session).outlet_id) == []
    up_to = desk.plain.id
    record_found(session, desk.feed, [make_entry(f"Tin vắn {number}") for number in range(25)], now=NOW)
    first = page_of_queue(session, QueueFilter(), cursor=None)
    second = page_of_queue(session, QueueFilter(), cursor=first.following)
    assert (len(first.rows), len(second.rows), second.following) == (20, 8, None)
    given = {"outlet_id": desk.feed.outlet_id, "actor": desk.officer, "now": NOW}
    assert dismiss_unmatched(session, up_to=max(one.id for one in desk.all), **given) == 1  # type: ignore[arg-type]
    session.expire_all()
    assert (desk.plain.id <= up_to, desk.plain.status) == (True, GONE)
    assert count_queue(session) == 27


def test_the_pages_answer_those_who_may_match(session: Session, visit: Visit, desk: Desk) -> None:
    paths = (
        "/publications/queue",
        f"/publications/queue/{desk.whole.id}/choose",
        "/publications/queue/dismiss-unmatched",
    )
    press = make_person(session, Role.OUTLET, organisation=desk.feed.outlet.organisation)
    manager, coordinator = make_person(session, Role.MANAGER), make_person(session, Role.COORDINATOR)
    session.commit()
    asked = {person: visit(person) for person in (desk.officer, coordinator, manager, press, None)}
    for path in paths:
        statuses = [asked[person].get(path).status_code for person in asked]
        assert statuses == [200, 200, 404, 404, 303], path
        posted = [asked[person].post(path).status_code for person in (manager, press, None)]
        assert posted in ([404, 404, 303], [405, 405, 405]), path
    text = asked[desk.officer].get("/publications/queue").text
    assert "trùng nguyên tiêu đề" in text
    assert "có cụm từ “Chuyển đổi số” ở tiêu đề" in text
    assert f'action="/publications/queue/{desk.plain.id}/confirm' not in text  # nothing to say yes to
    assert "3 tin mới tìm thấy" in asked[coordinator].get("/").text
    assert "Trùng" not in asked[manager].get("/publications").text
    english = asked[coordinator]
    english.post("/language", {"lang": "en", "next": "/"})
    assert "has the phrase “Chuyển đổi số” in its title" in english.get("/publications/queue").text


def test_each_decision_leads_to_the_next_entry_and_can_be_taken_back(
    session: Session, visit: Visit, desk: Desk
) -> None:
    officer, queue = visit(desk.officer), "/publications/queue"
    whole, themed = f"{queue}/{desk.whole.id}", f"{queue}/{desk.themed.id}"
    # Without JavaScript: back to the list as it was, at the next entry, with what was done.
    sent = {"version": str(desk.whole.version), "next": str(desk.themed.id)}
    answer = officer.post(f"{whole}/confirm?outlet={desk.feed.outlet_id}", sent)
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(
        f"?outlet={desk.feed.outlet_id}&at={desk.themed.id}&done={desk.whole.id}#found-{desk.themed.id}"
    )
    page = officer.get(answer.headers["Location"].partition("#")[0]).text
    assert "Đã xác nhận “Tổ công nghệ số" in page
    assert re.search(rf'id="found-{desk.themed.id}"[^>]* aria-current="true"', page)
    # With it: the list alone.
    stale = officer.post(f"{themed}/dismiss", {"version": "9", "next": ""}, headers=HTMX)
    assert (stale.status_code, "<html" in stale.text) == (409, False)
    assert "vừa được người khác thay đổi" in stale.text
    assert re.search(rf'id="found-{desk.themed.id}"[^>]* aria-current="true"', stale.text)
    done = officer.post(f"{themed}/dismiss", {"version": "1", "next": str(desk.plain.id)}, headers=HTMX)
    assert (done.status_code, "Đã bỏ qua" in done.text) == (200, True)
    version = re.search(r'/undo.*?name="version" value="(\d+)"', done.text, re.DOTALL)
    assert version is not None
    back = officer.post(f"{themed}/undo", {"version": version[1]}, headers=HTMX)
    assert re.search(rf'id="found-{desk.themed.id}"[^>]* aria-current="true"', back.text)
    assert officer.post(f"{themed}/undo", {"version": "99"}, headers=HTMX).status_code == 409
    # Choosing: nothing chosen is refused, an unknown item too, and a chosen theme holds.
    wrong = [{"version": "3"}, {"version": "3", "item": "999999"}, {"version": "3", "themes": "999999"}]
    assert [officer.post(f"{themed}/choose", sent).status_code for sent in wrong] == [409, 422, 422]
    good = {"version": "3", "themes": str(desk.theme.id), "item": str(desk.item.id)}
    assert officer.post(f"{themed}/choose", good).status_code == 303
    assert officer.get(f"{themed}/choose").status_code == 409
    assert "Hoàn tác" in officer.get(f"/publications/{desk.themed.id}").text
    assert "1 tin đang chờ không khớp" in officer.get(f"{queue}/dismiss-unmatched").text
    last = officer.post(f"{queue}/dismiss-unmatched", {"up_to": str(desk.plain.id + desk.whole.id + 99)})
    assert last.status_code == 303
    assert "Không còn tin nào chờ xác nhận" in officer.get(queue).text
    long = {"version": "1", "reason": "x" * 400}
    assert officer.post(f"{themed}/undo", {"version": "4"}).status_code == 303
    answer = officer.post(f"{themed}/dismiss", long)
    assert (answer.status_code, "x" * 400 in answer.text) == (422, True)
