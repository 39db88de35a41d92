"""Every address of every wing, asked by every role and by nobody: who may not know gets nothing, and nothing breaks.

The addresses come from the application itself, so that a door that is added later is asked too.
"""

from __future__ import annotations

import hashlib
import inspect
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from werkzeug.routing import Rule

from app.accounts.models import Person
from app.accounts.permissions import GRANTS, Permission, Role
from app.db import Base
from tests.one_of_each import Scene, make_scene
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]

# Doors that do something without a field beside the version, or whose button is the whole question.
BUTTONS = {
    "accounts.sign_out",
    "accounts.end_session",
    "accounts.end_other_sessions",
    "people.new_link",
    "people.end_role",
    "campaign_items.displace",
    "plans.match",
    "web.switch_language",
}
HUGE = (2**31, 2**63 - 1, 2**63, 10**30)
# What no address of ours carries, for every name that an address may carry.
HOSTILE = (
    "",
    "-1",
    "0",
    "9" * 30,
    "９",
    "²",
    "\x00",
    "%(x)s{y}",
    "<script>",
    "0001-01",
    "9999-12",
    "9999-12-31",
    "2026-13",
    "0001-01-01",
    "2026-05-01_9999999999999999999999_1",
    "W10",
    "WzFd",
    "WyI5OTk5LTEyLTMxVDIzOjU5OjU5KzAwOjAwIiwxXQ",
    "WyIwMDAxLTAxLTAxVDAwOjAwOjAwKzA3OjAwIiwxXQ",
    "WzFlNDAwLDFd",
    "x" * 1_500,
)
NAMES = (
    "after", "before", "q", "words", "month", "period", "theme", "outlet", "kind", "state", "stage", "type", "unit",
    "campaign", "view", "actor", "action", "closed", "ended", "archived", "retired", "next", "planned_on", "with",
    "item", "link", "task", "plan", "pick", "series", "day", "unmatched", "week", "start", "end",
)  # fmt: skip
# Names that a form or a class reads for the pages of a room.
READ_ELSEWHERE = {
    "items.": ("q", "stage", "type", "theme", "unit"),
    "calendar.": (
        "view",
        "month",
        "day",
        "week",
        "q",
        "theme",
        "campaign",
        "series",
        "type",
        "state",
        "outlet",
        "unit",
        "stage",
        "start",
        "end",
    ),
    "coverage.": ("period", "theme", "kind", "outlet", "campaign"),
}


@pytest.fixture
def scene(app: Flask, engine: Engine) -> Scene:
    """The province at work."""
    return make_scene(app, engine)


def rules_of(app: Flask, method: str) -> list[Rule]:
    """The application's addresses that take *method*, in a steady order."""
    rules = [rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())]
    return sorted(rules, key=str)


def address(app: Flask, rule: Rule, ids: Mapping[str, int | str]) -> str:
    """The address of *rule* with its parts filled in."""
    parts = {name: ids["link" if rule.endpoint == "accounts.link" else name] for name in rule.arguments}
    with app.test_request_context():
        built: str = app.url_map.bind("localhost").build(rule.endpoint, parts)
        return built


def permissions_of(app: Flask, rule: Rule) -> tuple[Permission, ...] | None:
    """The rights of which one opens the door; None for a public one, empty for whoever is signed in."""
    view = app.view_functions[rule.endpoint]
    if getattr(view, "is_public", False):
        return None
    rights: tuple[Permission, ...] = getattr(view, "permissions")  # noqa: B009 - set by @requires
    return rights


def may_enter(rights: tuple[Permission, ...] | None, role: Role) -> bool:
    """Whether the door opens to *role* somewhere."""
    return not rights or any(right in GRANTS[role] for right in rights)


def contents(engine: Engine) -> dict[str, tuple[int, str]]:
    """Of every table: how many rows, and a hash over all they hold; who is signed in does not count."""
    found: dict[str, tuple[int, str]] = {}
    with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            if table.name == "sign_in":
                continue
            rows = sorted(repr(tuple(row)) for row in connection.execute(select(table)))
            found[table.name] = len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


def walk(app: Flask, scene: Scene, method: str, role: Role) -> Iterator[tuple[Rule, bool, str]]:
    """Each address, whether the role may enter there, and the address with the scene's own keys."""
    for rule in rules_of(app, method):
        yield rule, may_enter(permissions_of(app, rule), role), address(app, rule, scene.ids)


@pytest.mark.parametrize("role", list(Role))
def test_every_page_opens_to_who_may_and_to_nobody_else(
    app: Flask, visit: Visit, scene: Scene, role: Role
) -> None:
    visitor = visit(scene.people[role])
    for rule, allowed, path in walk(app, scene, "GET", role):
        status = visitor.get(path).status_code
        expected = {200, 301, 303, 403, 404, 409, 503} if allowed else {404}
        assert status in expected, f"{role} {path}: {status}"
        assert status != 503 or rule.endpoint == "operations.is_sending"


