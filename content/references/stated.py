"""What a document's subject says of other documents: "phê duyệt Chương trình … theo Nghị quyết số 57-NQ/TW". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from content.references.citations import find_citations
from content.references.models import LinkKind

_VERBS = (
    (LinkKind.IMPLEMENTS, r"(?:triển khai\s+)?thực hiện|triển khai|thi hành|cụ thể hóa|theo"),
    (LinkKind.AMENDS, r"sửa đổi(?:,\s*bổ sung)?|bổ sung|điều chỉnh"),
    (LinkKind.REPLACES, r"thay thế|bãi bỏ|thay cho"),
)
_VERB = re.compile("|".join(rf"(?P<{kind.value}>(?<!\w)(?:{words})(?!\w))" for kind, words in _VERBS), re.I)
_NEXT = re.compile(r"[;.]")  # behind it the subject speaks of something else


def stated_links(subject: str) -> Iterator[tuple[str, LinkKind]]:
    """The numbers that a subject names, each with how the document stands to it by the last verb before it."""
    for cite in find_citations(subject):
        before = _NEXT.split(subject[: cite.start])[-1]
        verbs = list(_VERB.finditer(before))
        yield cite.number, LinkKind(str(verbs[-1].lastgroup)) if verbs else LinkKind.CITES
