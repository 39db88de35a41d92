"""A real browser at a real server: ``live_server``, ``browser``, ``page``, ``sign_in_as``, and what pages are asked.

A page test is marked ``browser`` and usually needs one database only::

    pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]

Commit the rows before the browser looks. Whatever the page writes to the console as an error, each breach of the
content policy and each request beyond 127.0.0.1 fails the test at its end.
"""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    ViewportSize,
    expect,
    sync_playwright,
)
from sqlalchemy import Engine
from werkzeug.serving import WSGIRequestHandler, make_server

from app.accounts.models import Person
from tests.visitor import Visitor

HOST = "127.0.0.1"
DESK: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
PATIENCE = 30_000  # milliseconds until a step or an expectation fails: a busy machine is no fault of the page
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {HOST}",  # nothing leaves this machine, asked or not
]
_ONLY_WRONG = {"resultTypes": ["violations"]}  # not every element that is right: a megabyte for each page
# Chromium says so of every page with a 4xx; pages are asked for their status by the tests themselves.
_STATUS = re.compile(r"the server responded with a status of [45]\d\d")
_TELL = (
    "document.addEventListener('securitypolicyviolation',"
    " breach => console.error(`CSP ${breach.violatedDirective} ${breach.blockedURI}`));"
)
# A new theme or a click is drawn in the next frame, and colours may still be moving then.
_SETTLED = """async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  do {
    await frame()
    await Promise.allSettled(document.getAnimations().map((one) => one.finished))
  } while (document.getAnimations().some((one) => one.playState === 'running'))
}"""


@dataclass(frozen=True)
class LiveServer:
    """A server of the test's pages on a port of its own."""

    url: str


class Quiet(WSGIRequestHandler):
    """Answers without a line for each request."""

    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@pytest.fixture
def live_server(app: Flask) -> Iterator[LiveServer]:
    """The pages on 127.0.0.1; links that they write lead back to this very port."""
    server = make_server(HOST, 0, app, threaded=True, request_handler=Quiet)
    url = f"http://{HOST}:{server.server_port}"
    app.extensions["loa"] = replace(
        app.extensions["loa"], settings=replace(app.extensions["loa"].settings, public_url=url)
    )
    thread = threading.Thread(target=server.serve_forever, name="live-server", daemon=True)
    thread.start()
    yield LiveServer(url)
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests; without one the tests are skipped, in CI they fail."""
    path = os.environ.get("LOA_CHROMIUM") or shutil.which("chromium")
    if not path:
        sentence = "no Chromium: set LOA_CHROMIUM to one, or install the package chromium"
        if os.environ.get("CI"):
            pytest.fail(sentence)
        pytest.skip(sentence)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield made
        made.close()


def watched(tab: Page) -> list[str]:
    """What goes wrong in the tab from now on: errors on the console, breaches of the policy, requests beyond this machine."""
    wrong: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        is_page = "/static/" not in message.location.get("url", "")
        if message.type == "error" and not (is_page and _STATUS.search(message.text)):
            wrong.append(f"console: {message.text} {message.location.get('url', '')}")

    def on_request(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and parts.hostname != HOST:
            wrong.append(f"request beyond {HOST}: {request.url}")

    tab.on("console", on_console)
    tab.on("request", on_request)
    tab.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    return wrong


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A fresh tab at the live server, 1440 wide; ``page.goto("/people")`` takes paths."""
    context = browser.new_context(
        base_url=live_server.url, viewport=DESK, locale="vi-VN", reduced_motion="reduce"
    )
    context.add_init_script(_TELL)
    tab = context.new_page()
    tab.set_default_timeout(PATIENCE)
    wrong = watched(tab)
    yield tab
    context.close()
    assert wrong == []


@pytest.fixture
def sign_in_as(page: Page, app: Flask, engine: Engine, live_server: LiveServer) -> Callable[[Person], None]:
    """``sign_in_as(person)`` puts that (committed) person's cookie into the browser; signing in by form is slow."""

    def enter(person: Person) -> None:
        cookie = Visitor(app, engine, person).client.get_cookie("loa")
        assert cookie is not None
        page.context.add_cookies([{"name": "loa", "value": cookie.value, "url": live_server.url}])

    return enter


def axe(page: Page) -> list[str]:
    """What axe finds wrong on the page as it stands, one line each: rule, place, why."""
    page.evaluate(_SETTLED)
    found: dict[str, Any] = Axe().run(page, options=_ONLY_WRONG).response
    return [
        f"{one['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def sideways(page: Page) -> int:
    """How many pixels the page scrolls sideways; 0 when it fits its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
