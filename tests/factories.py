"""Rows with Vietnamese defaults. Each factory flushes, so that what it returns has its key; nobody commits here."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Membership, Person
from app.accounts.permissions import Role
from app.organisations.models import Organisation, OrganisationKind
from app.organisations.queries import fold_name
from app.text import fold, sort_key
from campaigns.board.models import (
    Cadence,
    Campaign,
    CampaignTask,
    CampaignTheme,
    Placement,
    Series,
    SeriesOutlet,
    Target,
)
from campaigns.occasions.checks import OccasionInput
from campaigns.occasions.models import Occasion, RuleKind
from campaigns.occasions.rules import Rule
from campaigns.occasions.services import add_occasion
from campaigns.occasions.template import DEFAULT, Template
from campaigns.plans.models import Plan, PlanStatus, PlanUpload, Task, TaskGroup
from content.channels.models import Channel, ChannelKind
from content.items.models import Approval, Decision, Item, ItemTheme, ItemType, Revision, Stage, Variant
from content.media.models import Asset
from content.outlets.feeds.models import Feed
from content.outlets.models import Outlet, OutletKind
from content.publications.found.entry import FoundEntry
from content.publications.found.models import Sighting
from content.publications.lookups.models import Lookup, LookupState
from content.publications.models import Match, MatchDecision, Publication, PublicationStatus
from content.references.models import Document, DocumentLink, LinkKind
from content.slots.models import Slot, SlotState
from content.themes.models import Theme, ThemePhrase
from tests.conftest import NOW

_numbers = count(1)


def _next() -> int:
    return next(_numbers)


def make_organisation(
    session: Session,
    name: str | None = None,
    *,
    kind: OrganisationKind = OrganisationKind.DEPARTMENT,
    parent: Organisation | None = None,
) -> Organisation:
    """An organisation."""
    name = name or f"Sở Thử nghiệm {_next()}"
    made = Organisation(
        kind=kind,
        name=name,
        name_folded=fold_name(name),
        sort_key=sort_key(name),
        parent_id=parent.id if parent else None,
    )
    session.add(made)
    session.flush()
    return made


def make_person(
    session: Session,
    role: Role | None = Role.OFFICER,
    *,
    organisation: Organisation | None = None,
    name: str | None = None,
    email: str | None = None,
    starts_on: date = date(2020, 1, 1),
    ends_on: date | None = None,
) -> Person:
    """A person with one role (none with ``role=None``) in an organisation."""
    number = _next()
    name = name or f"Nguyễn Thị Đào {number}"
    made = Person(name=name, sort_key=sort_key(name), email=email or f"nguoi{number}@vidu.vn", created_at=NOW)
    session.add(made)
    session.flush()
    if role is not None:
        organisation = organisation or make_organisation(session)
        session.add(
            Membership(
                person_id=made.id,
                organisation_id=organisation.id,
                role=role,
                starts_on=starts_on,
                ends_on=ends_on,
            )
        )
        session.flush()
    return made


def make_document(
    session: Session, number: str | None = "57-NQ/TW", *, doc_type: str = "Nghị quyết"
) -> Document:
    """An official document."""
    made = Document(
        identity=f"{number}|{_next()}",
        number=number,
        doc_type=doc_type,
        issued_on=date(2024, 12, 22),
        issuer="Bộ Chính trị",
        subject="đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia",
    )
    session.add(made)
    session.flush()
    return made


def make_link_between(
    session: Session, source: Document, target: Document, kind: LinkKind = LinkKind.IMPLEMENTS
) -> DocumentLink:
    """A link from one document to another."""
    made = DocumentLink(source_id=source.id, target_id=target.id, kind=kind)
    session.add(made)
    session.flush()
    return made


def make_theme(
    session: Session, name: str | None = None, *, code: str | None = None, colour: int = 1
) -> Theme:
    """A theme with its name as its one phrase."""
    number = _next()
    name = name or f"Bình dân học vụ số {number}"
    made = Theme(
        code=code or f"chu-de-{number}",
        name=name,
        name_folded=fold(name),
        sort_key=sort_key(name),
        colour=colour,
    )
    session.add(made)
    session.flush()
    session.add(ThemePhrase(theme_id=made.id, phrase=name[:200], folded=fold(name)[:200]))
    session.flush()
    return made


def make_outlet(
    session: Session,
    name: str | None = None,
    *,
    organisation: Organisation | None = None,
    kind: OutletKind = OutletKind.NEWSPAPER,
    is_own: bool = False,
) -> Outlet:
    """An outlet of an organisation."""
    name = name or f"Báo Sông Trà {_next()}"
    organisation = organisation or make_organisation(session, kind=OrganisationKind.PRESS)
    made = Outlet(
        organisation_id=organisation.id,
        kind=kind,
        name=name,
        name_folded=fold(name),
        sort_key=sort_key(name),
        address="https://bao.example.vn",
        languages=["vi"],
        is_own=is_own,
    )
    session.add(made)
    session.flush()
    return made


def make_channel(session: Session, *, outlet: Outlet | None = None, name: str | None = None) -> Channel:
    """The built-in channel."""
    outlet = outlet or make_outlet(session, kind=OutletKind.PORTAL, is_own=True)
    made = Channel(
        kind=ChannelKind.SITE, name=name or f"Trang tin công khai {_next()}", outlet_id=outlet.id, settings={}
    )
    session.add(made)
    session.flush()
    return made


def make_item(
    session: Session,
    *,
    stage: Stage = Stage.DRAFTING,
    type: ItemType = ItemType.ARTICLE,  # noqa: A002 - the column's own name
    title: str | None = None,
    organisation: Organisation | None = None,
    author: Person | None = None,
    reviewer: Person | None = None,
    planned_on: date | None = date(2026, 5, 18),
    themes: tuple[Theme, ...] = (),
) -> Item:
    """An item with one revision; an approved one has the approval that holds for it."""
    title = title or f"Mỗi người dân một kỹ năng số {_next()}"
    organisation = organisation or make_organisation(session)
    author = author or make_person(session, Role.OFFICER, organisation=organisation)
    made = Item(
        type=type,
        stage=stage,
        title=title,
        title_folded=fold(title),
        organisation_id=organisation.id,
        author_id=author.id,
        reviewer_id=reviewer.id if reviewer else None,
        planned_on=planned_on,
        created_at=NOW,
        submitted_at=NOW if stage is Stage.IN_REVIEW else None,
    )
    session.add(made)
    session.flush()
    session.add_all(ItemTheme(item_id=made.id, theme_id=theme.id) for theme in themes)
    if stage is not Stage.IDEA:
        revision = make_revision(session, made, author=author)
        if stage is Stage.APPROVED:
            approve(session, revision, by=reviewer)
    session.flush()
    return made


def make_revision(
    session: Session, item: Item, *, author: Person | None = None, body: str = "Nội dung **thử**."
) -> Revision:
    """The next revision of an item, as a save leaves it."""
    item.revision_no += 1
    made = Revision(
        item_id=item.id,
        number=item.revision_no,
        title=item.title,
        summary="Tóm tắt ngắn.",
        body=body,
        html=f"<p>{body}</p>",
        sha256=hashlib.sha256(f"{item.id}|{item.revision_no}|{body}".encode()).hexdigest(),
        author_id=author.id if author else item.author_id,
        created_at=NOW,
    )
    session.add(made)
    session.flush()
    return made


def approve(session: Session, revision: Revision, *, by: Person | None = None) -> Approval:
    """A named person's approval of that revision."""
    by = by or make_person(session, Role.APPROVER)
    made = Approval(
        revision_id=revision.id,
        sha256=revision.sha256,
        decision=Decision.APPROVED,
        decided_by_id=by.id,
        decided_at=NOW,
    )
    session.add(made)
    session.flush()
    return made


