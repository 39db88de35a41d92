"""What plans show at other places: a unit's work and waiting texts on Hôm nay, plans of a document."""

from __future__ import annotations

from collections.abc import Iterator

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from app import clock
from app.accounts.access import Access
from app.accounts.permissions import Permission
from app.web.identity import access
from app.web.needs import Need, Urgency, need
from campaigns.plans.own import count_own_work
from campaigns.plans.queries import has_plans, list_plans, plans_of_document
from campaigns.plans.uploads.services import list_waiting
from content.references.models import Document


def own_duties(session: Session, who: Access) -> Iterator[Need]:
    """For a unit: how much the plans in force ask of it."""
    reach = who.reach(Permission.READ_OWN_DUTIES)
    count = count_own_work(session, reach) if reach else 0
    if count:
        today = clock.local_day(clock.now())
        yield need("campaigns/plans/_need_own.html", Urgency.OPEN, today, "own duties", count=count)


def no_plan_yet(session: Session, subject: Access) -> Markup:
    """For who manages plans, while there is none: where to begin."""
    if not subject.may(Permission.MANAGE_PLANS) or has_plans(session) or list_waiting(session):
        return Markup()
    return Markup(render_template("campaigns/plans/_begin_panel.html"))  # noqa: S704 - our template


def waiting_uploads(session: Session, who: Access) -> Iterator[Need]:
    """For who manages plans: texts that wait for a yes."""
    for upload in list_waiting(session) if who.may(Permission.MANAGE_PLANS) else ():
        day = clock.local_day(upload.uploaded_at)
        yield need(
            "campaigns/plans/_need_upload.html", Urgency.OPEN, day, f"upload {upload.id}", upload=upload
        )


def plans_on_document(session: Session, subject: Document) -> Markup:
    """On the page of a document: the plans that it is."""
    plans = plans_of_document(session, subject) if access().may(Permission.READ_PLANS) else []
    if not plans:
        return Markup()
    return Markup(render_template("campaigns/plans/_document_panel.html", plans=plans))  # noqa: S704 - our template


def plans_to_choose(session: Session, subject: Document | None) -> Markup:
    """Beside the filters of the drawing of documents: the plans whose neighbourhood may be asked for."""
    plans = list_plans(session).rows
    if not plans and subject is None:
        return Markup()
    is_plan = any(plan.document_id == subject.id for plan in plans) if subject else True
    return Markup(  # noqa: S704 - our template
        render_template("campaigns/plans/_choose_panel.html", plans=plans, about=subject, is_plan=is_plan)
    )
