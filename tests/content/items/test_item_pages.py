"""The pages of pieces, each asked by who may, by another unit and from outside; and what bad input is answered."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app import clock
from app.accounts.models import Person
from app.accounts.permissions import Role
from app.organisations.models import Organisation
from content.items.models import Item, ItemType, Revision, Stage
from content.items.review.services import return_item
from content.items.services import RevisionInput, save_revision
from content.media.models import Asset
from tests.conftest import NOW
from tests.factories import make_asset, make_item, make_organisation, make_person, make_theme
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]
HIDDEN = [Stage.IDEA, Stage.DRAFTING, Stage.IN_REVIEW]
OPEN = [Stage.APPROVED, Stage.WITHDRAWN, Stage.ARCHIVED]


@dataclass
class House:
    """A unit with a writer and an approver, and people of other places."""

    unit: Organisation
    writer: Person
    approver: Person
    stranger: Person
    far_approver: Person
    coordinator: Person
    manager: Person
    administrator: Person


@pytest.fixture
def people(session: Session) -> House:
    unit = make_organisation(session, "Sở Khoa học và Công nghệ")
    return House(
        unit,
        make_person(session, Role.OFFICER, organisation=unit, name="Người Viết"),
        make_person(session, Role.APPROVER, organisation=unit, name="Người Duyệt"),
        make_person(session, Role.OFFICER),
        make_person(session, Role.APPROVER),
        make_person(session, Role.COORDINATOR),
        make_person(session, Role.MANAGER),
        make_person(session, Role.ADMINISTRATOR),
    )


def _piece(session: Session, people: House, stage: Stage, **given: object) -> Item:
    item = make_item(
        session,
        stage=stage,
        organisation=people.unit,
        author=people.writer,
        reviewer=people.approver,
        **given,  # type: ignore[arg-type]
    )
    session.commit()
    return item


def _fresh(session: Session, item_id: int) -> Item:
    """The item as it stands now; the test's own transaction is ended, so that the pages may write."""
    item = session.get_one(Item, item_id, populate_existing=True)
    session.commit()
    return item


def _reads(item: Item) -> list[str]:
    return [f"/items/{item.id}", f"/items/{item.id}/revisions/1"]


def _doors(item: Item) -> list[str]:
    return [f"/items/{item.id}/{door}" for door in ("edit", "details", "submit", "review", "withdraw")]


@pytest.mark.parametrize("stage", list(Stage))
def test_a_piece_is_seen_by_its_unit_the_desk_and_leaders(
    session: Session, visit: Visit, people: House, stage: Stage
) -> None:
    item = _piece(session, people, stage)
    for person in (people.writer, people.approver, people.coordinator, people.manager):
        answer = visit(person).get(f"/items/{item.id}")
        assert answer.status_code == 200
        assert item.title in answer.text
        assert answer.text.count("<h1") == 1
        assert answer.text.count("btn-primary") <= 1
        assert item.title in visit(person).get("/items").text


@pytest.mark.parametrize("stage", HIDDEN)
def test_another_unit_does_not_learn_that_a_draft_exists(
    session: Session, visit: Visit, people: House, stage: Stage
) -> None:
    item = _piece(session, people, stage)
    for person in (people.stranger, people.far_approver):
        there = visit(person)
        for address in (*_reads(item), *_doors(item)):
            assert there.get(address).status_code == 404, address
        assert "Không có trang này" in there.get(f"/items/{item.id}").text
        for address in ("/items", f"/items?q={item.title}"):
            assert f"/items/{item.id}" not in there.get(address).text


@pytest.mark.parametrize("stage", OPEN)
def test_another_unit_reads_what_was_decided_but_not_how_it_was_made(
    session: Session, visit: Visit, people: House, stage: Stage
) -> None:
    item = _piece(session, people, stage)
    item.revision_no = 2
    first = session.scalars(select(Revision).where(Revision.item_id == item.id)).one()
    session.add(
        Revision(
            item_id=item.id, number=2, title="Bản hai", body="Hai", html="<p>Hai</p>", sha256="2" * 64,
            author_id=first.author_id, created_at=NOW,
        )
    )  # fmt: skip
    session.commit()
    there = visit(people.stranger)
    page = there.get(f"/items/{item.id}")
    assert page.status_code == 200
    assert "Nhật ký" not in page.text
    assert "btn-primary" not in page.text
    assert there.get(f"/items/{item.id}/revisions/2").status_code == 200
    assert there.get(f"/items/{item.id}/revisions/1").status_code == 404
    assert there.get(f"/items/{item.id}/edit").status_code == 404
    assert f"/items/{item.id}" in there.get("/items").text


