"""A text handed in, opened: the row with what its file says, as read and as corrected."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.errors import N_, Invalid
from app.storage import FileStore
from campaigns.planfile.draft import PlanDraft
from campaigns.plans.models import PlanUpload
from campaigns.plans.reading import open_kept, read_source
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


def check_readable(content: bytes) -> None:
    """Refuse what no container of text is, or has more lines than a page can show.

    Raises:
        Invalid: it has too many lines. Unreadable: the container's own refusals.
    """
    if open_kept(content).text.count("\n") >= MOST_LINES:
        raise Invalid(
            N_("Văn bản có hơn {most} dòng nên không đọc được. Hãy chỉ gửi phần kế hoạch."), most=MOST_LINES
        )