def test_every_page_that_is_not_public_sends_who_is_signed_out_to_the_sign_in(
    app: Flask, visit: Visit, scene: Scene
) -> None:
    nobody = visit(None)
    for method in ("GET", "POST"):
        for rule in rules_of(app, method):
            answer = getattr(nobody, method.lower())(address(app, rule, scene.ids))
            if permissions_of(app, rule) is None:
                # the link of the first administrator stands only where nobody is yet
                nothing = {404} if rule.endpoint == "demonstration.begin" else set()
                assert answer.status_code in {200, 301, 303, 422, 503} | nothing, rule
            else:
                assert answer.status_code == 303, rule
                assert "/sign-in" in answer.headers["Location"]


@pytest.mark.parametrize("role", list(Role))
def test_a_form_that_is_sent_without_its_fields_changes_nothing(
    app: Flask, engine: Engine, visit: Visit, scene: Scene, role: Role
) -> None:
    visitor = visit(scene.people[role])
    visitor.get("/me")
    before = contents(engine)
    for rule, allowed, path in walk(app, scene, "POST", role):
        if allowed and rule.endpoint in BUTTONS:
            continue
        status = visitor.post(path).status_code
        expected = {200, 303, 400, 403, 404, 409, 422} if allowed else {404}
        assert status in expected, f"{role} {path}: {status}"
        after = contents(engine)
        changed = {name for name in before if before[name] != after[name]}
        assert not changed, f"{role} {path}: {changed}"


def test_an_officer_of_another_unit_learns_nothing_of_a_draft(
    app: Flask, engine: Engine, visit: Visit, scene: Scene
) -> None:
    stranger = visit(scene.stranger)
    before = None
    for method in ("GET", "POST"):
        for rule in rules_of(app, method):
            if "item_id" not in rule.arguments and "asset_id" not in rule.arguments:
                continue
            path = address(app, rule, scene.drafts)
            status = getattr(stranger, method.lower())(path).status_code
            assert status == 404, f"{method} {path}: {status}"
            before = before or contents(engine)
            assert contents(engine) == before, path


@pytest.mark.parametrize("number", HUGE)
def test_a_number_that_no_row_has_is_an_address_that_does_not_exist(
    app: Flask, engine: Engine, visit: Visit, scene: Scene, number: int
) -> None:
    visitor = visit(scene.people[Role.COORDINATOR])
    writer = visit(scene.people[Role.OFFICER])
    head = visit(scene.people[Role.ADMINISTRATOR])
    visitor.get("/me")
    before = None
    for method in ("GET", "POST"):
        for rule in rules_of(app, method):
            numbers = re.findall(r"<int:(\w+)>", str(rule))
            for name in numbers:
                path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: f"{{{found[1]}}}", str(rule))
                path = path.format(**{**scene.ids, name: number})
                for who in (visitor, writer, head):
                    status = getattr(who, method.lower())(path).status_code
                    assert status in {404, 405, 409, 422}, f"{method} {path}: {status}"
                before = before or contents(engine)
    assert contents(engine) == before


@pytest.mark.parametrize("part", ["-1", "abc", "1.5", "%00", "1e3", "٣", "9" * 400])
def test_a_part_of_an_address_that_is_no_number_is_no_address(
    app: Flask, visit: Visit, scene: Scene, part: str
) -> None:
    visitor = visit(scene.people[Role.COORDINATOR])
    for rule in rules_of(app, "GET"):
        if rule.arguments:
            path = re.sub(r"<(?:\w+:)?\w+>", part, str(rule))
            status = visitor.get(path).status_code
            assert status in {200, 303, 404, 405, 409, 422}, f"{path}: {status}"


def names_asked(app: Flask, rule: Rule) -> list[str]:
    """The names that the page's own module reads from an address, as far as its words tell."""
    view = inspect.unwrap(app.view_functions[rule.endpoint])
    words = inspect.getsource(sys.modules[view.__module__])
    more = next((names for begin, names in READ_ELSEWHERE.items() if rule.endpoint.startswith(begin)), ())
    return sorted({name for name in NAMES if f'"{name}"' in words} | set(more))


def test_no_page_breaks_on_what_an_address_asks(app: Flask, visit: Visit, scene: Scene) -> None:
    visitors = {role: visit(scene.people[role]) for role in (Role.COORDINATOR, Role.ADMINISTRATOR)}
    broken: list[str] = []
    for rule in rules_of(app, "GET"):
        path, rights = address(app, rule, scene.ids), permissions_of(app, rule)
        role = Role.COORDINATOR if may_enter(rights, Role.COORDINATOR) else Role.ADMINISTRATOR
        for name in names_asked(app, rule):
            for value in HOSTILE:
                values: dict[str, Any] = {name: value}
                status = visitors[role].get(path, query_string=values).status_code
                if status >= 500 and status != 503:
                    broken.append(f"{path}?{name}={value[:40]!r}: {status}")
    assert not broken, "\n".join(broken)
