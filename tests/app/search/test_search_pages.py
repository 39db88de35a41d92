"""The pages of search: what each role finds, the box's short answer, and input that nobody expects."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.accounts.permissions import Role
from app.organisations.models import OrganisationKind
from campaigns.plans.models import Duty, DutyUnit
from content.items.models import Stage
from content.publications.models import PublicationStatus
from tests.factories import (
    make_campaign,
    make_document,
    make_item,
    make_organisation,
    make_outlet,
    make_person,
    make_plan,
    make_publication,
    make_theme,
)
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]


def test_each_role_finds_what_is_theirs_and_learns_nothing_else(session: Session, visit: Visit) -> None:
    unit, other = make_organisation(session), make_organisation(session)
    paper = make_organisation(session, kind=OrganisationKind.PRESS)
    own = make_outlet(session, organisation=paper, name="Báo Hoa Ban")
    make_item(session, title="Hoa ban nháp của ta", organisation=unit, stage=Stage.DRAFTING)
    make_item(session, title="Hoa ban nháp nơi khác", organisation=other, stage=Stage.DRAFTING)
    make_item(session, title="Hoa ban đã duyệt", organisation=other, stage=Stage.APPROVED)
    make_publication(session, outlet=own, title="Hoa ban nở trên báo ta")
    make_publication(session, title="Hoa ban nở nơi khác")
    gone = make_publication(session, title="Hoa ban bị bỏ qua")
    gone.status = PublicationStatus.DISMISSED
    make_campaign(session, name="Lễ hội hoa ban")
    make_theme(session, "Hoa ban")
    make_person(session, None, name="Hoa Ban Thị Kín")
    roles: dict[Role, Person] = {
        role: make_person(session, role, organisation=unit) for role in Role if role is not Role.OUTLET
    }
    roles[Role.OUTLET] = make_person(session, Role.OUTLET, organisation=paper)
    session.commit()
    everybody = {"Lễ hội hoa ban", "nở trên báo ta", "nở nơi khác", "đã duyệt", "Báo Hoa Ban"}
    sees = {
        Role.COORDINATOR: everybody | {"nháp của ta", "nháp nơi khác"},
        Role.MANAGER: everybody | {"nháp của ta", "nháp nơi khác"},
        Role.OFFICER: everybody | {"nháp của ta"},
        Role.APPROVER: everybody | {"nháp của ta"},
        Role.OUTLET: {"nở trên báo ta", "Báo Hoa Ban"},
        Role.ADMINISTRATOR: {"Thị Kín"},
        Role.UNIT: set(),
    }
    for role, wanted in sees.items():
        visitor = visit(roles[role])
        for address in ("/search?q=hoa+ban", "/search/quick?q=hoa+ban"):
            text = visitor.get(address).text.replace("<mark>", "").replace("</mark>", "")
            for name in everybody | {"nháp của ta", "nháp nơi khác", "Thị Kín"}:
                # Eight hits at most are in the short answer.
                assert name not in text or name in wanted, (role, address, name)
                assert name in text or name not in wanted or "quick" in address, (role, address, name)
            assert "bị bỏ qua" not in text
    text = visit(roles[Role.OFFICER]).get("/search?q=hoa+ban&kind=item").text
    assert "2 kết quả" in text
    assert "1 kết quả" in visit(roles[Role.OUTLET]).get("/search?q=hoa+ban&kind=publication").text
    assert "Không tìm thấy gì" in visit(roles[Role.UNIT]).get("/search?q=hoa+ban&kind=item").text
    assert (
        visit(None).get("/search?q=hoa").status_code
        == visit(None).get("/search/quick?q=a").status_code
        == 303
    )


def test_a_unit_finds_its_own_duties_only(session: Session, visit: Visit) -> None:
    plan, unit = make_plan(session), make_organisation(session)
    for position, organisation in ((90, unit), (91, make_organisation(session))):
        duty = Duty(plan_id=plan.id, position=position, block_title="Các sở", first_line=1, last_line=1)
        duty.text = f"Chủ trì tuyên truyền đợt {position}"
        session.add(duty)
        session.flush()
        session.add(DutyUnit(duty_id=duty.id, position=1, printed="Các sở", organisation_id=organisation.id))
    own, stranger = (make_person(session, Role.UNIT, organisation=one) for one in (unit, None))
    session.commit()
    text = visit(own).get("/search?q=chu+tri+tuyen+truyen").text
    assert "đợt 90" in text
    assert "đợt 91" not in text
    assert 'href="/duties"' in text
    assert "/plans/" not in text
    assert "đợt" not in visit(stranger).get("/search?q=chu+tri+tuyen+truyen").text
    plan.archived_at = datetime(2026, 5, 1, tzinfo=UTC)
    session.commit()
    assert "đợt" not in visit(own).get("/search?q=chu+tri+tuyen+truyen").text


def test_hits_are_marked_counted_up_to_a_hundred_and_read_page_by_page(
    session: Session, visit: Visit
) -> None:
    outlet = make_outlet(session)
    for number in range(103):
        moment = datetime(2026, 1, 1, 3, tzinfo=UTC) + timedelta(days=number)
        make_publication(session, outlet=outlet, title=f"Chợ <b>phiên</b> số {number}", published_at=moment)
    person = make_person(session, Role.OFFICER)
    session.commit()
    visitor = visit(person)
    page = visitor.get("/search?q=ch%E1%BB%A3+phien")
    assert "trên 100 kết quả" in page.text
    assert "<mark>Chợ</mark> &lt;b&gt;<mark>phiên</mark>&lt;/b&gt; số 102" in page.text
    seen: list[str] = []
    address: str | None = "/search?q=cho+phien&kind=publication"
    while address:
        text = visitor.get(address).text
        seen += [part.split("<")[0] for part in text.split("/b&gt; số ")[1:]]
        following = text.split('class="hits__more"')
        address = (
            following[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
            if len(following) > 1
            else None
        )
    assert seen == [str(number) for number in range(102, -1, -1)]


def test_nothing_that_is_typed_breaks_the_pages(session: Session, visit: Visit) -> None:
    make_document(session, number="57-NQ/TW", doc_type="Nghị quyết")
    make_document(session, number="57-KL/TW", doc_type="Kết luận")
    person = make_person(session, Role.COORDINATOR)
    session.commit()
    visitor = visit(person)
    odd = [
        "",
        " ",
        "a",
        '"',
        '"""',
        "*",
        "a*",
        "-",
        "NOT",
        "AND OR NEAR(",
        "a:b",
        "folded:x",
        "'; --",
        "\\",
        "%",
        "_",
    ]
    odd += [
        "\x00",
        "\ud800",
        "đ",
        unicodedata.normalize("NFD", "Nghị quyết"),
        "🙂",
        "\u202e",
        "x" * 20_000,
        "y " * 9_000,
    ]
    odd += [
        "57-NQ/TW&kind=khong-co",
        "nghi&kind=document&after=",
        "(&!|<->):*A",
        "1e5",
        "0x1f",
        "a&b",
        "http://a.b/c?d",
    ]
    for typed in odd:
        for address in ("/search?q=", "/search/quick?q="):
            answer = visitor.get(address + quote(typed, safe="&=", errors="surrogatepass"))
            assert answer.status_code == 200, (address, typed[:40], answer.status_code)
    assert visitor.get("/search?q=nghi&kind=document&after=9.x").status_code == 422
    page = visitor.get("/search?q=" + quote("57-NQ/TW")).text
    assert "57-KL/TW" not in page
    assert "<mark>57-NQ/TW</mark>" in page
    empty = visitor.get("/search?q=" + quote("nghỉ")).text
    assert "/search?q=nghi" in empty
    assert "không phân biệt dấu" in empty


def test_the_box_offers_places_and_deeds_by_right(session: Session, visit: Visit) -> None:
    officer, outlet = make_person(session, Role.OFFICER), make_person(session, Role.OUTLET)
    session.commit()
    nothing = visit(officer).get("/search/quick").text
    assert '"/calendar"' in nothing
    assert "/items/new" in nothing
    assert "/people" not in nothing
    lich = visit(officer).get("/search/quick?q=lich").text
    assert '"/calendar"' in lich
    assert "/items/new" not in lich
    theirs = visit(outlet).get("/search/quick?q=t").text
    assert "/items" not in theirs
    assert "/publications" in theirs
    page = visit(officer).get("/").text
    assert 'href="/search"' in page
    assert "data-palette" in page
