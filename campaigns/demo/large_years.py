"""What the large demonstration stands on: the usual one as it was read, and the row of each number."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Person
from app.organisations.models import Organisation, OrganisationKind
from app.text import fold, sort_key
from campaigns.demo import words
from campaigns.demo.bulk import Bulk
from campaigns.demo.pieces import Written, all_written
from campaigns.demo.province import UNITS
from campaigns.demo.texts import places, text_of
from content.channels.models import Channel
from content.items.markup import to_html
from content.items.models import ItemType, Stage
from content.items.services import RevisionInput
from content.outlets.models import Outlet, OutletKind
from content.themes.models import Theme

BEFORE, AFTER = 900, 195  # days around today


class Counts(NamedTuple):
    """How many rows are added."""

    items: int = 20_000
    slots: int = 50_000
    publications: int = 200_000

    def part(self, share: float) -> Counts:
        """The same mixture, smaller."""
        return Counts(*(max(1, int(number * share)) for number in self))


LARGE = Counts()


@dataclass(frozen=True)
class Text:
    """A text that many pieces share, with its HTML made once."""

    written: Written
    text: RevisionInput
    html: str
    folded: str  # the title as it is searched


@dataclass
class Years:
    """What the large demonstration stands on, and what it has made so far."""

    session: Session
    now: datetime
    counts: Counts
    bulk: Bulk
    texts: list[Text]
    places: list[str]
    folded: list[str]  # the places
    themes: dict[str, int]
    units: dict[str, tuple[int, int, int]]  # letter -> organisation, writer, approver
    coordinator_id: int
    channel: Channel
    site: str  # the address of our own public site
    outlets: list[int] = field(default_factory=list)
    items: range = range(0)
    campaigns: range = range(0)

    @property
    def today(self) -> date:
        """The local day of the present."""
        return clock.local_day(self.now)

    def day_of(self, number: int) -> date:
        """The local day of the piece of that number: evenly over the years, in order."""
        return self.today + timedelta(days=number * (BEFORE + AFTER) // self.counts.items - BEFORE)

    def title_of(self, number: int) -> str:
        """A title that no other piece has."""
        text, place = self.texts[number % len(self.texts)], self.places[number % len(self.places)]
        return f"{text.written.title} – {place}, {self.day_of(number):%m/%Y}"

    def folded_of(self, number: int) -> str:
        """The same as it is searched; folding goes letter by letter, so the parts are folded once."""
        text, place = self.texts[number % len(self.texts)], self.folded[number % len(self.folded)]
        return f"{text.folded} – {place}, {self.day_of(number):%m/%Y}"

    def type_of(self, number: int) -> ItemType:
        """What sort of piece it is."""
        return self.texts[number % len(self.texts)].written.kind

    def theme_of(self, number: int) -> int:
        """The piece's first theme."""
        return self.themes[self.texts[number % len(self.texts)].written.theme]

    def stage_of(self, number: int) -> Stage:
        """Where the piece stands by now: what is past is approved but for a few, what is far is an idea."""
        days = (self.day_of(number) - self.today).days
        if number % 200 == 9 and days < 0:
            return Stage.DRAFTING
        if number % 25 == 3 and days < -30:
            return Stage.ARCHIVED
        steps = ((3, Stage.APPROVED), (7, Stage.IN_REVIEW), (30, Stage.DRAFTING))
        return next((stage for most, stage in steps if days < most), Stage.IDEA)


def years_over(session: Session, now: datetime, counts: Counts) -> Years:
    """Read what is there."""
    session.flush()
    people: dict[str, int] = dict(session.execute(select(Person.email, Person.id)).all())
    keys = {row[0]: people[row[2]] for row in words.rows("people.txt", 5)}
    bodies: dict[str, int] = dict(session.execute(select(Organisation.name, Organisation.id)).all())
    channel = session.scalars(select(Channel).order_by(Channel.id).limit(1)).one()
    texts = [
        Text(one, made, to_html(made.body), fold(one.title))
        for one in all_written()
        for made in [text_of(one)]
    ]
    where = list(dict.fromkeys(places().values()))
    return Years(
        session,
        now,
        counts,
        Bulk(session),
        texts,
        where,
        [fold(place) for place in where],
        dict(session.execute(select(Theme.code, Theme.id)).all()),
        {letter: (bodies[unit[0]], keys[unit[1][0]], keys[unit[2]]) for letter, unit in UNITS.items()},
        keys["coordinator"],
        channel,
        session.get_one(Outlet, channel.outlet_id).address,
    )


def add_loudspeakers(years: Years) -> None:
    """A cluster of loudspeakers in each commune that has none: coverage has as many columns as a province."""
    session = years.session
    taken = set(session.scalars(select(Outlet.organisation_id)))
    communes = session.execute(
        select(Organisation.id, Organisation.name)
        .where(Organisation.kind == OrganisationKind.COMMUNE)
        .order_by(Organisation.id)
    ).all()
    years.bulk.put(Outlet, (_loudspeaker(key, name) for key, name in communes if key not in taken))
    years.outlets = list(
        session.scalars(select(Outlet.id).where(Outlet.retired_at.is_(None), ~Outlet.is_own))
    )


def _loudspeaker(organisation_id: int, committee: str) -> dict[str, Any]:
    name = committee.replace("Ủy ban nhân dân", "Đài truyền thanh")
    return {
        "organisation_id": organisation_id,
        "kind": OutletKind.LOUDSPEAKER,
        "name": name,
        "name_folded": fold(name),
        "sort_key": sort_key(name),
        "address": "",
        "area": "",
        "languages": ["vi"],
        "is_own": False,
        "version": 1,
    }
