"""A province at work: an installation filled as nine people would have filled it, for pictures and looks.

Everything goes through the real services under the moment it was done; only deliveries and heartbeats, which a
scheduler would write, are put in as rows. ``MOMENT`` is the present of the scene: whoever shows it stops the clock there.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from PIL import Image, ImageDraw
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Person
from app.accounts.services import add_person, give_role
from app.organisations.models import Organisation
from app.organisations.services import OrganisationInput, add_organisation
from app.storage import FileStore
from campaigns.board.models import Cadence, Campaign, Series
from campaigns.board.pieces.services import plan_item
from campaigns.board.series.services import SeriesInput, add_series
from campaigns.board.services import CampaignInput, open_campaign
from campaigns.board.targets.services import TargetInput, set_target
from campaigns.plans.models import Plan, PlanTheme, PlanUpload, Task, TaskGroup
from campaigns.plans.reading import read_source
from campaigns.plans.uploads.confirm import PlanChoices, confirm_plan
from campaigns.plans.uploads.corrections import ThemeChoice, apply_corrections, status_of, themes_of
from campaigns.plans.uploads.parts import document_values
from campaigns.plans.uploads.services import correct_upload, keep_upload
from content.channels.models import Channel, ChannelKind
from content.channels.services import ChannelInput, add_channel
from content.items.models import Item, ItemType, Stage
from content.items.review.services import approve_item, return_item, submit_item
from content.items.services import ItemInput, RevisionInput, draft_item, save_revision
from content.media.models import Asset
from content.media.services import keep_picture
from content.outlets.models import Outlet, OutletKind
from content.outlets.services import OutletInput, add_outlet
from content.publications.matching import match_publication
from content.publications.models import Publication
from content.publications.sent import record_sent
from content.publications.services import PublicationInput, dismiss_publication, log_publication
from content.site.models import name_of
from content.site.services import put_page
from content.slots.models import Slot, SlotState
from content.slots.services import book_slot
from content.themes.models import Theme
from scheduler.dispatch.models import Heartbeat
from tests import scene_words as words
from tests.factories import plan_text

MOMENT = datetime(2026, 5, 12, 2, 10, tzinfo=UTC)  # Tuesday 12/5/2026, 09:10 in Vietnam
SINCE = date(2025, 9, 1)  # roles begin
HOUSE_ADDRESS = "https://khcn.songtra.example.vn"


@dataclass
class Scene:
    """What there is, by the names that pages and pictures ask for."""

    now: datetime
    people: dict[str, Person] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    outlets: list[Outlet] = field(default_factory=list)
    themes: list[Theme] = field(default_factory=list)
    items: dict[str, Item] = field(default_factory=dict)
    slots: dict[SlotState, Slot] = field(default_factory=dict)
    publications: list[Publication] = field(default_factory=list)
    series: list[Series] = field(default_factory=list)
    plan: Plan = field(init=False)
    upload: PlanUpload = field(init=False)
    campaign: Campaign = field(init=False)
    channel: Channel = field(init=False)
    picture: Asset = field(init=False)

    @property
    def today(self) -> date:
        """The local day of the scene."""
        return clock.local_day(self.now)

    def at(self, days: int, hour: int, minute: int = 0) -> datetime:
        """A moment so many local days from today."""
        return clock.from_local(datetime.combine(self.today + timedelta(days=days), time(hour, minute)))

    def piece(self, begins: str) -> Item:
        """The piece whose title begins so."""
        return next(item for title, item in self.items.items() if title.startswith(begins))


def build_scene(session: Session, files: FileStore, *, now: datetime = MOMENT) -> Scene:
    """Fill an empty, migrated database around the moment *now* (aware); the caller commits."""
    scene = Scene(now)
    _bodies_and_people(session, scene)
    _outlets(session, scene)
    _plan(session, scene, files)
    _campaign(session, scene)
    scene.picture = _picture(session, scene, files)
    for number, row in enumerate(words.PIECES):
        _piece(session, scene, number, row)
    _deliveries(session, scene)
    _published(session, scene)
    session.flush()
    return scene


def _bodies_and_people(session: Session, scene: Scene) -> None:
    """The administrator is there first, by the one-time link; the rest is added by them."""
    begun = scene.at(-250, 8)
    name, email, _, _ = words.PEOPLE["administrator"]
    administrator = add_person(session, name, email, now=begun)
    for body, kind, aliases in words.ORGANISATIONS:
        wanted = OrganisationInput(body, kind, aliases)
        scene.organisations[body] = add_organisation(session, wanted, actor=administrator, now=begun)
    for key, (name, email, body, role) in words.PEOPLE.items():
        is_first = key == "administrator"
        person = administrator if is_first else add_person(session, name, email, now=begun)
        give_role(
            session,
            person,
            organisation_id=scene.organisations[body].id,
            role=role,
            starts_on=SINCE,
            actor=administrator,
            now=begun,
        )
        scene.people[key] = person


def _outlets(session: Session, scene: Scene) -> None:
    actor, begun = scene.people["administrator"], scene.at(-249, 9)
    for name, kind, body, address, area, is_own in words.OUTLETS:
        wanted = OutletInput(kind, name, scene.organisations[body].id, address, area, is_own=is_own)
        scene.outlets.append(add_outlet(session, wanted, actor=actor, now=begun))
    wanted_channel = ChannelInput(ChannelKind.SITE, "Trang tin công khai", scene.outlets[0].id)
    scene.channel = add_channel(session, wanted_channel, actor=actor, now=begun)


def _plan(session: Session, scene: Scene, files: FileStore) -> None:
    """The issued plan, its number and day filled in and confirmed; a newer text waits for a yes."""
    actor, moment = scene.people["coordinator"], scene.at(-230, 10)
    content = plan_text().encode()
    upload = keep_upload(
        session, name="ke-hoach-125.txt", sha256=files.keep(content), actor=actor, now=moment
    )
    read = read_source(content, name=upload.name)
    typed = document_values(read) | {"number": "125/KH-UBND", "date": "2025-09-22"}
    correct_upload(
        session,
        upload,
        read=document_values(read),
        typed=typed,
        seen=upload.version,
        actor=actor,
        now=moment,
    )
    draft = apply_corrections(read, upload.corrections)
    added = tuple(ThemeChoice(name, (name,)) for name in words.THEMES)
    choices = PlanChoices(
        (*themes_of(draft, upload.corrections), *added), status_of(draft, upload.corrections)
    )
    scene.plan = confirm_plan(session, upload, draft, choices=choices, actor=actor, now=moment)
    of_plan = select(Theme).join(PlanTheme).where(PlanTheme.plan_id == scene.plan.id).order_by(Theme.id)
    scene.themes = list(session.scalars(of_plan))
    newer = plan_text().replace("tháng 9 năm 2025", "tháng 4 năm 2026").encode()
    scene.upload = keep_upload(
        session,
        name="du-thao-ke-hoach-sua-doi.txt",
        sha256=files.keep(newer),
        actor=actor,
        now=scene.at(-1, 16, 40),
    )


def _campaign(session: Session, scene: Scene) -> None:
    """One campaign on two tasks, with three columns and four targets."""
    actor, moment, themes = scene.people["coordinator"], scene.at(-130, 9), scene.themes
    tasks = list(
        session.scalars(
            select(Task).join(TaskGroup).where(TaskGroup.plan_id == scene.plan.id).order_by(Task.id).limit(3)
        )
    )
    wanted = CampaignInput(
        words.CAMPAIGN,
        date(scene.today.year, 1, 5),
        date(scene.today.year, 6, 30),
        scene.organisations[words.LEAD].id,
        (themes[words.LITERACY].id, themes[words.DAY18].id),
        tuple(task.id for task in tasks[:3]),
        words.PURPOSE,
    )
    scene.campaign = open_campaign(session, wanted, actor=actor, now=moment)
    own, portal, paper, station = scene.outlets[:4]
    for name, theme, cadence, quota, outlets in (
        ("Chuyên mục “Sông Trà số” trên Cổng và Báo Sông Trà", words.LITERACY, Cadence.WEEKLY, 2, (own, portal, paper)),
        ("Đếm ngược đến 18/5", words.DAY18, Cadence.WEEKLY, 3, (own, paper, station)),
        ("Bản tin loa thôn, loa xã", words.LITERACY, Cadence.MONTHLY, 4, (scene.outlets[6],)),
    ):  # fmt: skip
        first, last = wanted.starts_on, wanted.ends_on
        ids = tuple(one.id for one in outlets)
        column = SeriesInput(
            name, themes[theme].id, cadence, quota, first, last, ids, scene.people["second"].id
        )
        scene.series.append(add_series(session, scene.campaign, column, actor=actor, now=moment))
    month_end = clock.Period.month(scene.today).last
    for target in (
        TargetInput(themes[words.LITERACY].id, 12, month_end, outlet_id=paper.id),
        TargetInput(themes[words.LITERACY].id, 6, month_end, outlet_kind=OutletKind.LOUDSPEAKER),
        TargetInput(themes[words.DAY18].id, 5, scene.today + timedelta(days=6), outlet_id=station.id),
        TargetInput(themes[words.DAY18].id, 2, scene.today - timedelta(days=4), outlet_id=portal.id, item_type=ItemType.PRESS_RELEASE),
    ):  # fmt: skip
        set_target(session, scene.campaign, target, actor=actor, now=moment)


def _picture(session: Session, scene: Scene, files: FileStore) -> Asset:
    """A real picture: an evening's class as a drawing."""
    image = Image.new("RGB", (1280, 720), (20, 52, 98))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 520, 1280, 720), fill=(38, 84, 74))
    draw.polygon([(180, 330), (640, 130), (1100, 330)], fill=(176, 74, 48))
    draw.rectangle((240, 330, 1040, 560), fill=(247, 226, 176))
    for left in range(300, 960, 180):
        draw.rectangle((left, 380, left + 110, 470), fill=(255, 246, 214), outline=(150, 110, 60), width=4)
    for left in range(270, 1000, 90):
        draw.ellipse((left, 505, left + 44, 549), fill=(60, 48, 44))
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=85)
    return keep_picture(
        session,
        files,
        kept.getvalue(),
        name="lop-hoc-so-ba-dong.jpg",
        alt_text="Nhà văn hóa thôn Ba Động sáng đèn, bà con ngồi học trước cửa",
        credit="Phạm Thị Ngọc Viết",
        licence="",
        actor=scene.people["officer"],
        now=scene.at(-20, 15),
    )


