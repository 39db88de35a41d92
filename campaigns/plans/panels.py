"""What plans show at other places: a unit's work and waiting texts on Hôm nay, plans of a document."""

from __future__ import annotations

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.accounts.access import Access
from app.accounts.permissions import Permission
from app.web.identity import access
from campaigns.plans.own import count_own_work
from campaigns.plans.queries import has_plans, plans_of_document
from campaigns.plans.uploads.services import list_waiting
from content.references.models import Document


def own_duties(session: Session, subject: Access) -> Markup:
    """For a unit: how much the plans in force ask of it."""
    reach = subject.reach(Permission.READ_OWN_DUTIES)
    count = count_own_work(session, reach) if reach else 0
    if not count:
        return Markup()
    return Markup(render_template("campaigns/plans/_own_panel.html", count=count))  # noqa: S704 - our template


def no_plan_yet(session: Session, subject: Access) -> Markup:
    """For who manages plans, while there is none: where to begin."""
    if not subject.may(Permission.MANAGE_PLANS) or has_plans(session) or list_waiting(session):
        return Markup()
    return Markup(render_template("campaigns/plans/_begin_panel.html"))  # noqa: S704 - our template


def waiting_uploads(session: Session, subject: Access) -> Markup:
    """For who manages plans: texts that wait for a yes."""
    uploads = list_waiting(session) if subject.may(Permission.MANAGE_PLANS) else []
    if not uploads:
        return Markup()
    return Markup(render_template("campaigns/plans/_waiting_panel.html", uploads=uploads))  # noqa: S704 - our template


def plans_on_document(session: Session, subject: Document) -> Markup:
    """On the page of a document: the plans that it is."""
    plans = plans_of_document(session, subject) if access().may(Permission.READ_PLANS) else []
    if not plans:
        return Markup()
    return Markup(render_template("campaigns/plans/_document_panel.html", plans=plans))  # noqa: S704 - our template
