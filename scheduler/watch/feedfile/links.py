"""Addresses as feeds write them, made absolute and safe: http and https only."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from app.text import clean

LONGEST = 2000  # the column's; Media Cloud keeps 2,048

_BREAKS = re.compile(r"\s*[\r\n\t]+\s*")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_WEB = re.compile(r"https?://[^/?#\s]", re.I)


def safe_link(written: str, base: str = "") -> str:
    """*written* as an absolute http(s) address, resolved against *base*; "" where it is none or too long."""
    link = _BREAKS.sub("", written.strip())
    if not link or len(link) > 4 * LONGEST:
        return ""
    if not link.isascii() or not link.isprintable():
        link = clean(link).strip()
    if "&amp;" in link:  # escaped twice
        link = link.replace("&amp;", "&")
    if not _WEB.match(link):
        link = _resolved(link, base)
    if " " in link:
        link = link.replace(" ", "%20")
    return link if len(link) <= LONGEST and is_whole(link) else ""


def is_whole(link: str) -> bool:
    """Whether *link* is an http(s) address with a host that can be taken apart."""
    if not _WEB.match(link):
        return False
    if "[" not in link and "]" not in link:
        return True
    try:
        return bool(urlsplit(link).hostname)
    except ValueError:
        return False


def _resolved(link: str, base: str) -> str:
    """A relative *link* in the light of *base*; "" where it names another scheme or there is no base."""
    if link.startswith("//"):
        return ("http:" if base.lower().startswith("http:") else "https:") + link
    if _SCHEME.match(link) or not _WEB.match(base):
        return ""
    try:
        return urljoin(base, link)
    except ValueError:
        return ""