def _piece(
    session: Session,
    scene: Scene,
    number: int,
    row: tuple[str, ItemType, int, int | None, Stage, str, bool],
) -> None:
    """One piece as far as its stage says: planned, written, sent up, approved."""
    title, kind, theme, days, stage, body, is_placed = row
    writer = scene.people["elsewhere" if body == words.CULTURE else "officer" if number % 4 else "second"]
    begun = scene.at(min(days or 0, 0) - 6, 8, number % 60)
    planned = None if days is None else scene.today + timedelta(days=days)
    wanted = ItemInput(
        kind,
        title,
        scene.organisations[body].id,
        planned,
        "Có số liệu đến hết tháng trước; phỏng vấn ít nhất một người dân; không dùng thuật ngữ tiếng Anh.",
        theme_ids=(scene.themes[theme].id,),
    )
    if is_placed:
        fits = {words.DAY18: scene.series[1]}.get(theme, scene.series[0])
        column = scene.series[2] if kind is ItemType.LOUDSPEAKER_BULLETIN else fits
        item = plan_item(
            session,
            scene.campaign,
            wanted,
            series=column,
            writer=writer,
            deadline_on=planned - timedelta(days=2) if planned else None,
            actor=writer,
            now=begun,
        )
    else:
        item = draft_item(session, wanted, actor=writer, now=begun)
    scene.items[title] = item
    if stage is not Stage.IDEA:
        _write(session, scene, item, writer, stage=stage, begun=begun, number=number)


