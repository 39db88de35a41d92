"""The built front end: hashed files for the browser to keep for ever, icons for the templates to place."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from flask import Flask
from markupsafe import Markup, escape
from whitenoise import WhiteNoise

from app.web.headers import headers
from app.web.session import House

DIST = Path(__file__).resolve().parents[2] / "static" / "dist"
PREFIX = "/static/"


@cache
def _built(name: str) -> dict[str, str]:
    """One of the build's lists: ``manifest.json`` or ``icons.json``."""
    path = DIST / name
    found: dict[str, str] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return found


def asset(name: str) -> str:
    """Address of a built file by its plain name: ``app.css`` -> ``/static/app-3F2A.css``."""
    return PREFIX + _built("manifest.json")[name]


@lru_cache(maxsize=1_000)
def icon(name: str, label: str | None = None) -> Markup:
    """An icon drawn into the page; without *label* it is decoration and screen readers pass over it."""
    inner = Markup(_built("icons.json").get(name, ""))  # noqa: S704 - made by our own build
    said = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return (
        Markup(
            '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" '
            'stroke-linecap="round" stroke-linejoin="round" focusable="false" {}>{}</svg>'
        ).format(said, inner)
        if inner
        else Markup("<!-- {} -->").format(escape(name))
    )


def serve_assets(app: Flask) -> Any:
    """Wrap the application so that built files are answered before it, compressed and cacheable for ever."""
    hashed = set(_built("manifest.json").values())
    house: House = app.extensions["loa"]
    always = headers(is_https=house.settings.is_https)

    def add(answer: Headers, path: str, url: str) -> None:
        """Put the same headers on a built file as on a page."""
        for name, value in always.items():
            answer[name] = value

    return WhiteNoise(
        app.wsgi_app,
        root=str(DIST),
        prefix=PREFIX,
        immutable_file_test=lambda path, url: url.removeprefix(PREFIX) in hashed,
        allow_all_origins=False,
        add_headers_function=add,
    )


def init_app(app: Flask) -> None:
    """Make ``asset`` known to the templates and serve what it names."""
    app.jinja_env.globals["asset"] = asset
    if DIST.is_dir():
        app.wsgi_app = serve_assets(app)  # type: ignore[method-assign]
