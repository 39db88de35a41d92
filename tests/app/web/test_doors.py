"""Every door says who may enter, and keeps it. Drawn from the map of addresses, so that no room is forgotten."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from sqlalchemy.orm import Session

from app.accounts.models import Person
from tests.factories import make_person
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]


def doors(app: Flask, *, permissions: bool) -> list[str]:
    """Addresses without parameters that a GET reaches, behind a right or only behind the sign-in."""
    return sorted(
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and not rule.arguments
        and bool(getattr(app.view_functions[rule.endpoint], "permissions", None)) is permissions
        and not getattr(app.view_functions[rule.endpoint], "is_public", False)
    )


def test_every_view_says_who_may_enter(app: Flask) -> None:
    silent = [
        f"{rule.rule} -> {rule.endpoint}"
        for rule in app.url_map.iter_rules()
        if not hasattr(app.view_functions[rule.endpoint], "permissions")
        and not getattr(app.view_functions[rule.endpoint], "is_public", False)
    ]
    assert silent == []


def test_no_view_is_both_public_and_guarded(app: Flask) -> None:
    both = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if hasattr(view, "permissions") and getattr(view, "is_public", False)
    ]
    assert both == []


def test_whoever_is_signed_out_is_sent_to_the_door_from_everywhere(app: Flask, visit: Visit) -> None:
    stranger, wrong = visit(None), []
    for path in doors(app, permissions=True) + doors(app, permissions=False):
        answer = stranger.get(path)
        if answer.status_code != 303 or not str(answer.location).startswith("/sign-in"):
            wrong.append((path, answer.status_code, answer.location))
    assert wrong == []


def test_whoever_has_no_role_learns_of_no_page(app: Flask, session: Session, visit: Visit) -> None:
    person = make_person(session, None)
    session.commit()
    guest = visit(person)
    found = {path: guest.get(path).status_code for path in doors(app, permissions=True)}
    assert found
    assert {path: status for path, status in found.items() if status != 404} == {}
    assert {path for path in doors(app, permissions=False) if guest.get(path).status_code >= 400} == set()


def test_no_change_is_made_by_a_get(app: Flask) -> None:
    """What is sent with POST alone answers 405 to a GET, signed in or not."""
    only_post = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and "GET" not in (rule.methods or ()) and not rule.arguments
    ]
    client = app.test_client()
    get_too = {rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert {path: client.get(path).status_code for path in only_post if path not in get_too} == {
        path: 405 for path in only_post if path not in get_too
    }
