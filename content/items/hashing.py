"""What a text is known by: SHA-256 over everything of it that readers get."""

from __future__ import annotations

import hashlib
import json

from app.text import clean
from content.media.models import Asset


def fingerprint(title: str, summary: str, body: str, picture: Asset | None) -> str:
    """SHA-256 in hex over title, summary, body and the picture with its alternative text, credit and licence.

    Canonical: NFC, keys in order, no blanks between them, UTF-8.
    """
    parts: dict[str, object] = {
        "title": clean(title),
        "summary": clean(summary),
        "body": clean(body),
        "picture": None,
    }
    if picture is not None:
        parts["picture"] = {
            "sha256": picture.sha256,
            "alt_text": clean(picture.alt_text),
            "credit": clean(picture.credit),
            "licence": clean(picture.licence),
        }
    written = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
