"""What can be done to occasions: add, change, give a lead-up template, retire, take back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app import audit, clock
from app.accounts.models import Person
from app.db import is_duplicate
from app.errors import N_, Refused
from campaigns.occasions.checks import OccasionInput, check_occasion
from campaigns.occasions.materialise import align_occurrences, hold_occasion, make_occurrences, rule_of
from campaigns.occasions.models import (
    LeadUpPiece,
    LeadUpStep,
    Occasion,
    OccasionTask,
    OccasionTheme,
    Occurrence,
)
from campaigns.occasions.template import DEFAULT, Template, check_template

RETIRED = N_("Ngày, dịp này thôi dùng.")


def add_occasion(
    session: Session,
    wanted: OccasionInput,
    *,
    template: Template = DEFAULT,
    actor: Person,
    now: datetime,
) -> Occasion:
    """Add an occasion with its template, and make its occurrences of the next 24 months.

    Raises:
        Invalid: rule, window, owner, themes, tasks or template cannot be taken. Refused: there is one of that name.
        Missing: no such organisation.
    """
    check_occasion(session, wanted, now=now)
    check_template(template)
    occasion = Occasion(**_columns(wanted), first_year=wanted.first_year)
    _flush_name(session, occasion)
    _link(session, occasion, wanted)
    _write_template(session, occasion, template)
    audit.record(session, actor, "occasion.add", occasion, at=now, details=_told(wanted))
    make_occurrences(session, occasion, now=now)
    return occasion


def change_occasion(
    session: Session, occasion: Occasion, wanted: OccasionInput, *, seen: int, actor: Person, now: datetime
) -> list[Occurrence]:
    """Change an occasion and return the occurrences that fall on another day now.

    The past, what a person moved and what is cancelled stay; the first year stays too.

    Raises:
        Stale: somebody changed it since. Refused: it is retired, or there is another of that name.
        Invalid: rule, window, owner, themes or tasks cannot be taken. Missing: no such organisation.
    """
    hold_occasion(session, occasion)
    occasion.check_version(seen)
    if occasion.retired_at is not None:
        raise Refused(N_("Ngày, dịp “{name}” đã thôi dùng; hãy dùng lại trước khi sửa."), name=occasion.name)
    check_occasion(session, wanted, now=now, held=occasion)
    before = {"name": occasion.name, "rule": asdict(rule_of(occasion))}
    for name, value in _columns(wanted).items():
        setattr(occasion, name, value)
    _touch(occasion)  # a change of themes or tasks alone is a change of the occasion too
    _flush_name(session, occasion)
    _link(session, occasion, wanted)
    details = {"before": before, **_told(wanted)}
    audit.record(session, actor, "occasion.change", occasion, at=now, details=details)
    moved = align_occurrences(session, occasion, now=now)
    make_occurrences(session, occasion, now=now)
    return moved


def set_template(
    session: Session, occasion: Occasion, template: Template, *, seen: int, actor: Person, now: datetime
) -> None:
    """Give *occasion* other steps and pieces; lead-ups that are made keep their pieces.

    Raises:
        Stale: somebody changed it since. Invalid: the template cannot be carried out. Refused: it is retired.
    """
    hold_occasion(session, occasion)
    occasion.check_version(seen)
    if occasion.retired_at is not None:
        raise Refused(N_("Ngày, dịp “{name}” đã thôi dùng; hãy dùng lại trước khi sửa."), name=occasion.name)
    check_template(template)
    _touch(occasion)
    session.flush()
    session.execute(delete(LeadUpStep).where(LeadUpStep.occasion_id == occasion.id))
    session.execute(delete(LeadUpPiece).where(LeadUpPiece.occasion_id == occasion.id))
    _write_template(session, occasion, template)
    told = {"pieces": [piece.title for piece in template.pieces]}
    audit.record(session, actor, "occasion.set_template", occasion, at=now, details=told)


def retire_occasion(
    session: Session, occasion: Occasion, *, seen: int, actor: Person, now: datetime
) -> list[Occurrence]:
    """Use the occasion no more; its coming occurrences are cancelled and returned, the past ones stay.

    Raises:
        Stale: somebody changed it since. Refused: it is retired already.
    """
    hold_occasion(session, occasion)
    occasion.check_version(seen)
    if occasion.retired_at is not None:
        raise Refused(N_("Ngày, dịp “{name}” đã thôi dùng."), name=occasion.name)
    occasion.retired_at = now
    coming = select(Occurrence).where(
        Occurrence.occasion_id == occasion.id,
        Occurrence.held_on > clock.local_day(now),
        Occurrence.cancelled_at.is_(None),
    )
    cancelled = list(session.scalars(coming.order_by(Occurrence.held_on)))
    for one in cancelled:
        one.cancelled_at, one.cancel_reason = now, RETIRED
    session.flush()
    audit.record(session, actor, "occasion.retire", occasion, at=now, details={"name": occasion.name})
    return cancelled


def restore_occasion(
    session: Session, occasion: Occasion, *, seen: int, actor: Person, now: datetime
) -> list[Occurrence]:
    """Use a retired occasion again; the coming occurrences that went with it are kept again and returned.

    Raises:
        Stale: somebody changed it since. Refused: it is in use.
    """
    hold_occasion(session, occasion)
    occasion.check_version(seen)
    if occasion.retired_at is None:
        raise Refused(N_("Ngày, dịp “{name}” đang dùng."), name=occasion.name)
    went = select(Occurrence).where(
        Occurrence.occasion_id == occasion.id,
        Occurrence.cancelled_at == occasion.retired_at,
        Occurrence.held_on > clock.local_day(now),
    )
    back = list(session.scalars(went.order_by(Occurrence.held_on)))
    for one in back:
        one.cancelled_at, one.cancel_reason = None, ""
    occasion.retired_at = None
    session.flush()
    audit.record(session, actor, "occasion.restore", occasion, at=now, details={"name": occasion.name})
    align_occurrences(session, occasion, now=now)
    make_occurrences(session, occasion, now=now)
    return back


def _touch(occasion: Occasion) -> None:
    """Raise the version even when only rows beside the occasion change, so that the next writer sees it."""
    flag_modified(occasion, "name")


def _columns(wanted: OccasionInput) -> dict[str, Any]:
    """The occasion's own columns."""
    return {
        "name": wanted.name,
        "rule": wanted.rule.kind,
        "month": wanted.rule.month,
        "day": wanted.rule.day,
        "nth": wanted.rule.nth,
        "weekday": wanted.rule.weekday,
        "off_days": wanted.off_days,
        "window_before": wanted.window_before,
        "window_after": wanted.window_after,
        "note": wanted.note,
        "organisation_id": wanted.organisation_id,
        "owner_id": wanted.owner_id,
        "has_campaign": wanted.has_campaign,
    }


