"""Small doors of the pages themselves: the language switch, the health check."""

from __future__ import annotations

from flask import Blueprint, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from app.web.i18n import COOKIE, LANGUAGES
from app.web.identity import public, safe_next
from app.web.session import house, reading

bp = Blueprint("web", __name__, template_folder="templates")


@bp.post("/language")
@public
def switch_language() -> ResponseReturnValue:
    """Remember the language in the browser and return to where the person was."""
    chosen = request.form.get("lang", "")
    answer = redirect(safe_next(request.form.get("next")), 303)
    if chosen in LANGUAGES:
        answer.set_cookie(
            COOKIE,
            chosen,
            max_age=365 * 86_400,
            samesite="Lax",
            httponly=True,
            secure=house().settings.is_https,
        )
    return answer


@bp.get("/healthz")
@public
def health() -> ResponseReturnValue:
    """Whether pages and database answer, for a watcher."""
    reading().execute(text("SELECT 1"))
    return jsonify(status="ok")