def make_slot(
    session: Session,
    *,
    item: Item | None = None,
    channel: Channel | None = None,
    due_at: datetime = NOW + timedelta(hours=1),
    state: SlotState = SlotState.SCHEDULED,
) -> Slot:
    """A slot of an approved item on the built-in channel."""
    item = item or make_item(session, stage=Stage.APPROVED)
    channel = channel or make_channel(session)
    variant = (
        session.query(Variant)
        .filter_by(item_id=item.id, channel_kind=channel.kind, language=item.language)
        .one_or_none()
    )
    if variant is None:
        variant = Variant(item_id=item.id, channel_kind=channel.kind, language=item.language)
        session.add(variant)
        session.flush()
    revision = session.query(Revision).filter_by(item_id=item.id, number=item.revision_no).one()
    made = Slot(
        variant_id=variant.id,
        channel_id=channel.id,
        revision_id=revision.id,
        revision_sha256=revision.sha256,
        due_at=due_at,
        due_on=clock.local_day(due_at),
        not_before=due_at,
        state=state,
        idem_key=hashlib.sha256(f"{variant.id}|{channel.id}|{due_at}|{_next()}".encode()).hexdigest(),
        booked_by_id=item.author_id,
        booked_at=NOW,
    )
    session.add(made)
    session.flush()
    return made