def test_the_named_reviewer_of_another_unit_may_read_and_decide(
    session: Session, visit: Visit, people: House
) -> None:
    item = _piece(session, people, Stage.IN_REVIEW)
    item.reviewer_id = people.far_approver.id
    session.commit()
    there = visit(people.far_approver)
    assert there.get(f"/items/{item.id}").status_code == 200
    assert "Duyệt</button>" in there.get(f"/items/{item.id}/review").text
    assert visit(people.stranger).get(f"/items/{item.id}/review").status_code == 404


def test_signed_out_everything_leads_to_the_door(session: Session, visit: Visit, people: House) -> None:
    item = _piece(session, people, Stage.APPROVED)
    addresses = ["/items", "/items/new", "/media/1/480", *_reads(item), *_doors(item)]
    for address in addresses:
        answer = visit(None).get(address)
        assert (answer.status_code, answer.location.split("?")[0]) == (303, "/sign-in"), address
    for door in ("take-back", "archive", "restore", "replan", "edit", "review"):
        assert visit(None).post(f"/items/{item.id}/{door}").status_code == 303
    assert _fresh(session, item.id).stage is Stage.APPROVED


def test_an_administrator_without_a_desk_finds_no_pieces(
    session: Session, visit: Visit, people: House
) -> None:
    item = _piece(session, people, Stage.APPROVED)
    for address in ("/items", *_reads(item)):
        assert visit(people.administrator).get(address).status_code == 404


def test_who_may_read_may_not_therefore_write(session: Session, visit: Visit, people: House) -> None:
    item = _piece(session, people, Stage.DRAFTING)
    assert visit(people.manager).get(f"/items/{item.id}/edit").status_code == 404
    assert (
        visit(people.approver).post(f"/items/{item.id}/archive", {"version": item.version}).status_code == 404
    )
    other = make_item(session, stage=Stage.APPROVED)
    session.commit()
    assert visit(people.writer).get(f"/items/{other.id}/withdraw").status_code == 404


# -- from idea to approval


def _save(there: Visitor, item_id: int, **given: object) -> TestResponse:
    page = there.get(f"/items/{item_id}/edit")
    version = re.search(r'name="version"[^>]*value="(\d+)"', page.text)
    data = {
        "title": "Về làng",
        "summary": "Tóm tắt",
        "body": "Bà con **học**.",
        "version": version[1] if version else "",
    }
    return there.post(f"/items/{item_id}/edit", {**data, **given})


def test_the_way_from_an_idea_to_an_approved_piece(session: Session, visit: Visit, people: House) -> None:
    theme = make_theme(session, "Bình dân học vụ số")
    session.commit()
    writer, approver = visit(people.writer), visit(people.approver)
    assert 'value="2026-05-18"' in writer.get("/items/new?planned_on=2026-05-18").text
    made = writer.post(
        "/items/new",
        {
            "title": "Mỗi người dân một kỹ năng số",
            "type": "article",
            "planned_on": "18/5/2026",
            "organisation": people.unit.id,
            "themes": str(theme.id),
        },
    )
    assert made.status_code == 303
    item_id = int(made.location.rpartition("/")[2])
    assert "Viết nội dung" in writer.get(made.location).text
    assert _save(writer, item_id).status_code == 303
    page = writer.get(made.location)
    assert "<strong>học</strong>" in page.text
    item = _fresh(session, item_id)
    assert (item.stage, item.planned_on.isoformat() if item.planned_on else "") == (
        Stage.DRAFTING,
        "2026-05-18",
    )
    sent = writer.post(f"/items/{item_id}/submit", {"reviewer": people.approver.id, "version": item.version})
    assert sent.status_code == 303
    assert "Chờ bạn duyệt" in approver.get("/").text
    assert "Chờ bạn duyệt" not in writer.get("/").text
    review = approver.get(f"/items/{item_id}/review")
    sha256 = re.search(r'name="sha256"[^>]*value="(\w+)"', review.text)
    assert sha256
    refused = approver.post(f"/items/{item_id}/review", {"sha256": sha256[1], "decision": "returned"})
    assert refused.status_code == 422
    assert "Nhập lý do trả lại" in refused.text
    done = approver.post(f"/items/{item_id}/review", {"sha256": sha256[1], "decision": "approved"})
    assert done.status_code == 303
    shown = writer.get(f"/items/{item_id}").text
    assert "Đã duyệt" in shown
    assert "Người Duyệt duyệt phiên bản 1" in shown
    again = approver.post(f"/items/{item_id}/review", {"sha256": sha256[1], "decision": "approved"})
    assert again.status_code == 409
    assert "không còn chờ duyệt" in again.text


