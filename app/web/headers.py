"""What every answer says to the browser: strict content policy, no framing, no sniffing, nothing kept."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, request
from flask.wrappers import Response

from app.errors import N_, Forbidden

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SAFE = {"GET", "HEAD", "OPTIONS"}


def protect(answer: Response) -> Response:
    """Add the security headers; pages are never stored by caches unless a view said otherwise."""
    from app.web.session import house  # noqa: PLC0415

    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["X-Frame-Options"] = "DENY"
    answer.headers["Referrer-Policy"] = "same-origin"
    answer.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
    answer.headers.setdefault("Cache-Control", "no-store")
    if house().settings.is_https:
        answer.headers["Strict-Transport-Security"] = "max-age=31536000"
    return answer


def check_origin() -> None:
    """Refuse a change that another site's page sends, beside the CSRF token.

    The browser says where a request comes from in Sec-Fetch-Site; an older one in Origin.

    Raises:
        Forbidden: the request comes from another site.
    """
    if request.method in SAFE:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    foreign = (
        site not in {"same-origin", "none"}
        if site
        else bool(origin) and urlsplit(origin or "").netloc != request.host
    )
    if foreign:
        raise Forbidden(
            N_("Yêu cầu đến từ một trang khác nên không được thực hiện. Hãy mở lại trang này rồi làm lại.")
        )


def init_app(app: Flask) -> None:
    """Check and protect every request."""
    app.before_request(check_origin)
    app.after_request(protect)