def make_publication(
    session: Session,
    *,
    outlet: Outlet | None = None,
    title: str | None = None,
    published_at: datetime = NOW,
    address: str | None = None,
) -> Publication:
    """A publication logged by hand."""
    number = _next()
    title = title or f"Bình dân học vụ số về làng {number}"
    address = address or f"https://bao.example.vn/bai-{number}"
    made = Publication(
        outlet_id=(outlet or make_outlet(session)).id,
        title=title,
        title_folded=fold(title),
        address=address,
        address_key=hashlib.sha256(address.encode()).hexdigest(),
        published_at=published_at,
        published_on=clock.local_day(published_at),
        status=PublicationStatus.LOGGED,
        logged_at=NOW,
    )
    session.add(made)
    session.flush()
    return made


def make_plan(
    session: Session, *, document: Document | None = None, tasks: int = 2, confirmed_by: Person | None = None
) -> Plan:
    """A confirmed plan with one group of tasks."""
    document = document or make_document(session, f"{_next()}/KH-UBND", doc_type="Kế hoạch")
    confirmed_by = confirmed_by or make_person(session, Role.COORDINATOR)
    made = Plan(
        document_id=document.id,
        status=PlanStatus.ISSUED,
        title="Kế hoạch truyền thông thử nghiệm",
        source_sha256="0" * 64,
        source_name="ke-hoach.txt",
        trace={},
        confirmed_by_id=confirmed_by.id,
        confirmed_at=NOW,
    )
    session.add(made)
    session.flush()
    group = TaskGroup(
        plan_id=made.id,
        position=1,
        ordinal="1",
        title="Đẩy mạnh truyền thông",
        timing="Thường xuyên",
        first_line=10,
        last_line=20,
    )
    session.add(group)
    session.flush()
    for number in range(1, tasks + 1):
        session.add(
            Task(
                group_id=group.id,
                position=number,
                ordinal="abcdeg"[number - 1],
                text=f"Nhiệm vụ thứ {number}.",
                first_line=10 + number,
                last_line=10 + number,
            )
        )
    session.flush()
    return made


def make_campaign(
    session: Session,
    *,
    name: str | None = None,
    themes: tuple[Theme, ...] = (),
    tasks: tuple[Task, ...] = (),
    organisation: Organisation | None = None,
) -> Campaign:
    """A campaign of the year 2026."""
    opened_by = make_person(session, Role.COORDINATOR)
    made = Campaign(
        name=name or f"Phong trào Bình dân học vụ số {_next()}",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        organisation_id=(organisation or make_organisation(session)).id,
        opened_by_id=opened_by.id,
        opened_at=NOW,
    )
    session.add(made)
    session.flush()
    session.add_all(CampaignTheme(campaign_id=made.id, theme_id=theme.id) for theme in themes)
    session.add_all(CampaignTask(campaign_id=made.id, task_id=task.id) for task in tasks)
    session.flush()
    return made