def _told(wanted: OccasionInput) -> dict[str, object]:
    """What the audit keeps of the input."""
    rule = {key: value for key, value in asdict(wanted.rule).items() if value is not None}
    return {"name": wanted.name, "rule": rule, "off_days": wanted.off_days, "themes": list(wanted.theme_ids)}


def _flush_name(session: Session, occasion: Occasion) -> None:
    """Write the occasion; its name belongs to one only.

    Raises:
        Refused: another one has it.
    """
    taken = Refused(N_("Đã có ngày, dịp tên “{name}”."), name=occasion.name)
    other = select(Occasion.id).where(
        Occasion.name_folded == occasion.name_folded, Occasion.id != occasion.id
    )
    with session.no_autoflush:
        if session.scalar(other) is not None:
            raise taken
    try:
        with session.begin_nested():
            session.add(occasion)
            session.flush()
    except IntegrityError as fault:  # somebody saved it between our look and our write
        if not is_duplicate(fault):
            raise
        raise taken from fault


def _link(session: Session, occasion: Occasion, wanted: OccasionInput) -> None:
    """Make the occasion's themes and tasks those of the input."""
    session.execute(delete(OccasionTheme).where(OccasionTheme.occasion_id == occasion.id))
    session.execute(delete(OccasionTask).where(OccasionTask.occasion_id == occasion.id))
    session.add_all(
        OccasionTheme(occasion_id=occasion.id, theme_id=one) for one in dict.fromkeys(wanted.theme_ids)
    )
    session.add_all(
        OccasionTask(occasion_id=occasion.id, task_id=one) for one in dict.fromkeys(wanted.task_ids)
    )
    session.flush()


def _write_template(session: Session, occasion: Occasion, template: Template) -> None:
    """The rows of a template."""
    session.add_all(
        LeadUpStep(occasion_id=occasion.id, kind=one.kind, days=one.days, is_working=one.is_working)
        for one in template.steps
    )
    session.add_all(
        LeadUpPiece(
            occasion_id=occasion.id,
            position=position,
            type=one.type,
            title=one.title,
            brief=one.brief,
            days=one.days,
        )
        for position, one in enumerate(template.pieces, 1)
    )
    session.flush()