def test_approving_a_text_that_was_changed_shows_the_present_one(
    session: Session, visit: Visit, people: House
) -> None:
    item = _piece(session, people, Stage.IN_REVIEW)
    answer = visit(people.approver).post(
        f"/items/{item.id}/review", {"sha256": "0" * 64, "decision": "approved"}
    )
    assert answer.status_code == 409
    assert "đọc bản hiện tại" in answer.text
    assert "Nội dung **thử**" in answer.text
    assert _fresh(session, item.id).stage is Stage.IN_REVIEW


def test_a_decision_without_its_word_is_a_return_and_needs_a_reason(
    session: Session, visit: Visit, people: House
) -> None:
    item = _piece(session, people, Stage.IN_REVIEW)
    sha256 = session.scalars(select(Revision.sha256)).one()
    session.commit()
    assert visit(people.approver).post(f"/items/{item.id}/review", {"sha256": sha256}).status_code == 422
    far = visit(people.far_approver).post(
        f"/items/{item.id}/review", {"sha256": sha256, "decision": "approved"}
    )
    assert far.status_code == 404


def test_the_review_shows_what_changed_since_the_last_approval(
    session: Session, visit: Visit, people: House
) -> None:
    item = _piece(session, people, Stage.APPROVED)
    save_revision(
        session,
        item,
        RevisionInput(item.title, "Tóm tắt ngắn.", "Nội dung **mới**."),
        seen=item.version,
        actor=people.writer,
        now=NOW,
    )
    session.commit()
    page = visit(people.writer).get(f"/items/{item.id}").text
    assert "Phê duyệt không còn hiệu lực" in page
    assert "Gửi duyệt" in page
    item.stage, item.reviewer_id, item.submitted_at = Stage.IN_REVIEW, people.approver.id, NOW
    session.commit()
    review = visit(people.approver).get(f"/items/{item.id}/review").text
    assert '<del class="diff">**thử**.</del>' in review
    assert '<ins class="diff">**mới**.</ins>' in review


def test_a_stale_save_shows_the_other_text_and_loses_nothing(
    session: Session, visit: Visit, people: House
) -> None:
    item = _piece(session, people, Stage.DRAFTING)
    old = item.version
    save_revision(
        session,
        item,
        RevisionInput("Bản kia", "", "Chữ của người kia."),
        seen=old,
        actor=people.writer,
        now=NOW,
    )
    session.commit()
    there = visit(people.writer)
    typed = {"title": "Bản tôi", "summary": "", "body": "Chữ tôi vừa gõ.", "version": old}
    answer = there.post(f"/items/{item.id}/edit", typed)
    assert answer.status_code == 409
    for words in ("Chữ của người kia.", "Chữ tôi vừa gõ.", "Bản tôi", "vừa được người khác thay đổi"):
        assert words in answer.text
    assert _fresh(session, item.id).revision_no == 2
    version = re.search(r'name="version"[^>]*value="(\d+)"', answer.text)
    assert version
    assert there.post(f"/items/{item.id}/edit", {**typed, "version": version[1]}).status_code == 303


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "9" * 30, "²"])
def test_a_form_without_a_proper_version_is_stale(
    session: Session, visit: Visit, people: House, version: str
) -> None:
    item = _piece(session, people, Stage.DRAFTING)
    answer = visit(people.writer).post(
        f"/items/{item.id}/edit", {"title": "A", "body": "B", "version": version}
    )
    assert answer.status_code == 409
    assert visit(people.writer).post(f"/items/{item.id}/archive", {"version": version}).status_code == 409


