"""What the steps of writing a plan hand on to one another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app import audit
from app.errors import N_, Invalid, Phrase
from app.organisations.models import Organisation, name_key
from app.organisations.queries import find_organisation
from content.references.models import Document
from content.references.services import DocumentInput, ensure_document


@dataclass
class Making:
    """Who writes, when, and which bodies were looked up already."""

    session: Session
    actor: audit.Actor
    now: datetime
    known: dict[str, Organisation | None]

    def organisation(self, printed: str) -> int | None:
        """The key of the body of that printed name; each name is looked up once."""
        key = name_key(printed)
        if key not in self.known:
            self.known[key] = find_organisation(self.session, printed) if key else None
        found = self.known[key]
        return found.id if found else None

    def document(self, wanted: DocumentInput) -> Document:
        return ensure_document(self.session, wanted, actor=self.actor, now=self.now)


def fit(value: str, limit: int, name: str, line: int) -> str:
    """The value, which an officer must shorten where a plan has no room for it.

    Raises:
        Invalid: it is longer than *limit* letters; the sentence says where it stands.
    """
    if len(value) > limit:
        raise Invalid(
            N_("{name} ở dòng {line} dài {size} ký tự, nhiều nhất là {limit}. Hãy sửa trước khi xác nhận."),
            name=Phrase(name),
            line=line,
            size=len(value),
            limit=limit,
        )
    return value
