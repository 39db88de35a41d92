"""What can be done to found publications: confirm, dismiss, take a decision back, dismiss what matches nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app import audit
from app.errors import N_, Refused
from content.publications.matching import REASON, match_publication
from content.publications.models import Match, MatchDecision, Publication, PublicationStatus
from content.publications.queue.queries import QueueFilter, ids_in_queue, last_decision, proposed_ids
from content.publications.services import dismiss_publication, touch

NOT_FOLLOWED = N_("Không thuộc chủ đề theo dõi")
_CHUNK = 500  # keys in one statement


def confirm_proposals(
    session: Session, publication: Publication, *, seen: int, actor: audit.Actor, now: datetime
) -> None:
    """Let everything that was proposed for *publication* hold.

    Raises:
        Stale: somebody changed it since. Refused: it waits no more, or nothing was proposed.
    """
    publication.check_version(seen)
    _needs_waiting(publication)
    item_id, theme_ids = proposed_ids(session, publication)
    _needs_any(item_id, theme_ids)
    match_publication(
        session, publication, item_id=item_id, theme_ids=theme_ids, seen=seen, actor=actor, now=now
    )


def correct_proposals(
    session: Session,
    publication: Publication,
    *,
    item_id: int | None,
    theme_ids: set[int],
    seen: int,
    actor: audit.Actor,
    now: datetime,
) -> None:
    """Let *item_id* and *theme_ids* hold instead of what was proposed.

    Raises:
        Stale, Refused: as for ``confirm_proposals``. Invalid: no such item or theme.
    """
    publication.check_version(seen)
    _needs_waiting(publication)
    _needs_any(item_id, theme_ids)
    match_publication(
        session, publication, item_id=item_id, theme_ids=theme_ids, seen=seen, actor=actor, now=now
    )


def dismiss_found(
    session: Session,
    publication: Publication,
    *,
    reason: str = "",
    seen: int,
    actor: audit.Actor,
    now: datetime,
) -> None:
    """Leave *publication* out; without a reason it is none of the themes.

    Raises:
        Stale: somebody changed it since. Refused: it waits no more.
    """
    publication.check_version(seen)
    _needs_waiting(publication)
    dismiss_publication(session, publication, reason=reason or NOT_FOLLOWED, seen=seen, actor=actor, now=now)


def undo_decision(
    session: Session, publication: Publication, *, seen: int, actor: audit.Actor, now: datetime
) -> None:
    """Put *publication* back into the queue as it was before the last decision.

    Raises:
        Stale: somebody changed it since. Refused: something else was done to it after that, or nothing was decided.
    """
    publication.check_version(seen)
    deed = last_decision(session, publication)
    if deed is None:
        raise Refused(N_("Không còn gì để hoàn tác: tin này đã được xử lý tiếp sau đó."))
    for row in session.scalars(select(Match).where(Match.publication_id == publication.id)).unique():
        if row.decided_by_id is None or row.decided_at != deed.at:
            continue
        if row.reason == REASON:  # a person's own addition
            session.delete(row)
        else:
            row.decision, row.decided_by_id = MatchDecision.PROPOSED, None
    publication.status = PublicationStatus.FOUND
    touch(session, publication)
    audit.record(session, actor, "publication.undo", publication, at=now)


def dismiss_unmatched(
    session: Session, *, outlet_id: int | None, up_to: int, actor: audit.Actor, now: datetime
) -> int:
    """Leave out everything that waits, was found up to key *up_to* and matches nothing; how many that were.

    At most ``MOST_AT_ONCE`` in one deed. Each gets its entry in the history and can be restored by itself.
    """
    wanted = QueueFilter(outlet_id=outlet_id, unmatched=True)
    ids = ids_in_queue(session, wanted, up_to=up_to)
    done: list[int] = []
    for start in range(0, len(ids), _CHUNK):
        statement = (
            update(Publication)
            .where(Publication.id.in_(ids[start : start + _CHUNK]))
            .where(Publication.status == PublicationStatus.FOUND)  # somebody may have been quicker
            .values(status=PublicationStatus.DISMISSED, version=Publication.version + 1)
            .returning(Publication.id)
            .execution_options(synchronize_session=False)
        )
        done += session.scalars(statement)
    details = {"reason": NOT_FOLLOWED, "before": PublicationStatus.FOUND.value}
    entry = {"at": now, "actor_id": actor.id, "actor_name": actor.name, "action": "publication.dismiss"}
    subject = {"subject_type": Publication.__tablename__, "details": details}
    if done:
        session.execute(insert(audit.AuditEntry), [{**entry, **subject, "subject_id": one} for one in done])
    return len(done)


def _needs_waiting(publication: Publication) -> None:
    if publication.status is not PublicationStatus.FOUND:
        raise Refused(N_("Tin này không còn chờ xác nhận."))


def _needs_any(item_id: int | None, theme_ids: set[int]) -> None:
    if item_id is None and not theme_ids:
        raise Refused(N_("Chưa có chủ đề hay tin bài nào để xác nhận. Hãy chọn chủ đề, hoặc bỏ qua tin này."))