def test_a_megabyte_is_answered_in_words_and_kept(session: Session, visit: Visit, people: House) -> None:
    item = _piece(session, people, Stage.DRAFTING)
    there = visit(people.writer)
    for field in ("title", "summary", "body", "alt_text", "credit"):
        answer = there.post(
            f"/items/{item.id}/edit",
            {"title": "A", "body": "B", "version": item.version, field: "ế" * 350_000},
        )
        assert answer.status_code == 422, field
        assert "Hãy rút gọn" in answer.text
        assert "ế" * 350_000 in answer.text
    assert there.post("/items/preview", {"body": "ế" * 350_000}).status_code == 200
    assert there.post("/items/new", {"title": "ế" * 350_000, "brief": "ế" * 350_000}).status_code == 422


def test_empty_forms_are_answered_in_words(session: Session, visit: Visit, people: House) -> None:
    item = _piece(session, people, Stage.DRAFTING)
    there = visit(people.writer)
    for address, sentence in (
        ("/items/new", "Nhập tên tin bài."),
        (f"/items/{item.id}/edit", "Nhập tiêu đề."),
        (f"/items/{item.id}/details", "Nhập tên tin bài."),
        (f"/items/{item.id}/submit", "Chọn người duyệt."),
    ):
        answer = there.post(address, {})
        assert answer.status_code == 422, address
        assert sentence in answer.text
    assert (
        there.post(
            f"/items/{item.id}/replan", {"planned_on": "31/2/2026", "version": item.version}
        ).status_code
        == 422
    )


def test_a_piece_is_not_put_under_another_unit_or_an_unknown_theme(
    session: Session, visit: Visit, people: House
) -> None:
    other = make_organisation(session)
    session.commit()
    for given in (
        {"organisation": other.id},
        {"organisation": people.unit.id, "themes": "999"},
        {"organisation": "x"},
    ):
        answer = visit(people.writer).post("/items/new", {"title": "Lạ", "type": "article", **given})
        assert answer.status_code == 422
    assert session.scalars(select(Item)).all() == []


def test_the_one_it_is_sent_to_must_be_among_the_approvers(
    session: Session, visit: Visit, people: House
) -> None:
    item = _piece(session, people, Stage.DRAFTING)
    for reviewer in (people.manager.id, people.writer.id, 999, "x"):
        answer = visit(people.writer).post(
            f"/items/{item.id}/submit", {"reviewer": reviewer, "version": item.version}
        )
        assert answer.status_code == 422


def test_buttons_move_the_piece(session: Session, visit: Visit, people: House) -> None:
    item = _piece(session, people, Stage.IN_REVIEW)
    there = visit(people.writer)

    def version() -> int:
        return _fresh(session, item.id).version

    assert there.get(f"/items/{item.id}/edit").status_code == 409
    assert (
        there.post(f"/items/{item.id}/take-back", {"version": version()}).location == f"/items/{item.id}/edit"
    )
    assert there.post(f"/items/{item.id}/archive", {"version": version()}).status_code == 303
    assert there.post(f"/items/{item.id}/archive", {"version": version()}).status_code == 409
    assert there.post(f"/items/{item.id}/restore", {"version": version()}).status_code == 303
    assert there.post(f"/items/{item.id}/replan", {"planned_on": "", "version": version()}).status_code == 303
    assert _fresh(session, item.id).planned_on is None


def test_withdrawing_asks_why(session: Session, visit: Visit, people: House) -> None:
    item = _piece(session, people, Stage.APPROVED)
    there = visit(people.approver)
    assert there.get(f"/items/{item.id}/withdraw").status_code == 200
    assert there.post(f"/items/{item.id}/withdraw", {"version": item.version}).status_code == 422
    stale = there.post(f"/items/{item.id}/withdraw", {"version": item.version - 1, "reason": "Sai tên người"})
    assert stale.status_code == 409
    assert "Sai tên người" in stale.text
    done = there.post(f"/items/{item.id}/withdraw", {"version": item.version, "reason": "Sai tên người"})
    assert done.status_code == 303
    assert "Sai tên người" in there.get(f"/items/{item.id}").text


# -- pictures


def _jpeg() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (700, 500), "green").save(buffer, "JPEG")
    return buffer.getvalue()


