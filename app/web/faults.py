"""The one handler that turns what went wrong into a page, a part or JSON with the right status."""

from __future__ import annotations

import logging

from flask import Flask, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from app.db import is_busy
from app.errors import N_, Busy, Fault, Missing
from app.web.forms import say
from app.web.identity import settle
from app.web.render import is_swap
from app.web.session import close_reading

log = logging.getLogger("loa.pages")

SENTENCES = {
    400: N_("Yêu cầu không đúng dạng nên không được thực hiện."),
    404: Missing().sentence,
    405: N_("Trang này không nhận cách gửi như vậy."),
    413: N_("Nội dung gửi lên quá lớn nên không được nhận. Hãy gửi ít hơn hoặc chọn tệp nhỏ hơn."),
    415: N_("Dạng nội dung này không được nhận."),
    429: N_("Có quá nhiều yêu cầu. Hãy đợi một lát."),
}
CRASH = N_(
    "Lỗi của hệ thống, không phải của bạn. Việc vừa làm chưa được lưu. Lỗi đã được ghi lại cho quản trị viên."
)
TITLES = {
    400: N_("Yêu cầu không đúng"),
    403: N_("Không được phép"),
    404: N_("Không tìm thấy"),
    409: N_("Chưa thực hiện được"),
    413: N_("Quá lớn"),
    422: N_("Cần sửa lại"),
    500: N_("Hệ thống gặp lỗi"),
    503: N_("Hệ thống đang bận"),
}


def answer(status: int, sentence: str) -> ResponseReturnValue:
    """A fault as JSON for machines, as a part for htmx, as a page for everybody else."""
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return jsonify(status=status, title=sentence), status
    title = say(TITLES.get(status, N_("Chưa thực hiện được")))
    if is_swap():
        return (
            render_template("_fault.html", title=title, sentence=sentence),
            status,
            {"HX-Retarget": "#flashes", "HX-Reswap": "innerHTML"},
        )
    return render_template("error.html", code=status, title=title, message=sentence), status


def on_fault(fault: Fault) -> ResponseReturnValue:
    """A refusal of ours: its own sentence and status; nothing of the request stays behind."""
    close_reading()
    if isinstance(fault, Busy):
        settle()
    return answer(fault.status, say(fault.sentence, **fault.values))


def on_csrf(fault: CSRFError) -> ResponseReturnValue:
    """The page was open too long, or cookies are off."""
    return answer(
        400, say(N_("Trang này đã mở quá lâu hoặc trình duyệt chặn cookie. Hãy tải lại trang rồi gửi lại."))
    )


def on_http(fault: HTTPException) -> ResponseReturnValue:
    """What Flask refuses, in our words."""
    status = fault.code or 500
    if status < 400:
        return fault.get_response()
    made = make_response(
        answer(status, say(CRASH if status >= 500 else SENTENCES.get(status, SENTENCES[400])))
    )
    if isinstance(fault, MethodNotAllowed):
        made.headers["Allow"] = ", ".join(sorted(fault.valid_methods or ()))
    return made


def on_crash(fault: Exception) -> ResponseReturnValue:
    """A fault in our code: the log gets everything, the person an honest sentence."""
    if isinstance(fault, OperationalError) and is_busy(fault):
        return on_fault(Busy())
    log.error("%s %s failed", request.method, request.path, exc_info=fault)
    close_reading()
    settle()
    return answer(500, say(CRASH))


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(Fault, on_fault)
    app.register_error_handler(CSRFError, on_csrf)
    app.register_error_handler(HTTPException, on_http)
    app.register_error_handler(Exception, on_crash)