def plan_text() -> str:
    """The text of a plan written for these tests, in the layout that provinces use."""
    return (Path(__file__).parent / "data" / "plans" / "ke-hoach.txt").read_text("utf-8")


def make_upload(session: Session, *, text: str | None = None, by: Person | None = None) -> PlanUpload:
    """A text handed in, waiting for a yes; its file is not kept, so pages cannot show it."""
    by = by or make_person(session, Role.COORDINATOR)
    made = PlanUpload(
        name="ke-hoach.txt",
        sha256=hashlib.sha256((text or plan_text()).encode()).hexdigest(),
        corrections={},
        uploaded_by_id=by.id,
        uploaded_at=NOW,
    )
    session.add(made)
    session.flush()
    return made


def make_match(
    session: Session,
    publication: Publication,
    *,
    theme: Theme | None = None,
    item: Item | None = None,
    decision: MatchDecision = MatchDecision.CONFIRMED,
) -> Match:
    """A publication matched with one theme or one item."""
    made = Match(
        publication_id=publication.id,
        theme_id=theme.id if theme else None,
        item_id=item.id if item else None,
        decision=decision,
        score=1.0,
        reason="Người dùng xác nhận",
        decided_at=NOW,
    )
    session.add(made)
    session.flush()
    return made


def make_target(
    session: Session,
    theme: Theme,
    *,
    campaign: Campaign | None = None,
    outlet: Outlet | None = None,
    outlet_kind: OutletKind | None = None,
    item_type: ItemType | None = None,
    count: int = 4,
    due_on: date = date(2026, 5, 31),
) -> Target:
    """So many publications of a theme by a day."""
    made = Target(
        campaign_id=(campaign or make_campaign(session)).id,
        theme_id=theme.id,
        outlet_id=outlet.id if outlet else None,
        outlet_kind=outlet_kind,
        item_type=item_type,
        count=count,
        due_on=due_on,
    )
    session.add(made)
    session.flush()
    return made


