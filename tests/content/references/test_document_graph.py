"""The graph of documents: what is asked, what is drawn, the same as a list."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.accounts.permissions import Role
from content.references.graphs.outline import Entry, outline
from content.references.graphs.picture import HEIGHT, WIDTH, draw, short_issuer
from content.references.graphs.queries import FIRM, Asked, load_graph
from content.references.models import Document, LinkKind
from content.references.stated import stated_links
from tests.factories import make_document, make_link_between, make_person, make_plan
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]
EVERY = frozenset(LinkKind)


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def chain(session: Session) -> list[Document]:
    """57-NQ/TW <- 1169/QĐ-TTg <- 125/KH-UBND <- 9/SGD-VP, and a document cited by the plan."""
    numbers = ("57-NQ/TW", "1169/QĐ-TTg", "125/KH-UBND", "9/SGD-VP", "57-KL/TW")
    made = [make_document(session, number) for number in numbers]
    for place, document in enumerate(made):
        document.issued_on = date(2024, 1, 1 + place)
    for source, target in ((1, 0), (2, 1), (3, 2)):
        make_link_between(session, made[source], made[target])
    make_link_between(session, made[2], made[4], LinkKind.CITES)
    session.flush()
    return made


def numbers(session: Session, asked: Asked) -> list[str | None]:
    return [document.number for document in load_graph(session, asked).documents]


def test_the_graph_is_read_in_two_queries(session: Session, engine: Engine, chain: list[Document]) -> None:
    for asked in (Asked(EVERY), Asked(FIRM, about=chain[1].id, steps=2)):
        session.expire_all()
        with counted(engine) as statements:
            load_graph(session, asked)
        assert len(statements) == 2


def test_citing_is_shown_when_it_is_asked_for(session: Session, chain: list[Document]) -> None:
    assert "57-KL/TW" not in numbers(session, Asked())
    assert "57-KL/TW" in numbers(session, Asked(EVERY))


def test_a_neighbourhood_ends_after_its_steps(session: Session, chain: list[Document]) -> None:
    about = chain[0].id
    assert numbers(session, Asked(EVERY, about, 1)) == ["57-NQ/TW", "1169/QĐ-TTg"]
    assert numbers(session, Asked(EVERY, about, 2)) == ["57-NQ/TW", "1169/QĐ-TTg", "125/KH-UBND"]
    alone = make_document(session, "1/TB-UBND")
    assert numbers(session, Asked(EVERY, alone.id, 2)) == ["1/TB-UBND"]


def test_too_many_documents_are_cut_at_the_least_weighty_links(
    session: Session, chain: list[Document]
) -> None:
    graph = load_graph(session, Asked(EVERY, most=4))
    assert graph.is_cut
    assert "57-KL/TW" not in [document.number for document in graph.documents]
    near = load_graph(session, Asked(EVERY, chain[4].id, 2, most=2))
    assert {document.number for document in near.documents} == {"57-KL/TW", "125/KH-UBND"}
    assert not load_graph(session, Asked(EVERY)).is_cut


def listed(entries: tuple[Entry, ...], depth: int = 0) -> Iterator[tuple[int, str | None]]:
    for entry in entries:
        yield depth, entry.document.number
        yield from listed(entry.below, depth + 1)


def test_the_list_stands_by_what_implements_what(session: Session, chain: list[Document]) -> None:
    entries = outline(load_graph(session, Asked(EVERY)))
    assert list(listed(entries)) == [
        (0, "57-NQ/TW"),
        (1, "1169/QĐ-TTg"),
        (2, "125/KH-UBND"),
        (3, "9/SGD-VP"),
        (0, "57-KL/TW"),
    ]
    said = {(one.kind, one.document.number) for one in entries[0].below[0].below[0].links}
    assert said == {(LinkKind.IMPLEMENTS, "1169/QĐ-TTg"), (LinkKind.CITES, "57-KL/TW")}


def test_a_circle_is_listed_once_and_drawn(session: Session, chain: list[Document]) -> None:
    make_link_between(session, chain[0], chain[2])
    graph = load_graph(session, Asked(EVERY))
    assert sorted(number or "" for _, number in listed(outline(graph))) == sorted(
        document.number or "" for document in chain
    )
    assert len(draw(graph).lines) == 5


def test_boxes_never_touch_and_words_keep_apart(session: Session, chain: list[Document]) -> None:
    for number in range(20):
        other = make_document(session, f"{number}/KH-UBND")
        make_link_between(session, other, chain[number % 3])
        make_link_between(session, other, chain[4], LinkKind.CITES)
    picture = draw(load_graph(session, Asked(EVERY)))
    boxes = picture.boxes
    assert len(boxes) == 25
    for place, one in enumerate(boxes):
        assert 0 <= one.x <= picture.width - WIDTH
        assert 0 <= one.y <= picture.height - HEIGHT
        for other_box in boxes[place + 1 :]:
            assert abs(one.x - other_box.x) >= WIDTH or abs(one.y - other_box.y) >= HEIGHT
    assert all(0 <= line.word[0] <= picture.width for line in picture.lines)


def test_an_issuer_is_short_enough_for_its_box() -> None:
    assert short_issuer("Ủy ban nhân dân tỉnh Quảng Ngãi") == "UBND tỉnh Quảng Ngãi"
    assert short_issuer("Ban Thường vụ Tỉnh ủy") == "BTV Tỉnh ủy"
    assert short_issuer("Thủ tướng Chính phủ") == "Thủ tướng"
    assert len(short_issuer("Sở Văn hóa, Thể thao và Du lịch tỉnh Quảng Ngãi")) <= 25


@pytest.mark.parametrize(
    ("subject", "links"),
    [
        (
            "phê duyệt Chương trình “Truyền thông theo Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị”",
            [("57-NQ/TW", LinkKind.IMPLEMENTS)],
        ),
        ("sửa đổi, bổ sung Nghị định số 09/2017/NĐ-CP", [("09/2017/NĐ-CP", LinkKind.AMENDS)]),
        ("thay thế Kế hoạch số 12/KH-UBND", [("12/KH-UBND", LinkKind.REPLACES)]),
        ("nội dung Kết luận số 57-KL/TW", [("57-KL/TW", LinkKind.CITES)]),
        ("đột phá phát triển khoa học, công nghệ", []),
    ],
)
def test_a_subject_says_how_its_document_stands_to_others(
    subject: str, links: list[tuple[str, LinkKind]]
) -> None:
    assert list(stated_links(subject)) == links


def test_the_page_holds_a_sound_drawing_with_a_link_for_each_document(
    session: Session, visit: Visit, chain: list[Document]
) -> None:
    chain[2].subject = "Kế hoạch <b>&\"'"
    make_plan(session, document=chain[2])
    person = make_person(session, Role.MANAGER)
    session.commit()
    page = visit(person).get("/documents/graph?kind=implements&kind=cites").text
    svg = page[page.index('<svg class="graph__svg"') : page.index("</svg>", page.index("graph__svg")) + 6]
    drawn = ET.fromstring(svg)
    hrefs = [one.get("href") for one in drawn.iter("a")]
    assert sorted(filter(None, hrefs)) == sorted(f"/documents/{document.id}" for document in chain)
    words = [one.text for one in drawn.iter("text")]
    assert words.count("thực hiện") == 3
    assert words.count("viện dẫn") == 1
    assert "Nghị quyết · đang thực hiện" in words
    assert page.index('class="graph__list"') < page.index("graph__svg"), "the list is read first"


def test_the_page_is_asked_by_number_plan_and_kind(
    session: Session, visit: Visit, chain: list[Document]
) -> None:
    plan = make_plan(session, document=chain[2])
    person = make_person(session, Role.COORDINATOR)
    session.commit()
    browser = visit(person)
    page = browser.get("/documents/graph?q=57-NQ/TW&steps=1").text
    assert "1169/QĐ-TTg" in page
    assert "9/SGD-VP" not in page
    assert 'value="125/KH-UBND' not in page
    assert f'<option value="{plan.document_id}"' in page
    assert "9/SGD-VP" in browser.get(f"/documents/graph?about={plan.document_id}").text
    assert "Có nhiều văn bản khớp" in browser.get("/documents/graph?q=nghị+quyết").text
    assert "Không có văn bản nào khớp" in browser.get("/documents/graph?q=zzzz").text
    for odd in ("about=x", "about=99999999999999", "steps=9", "kind=hates", "about=²"):
        assert browser.get(f"/documents/graph?{odd}").status_code == 200


def test_without_links_the_page_says_where_they_come_from(session: Session, visit: Visit) -> None:
    person = make_person(session, Role.MANAGER)
    session.commit()
    assert "Chưa có quan hệ nào" in visit(person).get("/documents/graph").text
    outsider = make_person(session, Role.UNIT)
    session.commit()
    assert visit(outsider).get("/documents/graph").status_code == 404
    assert visit(None).get("/documents/graph").status_code == 303
