"""Items in campaigns: place one that is there, plan a new one, take one out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import audit
from app.accounts.models import Person
from app.errors import N_, Invalid, Refused
from campaigns.board.models import Campaign, CampaignTheme, Placement, Series
from campaigns.board.rules import check_within, written
from campaigns.board.series.services import check_person
from campaigns.board.services import hold_campaign
from content.items.models import Item, Stage
from content.items.services import ItemInput, draft_item

CLOSED = (Stage.WITHDRAWN, Stage.ARCHIVED)


def place_item(
    session: Session,
    item: Item,
    campaign: Campaign,
    *,
    series: Series | None = None,
    writer: Person | None = None,
    deadline_on: date | None = None,
    actor: Person,
    now: datetime,
) -> Placement:
    """Put *item* into *campaign*, perhaps for one of its series, with who writes it by which local day.

    Raises:
        Refused: the campaign or series is archived, the item is closed, or it is in the campaign already.
        Invalid: the item's day or the deadline lies outside, or the writer is gone.
    """
    hold_campaign(session, campaign)
    if item.stage in CLOSED:
        raise Refused(N_("Tin bài “{title}” đã thu hồi hoặc đã lưu trữ."), title=item.title)
    _check_days(campaign, series, item.planned_on, deadline_on)
    check_person(session, writer.id if writer else None)
    placement = Placement(campaign=campaign, series=series, item=item, writer=writer, deadline_on=deadline_on)
    there = select(Placement.id).where(Placement.campaign_id == campaign.id, Placement.item_id == item.id)
    try:
        with session.no_autoflush:
            found = session.scalar(there)
        if found is not None:
            raise Refused(N_("Tin bài “{title}” đã có trong chiến dịch này."), title=item.title)
        with session.begin_nested():
            session.add(placement)
    except IntegrityError as fault:  # somebody placed it between our look and our write
        raise Refused(N_("Tin bài “{title}” đã có trong chiến dịch này."), title=item.title) from fault
    told = {"item": item.id, "title": item.title, "series": series.name if series else None}
    audit.record(session, actor, "campaign.place", campaign, at=now, details=told)
    return placement


def displace_item(session: Session, placement: Placement, *, actor: Person, now: datetime) -> None:
    """Take an item out of its campaign; the item itself stays as it is.

    Raises:
        Refused: the campaign is archived.
    """
    campaign, item = placement.campaign, placement.item
    hold_campaign(session, campaign)
    session.delete(placement)
    session.flush()
    told = {"item": item.id, "title": item.title}
    audit.record(session, actor, "campaign.displace", campaign, at=now, details=told)


def plan_item(
    session: Session,
    campaign: Campaign,
    wanted: ItemInput,
    *,
    series: Series | None = None,
    writer: Person | None = None,
    deadline_on: date | None = None,
    actor: Person,
    now: datetime,
) -> Item:
    """Draft a new piece and place it; without themes of its own it takes the series' theme or the campaign's.

    Raises:
        Refused, Invalid: see ``place_item`` and ``content.items.services.draft_item``.
    """
    hold_campaign(session, campaign)
    _check_days(campaign, series, wanted.planned_on, deadline_on)
    if not wanted.theme_ids:
        wanted = replace(wanted, theme_ids=_themes(session, campaign, series))
    item = draft_item(session, wanted, actor=actor, now=now)
    place_item(
        session,
        item,
        campaign,
        series=series,
        writer=writer,
        deadline_on=deadline_on,
        actor=actor,
        now=now,
    )
    return item


def _themes(session: Session, campaign: Campaign, series: Series | None) -> tuple[int, ...]:
    """The theme of the series, else those of the campaign."""
    if series is not None:
        return (series.theme_id,)
    asked = select(CampaignTheme.theme_id).where(CampaignTheme.campaign_id == campaign.id)
    return tuple(session.scalars(asked.order_by(CampaignTheme.theme_id)))


def _check_days(
    campaign: Campaign, series: Series | None, planned_on: date | None, deadline_on: date | None
) -> None:
    """Refuse a series of another campaign, and days that do not fit together."""
    if series is not None and series.campaign_id != campaign.id:
        raise Invalid(N_("Chuyên mục này không thuộc chiến dịch."))
    if series is not None and series.archived_at is not None:
        raise Refused(N_("Chuyên mục “{name}” đã lưu trữ."), name=series.name)
    if planned_on is not None:
        check_within(campaign, planned_on, planned_on)
        if series is not None and not series.starts_on <= planned_on <= series.ends_on:
            raise Invalid(
                N_("Chuyên mục “{name}” chỉ chạy từ {first} đến {last}."),
                name=series.name,
                first=written(series.starts_on),
                last=written(series.ends_on),
            )
    if deadline_on is not None and deadline_on > (planned_on or campaign.ends_on):
        raise Invalid(
            N_("Hạn nộp bài phải không sau ngày {day}."), day=written(planned_on or campaign.ends_on)
        )
