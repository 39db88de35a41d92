"""The door: signing in, out, links, sessions."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from app.accounts.models import Person
from tests.factories import make_person
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]


def test_a_stranger_is_sent_to_the_door_and_back(session: Session, visit: Visit) -> None:
    answer = visit(None).get("/me")
    assert answer.status_code == 303
    assert answer.location == "/sign-in?next=/me"


def test_the_signed_in_see_their_account(session: Session, visit: Visit) -> None:
    person = make_person(session, name="Trần Thị Sen")
    session.commit()
    answer = visit(person).get("/me")
    assert answer.status_code == 200
    assert "Trần Thị Sen" in answer.text
