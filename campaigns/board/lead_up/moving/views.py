"""Moving, cancelling and keeping an occurrence, retiring an occasion: what goes along is said before and after."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app import clock, lunar
from app.accounts.permissions import Permission
from app.errors import N_, Invalid, Refused
from app.web.forms import say, seen_version
from app.web.identity import requires
from app.web.render import render
from app.web.session import reading, writing
from campaigns.board.forms import day_in
from campaigns.board.lead_up.follow import Followed
from campaigns.board.lead_up.keeping import follow_lead_ups
from campaigns.board.lead_up.moving.forms import CancelForm, MoveForm
from campaigns.board.lead_up.queries import Effect, campaigns_of_occurrences, effect_on
from campaigns.board.views import me
from campaigns.occasions.models import Occasion, Occurrence
from campaigns.occasions.occurrences import cancel_occurrence, keep_occurrence, move_occurrence
from campaigns.occasions.queries import get_occasion, get_occurrence, occurrences_of
from campaigns.occasions.services import restore_occasion, retire_occasion

bp = Blueprint("lead_up_days", __name__, url_prefix="/occasions/<int:occasion_id>")
MANAGE = Permission.MANAGE_CAMPAIGNS
SAID = (
    ("moved", N_("{count} tin bài dời theo.")),
    ("undated", N_("{count} tin bài có ngày mới đã qua nên về kho ý tưởng.")),
    ("put_away", N_("{count} tin bài chưa ai viết đã lưu trữ.")),
    ("planned", N_("{count} tin bài được lập lại.")),
    ("stayed", N_("{count} tin bài đã có người làm giữ nguyên.")),
)


def followed_words(followed: Followed) -> str:
    """What became of the pieces, in words; empty when there were none."""
    told = ((sentence, getattr(followed, name)) for name, sentence in SAID)
    return " ".join(say(sentence, count=count) for sentence, count in told if count)


def _back(occasion_id: int, sentence: str, followed: Followed) -> ResponseReturnValue:
    flash(f"{say(sentence)} {followed_words(followed)}".strip(), "success")
    return redirect(url_for("occasions.show", occasion_id=occasion_id), 303)


def _effect(db: Session, occurrence: Occurrence) -> Effect:
    """What a move or a cancellation would do."""
    return effect_on(db, campaigns_of_occurrences(db, [occurrence.id]).get(occurrence.id))


@bp.route("/occurrences/<int:occurrence_id>/move", methods=["GET", "POST"])
@requires(MANAGE)
def move(occasion_id: int, occurrence_id: int) -> ResponseReturnValue:
    """Keep the occurrence on another day; the page says first what goes along and what stays."""
    occurrence = get_occurrence(reading(), occasion_id, occurrence_id)
    if request.method == "GET":
        return _move(occurrence, MoveForm(held_on=occurrence.held_on, version=str(occurrence.version)))
    form = MoveForm()
    if not form.validate():
        return _move(occurrence, form, status=422)
    try:
        with writing() as db:
            occurrence, person, now = get_occurrence(db, occasion_id, occurrence_id), me(db), clock.now()
            move_occurrence(
                db, occurrence, held_on=day_in(form.held_on), seen=form.seen(), actor=person, now=now
            )
            followed = follow_lead_ups(db, occurrence.occasion, actor=person, now=now)
    except (Invalid, Refused) as fault:
        return _move(get_occurrence(reading(), occasion_id, occurrence_id), form, status=form.refuse(fault))
    return _back(occasion_id, N_("Đã dời ngày."), followed)


def _move(occurrence: Occurrence, form: MoveForm, *, status: int = 200) -> ResponseReturnValue:
    effect = _effect(reading(), occurrence)
    return render(
        "campaigns/lead_up/move.html",
        occurrence=occurrence,
        form=form,
        effect=effect,
        lunar_of=lunar.lunar_of,
        status=status,
    )


@bp.route("/occurrences/<int:occurrence_id>/cancel", methods=["GET", "POST"])
@requires(MANAGE)
def cancel(occasion_id: int, occurrence_id: int) -> ResponseReturnValue:
    """Do not keep the occurrence; pieces that nobody touched are put away."""
    occurrence = get_occurrence(reading(), occasion_id, occurrence_id)
    if request.method == "GET":
        return _cancel(occurrence, CancelForm(version=str(occurrence.version)))
    form = CancelForm()
    if not form.validate():
        return _cancel(occurrence, form, status=422)
    try:
        with writing() as db:
            occurrence, person, now = get_occurrence(db, occasion_id, occurrence_id), me(db), clock.now()
            reason = str(form.reason.data)
            cancel_occurrence(db, occurrence, reason=reason, seen=form.seen(), actor=person, now=now)
            followed = follow_lead_ups(db, occurrence.occasion, actor=person, now=now)
    except (Invalid, Refused) as fault:
        return _cancel(get_occurrence(reading(), occasion_id, occurrence_id), form, status=form.refuse(fault))
    return _back(occasion_id, N_("Đã hủy lần này."), followed)


def _cancel(occurrence: Occurrence, form: CancelForm, *, status: int = 200) -> ResponseReturnValue:
    effect = _effect(reading(), occurrence)
    return render(
        "campaigns/lead_up/cancel.html", occurrence=occurrence, form=form, effect=effect, status=status
    )


@bp.post("/occurrences/<int:occurrence_id>/keep")
@requires(MANAGE)
def keep(occasion_id: int, occurrence_id: int) -> ResponseReturnValue:
    """Keep a cancelled occurrence after all; what was put away is planned anew."""
    with writing() as db:
        occurrence, person, now = get_occurrence(db, occasion_id, occurrence_id), me(db), clock.now()
        seen = seen_version(request.form.get("version"))
        keep_occurrence(db, occurrence, seen=seen, actor=person, now=now)
        followed = follow_lead_ups(db, occurrence.occasion, actor=person, now=now)
    return _back(occasion_id, N_("Lần này lại được tổ chức."), followed)


@bp.route("/retire", methods=["GET", "POST"])
@requires(MANAGE)
def retire(occasion_id: int) -> ResponseReturnValue:
    """Use the occasion no more; the page says first what becomes of the lead-ups."""
    if request.method == "GET":
        return _retire(get_occasion(reading(), occasion_id))
    with writing() as db:
        occasion, person, now = get_occasion(db, occasion_id), me(db), clock.now()
        seen = seen_version(request.form.get("version"))
        retire_occasion(db, occasion, seen=seen, actor=person, now=now)
        followed = follow_lead_ups(db, occasion, actor=person, now=now)
    return _back(occasion_id, N_("Ngày, dịp này thôi dùng."), followed)


def _retire(occasion: Occasion) -> ResponseReturnValue:
    db, today = reading(), clock.local_day(clock.now())
    occurrences = occurrences_of(db, occasion)
    coming = [one for one in occurrences if one.held_on > today and one.cancelled_at is None]
    campaigns = campaigns_of_occurrences(db, [one.id for one in coming])
    effects = [effect_on(db, campaigns.get(one.id)) for one in coming]
    return render(
        "campaigns/lead_up/retire.html",
        occasion=occasion,
        coming=coming,
        untouched=sum(len(one.untouched) for one in effects),
        touched=sum(len(one.touched) for one in effects),
    )


@bp.post("/restore")
@requires(MANAGE)
def restore(occasion_id: int) -> ResponseReturnValue:
    """Use a retired occasion again."""
    with writing() as db:
        occasion, person, now = get_occasion(db, occasion_id), me(db), clock.now()
        restore_occasion(db, occasion, seen=seen_version(request.form.get("version")), actor=person, now=now)
        followed = follow_lead_ups(db, occasion, actor=person, now=now)
    return _back(occasion_id, N_("Ngày, dịp này dùng lại."), followed)
