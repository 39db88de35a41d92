"""One province at work, with a row behind every address: what the tests over all wings walk through."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Flask
from PIL import Image
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app import clock
from app.accounts.links import make_link
from app.accounts.models import Membership, Person, SignIn
from app.accounts.permissions import Role
from app.accounts.sign_in import start_sign_in
from app.organisations.models import Organisation, OrganisationKind
from app.web.session import House
from campaigns.board.lead_up.services import plan_lead_up
from campaigns.board.models import CampaignTask, Milestone
from campaigns.occasions.days_off.services import set_day_off
from campaigns.occasions.models import StepKind
from campaigns.occasions.queries import occurrences_of
from campaigns.occasions.template import DEFAULT, Template
from campaigns.plans.models import Task, TaskGroup
from campaigns.plans.uploads.services import keep_upload
from content.items.models import Stage
from content.media.services import keep_picture
from content.site.services import put_page
from content.slots.models import SlotState
from tests.factories import (
    make_campaign,
    make_channel,
    make_document,
    make_entry_found,
    make_feed,
    make_item,
    make_link_between,
    make_lookup,
    make_match,
    make_occasion,
    make_organisation,
    make_outlet,
    make_person,
    make_placement,
    make_plan,
    make_publication,
    make_revision,
    make_series,
    make_slot,
    make_target,
    make_theme,
    plan_text,
)


@dataclass(frozen=True)
class Scene:
    """People by role in one unit, a second officer elsewhere, and the values of every address's parts."""

    people: dict[Role, Person]
    stranger: Person  # an officer of another unit
    ids: dict[str, int | str]  # by the name of a part of an address
    drafts: dict[str, int | str]  # the same where the piece is a draft that other units may not know of


def small_picture(colour: str = "navy") -> bytes:
    """A real PNG of 600 x 400."""
    buffer = io.BytesIO()
    Image.new("RGB", (600, 400), colour).save(buffer, "PNG")
    return buffer.getvalue()


def make_scene(app: Flask, engine: Engine) -> Scene:
    """Build and commit the scene; its files lie in the application's own store."""
    house: House = app.extensions["loa"]
    with Session(engine.execution_options(write=True), expire_on_commit=False) as session:
        scene = _build(session, house)
        session.commit()
    return scene


def _build(session: Session, house: House) -> Scene:
    now = clock.now()
    unit, paper = make_organisation(session), make_organisation(session, kind=OrganisationKind.PRESS)
    people = {role: make_person(session, role, organisation=_home(role, unit, paper)) for role in Role}
    stranger = make_person(session, Role.OFFICER)
    theme, document = make_theme(session), make_document(session)
    link = make_link_between(session, make_document(session, "1169/QĐ-TTg"), document)
    outlet, channel = make_outlet(session, organisation=paper), make_channel(session)
    plan = make_plan(session)
    group = session.query(TaskGroup).filter_by(plan_id=plan.id).one()
    task = session.query(Task).filter_by(group_id=group.id).first()
    assert task is not None
    item = make_item(
        session,
        stage=Stage.APPROVED,
        organisation=unit,
        author=people[Role.OFFICER],
        reviewer=people[Role.APPROVER],
        themes=(theme,),
    )
    slot = make_slot(session, item=item, channel=channel, due_at=now + timedelta(days=2))
    make_slot(session, item=item, channel=channel, due_at=now - timedelta(days=2), state=SlotState.FAILED)
    draft = make_item(session, organisation=unit, author=people[Role.OFFICER], themes=(theme,))
    shown, picture = (
        keep_picture(
            session,
            house.files,
            small_picture(colour),
            name="anh.png",
            alt_text="Bà con học chữ số",
            credit="",
            licence="",
            actor=people[Role.OFFICER],
            now=now,
        )
        for colour in ("navy", "teal")
    )
    make_revision(session, draft, body="Bản thứ hai.").asset_id = picture.id
    in_review = make_item(
        session,
        stage=Stage.IN_REVIEW,
        organisation=unit,
        author=people[Role.OFFICER],
        reviewer=people[Role.APPROVER],
    )
    campaign = make_campaign(session, themes=(theme,))
    session.add(CampaignTask(campaign_id=campaign.id, task_id=task.id))
    series = make_series(session, theme, outlets=(outlet,), campaign=campaign)
    target = make_target(session, theme, outlet=outlet, campaign=campaign)
    make_placement(session, campaign, item, series=series)
    make_placement(session, campaign, draft)
    occasion = make_occasion(
        session,
        themes=(theme,),
        organisation=unit,
        owner=people[Role.COORDINATOR],
        task_ids=(task.id,),
        template=Template(DEFAULT.steps, DEFAULT.pieces[:1]),
        now=now,
    )
    occurrence = occurrences_of(session, occasion)[0]
    plan_lead_up(session, occurrence, actor=occasion.owner, now=now)
    step = Milestone(campaign_id=campaign.id, kind=StepKind.REPORT, due_on=clock.local_day(now))
    session.add(step)
    day_off = set_day_off(
        session, day=date(2026, 1, 2), name="Nghỉ bù", is_off=True, actor=people[Role.COORDINATOR], now=now
    )
    publication = make_publication(session, outlet=outlet)
    feed = make_feed(session, outlet=outlet)
    feed.failing_since, feed.failures, feed.failure = now, 1, "Máy chủ không trả lời."
    make_match(session, publication, theme=theme)
    make_entry_found(session, feed, theme)
    lookup = make_lookup(session, people[Role.OFFICER], outlet=outlet)
    upload = keep_upload(
        session,
        name="ke-hoach.txt",
        sha256=house.files.keep(plan_text().encode()),
        actor=people[Role.COORDINATOR],
        now=now,
    )
    slot.revision.asset_id = shown.id
    page = put_page(session, "k" * 64, slot.revision, now)
    start_sign_in(session, people[Role.MANAGER], address="127.0.0.1", agent="thử", now=now)
    sign_in = session.query(SignIn).filter_by(person_id=people[Role.MANAGER].id).first()
    membership = session.query(Membership).filter_by(person_id=people[Role.UNIT].id).one()
    assert sign_in is not None
    ids: dict[str, int | str] = {
        "campaign_id": campaign.id,
        "feed_id": feed.id,
        "series_id": series.id,
        "target_id": target.id,
        "occasion_id": occasion.id,
        "occurrence_id": occurrence.id,
        "milestone_id": step.id,
        "day_off_id": day_off.id,
        "item_id": item.id,
        "number": 1,
        "asset_id": shown.id,
        "width": 480,
        "channel_id": channel.id,
        "document_id": document.id,
        "link_id": link.id,
        "organisation_id": unit.id,
        "outlet_id": outlet.id,
        "person_id": people[Role.UNIT].id,
        "membership_id": membership.id,
        "plan_id": plan.id,
        "upload_id": upload.id,
        "part": "document",
        "publication_id": publication.id,
        "lookup_id": lookup.id,
        "slot_id": slot.id,
        "theme_id": theme.id,
        "sign_in_id": sign_in.id,
        "token": page.token,
        "name": f"{page.slug}-{page.token}",
        "link": make_link(session, people[Role.MANAGER], now=now),
        "in_review": in_review.id,
    }
    return Scene(people, stranger, ids, {**ids, "item_id": draft.id, "number": 2, "asset_id": picture.id})


def _home(role: Role, unit: Organisation, paper: Organisation) -> Organisation:
    return paper if role is Role.OUTLET else unit
