"""Confirmed plans: list, structure, source; and the page of a unit's own work."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts.permissions import Permission
from app.errors import N_
from app.organisations.queries import get_organisation
from app.web.forms import say, seen_version
from app.web.identity import access, current_person, requires
from app.web.render import render
from app.web.session import house, reading, writing
from campaigns.plans.amending.versions import amendments_waiting, list_versions
from campaigns.plans.dates import show_due, show_key_date, show_partial
from campaigns.plans.figures import figures
from campaigns.plans.models import FactKind
from campaigns.plans.own import own_work
from campaigns.plans.queries import (
    blocks_of,
    chains_of,
    count_tasks,
    duties_of,
    facts_of,
    get_plan,
    list_plans,
    tasks_of,
    themes_of_plan,
    units_of_duties,
)
from campaigns.plans.reading import read_source
from campaigns.plans.services import archive_plan, match_units, restore_plan
from campaigns.plans.uploads.services import list_waiting
from content.references.graphs.picture import draw
from content.references.graphs.queries import NEAR, Asked, load_graph
from content.references.queries import links_from

bp = Blueprint("plans", __name__, template_folder="templates")


@bp.app_context_processor
def _days() -> dict[str, object]:
    """How days of a plan are written."""
    return {"show_due": show_due, "show_key_date": show_key_date, "show_partial": show_partial}


bp.add_app_template_filter(figures)


@bp.get("/plans")
@requires(Permission.READ_PLANS)
def index() -> ResponseReturnValue:
    """Plans in force, or archived ones, and texts that wait."""
    archived = request.args.get("archived") == "1"
    listed = list_plans(reading(), archived=archived, cursor=request.args.get("after"))
    waiting = [] if archived or request.args.get("after") else list_waiting(reading())
    return render(
        "campaigns/plans/index.html",
        listed=listed,
        tasks=count_tasks(reading(), listed.rows),
        chains=chains_of(reading(), listed.rows),
        waiting=waiting,
        archived=archived,
    )


@bp.get("/plans/<int:plan_id>")
@requires(Permission.READ_PLANS)
def show(plan_id: int) -> ResponseReturnValue:
    """The plan as structure, every value with its lines."""
    db = reading()
    plan = get_plan(db, plan_id)
    facts = facts_of(db, plan)
    graph = load_graph(db, Asked(about=plan.document_id, steps=2, most=NEAR))
    return render(
        "campaigns/plans/show.html",
        plan=plan,
        groups=tasks_of(db, plan),
        blocks=blocks_of(duties_of(db, plan), units_of_duties(db, plan)),
        reporting=facts[FactKind.REPORTING],
        key_dates=facts[FactKind.KEY_DATE],
        recipients=facts[FactKind.RECIPIENT],
        addressees=facts[FactKind.ADDRESSEE],
        themes=themes_of_plan(db, plan),
        documents=links_from(db, plan.document),
        graph=graph,
        picture=draw(graph),
        versions=list_versions(db, plan),
        amendments=amendments_waiting(db, plan),
    )


@bp.get("/plans/<int:plan_id>/source")
@requires(Permission.READ_PLANS)
def source(plan_id: int) -> ResponseReturnValue:
    """The text as it was handed in, with line numbers."""
    plan = get_plan(reading(), plan_id)
    draft = read_source(house().files.read(plan.source_sha256), name=plan.source_name)
    return render(
        "campaigns/plans/source.html", plan=plan, version=None, lines=draft.lines, pages=draft.pages
    )


@bp.post("/plans/<int:plan_id>/archive")
@requires(Permission.MANAGE_PLANS)
def archive(plan_id: int) -> ResponseReturnValue:
    """Put a plan away."""
    with writing() as db:
        archive_plan(db, get_plan(db, plan_id), seen=_seen(), actor=current_person(), now=clock.now())
    flash(say(N_("Đã lưu trữ kế hoạch.")), "success")
    return redirect(url_for("plans.show", plan_id=plan_id), 303)


@bp.post("/plans/<int:plan_id>/restore")
@requires(Permission.MANAGE_PLANS)
def restore(plan_id: int) -> ResponseReturnValue:
    """Bring a plan back."""
    with writing() as db:
        restore_plan(db, get_plan(db, plan_id), seen=_seen(), actor=current_person(), now=clock.now())
    flash(say(N_("Đã đưa kế hoạch trở lại.")), "success")
    return redirect(url_for("plans.show", plan_id=plan_id), 303)


@bp.post("/plans/<int:plan_id>/match")
@requires(Permission.MANAGE_PLANS)
def match(plan_id: int) -> ResponseReturnValue:
    """Look unmatched units up again."""
    with writing() as db:
        found = match_units(db, get_plan(db, plan_id), seen=_seen(), actor=current_person(), now=clock.now())
    flash(say(N_("Đã nhận ra thêm {found} tên đơn vị."), found=found), "success")
    return redirect(url_for("plans.show", plan_id=plan_id), 303)


def _seen() -> int:
    return seen_version(request.form.get("version"))


@bp.get("/duties")
@requires(Permission.READ_OWN_DUTIES)
def own() -> ResponseReturnValue:
    """What plans ask of the organisations in which the person is a unit."""
    ids = access().reach(Permission.READ_OWN_DUTIES) or frozenset()
    return render(
        "campaigns/plans/own.html",
        plans=own_work(reading(), ids),
        organisations=[get_organisation(reading(), one) for one in sorted(ids)],
    )
