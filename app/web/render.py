"""Pages and parts: the same template and context answer a full load and an htmx swap."""

from __future__ import annotations

from flask import make_response, render_template, request
from flask.wrappers import Response


def is_swap() -> bool:
    """Whether htmx asked for a part of the page (and not for a whole page through a boosted link)."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"


def render(template: str, *, part: str | None = None, status: int = 200, **context: object) -> Response:
    """*template*, or its *part* when htmx asks for one; both receive the same context."""
    name = part if part and is_swap() else template
    answer = make_response(render_template(name, **context), status)
    answer.vary.add("HX-Request")
    return answer