def test_a_picture_goes_with_the_text_and_is_seen_by_those_who_may_read_it(
    session: Session, visit: Visit, people: House
) -> None:
    item = _piece(session, people, Stage.DRAFTING)
    there = visit(people.writer)
    no_words = _save(there, item.id, picture=(io.BytesIO(_jpeg()), "a.jpg"))
    assert no_words.status_code == 422
    assert "Nhập lời thay ảnh" in no_words.text
    assert "Hãy chọn lại ảnh" in no_words.text
    svg = _save(there, item.id, picture=(io.BytesIO(b"<svg/>"), "a.png"), alt_text="Lớp học")
    assert svg.status_code == 422
    assert "SVG" in svg.text
    assert (
        _save(there, item.id, picture=(io.BytesIO(_jpeg()), "a.jpg"), alt_text="Lớp học số").status_code
        == 303
    )
    asset = session.scalars(select(Asset)).one()
    session.commit()
    picture = there.get(f"/media/{asset.id}/480")
    assert (picture.status_code, picture.mimetype) == (200, "image/webp")
    assert picture.headers["X-Content-Type-Options"] == "nosniff"
    assert "private" in picture.headers["Cache-Control"]
    etag = picture.headers["ETag"]
    assert there.get(f"/media/{asset.id}/480", headers={"If-None-Match": etag}).status_code == 304
    assert there.get(f"/media/{asset.id}/481").status_code == 404
    assert f"/media/{asset.id}/960" in there.get(f"/items/{item.id}").text
    assert visit(people.manager).get(f"/media/{asset.id}/480").status_code == 200
    assert visit(people.stranger).get(f"/media/{asset.id}/480").status_code == 404
    assert visit(people.administrator).get(f"/media/{asset.id}/480").status_code == 404
    kept = _save(there, item.id, body="Bản hai", asset_id=asset.id, alt_text="Lớp học số")
    assert kept.status_code == 303
    gone = _save(there, item.id, body="Bản ba", asset_id=asset.id, alt_text="Lớp học số", no_picture="y")
    assert gone.status_code == 303
    assert [
        one.asset_id
        for one in session.scalars(select(Revision).where(Revision.number > 1).order_by(Revision.number))
    ] == [asset.id, asset.id, None]


def test_a_picture_chosen_in_a_form_with_faults_need_not_be_chosen_again(
    session: Session, visit: Visit, people: House
) -> None:
    item = _piece(session, people, Stage.DRAFTING)
    answer = _save(
        visit(people.writer), item.id, title="", picture=(io.BytesIO(_jpeg()), "a.jpg"), alt_text="Lớp học số"
    )
    assert answer.status_code == 422
    asset = session.scalars(select(Asset)).one()
    session.commit()
    assert f'name="asset_id" type="hidden" value="{asset.id}"' in answer.text


def test_a_picture_of_another_units_draft_cannot_be_taken(
    session: Session, visit: Visit, people: House
) -> None:
    item = _piece(session, people, Stage.DRAFTING)
    foreign = make_asset(session)
    draft = make_item(session, stage=Stage.DRAFTING)
    save_revision(
        session,
        draft,
        RevisionInput("T", "", "C", foreign.id),
        seen=draft.version,
        actor=session.get_one(Person, draft.author_id),
        now=NOW,
    )
    session.commit()
    answer = _save(visit(people.writer), item.id, asset_id=foreign.id, alt_text="Của tôi")
    assert answer.status_code == 404


# -- lists


def test_the_list_is_narrowed_by_what_its_address_says(session: Session, visit: Visit, people: House) -> None:
    theme = make_theme(session)
    one = _piece(session, people, Stage.DRAFTING, title="Chuyển đổi số ở Ba Tơ", themes=(theme,))
    two = _piece(session, people, Stage.APPROVED, title="Tờ gấp an toàn trên mạng", type=ItemType.LEAFLET)
    there = visit(people.writer)

    def shown(query: str) -> list[bool]:
        page = there.get(f"/items?{query}")
        assert page.status_code == 200
        return [f'href="/items/{item.id}"' in page.text for item in (one, two)]

    assert shown("") == [True, True]
    assert shown("q=chuyen doi so") == [True, False]
    assert shown("q=CHUYỂN ĐỔI") == [True, False]
    assert shown("q=số chuyển") == [True, False]
    assert shown("q=%25") == [False, False]
    assert shown("stage=approved") == [False, True]
    assert shown("type=leaflet") == [False, True]
    assert shown(f"theme={theme.id}") == [True, False]
    assert shown(f"unit={people.unit.id}") == [True, True]
    assert shown("stage=withdrawn") == [False, False]
    for bad in ("stage=x", "type=x", "theme=x", "unit=99999", "after=x", f"q={'a' * 200}"):
        assert there.get(f"/items?{bad}").status_code == 422, bad


