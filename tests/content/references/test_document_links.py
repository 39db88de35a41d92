"""Links set by hand: kind, the other document found, no nonsense, the version seen, the audit."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.accounts.permissions import Role
from app.audit import AuditEntry
from app.errors import Missing, Refused, Stale
from content.references.links.services import LinkInput, add_link, get_link, remove_link
from content.references.models import Document, DocumentLink, LinkKind
from content.references.services import link_documents
from tests.conftest import NOW
from tests.factories import make_document, make_link_between, make_person
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]
IMPLEMENTS = LinkInput(LinkKind.IMPLEMENTS)


def add(session: Session, one: Document, other: Document, wanted: LinkInput = IMPLEMENTS) -> DocumentLink:
    actor = make_person(session, Role.COORDINATOR)
    return add_link(session, one, other, wanted, seen=one.version, actor=actor, now=NOW)


def count(session: Session) -> int:
    """How many links there are; a writing session lets others write again."""
    found = session.scalar(select(func.count()).select_from(DocumentLink)) or 0
    session.commit()
    return found


def test_a_link_is_kept_with_its_short_name_and_told_to_the_audit(session: Session) -> None:
    plan, decision = make_document(session, "58/KH-UBND"), make_document(session, "1169/QĐ-TTg")
    link = add(session, plan, decision, LinkInput(LinkKind.BASED_ON, "Quyết định 1169/QĐ-TTg"))
    assert (link.source_id, link.target_id, link.kind) == (plan.id, decision.id, LinkKind.BASED_ON)
    assert link.printed_name == "Quyết định 1169/QĐ-TTg"
    remove_link(session, link, seen=link.version, actor=make_person(session), now=NOW)
    assert count(session) == 0
    told = session.scalars(select(AuditEntry.action).where(AuditEntry.action.like("document.%link")))
    assert list(told) == ["document.link", "document.unlink"]


def test_no_link_is_set_twice_or_to_itself(session: Session) -> None:
    one, other = make_document(session, "1/KH-UBND"), make_document(session, "2/QĐ-TTg")
    add(session, one, other)
    with pytest.raises(Refused, match="đã có quan hệ"):
        add(session, one, other)
    with pytest.raises(Refused, match="với chính nó"):
        add(session, one, one)
    add(session, one, other, LinkInput(LinkKind.CITES))
    assert count(session) == 2


@pytest.mark.parametrize("kind", list(LinkKind))
def test_two_documents_do_not_replace_each_other_but_may_cite_each_other(
    session: Session, kind: LinkKind
) -> None:
    one, other = make_document(session, "1/KH-UBND"), make_document(session, "2/KH-UBND")
    add(session, one, other, LinkInput(kind))
    if kind is LinkKind.CITES:
        add(session, other, one, LinkInput(kind))
        assert count(session) == 2
    else:
        with pytest.raises(Refused, match="chiều ngược lại"):
            add(session, other, one, LinkInput(kind))
        assert count(session) == 1


def test_a_write_names_the_version_it_saw(session: Session) -> None:
    one, other = make_document(session, "1/KH-UBND"), make_document(session, "2/KH-UBND")
    actor = make_person(session)
    with pytest.raises(Stale):
        add_link(session, one, other, IMPLEMENTS, seen=one.version + 1, actor=actor, now=NOW)
    link = add(session, one, other)
    with pytest.raises(Stale):
        remove_link(session, link, seen=link.version + 1, actor=actor, now=NOW)


def test_a_link_is_found_at_both_its_ends_only(session: Session) -> None:
    one, other, third = (make_document(session, f"{n}/KH-UBND") for n in (1, 2, 3))
    link = make_link_between(session, one, other)
    assert get_link(session, one.id, link.id) is get_link(session, other.id, link.id) is link
    with pytest.raises(Missing):
        get_link(session, third.id, link.id)


def test_a_short_name_that_is_known_stays(session: Session) -> None:
    one, other = make_document(session, "1/KH-UBND"), make_document(session, "2/QĐ-TTg")
    link_documents(session, one, other, LinkKind.IMPLEMENTS)
    link_documents(session, one, other, LinkKind.IMPLEMENTS, printed_name="Quyết định 2")
    again = link_documents(session, one, other, LinkKind.IMPLEMENTS, printed_name="Chương trình")
    assert (again.printed_name, count(session)) == ("Quyết định 2", 1)


def form(**typed: str) -> dict[str, str]:
    return {"version": "1", "kind": "implements", "picked": "", "printed_name": "", **typed}


def test_the_page_finds_the_other_document_by_number(session: Session, visit: Visit) -> None:
    plan, decision = make_document(session, "58/KH-UBND"), make_document(session, "1169/QĐ-TTg")
    person = make_person(session, Role.COORDINATOR)
    session.commit()
    answer = visit(person).post(f"/documents/{plan.id}/links/new", form(other="1169/QĐ-TTg"))
    assert answer.status_code == 303
    assert session.scalars(select(DocumentLink)).one().target_id == decision.id
    session.commit()
    page = visit(person).get(f"/documents/{plan.id}").text
    assert "1169/QĐ-TTg" in page
    assert "graph__svg" in page


def test_where_several_fit_one_is_picked(session: Session, visit: Visit) -> None:
    plan = make_document(session, "58/KH-UBND")
    twins = [make_document(session, "57/KH-UBND", doc_type="Kế hoạch") for _ in range(2)]
    person = make_person(session, Role.COORDINATOR)
    session.commit()
    path, browser = f"/documents/{plan.id}/links/new", visit(person)
    answer = browser.post(path, form(other="57/KH-UBND"))
    assert answer.status_code == 422
    assert "Có nhiều văn bản khớp" in answer.text
    assert answer.text.count("Kế hoạch 57/KH-UBND") >= 2
    assert (
        browser.post(path, form(other="57/KH-UBND", picked=str(twins[1].id), version="1")).status_code == 303
    )
    assert session.scalars(select(DocumentLink)).one().target_id == twins[1].id


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"other": "zzz"}, "Không có văn bản nào khác khớp"),
        ({"other": ""}, "Nhập số, ký hiệu hoặc trích yếu"),
        ({"other": "1/KH-UBND"}, "Không có văn bản nào khác khớp"),
        ({"other": "2/KH-UBND", "kind": "hates"}, "không có trong danh sách"),
        ({"other": "2/KH-UBND", "picked": "999"}, "không có trong danh sách"),
        ({"other": "2/KH-UBND", "printed_name": "x" * 151}, "Dài 151 ký tự"),
        ({"other": "x" * 201}, "Dài 201 ký tự"),
    ],
)
def test_bad_values_are_answered_in_words(
    session: Session, visit: Visit, typed: dict[str, str], said: str
) -> None:
    document = make_document(session, "1/KH-UBND")
    make_document(session, "2/KH-UBND")
    person = make_person(session, Role.COORDINATOR)
    session.commit()
    answer = visit(person).post(f"/documents/{document.id}/links/new", form(**typed))
    assert (answer.status_code, said in answer.text) == (422, True)
    assert count(session) == 0


def test_what_was_changed_since_is_told_and_may_be_sent_again(session: Session, visit: Visit) -> None:
    document, other = make_document(session, "1/KH-UBND"), make_document(session, "2/KH-UBND")
    person = make_person(session, Role.COORDINATOR)
    document.subject = "mới"
    session.commit()
    assert document.version == 2
    path, browser = f"/documents/{document.id}/links/new", visit(person)
    answer = browser.post(path, form(other=str(other.number)))
    assert answer.status_code == 409
    assert 'name="version" type="hidden" value="2"' in answer.text
    assert browser.post(path, form(other=str(other.number), version="2")).status_code == 303


def test_links_are_changed_by_who_manages_plans_only(session: Session, visit: Visit) -> None:
    one, other = make_document(session, "1/KH-UBND"), make_document(session, "2/KH-UBND")
    link = make_link_between(session, one, other)
    roles = {role: make_person(session, role) for role in (Role.COORDINATOR, Role.OFFICER, Role.UNIT)}
    session.commit()
    new, remove = f"/documents/{one.id}/links/new", f"/documents/{one.id}/links/{link.id}/remove"
    assert visit(None).get(new).status_code == 303
    assert visit(None).post(remove).status_code == 303
    for role in (Role.OFFICER, Role.UNIT):
        assert visit(roles[role]).get(new).status_code == 404
        assert visit(roles[role]).post(remove, {"version": "1"}).status_code == 404
    assert "/remove" not in visit(roles[Role.OFFICER]).get(f"/documents/{one.id}").text
    assert count(session) == 1
    assert visit(roles[Role.COORDINATOR]).post(remove, {"version": "9"}).status_code == 409
    assert visit(roles[Role.COORDINATOR]).post(remove, {"version": "1"}).status_code == 303
    assert visit(roles[Role.COORDINATOR]).post(remove, {"version": "1"}).status_code == 404
    assert count(session) == 0