def _write(
    session: Session,
    scene: Scene,
    item: Item,
    writer: Person,
    *,
    stage: Stage,
    begun: datetime,
    number: int,
) -> None:
    approver = scene.people["approver"]
    picture = scene.picture.id if item.type is ItemType.ARTICLE else None
    text = RevisionInput(item.title, words.SUMMARY, words.BODY, picture)
    revision = save_revision(
        session, item, text, seen=item.version, actor=writer, now=begun + timedelta(hours=3)
    )
    sent = begun + timedelta(days=1)
    if stage is Stage.DRAFTING and number % 5:
        return
    submit_item(session, item, reviewer=approver, seen=item.version, actor=writer, now=sent)
    if stage is Stage.DRAFTING:
        reason = "Nêu rõ nguồn của con số 412 hộ và thời điểm thống kê; bỏ câu quảng cáo ở đoạn cuối."
        return_item(
            session,
            item,
            sha256=revision.sha256,
            reason=reason,
            actor=approver,
            now=sent + timedelta(hours=5),
        )
    elif stage is Stage.APPROVED:
        approve_item(
            session, item, sha256=revision.sha256, actor=approver, now=sent + timedelta(days=1, hours=1)
        )


TROUBLES = {
    "Nông dân Đức Phổ": (SlotState.RETRY_WAIT, "Kênh trả lời chậm quá 30 giây nên chưa nhận tin."),
    "Tờ gấp": (
        SlotState.FAILED,
        "Kênh không nhận: ảnh bìa lớn hơn 10 MB. Hãy thay ảnh nhỏ hơn rồi đăng lại.",
    ),
    "Thông cáo báo chí: chuỗi": (
        SlotState.UNCONFIRMED,
        "Mất kết nối sau khi gửi; hãy mở trang và xem tin đã lên hay chưa.",
    ),
    "Học sinh lớp 11": (
        SlotState.MISSED,
        "Đã quá giờ đăng và loại tin này không đăng muộn. Đăng lại ngay hoặc huỷ lịch.",
    ),
    "Bản tin loa: lịch": (SlotState.ON_HOLD, ""),
}


