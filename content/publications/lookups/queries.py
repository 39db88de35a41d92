"""What can be asked about pasted links."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.errors import N_, Missing
from content.publications.lookups.models import Lookup


def own_lookup(session: Session, lookup_id: int, person_id: int) -> Lookup:
    """The link that this person pasted.

    Raises:
        Missing: there is none, or somebody else pasted it.
    """
    lookup = session.get(Lookup, lookup_id)
    if lookup is None or lookup.asked_by_id != person_id:
        raise Missing(N_("Không có đường dẫn này, hoặc người khác đã dán."))
    return lookup
