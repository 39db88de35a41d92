"""The coverage page, its lists and its file, asked by people and by every number on it."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Person
from app.accounts.permissions import Role
from app.text import nfc
from campaigns.board.models import Cadence
from campaigns.coverage.asked import Asked, Span
from campaigns.coverage.count import Count
from campaigns.coverage.queries import coverage_of
from campaigns.coverage.table import by_month, by_outlet
from content.items.models import ItemType, Stage
from content.outlets.models import Outlet, OutletKind
from content.publications.models import MatchDecision, PublicationStatus
from content.publications.tally.keeping import settle
from content.themes.models import Theme
from tests.factories import (
    make_campaign,
    make_item,
    make_match,
    make_outlet,
    make_person,
    make_publication,
    make_series,
    make_target,
    make_theme,
)
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]
TODAY = date(2026, 5, 20)
CELL = re.compile(r'<a class="map__cell[^>]*href="(/coverage/[^"]*)" data-side aria-label="([^"]*)"')


def at(day: int, month: int = 5, hour: int = 8, minute: int = 0) -> datetime:
    return clock.from_local(datetime(2026, month, day, hour, minute))  # noqa: DTZ001 - a wall clock


def publish(session: Session, theme: Theme, outlet: Outlet, *moments: datetime) -> None:
    for moment in moments:
        publication = make_publication(session, outlet=outlet, published_at=moment)
        make_match(session, publication, theme=theme)


def counted(
    session: Session, period: str, *, today: date = TODAY, **filters: int | OutletKind | None
) -> Count:
    settle(session)
    asked = Asked(Span.read(period, today=today), **filters)  # type: ignore[arg-type]
    return by_outlet(coverage_of(session, asked, today=today)).total.cells[0].count


def seed(session: Session) -> dict[str, int]:
    """Three themes, five outlets of three kinds, targets and series of two campaigns, thirty publications."""
    themes = [make_theme(session, f"Chủ đề thứ {number}", colour=number) for number in (1, 2, 3)]
    paper, rival = make_outlet(session, "Báo Sông Trà"), make_outlet(session, "Báo Núi Ấn")
    portal = make_outlet(session, "Cổng tỉnh", kind=OutletKind.PORTAL)
    louds = [make_outlet(session, f"Loa xã {n}", kind=OutletKind.LOUDSPEAKER) for n in (1, 2)]
    first, second = make_campaign(session, themes=(themes[0],)), make_campaign(session, themes=(themes[1],))
    make_series(session, themes[0], outlets=(paper, portal), campaign=first, quota=2)
    make_series(session, themes[1], outlets=(louds[0],), campaign=second, cadence=Cadence.MONTHLY, quota=3)
    make_target(session, themes[0], campaign=first, outlet_kind=OutletKind.NEWSPAPER, count=60)
    make_target(
        session, themes[0], campaign=first, count=3, item_type=ItemType.ARTICLE, due_on=date(2026, 5, 5)
    )
    make_target(session, themes[1], campaign=second, outlet=rival, count=2, due_on=date(2026, 4, 30))
    item = make_item(session, stage=Stage.APPROVED, type=ItemType.ARTICLE, themes=(themes[0],))
    for number in range(70):
        outlet = (paper, rival, portal, *louds)[number % 5]
        publication = make_publication(
            session, outlet=outlet, published_at=at(1 + number % 28, month=4 + number % 3)
        )
        make_match(session, publication, theme=themes[0])
        if number % 2:
            make_match(session, publication, theme=themes[1])
        if number % 7 == 0:
            make_match(session, publication, item=item)
    session.commit()
    return {"theme": themes[0].id, "campaign": first.id, "outlet": paper.id}


def sum_of_list(visitor: Visitor, url: str) -> tuple[int, int]:
    """The number that a list says, and what its rows on all its pages add up to."""
    total, said = 0, 0
    following: str | None = url
    while following:
        answer = visitor.get(following)
        assert answer.status_code == 200, following
        numbers = re.findall(r'data-number="(\d+)"', answer.text)
        said = int(numbers[0]) if numbers else 0
        total += sum(map(int, re.findall(r'data-count="(\d+)"', answer.text)))
        found = re.search(r'href="([^"]+)" rel="next"', answer.text)
        following = unescape(found[1]) if found else None
    return said, total


@pytest.mark.parametrize(
    "query",
    [
        "period=2026-05",
        "period=2026-Q2",
        "period=2026&view=months",
        "period=2026-05&kind=newspaper",
        "period=2026-Q2&campaign={campaign}",
        "period=2026-05&theme={theme}",
    ],
)
def test_every_number_equals_the_length_of_the_list_behind_it(
    session: Session, visit: Visit, query: str
) -> None:
    keys = seed(session)
    manager = visit(make_manager(session))
    page = manager.get("/coverage?" + query.format(**keys))
    cells = CELL.findall(page.text)
    assert len(cells) >= 5
    seen = Counter[str]()
    for url, aloud in cells:
        asked = unescape(url).partition("?")[2]
        for what, number in numbers_of(unescape(aloud)).items():
            if not number:
                continue
            said = sum_of_list(manager, f"/coverage/{what}?{asked}")
            assert said == (number, number), (what, asked)
            seen[what] += 1
    assert set(seen) == {"done", "promised", "late"}


def numbers_of(aloud: str) -> dict[str, int]:
    """The three numbers of a cell as it reads aloud."""
    said = {
        "done": re.search(r"đã đăng ([\d.]+)", aloud),
        "promised": re.search(r"chỉ tiêu ([\d.]+)", aloud),
        "late": re.search(r"trễ ([\d.]+)", aloud),
    }
    return {what: int(found[1].replace(".", "")) if found else 0 for what, found in said.items()}


def make_manager(session: Session) -> Person:
    manager = make_person(session, Role.MANAGER)
    session.commit()
    return manager


def test_three_people_ask_each_page(session: Session, visit: Visit) -> None:
    stranger = make_person(session, Role.OUTLET)
    manager = make_manager(session)
    for url in ("/coverage", "/coverage/done", "/coverage/promised", "/coverage/late", "/coverage/csv"):
        assert visit(manager).get(url).status_code == 200, url
        assert visit(stranger).get(url).status_code == 404, url
        assert visit(None).get(url).location.startswith("/sign-in?next=/coverage"), url


@pytest.mark.parametrize(
    "url",
    [
        "/coverage?period=2026-13",
        "/coverage?period=hôm+nay",
        "/coverage?period=2026-Q5",
        "/coverage/done?period=99999",
        "/coverage/done?after=tầm+phào",
        "/coverage/promised?after=-1",
        "/coverage/late?after=x",
        "/coverage?period=" + "9" * 100_000,
    ],
)
def test_an_address_that_is_none_is_refused_in_words(session: Session, visit: Visit, url: str) -> None:
    answer = visit(make_manager(session)).get(url)
    assert answer.status_code == 422
    assert "không đúng" in answer.text


def test_a_campaign_or_outlet_that_is_not_there_is_missing(session: Session, visit: Visit) -> None:
    manager = visit(make_manager(session))
    assert manager.get("/coverage?campaign=999999").status_code == 404
    assert manager.get("/coverage/done?outlet=999999").status_code == 404
    assert manager.get("/coverage?kind=khong&theme=x&campaign=").status_code == 200


def test_an_empty_house_says_how_to_begin(session: Session, visit: Visit) -> None:
    assert "Chưa có chủ đề nào để đếm" in visit(make_manager(session)).get("/coverage").text


def test_a_bulletin_at_a_quarter_past_five_counts_on_its_local_day(session: Session) -> None:
    theme, outlet = make_theme(session), make_outlet(session, kind=OutletKind.LOUDSPEAKER)
    morning = at(1, month=6, hour=5, minute=15)
    assert morning.astimezone(UTC).date() == date(2026, 5, 31)
    publish(session, theme, outlet, morning, at(18, hour=5, minute=15))
    assert counted(session, "2026-06").done == 1
    assert counted(session, "2026-05").done == 1


@pytest.mark.parametrize(
    ("moment", "period"),
    [
        (datetime(2025, 12, 31, 16, 59, tzinfo=UTC), "2025-12"),
        (datetime(2025, 12, 31, 17, 0, tzinfo=UTC), "2026-01"),
        (datetime(2026, 2, 28, 17, 0, tzinfo=UTC), "2026-03"),
        (datetime(2026, 5, 31, 16, 59, 59, tzinfo=UTC), "2026-05"),
    ],
)
def test_a_month_ends_at_midnight_in_vietnam(session: Session, moment: datetime, period: str) -> None:
    theme, outlet = make_theme(session), make_outlet(session)
    publish(session, theme, outlet, moment)
    first = Span.read(period, today=TODAY)
    assert counted(session, period).done == 1
    assert counted(session, first.previous.key).done == counted(session, first.following.key).done == 0


@pytest.mark.parametrize(
    ("decision", "status", "done"),
    [
        (MatchDecision.CONFIRMED, PublicationStatus.LOGGED, 1),
        (MatchDecision.CORRECTED, PublicationStatus.CONFIRMED, 1),
        (MatchDecision.CONFIRMED, PublicationStatus.GONE, 1),
        (MatchDecision.PROPOSED, PublicationStatus.LOGGED, 0),
        (MatchDecision.DISMISSED, PublicationStatus.LOGGED, 0),
        (MatchDecision.CONFIRMED, PublicationStatus.FOUND, 0),
        (MatchDecision.CONFIRMED, PublicationStatus.DISMISSED, 0),
    ],
)
def test_only_matches_that_hold_of_publications_that_count_are_counted(
    session: Session, decision: MatchDecision, status: PublicationStatus, done: int
) -> None:
    publication = make_publication(session, published_at=at(3))
    publication.status = status
    make_match(session, publication, theme=make_theme(session), decision=decision)
    assert counted(session, "2026-05").done == done


def test_a_publication_counts_once_for_each_theme_and_its_item_does_not_double_it(session: Session) -> None:
    publication = make_publication(session, published_at=at(3))
    first, second = make_theme(session), make_theme(session)
    make_match(session, publication, theme=first)
    make_match(session, publication, theme=second)
    make_match(session, publication, item=make_item(session))
    assert counted(session, "2026-05").done == 2
    assert counted(session, "2026-05", theme_id=first.id).done == 1


def test_a_promise_of_a_type_is_met_by_publications_of_such_items(session: Session) -> None:
    theme, outlet = make_theme(session), make_outlet(session)
    make_target(session, theme, count=2, item_type=ItemType.ARTICLE, due_on=date(2026, 5, 10))
    publish(session, theme, outlet, at(2), at(3))
    assert counted(session, "2026-05") == Count(2, 2, 2)
    item = make_item(session, type=ItemType.ARTICLE)
    publication = make_publication(session, outlet=outlet, published_at=at(4))
    make_match(session, publication, theme=theme)
    make_match(session, publication, item=item)
    assert counted(session, "2026-05") == Count(2, 3, 1)


def test_an_archived_campaign_and_series_promise_nothing_after_that_day(session: Session) -> None:
    theme, outlet = make_theme(session), make_outlet(session)
    campaign = make_campaign(session)
    series = make_series(session, theme, outlets=(outlet,), campaign=campaign)
    make_target(session, theme, campaign=campaign, count=10, due_on=date(2026, 5, 31))
    assert counted(session, "2026-05").promised == 5 + 10
    series.archived_at = at(12)
    assert counted(session, "2026-05").promised == 2 + 10
    campaign.archived_at = at(4)
    assert counted(session, "2026-05").promised == 1


def test_filters_narrow_rows_and_columns(session: Session) -> None:
    theme, other = make_theme(session), make_theme(session)
    paper, loud = make_outlet(session), make_outlet(session, kind=OutletKind.LOUDSPEAKER)
    campaign = make_campaign(session, themes=(theme,))
    make_target(session, theme, campaign=campaign, outlet=paper, count=4)
    make_target(session, theme, campaign=campaign, count=9)
    make_target(session, other, count=7)
    publish(session, theme, paper, at(1))
    publish(session, theme, loud, at(1))
    publish(session, other, loud, at(1))
    assert counted(session, "2026-05") == Count(20, 3, 0)
    assert counted(session, "2026-05", campaign_id=campaign.id) == Count(13, 2, 0)
    assert counted(session, "2026-05", kind=OutletKind.NEWSPAPER) == Count(4, 1, 0)
    assert counted(session, "2026-05", kind=OutletKind.LOUDSPEAKER) == Count(0, 2, 0)
    assert counted(session, "2026-05", theme_id=other.id) == Count(7, 1, 0)


def test_the_year_by_months_adds_up_to_the_year_by_outlets(session: Session) -> None:
    seed(session)
    asked = Asked(Span.read("2026", today=TODAY))
    found = coverage_of(session, asked, today=TODAY)
    months, outlets = by_month(found), by_outlet(found)
    assert len(months.columns) == 13
    assert months.total.cells[0].count == outlets.total.cells[0].count
    assert sum((cell.count for cell in months.total.cells[1:]), Count()) == months.total.cells[0].count


def test_many_outlets_fold_into_kinds_until_one_is_chosen(session: Session, visit: Visit) -> None:
    theme = make_theme(session)
    for number in range(31):
        outlet = make_outlet(session, f"Loa xã {number:02}", kind=OutletKind.LOUDSPEAKER)
        publish(session, theme, outlet, at(2))
    manager = visit(make_manager(session))
    page = manager.get("/coverage?period=2026-05").text
    assert "bảng gộp theo loại" in page
    assert "Loa xã 07" not in page
    assert "Loa xã 07" in manager.get("/coverage?period=2026-05&kind=loudspeaker").text


def test_the_file_opens_in_excel_with_plain_numbers_and_runs_nothing(session: Session, visit: Visit) -> None:
    theme = make_theme(session, "=CMD|'/C calc'!A0")
    outlet = make_outlet(session, "Báo Trà; “Bồng”")
    make_target(session, theme, outlet=outlet, count=1200, due_on=date(2026, 5, 10))
    publish(session, theme, outlet, at(2), at(3))
    answer = visit(make_manager(session)).get("/coverage/csv?period=2026-05")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert answer.mimetype == "text/csv"
    assert 'filename="do-phu-2026-05.csv"' in answer.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:4] == ["Chủ đề", "Tất cả – đã đăng", "Tất cả – chỉ tiêu", "Tất cả – trễ"]
    assert rows[0][5:9] == [
        "Báo Trà; “Bồng” – đã đăng",
        "Báo Trà; “Bồng” – chỉ tiêu",
        "Báo Trà; “Bồng” – trễ",
        "Báo Trà; “Bồng” – nguồn tin",
    ]
    assert [rows[1][0], *rows[1][5:9]] == ["'=CMD|'/C calc'!A0", "2", "1200", "1198", ""]
    assert rows[-1][-4:] == ["2", "1200", "1198", ""]
    assert nfc(answer.data.decode()) == answer.data.decode()


def test_the_months_of_a_year_are_walked_by_links(session: Session, visit: Visit) -> None:
    make_theme(session)
    manager = visit(make_manager(session))
    page = manager.get("/coverage?period=2026-01").text
    assert "period=2025-12" in page
    assert "period=2026-02" in page
    assert "period=2026-Q1" in page
    quarter = manager.get("/coverage?period=2026-q4").text
    assert "Quý IV/2026" in quarter
    assert "period=2027-Q1" in quarter


def test_the_lists_page_by_keys(session: Session, visit: Visit) -> None:
    theme, outlet = make_theme(session), make_outlet(session)
    publish(session, theme, outlet, *(at(3) + timedelta(seconds=number) for number in range(120)))
    manager = visit(make_manager(session))
    assert sum_of_list(manager, "/coverage/done?period=2026-05") == (120, 120)


def test_the_list_of_a_theme_names_who_published_first(session: Session, visit: Visit) -> None:
    theme, paper, rival = (
        make_theme(session),
        make_outlet(session, "Báo Sau"),
        make_outlet(session, "Báo Trước"),
    )
    publish(session, theme, paper, at(3, hour=9), at(4))
    publish(session, theme, rival, at(3, hour=7), at(5))
    publish(session, make_theme(session), paper, at(1))
    manager = visit(make_manager(session))
    page = manager.get(f"/coverage/done?period=2026-Q2&theme={theme.id}").text
    assert "Đăng đầu tiên trong kỳ: Báo Trước, 3/5/2026, 07:00" in page
    assert "Đăng đầu tiên" not in manager.get("/coverage/done?period=2026-Q2").text
