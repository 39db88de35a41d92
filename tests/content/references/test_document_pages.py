"""The pages of documents, asked by those who may and those who may not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.accounts.permissions import Role
from content.references.models import Document
from tests.factories import make_document, make_person
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]


def enter(visit: Visit, person: Person) -> Visitor:
    """Somebody who has a page open, and with it the token that forms carry."""
    browser = visit(person)
    browser.get("/me")
    return browser


FORM = {
    "number": "57-NQ/TW",
    "doc_type": "Nghị quyết",
    "issued_on": "22/12/2024",
    "issuer": "Bộ Chính trị",
    "subject": "mới",
}


@pytest.mark.parametrize("path", ["/documents", "/documents/1", "/documents/1/edit"])
def test_documents_are_for_the_desk(session: Session, visit: Visit, path: str) -> None:
    make_document(session)
    coordinator = make_person(session, Role.COORDINATOR)
    outsiders = [make_person(session, role) for role in (Role.UNIT, Role.OUTLET, Role.ADMINISTRATOR)]
    session.commit()
    assert visit(coordinator).get(path).status_code == 200
    assert [visit(one).get(path).status_code for one in outsiders] == [404, 404, 404]
    assert visit(None).get(path).status_code == 303


def test_an_officer_reads_but_does_not_correct(session: Session, visit: Visit) -> None:
    document = make_document(session)
    officer = make_person(session, Role.OFFICER)
    session.commit()
    page = visit(officer).get(f"/documents/{document.id}")
    assert page.status_code == 200
    assert "/edit" not in page.text
    assert (
        enter(visit, officer).post(f"/documents/{document.id}/edit", {**FORM, "version": "1"}).status_code
        == 404
    )


def test_the_list_is_filtered_by_words(session: Session, visit: Visit) -> None:
    make_document(session, "57-NQ/TW")
    make_document(session, "57-KL/TW", doc_type="Kết luận")
    person = make_person(session, Role.MANAGER)
    session.commit()
    page = visit(person).get("/documents?q=ket+luan").text
    assert "57-KL/TW" in page
    assert "57-NQ/TW" not in page
    assert "Không có văn bản nào khớp" in visit(person).get("/documents?q=zzz").text
    assert visit(person).get("/documents?after=zzz").status_code == 422
    assert visit(person).get("/documents/999").status_code == 404


def test_a_document_may_have_no_number_and_no_day(session: Session, visit: Visit) -> None:
    document = make_document(session)
    person = make_person(session, Role.COORDINATOR)
    session.commit()
    sent = {**FORM, "number": "", "issued_on": "", "version": "1"}
    assert enter(visit, person).post(f"/documents/{document.id}/edit", sent).status_code == 303


def test_two_people_correcting_at_once(session: Session, visit: Visit) -> None:
    document = make_document(session)
    one, two = make_person(session, Role.COORDINATOR), make_person(session, Role.COORDINATOR)
    session.commit()
    path = f"/documents/{document.id}/edit"
    assert enter(visit, one).post(path, {**FORM, "version": "1"}).status_code == 303
    answer = enter(visit, two).post(path, {**FORM, "subject": "lời của người thứ hai", "version": "1"})
    assert answer.status_code == 409
    assert "lời của người thứ hai" in answer.text
    assert "vừa được người khác thay đổi" in answer.text
    session.expire_all()
    assert session.get_one(Document, document.id).subject == "mới"


@pytest.mark.parametrize(
    ("field", "value"),
    [("subject", "x" * 1_000_000), ("doc_type", ""), ("issued_on", "32/13/2024"), ("number", "5" * 61)],
)
def test_bad_values_are_answered_in_words(session: Session, visit: Visit, field: str, value: str) -> None:
    document = make_document(session)
    person = make_person(session, Role.COORDINATOR)
    session.commit()
    answer = enter(visit, person).post(
        f"/documents/{document.id}/edit", {**FORM, field: value, "version": "1"}
    )
    assert answer.status_code == 422
    assert "Chưa gửi được" in answer.text
    assert value[:1000] in answer.text
