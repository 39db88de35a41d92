"""What can be done to a text handed in: keep it, correct what was read, put it away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from app import audit
from app.accounts.models import Person
from app.accounts.queries import get_person
from app.errors import N_, Missing, Refused
from app.text import excerpt
from campaigns.plans.models import Plan, PlanUpload

MARKS = "-–•;, "  # what may stand around a name in a list and is no part of it


def get_upload(session: Session, upload_id: int) -> PlanUpload:
    """The upload of that key.

    Raises:
        Missing: there is none, or it was put away.
    """
    upload = session.get(PlanUpload, upload_id)
    if upload is None or upload.discarded_at is not None:
        raise Missing(N_("Không có văn bản này, hoặc nó đã được bỏ."))
    return upload


def list_waiting(session: Session) -> list[PlanUpload]:
    """Uploads that wait for a person's yes, newest first."""
    asked = select(PlanUpload).where(PlanUpload.plan_id.is_(None), PlanUpload.discarded_at.is_(None))
    asked = asked.options(joinedload(PlanUpload.amends).joinedload(Plan.document))
    return list(session.scalars(asked.order_by(PlanUpload.id.desc()).limit(100)))


def keep_upload(session: Session, *, name: str, sha256: str, actor: audit.Actor, now: datetime) -> PlanUpload:
    """The upload of the file kept under *sha256*; the same bytes twice lead to the one that stands."""
    standing = select(PlanUpload).where(PlanUpload.sha256 == sha256, PlanUpload.discarded_at.is_(None))
    found = session.scalar(standing)
    if found is not None:
        return found
    upload = PlanUpload(
        name=excerpt(name, longest=290),
        sha256=sha256,
        corrections={},
        uploaded_by_id=_person(session, actor).id,
        uploaded_at=now,
    )
    try:
        with session.begin_nested():
            session.add(upload)
            session.flush()
    except IntegrityError:
        return session.scalars(standing).one()
    audit.record(session, actor, "plan.upload", upload, at=now, details={"name": upload.name})
    return upload


def _person(session: Session, actor: audit.Actor) -> Person:
    """The row of whoever acts; a plan always has a person behind it."""
    return get_person(session, actor.id or 0)


def correct_upload(
    session: Session,
    upload: PlanUpload,
    *,
    read: Mapping[str, Any],
    typed: Mapping[str, Any],
    seen: int,
    actor: audit.Actor,
    now: datetime,
) -> None:
    """Keep what the officer *typed* for the paths of one part; what equals the value *read* is no correction.

    Raises:
        Stale: somebody corrected the upload since. Refused: it is confirmed already.
    """
    refuse_confirmed(upload)
    upload.check_version(seen)
    kept = {path: value for path, value in upload.corrections.items() if path not in typed}
    changed = {path: value for path, value in typed.items() if plain(value) != plain(read.get(path))}
    if {**kept, **changed} == upload.corrections:
        return
    upload.corrections = {**kept, **changed}
    session.flush()
    audit.record(session, actor, "plan.correct", upload, at=now, details={"paths": sorted(changed)[:50]})


def discard_upload(
    session: Session, upload: PlanUpload, *, seen: int, actor: audit.Actor, now: datetime
) -> None:
    """Put an upload away that nobody will confirm; the same text can be handed in again.

    Raises:
        Stale: somebody changed it since. Refused: it is confirmed already.
    """
    refuse_confirmed(upload)
    upload.check_version(seen)
    upload.discarded_at = now
    session.flush()
    audit.record(session, actor, "plan.discard", upload, at=now, details={"name": upload.name})


def plain(value: Any) -> Any:
    """*value* as it is compared: a list without marks around its names, a text with single blanks, None as empty."""
    if isinstance(value, Mapping):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [plain(one).strip(MARKS) if isinstance(one, str) else plain(one) for one in value]
    return " ".join(value.split()) if isinstance(value, str) else "" if value is None else value


def refuse_confirmed(upload: PlanUpload) -> None:
    """What has become a plan is changed there."""
    if upload.plan_id is not None:
        raise Refused(N_("Văn bản này đã được xác nhận thành kế hoạch nên không sửa ở đây nữa."))
