"""What every answer says to the browser: strict content policy, no framing, no sniffing, nothing kept."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, request
from flask.wrappers import Response

from app.errors import N_, Forbidden
from app.web.session import house

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# A field of a megabyte gets a sentence from its form, not a closed door: a million letters with tone marks are
# three megabytes, and nine once a browser has percent-encoded them.
LARGEST_FORM = 12 * 1024 * 1024
SAFE = {"GET", "HEAD", "OPTIONS"}


HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
HTTPS_ONLY = {"Strict-Transport-Security": "max-age=31536000"}


def headers(*, is_https: bool) -> dict[str, str]:
    """What every answer carries, built files too."""
    return {**HEADERS, **HTTPS_ONLY} if is_https else HEADERS


def protect(answer: Response) -> Response:
    """Add the security headers; pages are never stored by caches unless a view said otherwise."""
    answer.headers.update(headers(is_https=house().settings.is_https))
    answer.headers.setdefault("Cache-Control", "no-store")
    return answer


def limit_size() -> None:
    """Files may be large, what is typed not: a form without a file is read up to ``LARGEST_FORM`` only."""
    if request.mimetype != "multipart/form-data":
        request.max_content_length = LARGEST_FORM


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
    app.before_request(limit_size)
    app.before_request(check_origin)
    app.after_request(protect)
