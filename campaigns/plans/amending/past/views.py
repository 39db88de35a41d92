"""The versions that a plan has had: when, by which text, what each changed."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.accounts.permissions import Permission
from app.web.identity import requires
from app.web.render import render
from app.web.session import house, reading
from campaigns.plans.amending.history import recorded, recorded_counts
from campaigns.plans.amending.page import FIELD_LABELS
from campaigns.plans.amending.versions import get_version, list_versions
from campaigns.plans.queries import get_plan
from campaigns.plans.reading import read_source

bp = Blueprint("plan_versions", __name__, url_prefix="/plans")


@bp.get("/<int:plan_id>/versions")
@requires(Permission.READ_PLANS)
def index(plan_id: int) -> ResponseReturnValue:
    """The texts that the plan has had, newest first, each with what it changed."""
    plan = get_plan(reading(), plan_id)
    versions = [(one, recorded_counts(one.changes)) for one in list_versions(reading(), plan)]
    return render("campaigns/plan_versions/index.html", plan=plan, versions=versions)


@bp.get("/<int:plan_id>/versions/<int:number>")
@requires(Permission.READ_PLANS)
def show(plan_id: int, number: int) -> ResponseReturnValue:
    """What one version changed, entry by entry."""
    plan = get_plan(reading(), plan_id)
    version = get_version(reading(), plan, number)
    return render(
        "campaigns/plan_versions/show.html",
        plan=plan,
        version=version,
        counts=recorded_counts(version.changes),
        entries=recorded(version.changes),
        labels=FIELD_LABELS,
    )


@bp.get("/<int:plan_id>/versions/<int:number>/source")
@requires(Permission.READ_PLANS)
def source(plan_id: int, number: int) -> ResponseReturnValue:
    """The text of one version as it was handed in, with line numbers."""
    plan = get_plan(reading(), plan_id)
    version = get_version(reading(), plan, number)
    draft = read_source(house().files.read(version.source_sha256), name=version.source_name)
    return render(
        "campaigns/plans/source.html", plan=plan, version=version, lines=draft.lines, pages=draft.pages
    )
