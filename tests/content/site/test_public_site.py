"""The public site: what went out and nothing else, for people, readers of feeds, and machines that ask twice."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable
from datetime import timedelta

import feedparser
import pytest
from PIL import Image
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from app import audit
from app.accounts.models import Person
from app.settings import Settings
from app.storage import FileStore
from content.items.models import Item, Revision, Stage
from content.media.models import Asset
from content.site.models import PublicPage, name_of
from content.site.services import put_page
from tests.conftest import NOW
from tests.factories import make_item, make_organisation, make_person, make_revision
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]


def published(
    session: Session, title: str = "Mỗi người dân một kỹ năng số", *, minutes: int = 0
) -> PublicPage:
    """A page of an approved piece, committed."""
    item = make_item(session, stage=Stage.APPROVED, title=title, organisation=make_organisation(session))
    revision = session.query(Revision).filter_by(item_id=item.id).one()
    key = hashlib.sha256(title.encode()).hexdigest()
    page = put_page(session, key, revision, NOW + timedelta(minutes=minutes))
    session.commit()
    return page


def with_picture(session: Session, page: PublicPage, settings: Settings) -> bytes:
    """Give the page's text a picture and return its bytes."""
    drawn = io.BytesIO()
    Image.new("RGB", (600, 400), "navy").save(drawn, "PNG")
    content = drawn.getvalue()
    asset = Asset(
        sha256=FileStore(settings.files).keep(content),
        mime="image/png",
        width=600,
        height=400,
        size=len(content),
        name="hinh.png",
        alt_text='Người dân "quét mã" tại chợ',
        credit="Hoàng Sa",
        added_by_id=make_person(session).id,
        added_at=NOW,
    )
    session.add(asset)
    session.flush()
    page.revision.asset_id = asset.id
    session.commit()
    return content


def test_putting_the_same_key_twice_is_one_page(session: Session) -> None:
    first = published(session)
    again = put_page(session, first.idem_key, first.revision, NOW + timedelta(hours=1))
    assert (again.id, again.token, again.published_at) == (first.id, first.token, NOW)
    assert session.query(PublicPage).count() == 1
    assert len(first.token) == 22


def test_anybody_reads_the_list_newest_first(session: Session, visit: Visit) -> None:
    published(session, "Bản tin thứ nhất")
    published(session, "Bản tin thứ hai", minutes=5)
    text = visit(None).get("/tin").text
    assert text.index("Bản tin thứ hai") < text.index("Bản tin thứ nhất")


def test_the_list_goes_on_page_by_page(session: Session, visit: Visit) -> None:
    for number in range(23):
        published(session, f"Bản tin số {number:02}", minutes=number)
    first = visit(None).get("/tin").text
    older = re.search(r'href="(/tin\?before=[^"]+)"', first)
    assert older is not None
    second = visit(None).get(older[1]).text
    assert "Bản tin số 03" in first
    assert "Bản tin số 02" not in first
    assert all(f"Bản tin số 0{number}" in second for number in (0, 1, 2))
    assert visit(None).get("/tin?before=x").status_code == 422


def test_a_list_of_twenty_asks_no_more_than_a_list_of_two(
    session: Session, visit: Visit, engine: Engine
) -> None:
    def asked() -> int:
        seen: list[str] = []

        def note(*args: object) -> None:
            seen.append(str(args[2]))

        event.listen(engine, "before_cursor_execute", note)
        visit(None).get("/tin")
        event.remove(engine, "before_cursor_execute", note)
        return len(seen)

    for number in range(2):
        published(session, f"Tin {number}")
    few = asked()
    for number in range(2, 20):
        published(session, f"Tin {number}")
    assert asked() == few


def test_a_page_shows_text_issuer_moment_and_what_others_preview(
    session: Session, visit: Visit, settings: Settings
) -> None:
    page = published(session, 'Chuyển đổi số <ở> "làng"')
    with_picture(session, page, settings)
    answer = visit(None).get(f"/tin/{name_of(page)}")
    text, address = answer.text, f"{settings.public_url}/tin/{name_of(page)}"
    assert answer.status_code == 200
    assert "<ở>" not in text
    assert "Chuyển đổi số &lt;ở&gt; &#34;làng&#34;</h1>" in text
    assert "<p>Nội dung **thử**.</p>" in text
    assert page.revision.item.organisation.name in text
    assert "Thứ Hai, 4/5/2026, 08:30" in text
    assert f'<link rel="canonical" href="{address}">' in text
    assert '<meta property="og:title" content="Chuyển đổi số &lt;ở&gt; &#34;làng&#34;">' in text
    assert f'<meta property="og:image" content="{settings.public_url}/tin/hinh/{page.token}/960">' in text
    assert 'alt="Người dân &#34;quét mã&#34; tại chợ"' in text
    assert "Ảnh: Hoàng Sa" in text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_page_never_shows_a_later_draft(session: Session, visit: Visit) -> None:
    page = published(session)
    make_revision(session, page.revision.item, body="Bản nháp mới chưa ai duyệt.")
    session.commit()
    visitor = visit(None)
    for address in (f"/tin/{name_of(page)}", "/tin", "/tin/rss.xml"):
        assert "Bản nháp mới" not in visitor.get(address).text


