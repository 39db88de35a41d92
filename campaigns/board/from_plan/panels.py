"""What was made of the tasks of a plan, shown on each task."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.accounts.permissions import Permission
from app.web.identity import access
from campaigns.board.from_plan.queries import list_made_work


def made_of_tasks(session: Session, task_ids: Collection[int]) -> Mapping[int, Markup]:
    """For each task of which something was made: its campaigns, series and targets, linked. Five queries for all."""
    if not access().may(Permission.READ_CAMPAIGNS):
        return {}
    made_work = list_made_work(session, task_ids)
    made = {*made_work.campaigns, *made_work.series, *made_work.targets}
    return {
        key: Markup(render_template("campaigns/from_plan/_made.html", made_work=made_work, task_id=key))  # noqa: S704
        for key in made
    }