def make_series(
    session: Session,
    theme: Theme,
    *,
    outlets: tuple[Outlet, ...] = (),
    campaign: Campaign | None = None,
    cadence: Cadence = Cadence.WEEKLY,
    quota: int = 1,
    starts_on: date = date(2026, 1, 1),
    ends_on: date = date(2026, 12, 31),
) -> Series:
    """A column of a campaign on these outlets."""
    made = Series(
        campaign_id=(campaign or make_campaign(session)).id,
        theme_id=theme.id,
        name=f"Chuyên mục Bình dân học vụ số {_next()}",
        cadence=cadence,
        quota=quota,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    session.add(made)
    session.flush()
    session.add_all(SeriesOutlet(series_id=made.id, outlet_id=one.id) for one in outlets)
    session.flush()
    return made


def make_placement(
    session: Session,
    campaign: Campaign,
    item: Item,
    *,
    series: Series | None = None,
    writer: Person | None = None,
    deadline_on: date | None = None,
) -> Placement:
    """An item's place in the campaign."""
    made = Placement(
        campaign_id=campaign.id,
        item_id=item.id,
        series_id=series.id if series else None,
        writer_id=writer.id if writer else None,
        deadline_on=deadline_on,
    )
    session.add(made)
    session.flush()
    return made


def make_asset(
    session: Session, *, alt_text: str = "Bà con học dùng VNeID", added_by: Person | None = None
) -> Asset:
    """A picture's row without its files; content.media.services.keep_picture makes a real one."""
    made = Asset(
        sha256=hashlib.sha256(f"anh-{_next()}".encode()).hexdigest(),
        mime="image/jpeg",
        width=1200,
        height=800,
        size=100_000,
        name="anh.jpg",
        alt_text=alt_text,
        added_by_id=(added_by or make_person(session)).id,
        added_at=NOW,
    )
    session.add(made)
    session.flush()
    return made


def at_hour(day: date, hour: int, minute: int = 0) -> datetime:
    """That hour of that local day in Vietnam, aware UTC."""
    return clock.from_local(datetime.combine(day, time(hour, minute)))


def make_occasion(
    session: Session,
    *,
    name: str | None = None,
    rule: Rule | None = None,
    themes: tuple[Theme, ...] = (),
    organisation: Organisation | None = None,
    owner: Person | None = None,
    template: Template = DEFAULT,
    now: datetime = NOW,
    **more: Any,
) -> Occasion:
    """A yearly day (18/5) with its template and its occurrences of 24 months; its campaigns are not planned yet."""
    organisation = organisation or make_organisation(session)
    owner = owner or make_person(session, Role.COORDINATOR, organisation=organisation)
    wanted = OccasionInput(
        name=name or f"Ngày Khoa học và Công nghệ {_next()}",
        rule=rule or Rule(RuleKind.SOLAR, 5, 18),
        organisation_id=organisation.id,
        owner_id=owner.id,
        first_year=2020,
        theme_ids=tuple(one.id for one in themes or (make_theme(session),)),
        **{"window_before": 14, "window_after": 7, **more},
    )
    return add_occasion(session, wanted, template=template, actor=owner, now=now)


def make_feed(
    session: Session,
    *,
    outlet: Outlet | None = None,
    address: str | None = None,
    is_watched: bool = True,
) -> Feed:
    """A feed of an outlet that is watched and was read well an hour ago."""
    outlet = outlet or make_outlet(session)
    address = address or f"https://bao.example.vn/rss/{_next()}.rss"
    made = Feed(
        outlet_id=outlet.id,
        address=address,
        address_key=hashlib.sha256(address.encode()).hexdigest(),
        host="bao.example.vn",
        is_watched=is_watched,
        next_poll_at=NOW,
        answered_at=NOW - timedelta(hours=1),
        newest_entry_at=NOW - timedelta(hours=2),
        watched_since=NOW - timedelta(days=90),
    )
    session.add(made)
    session.flush()
    return made


def make_entry(
    title: str = "Quảng Ngãi đẩy mạnh chuyển đổi số",
    *,
    link: str | None = None,
    guid: str = "",
    published_at: datetime | None = NOW - timedelta(hours=2),
    summary: str = "",
) -> FoundEntry:
    """An entry of a feed, its link its own."""
    return FoundEntry(
        title=title,
        link=f"https://bao.example.vn/tin-{_next()}.html" if link is None else link,
        guid=guid,
        published_at=published_at,
        raw_date="" if published_at is None else f"{published_at:%a, %d %b %Y %H:%M:%S GMT}",
        summary=summary,
    )


def make_entry_found(session: Session, feed: Feed, theme: Theme) -> Publication:
    """What watching found in *feed* and nobody has decided on, with *theme* proposed."""
    made = make_publication(session, outlet=feed.outlet)
    made.status, made.summary = PublicationStatus.FOUND, "Xã mở lớp học buổi tối cho bà con."
    match = make_match(session, made, theme=theme, decision=MatchDecision.PROPOSED)
    match.score, match.reason = 0.9, f"có cụm từ “{theme.name}” ở tiêu đề"
    session.add(Sighting(feed_id=feed.id, entry_key=f"{_next():064}", publication_id=made.id, seen_at=NOW))
    session.flush()
    return made


def make_lookup(
    session: Session,
    person: Person,
    *,
    outlet: Outlet | None = None,
    state: LookupState = LookupState.FOUND,
) -> Lookup:
    """A link that *person* pasted and whose page was read."""
    number = _next()
    address = f"https://bao.example.vn/da-dan-{number}"
    made = Lookup(
        address=address,
        address_key=hashlib.sha256(f"bao.example.vn/da-dan-{number}".encode()).hexdigest(),
        outlet_id=outlet.id if outlet else None,
        asked_by_id=person.id,
        asked_at=NOW,
        state=state,
        title=f"Tổ công nghệ số cộng đồng đến từng nhà {number}",
        summary="Các tổ hướng dẫn bà con nộp hồ sơ trực tuyến.",
        published_at=NOW - timedelta(days=1),
    )
    session.add(made)
    session.flush()
    return made
