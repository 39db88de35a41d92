"""The template of a lead-up is shown and changed."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts.permissions import Permission
from app.errors import N_, Invalid, Refused
from app.web.forms import say
from app.web.identity import requires
from app.web.render import render
from app.web.session import reading, writing
from campaigns.board.lead_up.keeping import realign_steps
from campaigns.board.lead_up.template.forms import TemplateForm
from campaigns.board.views import me
from campaigns.occasions.models import Occasion, StepKind
from campaigns.occasions.queries import get_occasion, template_of
from campaigns.occasions.services import set_template

bp = Blueprint("lead_up_template", __name__, url_prefix="/occasions/<int:occasion_id>/template")


@bp.route("", methods=["GET", "POST"])
@requires(Permission.MANAGE_CAMPAIGNS)
def edit(occasion_id: int) -> ResponseReturnValue:
    """Change steps and pieces of the lead-up; coming steps follow, pieces that are planned stay."""
    occasion = get_occasion(reading(), occasion_id)
    if request.method == "GET":
        held = template_of(reading(), occasion)
        return _template(occasion, TemplateForm.of(held, version=occasion.version))
    form = TemplateForm.offered()
    if not form.validate():
        return _template(occasion, form, status=422)
    try:
        with writing() as db:
            occasion, now = get_occasion(db, occasion_id), clock.now()
            set_template(db, occasion, form.to_template(), seen=form.seen(), actor=me(db), now=now)
            realign_steps(db, occasion, now=now)
    except (Invalid, Refused) as fault:
        return _template(get_occasion(reading(), occasion_id), form, status=form.refuse(fault))
    flash(
        say(N_("Đã lưu mẫu chuẩn bị. Các bước sắp tới đã theo mẫu mới; tin bài đã lập giữ nguyên.")),
        "success",
    )
    return redirect(url_for("occasions.show", occasion_id=occasion_id), 303)


def _template(occasion: Occasion, form: TemplateForm, *, status: int = 200) -> ResponseReturnValue:
    return render(
        "campaigns/lead_up/template.html", occasion=occasion, form=form, kinds=list(StepKind), status=status
    )
