"""What the board adds to other rooms' pages."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from app import clock
from app.accounts.permissions import Permission
from app.web.identity import access
from campaigns.board.queries import campaign_of_item, campaigns_of_plan, count_campaigns_of_plan
from campaigns.board.standing import Standing, standing_on
from campaigns.plans.models import Plan
from content.items.models import Item

MOST_BESIDE_PLAN = 10  # a plan of some years has hundreds


def item_aside(session: Session, item: Item) -> Markup:
    """Which campaigns and series the item stands in."""
    if not access().may(Permission.READ_CAMPAIGNS):
        return Markup()
    placements = campaign_of_item(session, item.id)
    if not placements:
        return Markup()
    return Markup(render_template("campaigns/board/_item_panel.html", placements=placements))  # noqa: S704


def plan_actions(session: Session, plan: Plan) -> Markup:
    """The next step after a plan is confirmed: from its words to work."""
    if plan.archived_at is not None or not access().may(Permission.MANAGE_CAMPAIGNS):
        return Markup()
    is_first = not count_campaigns_of_plan(session, plan.id)
    return Markup(  # noqa: S704
        render_template("campaigns/board/_plan_actions.html", plan=plan, is_first=is_first)
    )


def plan_aside(session: Session, plan: Plan) -> Markup:
    """The campaigns that stand on the plan's tasks, and the way to a new one."""
    if not access().may(Permission.READ_CAMPAIGNS):
        return Markup()
    today = clock.local_day(clock.now())
    campaigns = campaigns_of_plan(session, plan.id, today=today, limit=MOST_BESIDE_PLAN)
    if not campaigns and not access().may(Permission.MANAGE_CAMPAIGNS):
        return Markup()
    count = len(campaigns)
    if count == MOST_BESIDE_PLAN:
        count = count_campaigns_of_plan(session, plan.id)
    return Markup(  # noqa: S704
        render_template("campaigns/board/_plan_panel.html", campaigns=campaigns, count=count, plan=plan)
    )


def standing_on_tasks(session: Session, task_ids: Collection[int]) -> Mapping[int, Standing]:
    """What stands on each of these tasks: campaigns, series, occasions, pieces, publications."""
    return standing_on(session, task_ids) if access().may(Permission.READ_CAMPAIGNS) else {}
