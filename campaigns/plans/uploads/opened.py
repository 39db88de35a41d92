"""An upload with what its file says, as read and as an officer corrected it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.storage import FileStore
from campaigns.planfile.draft import PlanDraft
from campaigns.plans.models import PlanUpload
from campaigns.plans.reading import read_source
from campaigns.plans.uploads.corrections import apply_corrections, with_annex
from campaigns.plans.uploads.services import get_upload


@dataclass(frozen=True)
class OpenUpload:
    """An upload with its draft as read and as corrected."""

    upload: PlanUpload
    read: PlanDraft
    draft: PlanDraft


def open_upload(session: Session, files: FileStore, upload_id: int) -> OpenUpload:
    """The upload with what its file says.

    Raises:
        Missing: there is no such upload, or its file is gone.
    """
    upload = get_upload(session, upload_id)
    read = with_annex(read_source(files.read(upload.sha256), name=upload.name))
    return OpenUpload(upload, read, apply_corrections(read, upload.corrections))