def test_another_slug_leads_to_the_present_address(session: Session, visit: Visit) -> None:
    page = published(session)
    for name in (page.token, f"ten-cu-{page.token}"):
        answer = visit(None).get(f"/tin/{name}")
        assert (answer.status_code, answer.location) == (301, f"/tin/{name_of(page)}")


@pytest.mark.parametrize("name", ["x", "khong-co-" + "A" * 22, "A" * 22, "B" * 5000, "%00", "1"])
def test_what_is_not_out_cannot_be_guessed(session: Session, visit: Visit, name: str) -> None:
    make_item(session, stage=Stage.APPROVED)
    session.commit()
    assert visit(None).get(f"/tin/{name}").status_code == 404


def test_a_withdrawn_piece_is_gone_in_words_and_leaves_list_feed_and_picture(
    session: Session, visit: Visit, settings: Settings
) -> None:
    page, other = published(session, "Tin sẽ rút"), published(session, "Tin còn lại")
    with_picture(session, page, settings)
    page.revision.item.stage = Stage.WITHDRAWN
    session.commit()
    visitor = visit(None)
    answer = visitor.get(f"/tin/{name_of(page)}")
    assert answer.status_code == 410
    assert "đã được thu hồi" in answer.text
    assert "Tin sẽ rút" not in answer.text
    assert visitor.get(f"/tin/hinh/{page.token}/480").status_code == 404
    for address in ("/tin", "/tin/rss.xml"):
        text = visitor.get(address).text
        assert "Tin sẽ rút" not in text
        assert other.revision.title in text


def test_the_picture_of_a_page_is_served_and_revalidated(
    session: Session, visit: Visit, settings: Settings
) -> None:
    page = published(session)
    content = with_picture(session, page, settings)
    visitor, address = visit(None), f"/tin/hinh/{page.token}/480"
    answer = visitor.get(address)
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "image/png", content)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    again = visitor.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert visitor.get(f"/tin/hinh/{page.token}/481").status_code == 404
    assert visitor.get(f"/tin/hinh/{'A' * 22}/480").status_code == 404


def test_a_reader_of_feeds_understands_ours(session: Session, visit: Visit, settings: Settings) -> None:
    first = published(session, "Tin <b>đậm</b> & rõ")
    second = published(session, "Tin thứ hai", minutes=1)
    answer = visit(None).get("/tin/rss.xml")
    assert answer.mimetype == "application/rss+xml"
    read = feedparser.parse(io.BytesIO(answer.data))
    assert not read.bozo
    assert [entry.link for entry in read.entries] == [
        f"{settings.public_url}/tin/{name_of(page)}" for page in (second, first)
    ]
    assert read.entries[0].id == f"tag:127.0.0.1,2026-05-04:tin/{second.token}"
    assert read.entries[0].published_parsed[:5] == (2026, 5, 4, 1, 31)
    assert read.entries[1].title == "Tin <b>đậm</b> & rõ"
    assert read.entries[0].summary == "Tóm tắt ngắn."


def test_the_feed_is_not_sent_twice_and_changes_when_a_piece_is_withdrawn(
    session: Session, visit: Visit
) -> None:
    page = published(session)
    published(session, "Tin còn lại", minutes=1)
    visitor = visit(None)
    first = visitor.get("/tin/rss.xml")
    by_tag = {"If-None-Match": first.headers["ETag"]}
    by_time = {"If-Modified-Since": first.headers["Last-Modified"]}
    for asked in (by_tag, by_time):
        again = visitor.get("/tin/rss.xml", headers=asked)
        assert (again.status_code, again.data) == (304, b"")
    item: Item = page.revision.item
    item.stage = Stage.WITHDRAWN
    audit.record(session, audit.SystemActor("x"), "item.withdraw", item, at=NOW + timedelta(hours=1))
    session.commit()
    for asked in (by_tag, by_time):
        assert visitor.get("/tin/rss.xml", headers=asked).status_code == 200


def test_an_empty_site_says_so_and_its_feed_is_sound(session: Session, visit: Visit) -> None:
    assert "Chưa có tin nào" in visit(None).get("/tin").text
    read = feedparser.parse(io.BytesIO(visit(None).get("/tin/rss.xml").data))
    assert (bool(read.bozo), read.entries) == (False, [])


def test_the_signed_in_see_the_public_site_too(session: Session, visit: Visit) -> None:
    person, page = make_person(session), published(session)
    session.commit()
    assert visit(person).get(f"/tin/{name_of(page)}").status_code == 200
