"""A text handed in, opened: the row with what its file says, as read and as corrected."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.errors import N_, Invalid
from app.storage import FileStore
from campaigns.planfile.draft import PlanDraft
from campaigns.plans.models import PlanUpload
from campaigns.plans.reading import read_source
from campaigns.plans.uploads.corrections import apply_corrections, with_annex
from campaigns.plans.uploads.services import get_upload

MOST_LINES = 20_000


@dataclass(frozen=True)
class Opened:
    """An upload with its draft as read and as corrected, both with the annex taken in."""

    upload: PlanUpload
    read: PlanDraft
    draft: PlanDraft


def open_upload(session: Session, files: FileStore, upload_id: int) -> Opened:
    """The upload with what its file says.

    Raises:
        Missing: there is no such upload, or its file is gone.
    """
    upload = get_upload(session, upload_id)
    read = with_annex(read_source(files.read(upload.sha256), name=upload.name))
    return Opened(upload, read, apply_corrections(read, upload.corrections))


def check_readable(name: str, content: bytes) -> None:
    """Refuse what holds no letter, is no text, or has more lines than a page can show.

    Raises:
        Invalid: it has too many lines. Unreadable: the reader's own refusals.
    """
    draft = read_source(content, name=name) if content.count(b"\n") <= MOST_LINES else None
    if draft is None or len(draft.lines) > MOST_LINES:
        raise Invalid(
            N_("Văn bản có hơn {most} dòng nên không đọc được. Hãy chỉ gửi phần kế hoạch."), most=MOST_LINES
        )
