"""Pages of outlets and publications, asked by who may, by another outlet's people and by strangers."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Person
from app.accounts.permissions import Role
from content.items.models import Item, Stage
from content.outlets.models import Outlet, OutletKind
from content.publications.models import Match, MatchDecision, Publication, PublicationStatus
from content.themes.models import Theme
from tests.factories import (
    make_item,
    make_match,
    make_organisation,
    make_outlet,
    make_person,
    make_publication,
    make_theme,
)
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]
YESTERDAY = clock.now() - timedelta(days=1)


@dataclass(frozen=True)
class House:
    """Two press organisations with an outlet, a publication and a person each; people of the desk."""

    own: Outlet
    other: Outlet
    published: Publication
    foreign: Publication
    press: Person
    rival: Person
    officer: Person
    coordinator: Person
    approver: Person
    unit: Person
    theme: Theme
    item: Item


@pytest.fixture
def visit(visit: Visit) -> Visit:
    """Somebody who stands on a page already, and so has its token."""

    def enter(person: Person | None) -> Visitor:
        visitor = visit(person)
        visitor.get("/me" if person else "/sign-in")
        return visitor

    return enter


@pytest.fixture
def house(session: Session) -> House:
    own, other = make_outlet(session, "Báo Sông Trà"), make_outlet(session, "Báo Núi Ấn")
    office = make_organisation(session)
    theme = make_theme(session)
    made = House(
        own=own,
        other=other,
        published=make_publication(session, outlet=own, title="Kỹ năng số về làng", published_at=YESTERDAY),
        foreign=make_publication(session, outlet=other, title="Tin của báo khác", published_at=YESTERDAY),
        press=make_person(session, Role.OUTLET, organisation=own.organisation),
        rival=make_person(session, Role.OUTLET, organisation=other.organisation),
        officer=make_person(session, Role.OFFICER, organisation=office),
        coordinator=make_person(session, Role.COORDINATOR, organisation=office),
        approver=make_person(session, Role.APPROVER, organisation=office),
        unit=make_person(session, Role.UNIT, organisation=office),
        theme=theme,
        item=make_item(
            session,
            stage=Stage.APPROVED,
            organisation=office,
            planned_on=clock.local_day(YESTERDAY),
            themes=(theme,),
        ),
    )
    session.commit()
    return made


def typed(outlet: Outlet, **values: str) -> dict[str, str]:
    moment = clock.local(YESTERDAY).strftime("%Y-%m-%dT%H:%M")
    sent = {
        "link": "https://bao.example.vn/moi",
        "title": "Tin mới",
        "outlet": str(outlet.id),
        "published_at": moment,
    }
    return sent | values


def ask(session: Session, asked: Any) -> list[Any]:
    """The rows there are now, read beside the test's own session, which would hold the writer's lock."""
    with Session(session.get_bind().execution_options(write=False)) as reader:
        return [tuple(row) for row in reader.execute(asked)]


def count(session: Session) -> int:
    return int(ask(session, select(func.count()).select_from(Publication))[0][0])


@pytest.mark.parametrize(
    ("url", "allowed", "refused"),
    [
        ("/publications", ("press", "officer", "approver"), ()),
        ("/publications/csv", ("press", "officer", "approver"), ()),
        ("/publications/new", ("press", "officer", "coordinator"), ("approver",)),
        ("/publications/import", ("press", "officer", "coordinator"), ("approver",)),
        ("/publications/{published}", ("press", "officer", "approver"), ("rival",)),
        ("/publications/{published}/edit", ("press", "officer"), ("rival", "approver")),
        ("/outlets", ("press", "officer", "approver"), ()),
        ("/outlets/{own}", ("press", "officer", "approver"), ("rival",)),
        ("/outlets/new", ("coordinator",), ("press", "officer", "approver")),
        ("/outlets/import", ("coordinator",), ("press", "officer")),
        ("/outlets/{own}/edit", ("coordinator",), ("press", "officer")),
    ],
)
def test_three_people_ask_each_page(
    visit: Visit, house: House, url: str, allowed: tuple[str, ...], refused: tuple[str, ...]
) -> None:
    url = url.format(published=house.published.id, own=house.own.id)
    for name in allowed:
        assert visit(getattr(house, name)).get(url).status_code == 200, name
    for name in refused:
        assert visit(getattr(house, name)).get(url).status_code == 404, name
    assert visit(house.unit).get(url).status_code == 404
    answer = visit(None).get(url)
    assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/sign-in")


@pytest.mark.parametrize(
    ("url", "refused"),
    [
        ("/publications/{published}/edit", ("rival", "approver")),
        ("/publications/{published}/dismiss", ("rival", "approver")),
        ("/publications/{published}/restore", ("rival", "approver")),
        ("/publications/{published}/match", ("press", "rival", "approver")),
        ("/outlets/{own}/edit", ("press", "officer")),
        ("/outlets/{own}/retire", ("press", "officer")),
        ("/outlets/{own}/restore", ("press", "officer")),
        ("/publications/999999/match", ("coordinator",)),
        ("/outlets/999999/retire", ("coordinator",)),
    ],
)
def test_who_may_not_changes_nothing(
    session: Session, visit: Visit, house: House, url: str, refused: tuple[str, ...]
) -> None:
    url = url.format(published=house.published.id, own=house.own.id)
    for name in refused:
        sent = typed(house.own, reason="x", version="1", themes=str(house.theme.id))
        assert visit(getattr(house, name)).post(url, sent).status_code == 404, name
    assert visit(None).post(url, {}).status_code in {303, 401}
    session.rollback()
    session.refresh(house.published)
    assert (house.published.version, house.published.title) == (1, "Kỹ năng số về làng")
    assert session.scalar(select(func.count()).select_from(Match)) == 0


def test_people_of_an_outlet_see_and_name_their_own_only(visit: Visit, house: House) -> None:
    press = visit(house.press)
    for url in ("/publications", "/publications/csv", "/outlets", "/publications/new", "/"):
        text = press.get(url).text
        assert "Báo Núi Ấn" not in text, url
        assert "Tin của báo khác" not in text, url
    assert "Kỹ năng số về làng" in press.get("/publications").text
    assert "Tin của báo khác" in visit(house.officer).get("/publications").text


def test_an_outlet_logs_for_itself_only(session: Session, visit: Visit, house: House) -> None:
    press = visit(house.press)
    answer = press.post("/publications/new", typed(house.other))
    assert answer.status_code == 422
    assert "không có trong danh sách" in answer.text
    assert count(session) == 2
    assert press.post("/publications/new", typed(house.own)).status_code == 303
    assert count(session) == 3


def test_the_form_stands_ready_for_who_has_one_outlet(visit: Visit, house: House) -> None:
    text = visit(house.press).get("/publications/new").text
    link = re.search(r'<input[^>]*name="link"[^>]*>', text)
    assert link is not None
    assert "autofocus" in link[0]
    assert re.search(rf'<option selected value="{house.own.id}">Báo Sông Trà', text)
    today = clock.local(clock.now())
    assert f'value="{today:%Y-%m-%d}T' in text
    prefilled = visit(house.press).get("/publications/new?link=https://a.vn/1").text
    assert re.search(r'name="link"[^>]*value="https://a\.vn/1"', prefilled)


def test_the_last_outlet_is_remembered(session: Session, visit: Visit, house: House) -> None:
    officer = visit(house.officer)
    assert not re.search(r"<option selected value=\"\d", officer.get("/publications/new").text)
    answer = officer.post("/publications/new", typed(house.other, more="1"))
    assert answer.location == f"/publications/new?outlet={house.other.id}"
    assert re.search(rf'<option selected value="{house.other.id}"', officer.get("/publications/new").text)


def test_a_link_logged_twice_leads_to_the_one_that_is_there(
    session: Session, visit: Visit, house: House
) -> None:
    officer = visit(house.officer)
    officer.post("/publications/new", typed(house.own))
    answer = officer.post(
        "/publications/new", typed(house.own, title="Lại nữa", link="http://www.bao.example.vn/moi/#x")
    )
    assert answer.status_code == 409
    assert "đã được ghi nhận" in answer.text
    assert "Lại nữa" in answer.text
    [(made_id,)] = ask(session, select(Publication.id).where(Publication.title == "Tin mới"))
    assert f'href="/publications/{made_id}"' in answer.text
    stranger = visit(house.rival).post("/publications/new", typed(house.other, title="Của tôi"))
    assert stranger.status_code == 409
    assert f'href="/publications/{made_id}"' not in stranger.text
    assert count(session) == 3


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"title": ""}, "Nhập tiêu đề"),
        ({"title": "x" * 1_000_000}, "nhiều nhất là 500"),
        ({"link": "https://a.vn/" + "x" * 1_000_000}, "nhiều nhất là 2000"),
        ({"note": "x" * 1_000_000}, "nhiều nhất là 1000"),
        ({"link": "javascript:alert(1)"}, "Đường dẫn không đúng"),
        ({"link": ""}, "Hãy dán đường dẫn"),
        ({"published_at": "hôm qua"}, "không đúng"),
        ({"published_at": "2199-01-01T00:00"}, "ở tương lai"),
        ({"outlet": "999999"}, "không có trong danh sách"),
        ({"outlet": ""}, "Chọn cơ quan báo chí"),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(
    session: Session, visit: Visit, house: House, values: dict[str, str], sentence: str
) -> None:
    answer = visit(house.officer).post(
        "/publications/new", typed(house.own) | {"note": "Ghi chú còn đây"} | values
    )
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "note" in values or "Ghi chú còn đây" in answer.text
    assert count(session) == 2


def test_a_title_in_nfd_is_kept_in_nfc_and_found_without_marks(
    session: Session, visit: Visit, house: House
) -> None:
    officer = visit(house.officer)
    officer.post(
        "/publications/new", typed(house.own, title=unicodedata.normalize("NFD", "Đưa kỹ năng số lên bản"))
    )
    for words in ("ky nang so len ban", "Đưa kỹ năng", unicodedata.normalize("NFD", "bản")):
        assert "Đưa kỹ năng số lên bản" in officer.get("/publications", query_string={"q": words}).text
    assert "Không có tin nào như vậy" in officer.get("/publications?q=khongco").text


def test_two_people_changing_one_publication(session: Session, visit: Visit, house: House) -> None:
    url = f"/publications/{house.published.id}/edit"
    first = typed(house.own, version="1", title="Người thứ nhất")
    second = typed(house.own, version="1", title="Người thứ hai", link="https://bao.example.vn/hai")
    assert visit(house.officer).post(url, first).status_code == 303
    answer = visit(house.press).post(url, second)
    assert answer.status_code == 409
    assert "Người thứ hai" in answer.text
    assert "Hiện nay: Người thứ nhất" in answer.text
    session.rollback()
    session.refresh(house.published)
    assert house.published.title == "Người thứ nhất"


def test_a_publication_is_dismissed_with_a_reason_and_taken_back(
    session: Session, visit: Visit, house: House
) -> None:
    officer, url = visit(house.officer), f"/publications/{house.published.id}"
    assert officer.post(url + "/dismiss", {"version": "1", "reason": ""}).status_code == 422
    stale = officer.post(url + "/dismiss", {"version": "9", "reason": "Ghi nhầm nơi"})
    assert stale.status_code == 409
    assert "Ghi nhầm nơi" in stale.text
    assert officer.post(url + "/dismiss", {"version": "1", "reason": "Ghi nhầm nơi"}).status_code == 303
    assert "Ghi nhầm nơi" in officer.get(url).text
    assert "Kỹ năng số về làng" not in officer.get("/publications").text
    assert "Kỹ năng số về làng" in officer.get("/publications?state=dismissed").text
    assert officer.post(url + "/restore", {"version": "2"}).status_code == 303
    session.rollback()
    session.refresh(house.published)
    assert house.published.status is PublicationStatus.CONFIRMED


def held(session: Session) -> set[tuple[int | None, int | None]]:
    asked = select(Match.item_id, Match.theme_id).where(Match.decision != MatchDecision.DISMISSED)
    return set(ask(session, asked))


def test_matching_by_hand_offers_the_items_themes(session: Session, visit: Visit, house: House) -> None:
    officer, url = visit(house.officer), f"/publications/{house.published.id}"
    page = officer.get(url).text
    assert house.item.title in page
    offered = officer.get(f"{url}?item={house.item.id}", headers={"HX-Request": "true"}).text
    assert "<h1" not in offered
    assert re.search(rf'<input checked[^>]*value="{house.theme.id}"', offered)
    assert f'name="themes_for" type="hidden" value="{house.item.id}"' in offered
    # Without JavaScript the themes of the chosen item come with it.
    assert officer.post(url + "/match", {"version": "1", "item": str(house.item.id)}).status_code == 303
    assert held(session) == {(house.item.id, None), (None, house.theme.id)}
    # With it, what is not ticked does not hold.
    sent = {"version": "2", "item": str(house.item.id), "themes_for": str(house.item.id)}
    assert officer.post(url + "/match", sent).status_code == 303
    assert held(session) == {(house.item.id, None)}
    stale = officer.post(url + "/match", sent | {"themes": str(house.theme.id)})
    assert stale.status_code == 409
    assert held(session) == {(house.item.id, None)}


@pytest.mark.parametrize("sent", [{"item": "999999"}, {"item": "x"}, {"themes": "999999"}])
def test_a_match_with_what_is_not_there_is_refused(
    session: Session, visit: Visit, house: House, sent: dict[str, str]
) -> None:
    url = f"/publications/{house.published.id}/match"
    assert visit(house.officer).post(url, {"version": "1", **sent}).status_code == 422
    assert held(session) == set()


def test_an_item_of_another_unit_is_neither_shown_nor_taken_nor_lost(
    session: Session, visit: Visit, house: House
) -> None:
    hidden = make_item(
        session,
        title="Tin bài kín của đơn vị khác",
        stage=Stage.APPROVED,
        planned_on=clock.local_day(YESTERDAY),
    )
    session.commit()
    officer, url = visit(house.officer), f"/publications/{house.published.id}"
    for query in ("", f"?item={hidden.id}", "?q=kin"):
        assert "Tin bài kín" not in officer.get(url + query).text
    assert officer.post(url + "/match", {"version": "1", "item": str(hidden.id)}).status_code == 422
    make_match(session, session.merge(house.published), item=hidden)
    session.commit()
    assert "Tin bài kín" not in officer.get(url).text
    sent = {"version": "1", "themes": str(house.theme.id)}
    assert officer.post(url + "/match", sent).status_code == 303
    assert held(session) == {(hidden.id, None), (None, house.theme.id)}


def test_the_file_of_the_list_runs_nothing_and_opens_in_excel(
    session: Session, visit: Visit, house: House
) -> None:
    make_publication(session, outlet=house.own, title='=HYPERLINK("http://x")', published_at=YESTERDAY)
    make_publication(session, outlet=house.own, title="Tin có ; và “ngoặc”", published_at=YESTERDAY)
    session.commit()
    answer = visit(house.press).get("/publications/csv")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert {row["Tiêu đề"] for row in rows} == {
        '\'=HYPERLINK("http://x")',
        "Tin có ; và “ngoặc”",
        "Kỹ năng số về làng",
    }
    assert (
        rows[0]["Ngày"]
        == f"{clock.local(YESTERDAY).day}/{clock.local(YESTERDAY).month}/{clock.local(YESTERDAY).year}"
    )


def test_filters_stand_in_the_address(session: Session, visit: Visit, house: House) -> None:
    make_match(session, session.merge(house.published), theme=house.theme)
    session.commit()
    officer = visit(house.officer)
    month = clock.local_day(YESTERDAY)
    for query, own, foreign in (
        (f"outlet={house.own.id}", True, False),
        (f"theme={house.theme.id}", True, False),
        ("unmatched=1", False, True),
        ("kind=newspaper", True, True),
        ("kind=loudspeaker", False, False),
        (f"month={month:%Y-%m}", True, True),
        ("month=2020-01", False, False),
        ("outlet=x&theme=&kind=khong&month=13", True, True),
    ):
        text = officer.get(f"/publications?{query}").text
        assert ("Kỹ năng số về làng" in text, "Tin của báo khác" in text) == (own, foreign), query
    assert officer.get("/publications?after=tầm-phào").status_code == 422


def test_many_at_once_are_pasted_or_sent_as_a_file(session: Session, visit: Visit, house: House) -> None:
    press = visit(house.press)
    text = "https://a.vn/1\tTin một\t3/5/2026\t07:00\nhttps://a.vn/2\tTin hai\t32/5/2026\t"
    answer = press.post("/publications/import", {"text": text, "outlet": str(house.own.id)})
    assert answer.status_code == 200
    assert "Đã ghi nhận 1 tin" in answer.text
    assert "Ngày “32/5/2026” không đúng" in answer.text
    assert "Tin hai" in answer.text
    content = "\ufeffĐường dẫn;Tiêu đề;Ngày;Nơi đăng\r\nhttps://a.vn/3;Tin ba;3/5/2026;Báo Núi Ấn\r\nhttps://a.vn/1;Tin một;3/5/2026;Báo Sông Trà".encode()
    answer = press.post("/publications/import", {"file": (io.BytesIO(content), "tin.csv")})
    assert "Đã ghi nhận 0 tin, đã có từ trước 1, không nhận 1" in answer.text
    assert count(session) == 3
    for sent in ({}, {"text": "x" * 1_500_000}, {"file": (io.BytesIO(b"\xff\xfe"), "x.csv")}):
        assert press.post("/publications/import", sent).status_code == 422


def test_home_asks_an_outlet_for_links_and_the_desk_for_matches(visit: Visit, house: House) -> None:
    text = visit(house.press).get("/").text
    assert "Dán đường dẫn bài đã đăng" in text
    assert 'action="/publications/lookups"' in text
    assert "chưa thuộc tin bài" not in text
    text = visit(house.officer).get("/").text
    assert "2 tin trong 30 ngày qua chưa thuộc" in text
    assert "Dán đường dẫn bài đã đăng" in text  # the desk logs for every outlet


def test_outlets_are_added_changed_and_retired_through_their_pages(
    session: Session, visit: Visit, house: House
) -> None:
    desk = visit(house.coordinator)
    sent = {
        "name": "Loa xã Sơn Mai",
        "kind": "loudspeaker",
        "organisation": str(house.own.organisation_id),
        "languages": "vi, hre",
    }
    answer = desk.post("/outlets/new", sent)
    assert answer.status_code == 303
    asked = select(Outlet.id, Outlet.kind, Outlet.languages).where(Outlet.name == "Loa xã Sơn Mai")
    [(made_id, *made)] = ask(session, asked)
    assert made == [OutletKind.LOUDSPEAKER, ["vi", "hre"]]
    assert desk.post("/outlets/new", sent).status_code == 409
    for bad in (
        {"name": "x" * 1_000_000},
        {"kind": "khong"},
        {"organisation": "999999"},
        {"address": "ftp://x"},
    ):
        answer = desk.post("/outlets/new", sent | {"name": "Tên còn đây"} | bad)
        assert answer.status_code == 422, bad
        assert "name" in bad or "Tên còn đây" in answer.text
    url = f"/outlets/{made_id}"
    assert desk.post(url + "/edit", sent | {"name": "Loa Sơn Mai", "version": "1"}).status_code == 303
    stale = desk.post(url + "/edit", sent | {"name": "Loa Mai", "version": "1"})
    assert stale.status_code == 409
    assert "Loa Mai" in stale.text
    assert desk.post(url + "/retire", {"version": "1"}).status_code == 409
    assert desk.post(url + "/retire", {"version": "2"}).status_code == 303
    assert "Đã ngừng theo dõi" in desk.get(url).text
    assert "Loa Sơn Mai" not in desk.get("/outlets").text
    assert "Loa Sơn Mai" in desk.get("/outlets?state=retired&q=loa+son").text
    assert desk.post(url + "/restore", {"version": "3"}).status_code == 303
    file = (io.BytesIO("Tên;Loại\nBáo Mới;báo\nBáo Lạ;lạ".encode()), "x.csv")
    answer = desk.post("/outlets/import", {"file": file})
    assert "Đã thêm 1, đã có từ trước 0, không nhận 1" in answer.text
    assert desk.post("/outlets/import", {}).status_code == 422


def test_the_page_of_an_outlet_shows_what_it_published_this_month(visit: Visit, house: House) -> None:
    text = visit(house.press).get(f"/outlets/{house.own.id}").text
    assert "Đã đăng trong tháng" in text
    assert "Tin của báo khác" not in text