def test_the_list_goes_on_where_its_page_ended(session: Session, visit: Visit, people: House) -> None:
    for number in range(55):
        make_item(
            session,
            stage=Stage.IDEA,
            organisation=people.unit,
            author=people.writer,
            title=f"Ý tưởng {number}",
        )
    session.commit()
    there = visit(people.writer)
    first = there.get("/items")
    following = re.search(r'pager__older" href="([^"]+)"', first.text)
    assert following
    second = there.get(following[1].replace("&amp;", "&"))
    titles = re.findall(r"data-table__link[^>]*>([^<]+)<", first.text + second.text)
    assert (len(titles), len(set(titles))) == (55, 55)


def test_revisions_are_compared(session: Session, visit: Visit, people: House) -> None:
    item = _piece(session, people, Stage.DRAFTING)
    save_revision(
        session,
        item,
        RevisionInput(item.title, "Tóm tắt ngắn.", "Nội dung **khác**."),
        seen=item.version,
        actor=people.writer,
        now=NOW,
    )
    session.commit()
    there = visit(people.writer)
    assert '<ins class="diff">**khác**.</ins>' in there.get(f"/items/{item.id}/revisions/2").text
    assert '<del class="diff">**khác**.</del>' in there.get(f"/items/{item.id}/revisions/1?with=2").text
    assert there.get(f"/items/{item.id}/revisions/3").status_code == 404
    assert there.get(f"/items/{item.id}/revisions/1?with=9").status_code == 404


def test_the_preview_is_safe(session: Session, visit: Visit, people: House) -> None:
    session.commit()
    there = visit(people.writer)
    answer = there.post("/items/preview", {"body": "# Tên\n\n<script>alert(1)</script>"})
    assert answer.status_code == 200
    assert "<script" not in answer.text
    assert "<h2>Tên</h2>" in answer.text
    assert "hơn 300 đường dẫn" in there.post("/items/preview", {"body": "[a](b)" * 301}).text
    assert visit(people.manager).post("/items/preview", {"body": "x"}).status_code == 404


# -- what waits


def test_the_home_page_says_what_waits_for_whom(session: Session, visit: Visit, people: House) -> None:
    today = clock.local_day(clock.now())
    sent = _piece(session, people, Stage.IN_REVIEW, title="Bài đã gửi", planned_on=today + timedelta(days=30))
    returned = _piece(session, people, Stage.IN_REVIEW, title="Bài bị trả", planned_on=None)
    sha256 = session.scalars(select(Revision.sha256).where(Revision.item_id == returned.id)).one()
    return_item(
        session, returned, sha256=sha256, reason="Thiếu nguồn số liệu", actor=people.approver, now=NOW
    )
    due = _piece(session, people, Stage.IDEA, title="Bài sắp đến hạn", planned_on=today + timedelta(days=6))
    _piece(session, people, Stage.APPROVED, title="Bài xong rồi", planned_on=today + timedelta(days=1))
    approver, writer, stranger = (
        visit(one).get("/").text for one in (people.approver, people.writer, people.stranger)
    )
    assert f"/items/{sent.id}/review" in approver
    assert "Thiếu nguồn số liệu" in writer
    assert f"/items/{returned.id}/edit" in writer
    assert f"/items/{due.id}/edit" in writer
    assert "Chưa duyệt, còn 6 ngày" in writer
    assert writer.index("Đã duyệt mà chưa lên lịch") < writer.index("Bài xong rồi")
    for title in ("Bài đã gửi", "Bài bị trả", "Bài sắp đến hạn"):
        assert title not in stranger


def test_every_page_of_pieces_says_who_may_enter(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        if rule.endpoint.split(".")[0] in {"items", "item_text", "item_review"}:
            assert app.view_functions[rule.endpoint].__dict__["permissions"], rule
