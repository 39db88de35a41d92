"""What the board adds to other rooms' pages."""

from __future__ import annotations

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.accounts.permissions import Permission
from app.web.identity import access
from campaigns.board.queries import campaign_of_item, campaigns_of_plan
from campaigns.plans.models import Plan
from content.items.models import Item


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
    is_first = not campaigns_of_plan(session, plan.id)
    return Markup(  # noqa: S704
        render_template("campaigns/board/_plan_actions.html", plan=plan, is_first=is_first)
    )


def plan_aside(session: Session, plan: Plan) -> Markup:
    """The campaigns that stand on the plan's tasks, and the way to a new one."""
    if not access().may(Permission.READ_CAMPAIGNS):
        return Markup()
    campaigns = campaigns_of_plan(session, plan.id)
    if not campaigns and not access().may(Permission.MANAGE_CAMPAIGNS):
        return Markup()
    return Markup(  # noqa: S704
        render_template("campaigns/board/_plan_panel.html", campaigns=campaigns, plan=plan)
    )
