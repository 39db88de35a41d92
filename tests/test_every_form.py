"""Every form of every page, filled with what nobody should send: a sentence, what was typed kept, no row written.

The forms are read from the pages themselves, so that a form that is added later is asked too.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine

from app.accounts.models import Person
from app.accounts.permissions import Role
from tests.one_of_each import Scene, make_scene
from tests.page_forms import PageForm, forms_of
from tests.test_every_route import address, contents, may_enter, permissions_of, rules_of
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]

MEGABYTE = "ế" * 350_000  # 1 MB in UTF-8
LONG = "ế" * 50_000  # longer than any field takes; all fields of a form still fit into one request
ROLES = (Role.COORDINATOR, Role.ADMINISTRATOR, Role.OFFICER, Role.APPROVER)
# What may be stored as it is, but must never be run, filled in or lost on the way.
TRICKY = (
    "{sentence} {0} {x.__class__} %(x)s %s 100% {",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "[chữ](javascript:alert(1)) ![a](x) [b](data:text/html,x) [c](//evil.example)",
    '=HYPERLINK("http://evil.example";"x")',
    unicodedata.normalize("NFD", "Nguyễn Thị Ngọc Ánh họp tổ dân phố"),
    "Tin \u202eđảo\u202c và \u200bẩn \ufeff\x00\x07hết",
    "-1",
    "9" * 30,
    "0001-01-01",
    "9999-12-31T23:59",
    "31/12/9999",
    "1e999",
    "NaN",
    "٣٤",
    "²",
    "dòng\n" * 10_000,
)


@pytest.fixture
def scene(app: Flask, engine: Engine) -> Scene:
    """The province at work."""
    return make_scene(app, engine)


def every_form(app: Flask, visit: Visit, scene: Scene) -> Iterator[tuple[Visitor, str, PageForm]]:
    """Each form once, by somebody who is offered it: the visitor, its page and the form."""
    met: set[tuple[str, tuple[str, ...]]] = set()
    for role in ROLES:
        visitor = visit(scene.people[role])
        for rule in rules_of(app, "GET"):
            if not may_enter(permissions_of(app, rule), role) or rule.endpoint == "accounts.link":
                continue
            for ids in (scene.ids, scene.drafts, {**scene.ids, "item_id": scene.ids["in_review"]}):
                page = address(app, rule, ids)
                answer = visitor.get(page)
                if answer.status_code != 200 or answer.mimetype != "text/html":
                    continue
                for form in forms_of(answer.text):
                    name = (rule.endpoint + form.action.rstrip("0123456789/"), tuple(form.typed))
                    if form.method == "post" and name not in met:
                        met.add(name)
                        yield visitor, page, form


def send(visitor: Visitor, page: str, form: PageForm, **typed: str) -> Any:
    """Send the form as a browser does, with *typed* in its fields."""
    values: Mapping[str, Any] = {**form.filled(), **typed}
    data = {name: value for name, value in values.items() if name not in {"csrf_token", *form.files}}
    return visitor.post(form.action or page, data)


def test_a_megabyte_in_any_field_is_refused_in_words_and_kept(
    app: Flask, engine: Engine, visit: Visit, scene: Scene
) -> None:
    """All fields of a form too long at once, each refused by itself; where its refusal is not seen, sent alone."""
    forms = [one for one in every_form(app, visit, scene) if one[2].typed]
    assert len(forms) > 25
    before = contents(engine)
    wrong: list[str] = []
    for visitor, page, form in forms:
        if page == "/plans/new" or page.endswith("/versions/new"):
            continue  # a plan may be as long as it is; its own tests say where it ends
        if not form.files:  # a text in a file's stead may be longer
            wrong += too_long(visitor, page, form)
        wrong += lost(page, form, send(visitor, page, form, **{form.typed[-1]: MEGABYTE}), MEGABYTE)
        after = contents(engine)
        if after != before:
            wrong.append(f"{page} changed {[one for one in after if after[one] != before[one]]}")
            before = after
    assert not wrong, "\n".join(wrong)


def too_long(visitor: Visitor, page: str, form: PageForm) -> list[str]:
    """What is wrong when every field of the form holds more than it takes."""
    answer = send(visitor, page, form, **dict.fromkeys(form.typed, LONG))
    wrong = lost(page, form, answer, LONG, times=len(form.typed))
    for name in form.typed:
        if f'id="{name}-error"' not in answer.text:
            wrong += lost(page, form, send(visitor, page, form, **{name: LONG}), LONG)
    return wrong


def lost(page: str, form: PageForm, answer: Any, text: str, *, times: int = 1) -> list[str]:
    """What is wrong with the answer to a text that is too long: not refused, or not given back to be shortened."""
    if answer.status_code != 422:
        return [f"{page} {form.action}: {answer.status_code}"]
    if "password" not in form.action and unescape(answer.text).count(text) < times:
        return [f"{page} {form.action}: what was typed is lost"]
    return []


def test_no_form_breaks_on_what_is_typed(app: Flask, visit: Visit, scene: Scene) -> None:
    wrong: list[str] = []
    forms = list(every_form(app, visit, scene))
    changed: set[int] = set()  # forms whose thing has another version since
    for place, text in enumerate(TRICKY):
        for number, (visitor, page, old) in enumerate(forms):
            form = again(visitor, page, old) if number in changed else old
            changed.discard(number)
            may_show = bool(form.files) or form.action.endswith(
                ("/link", "/preview")
            )  # a report of rows, a link made once, a look before saving
            kept = form.hidden + list(form.chosen) if place % 4 == 0 and len(text) < 40 else []
            for names in (form.typed, *([name] for name in kept)):
                status = send(visitor, page, form, **dict.fromkeys(names, text)).status_code
                if status == 303:
                    changed.update(range(len(forms)))
                if status not in {303, 400, 403, 404, 409, 422} and not (status == 200 and may_show):
                    wrong.append(f"{page} {form.action} {names} {text[:20]!r}: {status}")
        if place < 3:
            wrong += shown_badly(app, visit, scene)
    assert not wrong, "\n".join(wrong)


def again(visitor: Visitor, page: str, old: PageForm) -> PageForm:
    """The form as its page holds it now, with the present version; the old one where it is offered no more."""
    answer = visitor.get(page)
    now = forms_of(answer.text) if answer.mimetype == "text/html" else []
    return next((one for one in now if one.action == old.action and one.typed == old.typed), old)


def shown_badly(app: Flask, visit: Visit, scene: Scene) -> list[str]:
    """Pages that break on, or would run, what was stored."""
    wrong: list[str] = []
    for role in (Role.COORDINATOR, Role.ADMINISTRATOR):
        visitor = visit(scene.people[role])
        for rule in rules_of(app, "GET"):
            for ids in (scene.ids, scene.drafts):
                answer = visitor.get(address(app, rule, ids))
                if answer.status_code >= 500 and answer.status_code != 503:
                    wrong.append(f"{rule}: {answer.status_code}")
                if answer.mimetype != "text/html":
                    continue
                typed_only = answer.text.replace("(javascript:alert", "")
                if "<script>alert" in answer.text or "javascript:alert" in typed_only:
                    wrong.append(f"{rule}: runs what was typed")
    return wrong


def test_every_form_with_a_file_takes_no_rubbish(
    app: Flask, engine: Engine, visit: Visit, scene: Scene
) -> None:
    rubbish = {
        "rỗng.png": b"",
        "anh.png": b"\x89PNG\r\n\x1a\n" + b"\x00" * 64,
        "bang.csv": b"\xff\xfe\x00rubbish;\x00",
        "bang2.csv": ('"' + "x" * 200_000).encode(),
        "bang3.csv": "tên;loại\n=1+1;sở\n".encode() * 3,
        "bang4.csv": (
            "Đường dẫn;Tiêu đề;Ngày\nhttps://a.vn/1;Tin;01/01/0001\nhttps://a.vn/2;Tin;31/12/9999\n"
        ).encode(),
        "../../etc/passwd": "Kế hoạch\x00".encode(),
    }
    wrong: list[str] = []
    for visitor, page, form in list(every_form(app, visit, scene)):
        for field in form.files:
            for name, content in rubbish.items():
                values: dict[str, Any] = {
                    key: value
                    for key, value in form.filled().items()
                    if key not in {"csrf_token", *form.files}
                }
                answer = visitor.post(form.action or page, {**values, field: (io.BytesIO(content), name)})
                answer.request.environ["wsgi.input"].close()
                if answer.status_code not in {200, 303, 409, 422}:
                    wrong.append(f"{page} {field} {name}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
