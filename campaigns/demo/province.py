"""What has been built so far, by the names that the parts of the demonstration call it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Person
from app.organisations.models import Organisation
from app.storage import FileStore
from campaigns.board.models import Campaign, Series
from campaigns.plans.models import Plan, PlanUpload, Task
from content.channels.models import Channel
from content.items.models import Item
from content.media.models import Asset
from content.outlets.feeds.models import Feed
from content.outlets.models import Outlet, OutletKind
from content.publications.models import Publication
from content.slots.models import Slot
from content.themes.models import Theme

YEAR = timedelta(days=345)  # how long before the present the office began
LEAD = "Sở Khoa học và Công nghệ"
UNITS = {  # letter in words/pieces.txt -> organisation, writers by turns, approver
    "K": (LEAD, ("officer", "second", "officer"), "approver"),
    "V": ("Sở Văn hóa, Thể thao và Du lịch", ("culture",), "culture approver"),
    "G": ("Sở Giáo dục và Đào tạo", ("schools",), "schools approver"),
    "N": ("Sở Ngoại vụ", ("foreign",), "foreign approver"),
}


@dataclass
class Province:
    """The demonstration as it grows; *site* is the address of our own public site, without a slash at its end."""

    session: Session
    files: FileStore
    now: datetime
    site: str
    people: dict[str, Person] = field(default_factory=dict)
    passwords: dict[str, str] = field(default_factory=dict)  # by the key of the person, shown once
    organisations: dict[str, Organisation] = field(default_factory=dict)
    themes: dict[str, Theme] = field(default_factory=dict)
    outlets: dict[str, Outlet] = field(default_factory=dict)
    feeds: dict[str, Feed] = field(
        default_factory=dict
    )  # the first of each outlet that has one; none is watched
    campaigns: dict[str, Campaign] = field(default_factory=dict)
    occasions: list[tuple[Campaign, tuple[int, ...]]] = field(default_factory=list)  # with their themes
    series: dict[str, Series] = field(default_factory=dict)
    pictures: dict[str, Asset] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    slots: list[Slot] = field(default_factory=list)
    publications: list[Publication] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    plan: Plan = field(init=False)
    upload: PlanUpload = field(init=False)
    channel: Channel = field(init=False)

    @property
    def today(self) -> date:
        """The local day of the present."""
        return clock.local_day(self.now)

    @property
    def begun(self) -> datetime:
        """The moment at which the first administrator set the office up."""
        return self.now - YEAR

    def at(self, day: date | int, hour: int, minute: int = 0) -> datetime:
        """A moment of a local day, or so many days from today."""
        local = self.today + timedelta(days=day) if isinstance(day, int) else day
        return clock.from_local(datetime.combine(local, time(hour, minute)))

    def outlets_of(self, *kinds: OutletKind) -> list[Outlet]:
        """The outlets of these kinds that are in use, in the order of the table."""
        return [one for one in self.outlets.values() if one.kind in kinds and one.retired_at is None]
