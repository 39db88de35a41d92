"""Plans side by side: their documents in one graph, and 57 is not 57."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.accounts.permissions import Role
from campaigns.planfile.reader import read_plan
from campaigns.plans.marks import PlanUse, plans_of_documents
from campaigns.plans.models import Plan, PlanStatus
from campaigns.plans.queries import chains_of
from campaigns.plans.uploads.confirm import PlanChoices, confirm_plan
from content.references.graphs.queries import Asked, load_graph
from content.references.models import Document, DocumentLink, LinkKind
from tests.conftest import NOW
from tests.factories import make_document, make_link_between, make_person, make_plan, make_upload
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]

HEAD = """ỦY BAN NHÂN DÂN
TỈNH SÔNG TRÀ

Số: {number}          Sông Trà, ngày {day} tháng {month} năm {year}

KẾ HOẠCH
Truyền thông số {number}

Thực hiện {basis}, Ủy ban nhân dân tỉnh Sông Trà ban hành Kế hoạch như sau:

I. NHIỆM VỤ
1. Tuyên truyền {body} đến cán bộ, công chức, viên chức.

II. TỔ CHỨC THỰC HIỆN
1. Sở Tài chính: Bố trí kinh phí.
"""
LIKE_57 = {
    "57-NQ/TW": "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị",
    "57-KL/TW": "Kết luận số 57-KL/TW ngày 15/6/2023 của Bộ Chính trị",
    "57/2025/NĐ-CP": "Nghị định số 57/2025/NĐ-CP ngày 03/3/2025 của Chính phủ",
    "57/2025/TT-BCT": "Thông tư số 57/2025/TT-BCT ngày 05/5/2025 của Bộ Công Thương",
    "57/2025/NQ-HĐND": "Nghị quyết số 57/2025/NQ-HĐND ngày 10/7/2025 của Hội đồng nhân dân tỉnh",
}
PLANS_57 = (
    "Kế hoạch số 57/KH-UBND ngày 12/3/2024 của Ủy ban nhân dân tỉnh Sông Trà",
    "Kế hoạch số 57/KH-UBND ngày 14/3/2025 của Ủy ban nhân dân tỉnh Sông Trà",
    "Kế hoạch số 57/KH-UBND ngày 14/3/2025 của Ủy ban nhân dân tỉnh Sông Hiếu",
)


def confirmed(session: Session, number: str, *, basis: str, body: str = "nội dung", day: date) -> Plan:
    """A plan as the officer confirms it, from the text that was handed in."""
    text = HEAD.format(number=number, day=day.day, month=day.month, year=day.year, basis=basis, body=body)
    draft = read_plan(text.encode(), name="ke-hoach.txt")
    upload = make_upload(session, text=text)
    actor = make_person(session, Role.COORDINATOR)
    return confirm_plan(session, upload, draft, choices=PlanChoices(), actor=actor, now=NOW)


def test_documents_of_number_57_never_meet(session: Session) -> None:
    every = "; ".join((*LIKE_57.values(), *PLANS_57))
    for number, basis in enumerate((*LIKE_57.values(), *PLANS_57), start=101):
        confirmed(
            session, f"{number}/KH-UBND", basis=basis, body=every, day=date(2025, 8, 1) + timedelta(number)
        )
    confirmed(session, "57/KH-UBND", basis=LIKE_57["57-NQ/TW"], day=date(2026, 2, 3))
    found = session.scalars(select(Document).where(Document.number.like("57%"))).all()
    assert sorted(one.number or "" for one in found) == sorted([*LIKE_57, *["57/KH-UBND"] * 4])
    plans = {(one.issuer, one.issued_on) for one in found if one.number == "57/KH-UBND"}
    assert plans == {
        ("Ủy ban nhân dân tỉnh Sông Trà", date(2024, 3, 12)),
        ("Ủy ban nhân dân tỉnh Sông Trà", date(2025, 3, 14)),
        ("Ủy ban nhân dân tỉnh Sông Hiếu", date(2025, 3, 14)),
        ("Ủy ban nhân dân tỉnh Sông Trà", date(2026, 2, 3)),
    }
    graph = load_graph(session, Asked(frozenset(LinkKind)))
    assert {one.id for one in found} <= {document.id for document in graph.documents}


def test_one_plan_may_cite_plans_of_one_number_and_two_years(session: Session) -> None:
    plan = confirmed(session, "9/KH-UBND", basis=PLANS_57[0], body=PLANS_57[1], day=date(2025, 9, 1))
    asked = select(DocumentLink).where(DocumentLink.source_id == plan.document_id)
    days = {(one.target.number, one.target.issued_on) for one in session.scalars(asked)}
    assert days == {("57/KH-UBND", date(2024, 3, 12)), ("57/KH-UBND", date(2025, 3, 14))}


def test_what_a_cited_document_says_of_another_is_a_link_of_its_own(session: Session) -> None:
    basis = (
        "Quyết định số 1169/QĐ-TTg ngày 16 tháng 6 năm 2025 của Thủ tướng Chính phủ phê duyệt Chương trình "
        "“Truyền thông theo Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị” "
        "(sau đây gọi tắt là Quyết định 1169/QĐ-TTg)"
    )
    plan = confirmed(session, "125/KH-UBND", basis=basis, day=date(2025, 8, 22))
    links = {
        (one.source.number, one.kind, one.target.number): one.printed_name
        for one in session.scalars(select(DocumentLink))
    }
    assert links == {
        ("125/KH-UBND", LinkKind.IMPLEMENTS, "1169/QĐ-TTg"): "Quyết định 1169/QĐ-TTg",
        ("125/KH-UBND", LinkKind.CITES, "57-NQ/TW"): "",
        ("1169/QĐ-TTg", LinkKind.IMPLEMENTS, "57-NQ/TW"): "",
    }
    (chain,) = chains_of(session, [plan])[plan.id]
    assert chain.above is not None
    assert (chain.implemented.number, chain.above.number) == ("1169/QĐ-TTg", "57-NQ/TW")


def test_the_list_of_plans_says_what_each_carries_out_in_two_queries(
    session: Session, engine: Engine, visit: Visit
) -> None:
    resolution = make_document(session, "57-NQ/TW")
    law = make_document(session, "01/2020/QH14")
    plans = []
    for number in range(12):
        decision = make_document(session, f"{1100 + number}/QĐ-TTg")
        make_link_between(session, decision, law, LinkKind.BASED_ON)
        make_link_between(session, decision, resolution)
        plans.append(make_plan(session))
        make_link_between(session, plans[-1].document, decision)
    alone = make_plan(session)
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    chains = chains_of(session, [*plans, alone])
    assert len(asked) == 2
    assert alone.id not in chains
    assert {one.above.number for found in chains.values() for one in found if one.above} == {"57-NQ/TW"}
    person = make_person(session, Role.MANAGER)
    session.commit()
    page = visit(person).get("/plans").text
    assert page.count("1105/QĐ-TTg") == 1
    assert page.count("57-NQ/TW") == 12


@pytest.mark.parametrize(
    ("status", "archived", "standing"),
    [
        (PlanStatus.ISSUED, False, PlanUse.IN_FORCE),
        (PlanStatus.DRAFT, False, PlanUse.DRAFT),
        (PlanStatus.ISSUED, True, PlanUse.ARCHIVED),
    ],
)
def test_a_document_is_marked_as_the_office_s_plan(
    session: Session, status: PlanStatus, *, archived: bool, standing: PlanUse
) -> None:
    plan, other = make_plan(session), make_document(session)
    plan.status, plan.archived_at = status, NOW if archived else None
    session.flush()
    assert plans_of_documents(session, [plan.document_id, other.id]) == {plan.document_id: standing}


def test_of_two_plans_of_one_document_the_one_in_force_counts(session: Session) -> None:
    old = make_plan(session)
    old.archived_at = NOW
    make_plan(session, document=old.document)
    assert plans_of_documents(session, [old.document_id]) == {old.document_id: PlanUse.IN_FORCE}


def test_a_plan_s_page_shows_it_among_its_documents(session: Session, visit: Visit) -> None:
    plan = make_plan(session)
    make_link_between(session, plan.document, make_document(session, "1169/QĐ-TTg"))
    person = make_person(session, Role.MANAGER)
    session.commit()
    page = visit(person).get(f"/plans/{plan.id}").text
    assert "graph__svg" in page
    assert f"/documents/graph?about={plan.document_id}" in page