def _deliveries(session: Session, scene: Scene) -> None:
    """Approved pieces are booked; the past has gone out, but for what is in trouble."""
    for number, item in enumerate(scene.items.values()):
        if item.stage is not Stage.APPROVED or item.planned_on is None:
            continue
        if item.title.startswith("Thư ngỏ"):
            continue  # approved, and nobody has booked it
        days = (item.planned_on - scene.today).days
        due = scene.at(days, 7 + number % 4, 30 * (number % 2))
        due = due if days or number % 2 else scene.at(0, 16, 30)
        slot = book_slot(
            session,
            item,
            channel=scene.channel,
            due_at=due,
            actor=item.author,
            now=min(due - timedelta(hours=2), scene.now),
        )
        trouble = next((TROUBLES[begins] for begins in TROUBLES if item.title.startswith(begins)), None)
        _settle(session, scene, slot, trouble)
        scene.slots.setdefault(slot.state, slot)
    for tick in ("dispatch", "reap", "seal", "repair", "materialise"):
        session.add(Heartbeat(owner="loa-1:412", tick=tick, finished_at=scene.now, failed_at=None))


def _settle(session: Session, scene: Scene, slot: Slot, trouble: tuple[SlotState, str] | None) -> None:
    """Put the slot where a scheduler would have left it by now."""
    if trouble is not None:
        slot.state, said = trouble
        if slot.state is SlotState.ON_HOLD:
            slot.hold_reason = "Chờ UBND xã Sơn Kỳ xác nhận lại giờ chiếu."
            return
        slot.attempts, slot.error_sentence, slot.error_since = 3, said, slot.due_at
        slot.error_class = "busy" if slot.state is SlotState.RETRY_WAIT else "refused"
        if slot.state is SlotState.RETRY_WAIT:
            slot.not_before = scene.now + timedelta(minutes=6)
    elif slot.due_at <= scene.now:
        page = put_page(session, slot.idem_key, slot.revision, slot.due_at)
        slot.state, slot.published_at, slot.attempts = SlotState.PUBLISHED, slot.due_at, 1
        slot.remote_address = f"{HOUSE_ADDRESS}/tin/{name_of(page)}"
        record_sent(session, slot, address=slot.remote_address, published_at=slot.due_at, now=slot.due_at)


def _published(session: Session, scene: Scene) -> None:
    """What seven outlets published over five weeks; the newest few wait to be matched, one is put aside."""
    clerk, reader = scene.people["outlet"], scene.people["officer"]
    theirs = scene.outlets[1:]
    for number in range(52):
        title, theme = words.HEADLINES[number % len(words.HEADLINES)]
        outlet = theirs[number * 5 % len(theirs)]
        if outlet is scene.outlets[4] and number < 40:
            outlet = scene.outlets[2]  # the fan page began late
        moment = min(
            scene.at(-(51 - number) * 2 // 3, 6 + number % 12, number), scene.now - timedelta(hours=1)
        )
        address = f"{outlet.address}/{2000 + number}.html" if outlet.address else ""
        wanted = PublicationInput(
            outlet, title if number < 13 else f"{title} ({number // 13 + 1})", moment, address
        )
        made = log_publication(session, wanted, actor=clerk, now=moment + timedelta(minutes=40))
        scene.publications.append(made)
        if number >= 46:
            continue
        item = scene.piece("Bí thư thôn") if number % 13 == 9 else None
        match_publication(
            session,
            made,
            item_id=item.id if item else None,
            theme_ids=(scene.themes[theme].id,),
            seen=made.version,
            actor=reader,
            now=moment + timedelta(hours=1),
        )
    stray = PublicationInput(
        theirs[1], "Lịch cắt điện tuần tới", scene.at(-2, 7), f"{theirs[1].address}/3001.html"
    )
    aside = log_publication(session, stray, actor=clerk, now=scene.at(-2, 8))
    dismiss_publication(
        session,
        aside,
        reason="Không thuộc chủ đề nào",
        seen=aside.version,
        actor=reader,
        now=scene.at(-2, 9),
    )
