"""Every page of the application, read from its routes: who it is made for, and an address at which it is filled.

A page that is added later is found by itself; one whose parts have no sample yet is told (``Pages.without``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy import Engine, Select, select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from app.accounts.models import Person
from app.accounts.permissions import Role
from app.organisations.models import Organisation
from campaigns.board.models import Milestone, Series, Target
from campaigns.occasions.models import DayOff, Occasion, Occurrence
from campaigns.plans.models import Plan, PlanUpload, PlanVersion
from content.items.models import Item, Revision, Stage
from content.outlets.feeds.models import Feed
from content.outlets.models import Outlet
from content.publications.lookups.models import Lookup
from content.publications.models import Match, Publication, PublicationStatus
from content.references.models import Document
from content.site.models import PublicPage, name_of
from content.slots.models import Slot, SlotState
from content.themes.models import Theme
from tests.studio import FIRST, Studio
from tests.test_every_route import may_enter, permissions_of, rules_of
from tests.visitor import Visitor

# Whom a page is made for, by how its endpoint begins: keys of the demonstration's people, the first that may enter.
MADE_FOR: Mapping[str, tuple[str, ...]] = {
    "item_review.review": ("approver",),
    "items.": ("officer",),
    "item_": ("officer",),
    "calendar.": ("officer",),
    "slots.": ("officer",),
    "search.": ("officer",),
    "accounts.me": ("officer",),
    "coverage.": ("manager",),
    "publications.new": ("outlet",),
    "publications.import_rows": ("outlet",),
    "publications.lookup": ("outlet",),
    "publications.": ("officer",),
    "plans.own": ("unit",),
}
ANYBODY = ("coordinator", "administrator", "officer", "approver", "outlet", "unit", "manager")
# What a page is asked so that it is full; further looks of one address.
ASKED: Mapping[str, tuple[tuple[str, str], ...]] = {
    "search.index": (("", "q=lớp+học+số"),),
    "calendar.index": (("", ""), ("week", "view=week"), ("list", "view=list"), ("by-day", "view=days")),
    "coverage.index": (("", ""), ("months", "view=months")),
}
BY_EACH_ROLE = "home.today"
BY_EACH_SAMPLE = "items.show"  # a piece looks another way at each stage
# Addresses that answer with no page: parts, pictures, what needs a link of its own.
NO_PAGES = {"calendar.cards", "items.picture", "site.picture", "accounts.link"}
SIGNED_OUT = ("accounts.sign_in", "site.index", "site.show")
Parts = dict[str, Any]


@dataclass(frozen=True)
class EveryPage:
    """One page: its name, its address, and the key of who looks at it ("" for somebody signed out)."""

    name: str
    path: str
    who: str
    endpoint: str


class Served(Protocol):
    """An installation whose pages can be asked."""

    engine: Engine
    app: Flask

    def visitor(self, who: str) -> Visitor:
        """Somebody at the pages, signed out for an empty key."""


@dataclass
class Pages:
    """What was found, and the addresses for which no sample answered with a page."""

    found: list[EveryPage] = field(default_factory=list)
    without: list[str] = field(default_factory=list)


def every_page(at: Served) -> Pages:
    """The pages of an installation that holds the demonstration, in the order of their addresses."""
    pages = Pages()
    visitors = {who: at.visitor(who) for who in (*ANYBODY, "")}
    with Session(at.engine) as session:
        samples = samples_of(session)
        for rule in rules_of(at.app, "GET"):
            if rule.endpoint == BY_EACH_ROLE:
                pages.found += [EveryPage(f"today-{who}", "/", who, rule.endpoint) for who in ANYBODY]
            elif rule.endpoint not in NO_PAGES:
                made = list(_pages(at, rule, samples, visitors))
                if not made:
                    pages.without.append(str(rule))
                pages.found += [look for one in made if one.path for look in _looks(one)]
    return pages


def _looks(one: EveryPage) -> Iterator[EveryPage]:
    """The page as it is, or each of its looks."""
    for name, asked in ASKED.get(one.endpoint, (("", ""),)):
        path = f"{one.path}?{asked}" if asked else one.path
        yield EveryPage(f"{one.name}-{name}" if name else one.name, path, one.who, one.endpoint)


def _pages(
    at: Served, rule: Rule, samples: Sequence[Parts], visitors: Mapping[str, Visitor]
) -> Iterator[EveryPage]:
    """The page of a rule at the first sample that answers; its path is empty when it is no page for people."""
    name = rule.endpoint.replace(".", "-").replace("_", "-")
    is_elsewhere = False
    for who in _people(at, rule):
        number = 0
        for parts in _fitting(rule, samples):
            with at.app.test_request_context():
                path = at.app.url_map.bind("localhost").build(rule.endpoint, parts)
            query = ASKED.get(rule.endpoint, (("", ""),))[0][1]
            answer = visitors[who].get(f"{path}?{query}")
            if answer.status_code == 200 and "<html" in answer.text[:600]:
                number += 1
                yield EveryPage(f"{name}-{number}" if number > 1 else name, path, who, rule.endpoint)
                if rule.endpoint != BY_EACH_SAMPLE:
                    return
            is_elsewhere = is_elsewhere or answer.status_code in {200, 301, 302, 303, 503}
        if number:
            return
    if is_elsewhere:
        yield EveryPage(name, "", "", rule.endpoint)


def _people(at: Served, rule: Rule) -> list[str]:
    """Who may open it, whoever it is made for first."""
    rights = permissions_of(at.app, rule)
    if rights is None or rule.endpoint in SIGNED_OUT:
        return [""]
    asked = next((who for begins, who in MADE_FOR.items() if rule.endpoint.startswith(begins)), ())
    return [who for who in dict.fromkeys((*asked, *ANYBODY)) if may_enter(rights, Role(who))]


def _fitting(rule: Rule, samples: Sequence[Parts]) -> Iterator[Parts]:
    """The samples that fill every part of the address, each once."""
    met: list[Parts] = []
    for sample in samples if rule.arguments else ({},):
        if rule.arguments <= sample.keys():
            parts = {name: sample[name] for name in rule.arguments}
            if parts not in met:
                met.append(parts)
                yield parts


def samples_of(session: Session) -> list[Parts]:
    """Values for the parts of addresses that belong together; the fullest first."""
    samples: list[Parts] = []
    for query, name in (
        (_items(Stage.APPROVED), "item_id"),
        (_to_decide(), "item_id"),
        (_items(Stage.DRAFTING), "item_id"),
        (_items(Stage.IDEA), "item_id"),
        (_troubled(), "slot_id"),
        (select(Slot.id).order_by(Slot.id.desc()), "slot_id"),
        (_found(), "publication_id"),
        (_matched(), "publication_id"),
        (select(Publication.id).where(Publication.slot_id.is_(None)), "publication_id"),
        (select(Lookup.id), "lookup_id"),
        (select(Document.id).order_by(Document.id), "document_id"),
        (select(Organisation.id).order_by(Organisation.id).offset(1), "organisation_id"),
        (select(Outlet.id).where(Outlet.name == "Báo Quảng Ngãi điện tử"), "outlet_id"),
        (select(Outlet.id), "outlet_id"),
        (select(Feed.id), "feed_id"),
        (select(Person.id).offset(2), "person_id"),
        (select(Plan.id), "plan_id"),
        (select(Theme.id), "theme_id"),
        (select(DayOff.id), "day_off_id"),
    ):
        samples += [{name: key} for key in session.scalars(query.limit(1))]
    samples += _together(session)
    return samples


def _items(stage: Stage) -> Select[int]:
    return select(Item.id).where(Item.stage == stage).order_by(Item.planned_on.desc())


def _to_decide() -> Select[int]:
    """What waits for the approver who is looked at."""
    asked = select(Item.id).join(Person, Person.id == Item.reviewer_id)
    return asked.where(Item.stage == Stage.IN_REVIEW, Person.email.like("duyet@%"))


def _troubled() -> Select[int]:
    return select(Slot.id).where(Slot.state == SlotState.UNCONFIRMED)


def _found() -> Select[int]:
    found = select(Publication.id).where(Publication.status == PublicationStatus.FOUND)
    return found.order_by(Publication.published_at.desc())


def _matched() -> Select[int]:
    of_item = select(Match.publication_id).where(Match.item_id.is_not(None))
    return select(Publication.id).where(Publication.id.in_(of_item)).order_by(Publication.id.desc())


def _together(session: Session) -> list[Parts]:
    """Parts of one address that only fit one another."""
    with_days = select(Occurrence).join(Occasion).where(Occasion.has_campaign)
    asked: tuple[tuple[Select[Any], Callable[[Any], Parts]], ...] = (
        (select(Series), lambda one: {"campaign_id": one.campaign_id, "series_id": one.id}),
        (select(Target), lambda one: {"campaign_id": one.campaign_id, "target_id": one.id}),
        (select(Milestone), lambda one: {"campaign_id": one.campaign_id, "milestone_id": one.id}),
        (
            with_days.order_by(Occurrence.held_on.desc()),
            lambda one: {"occasion_id": one.occasion_id, "occurrence_id": one.id},
        ),
        (
            select(Revision).where(Revision.number == 2),
            lambda one: {"item_id": one.item_id, "number": one.number},
        ),
        (
            select(PlanUpload).where(PlanUpload.plan_id.is_(None)),
            lambda one: {"upload_id": one.id, "part": "group-0"},
        ),
        (select(PlanVersion), lambda one: {"plan_id": one.plan_id, "number": one.number}),
        (
            select(PublicPage).order_by(PublicPage.published_at.desc()),
            lambda one: {"name": name_of(one)},
        ),
    )
    return [parts(one) for query, parts in asked for one in session.scalars(query.limit(2))]


# What a new installation shows: how to begin.
EMPTY = (
    "/", "/calendar", "/items", "/campaigns", "/occasions", "/plans", "/publications", "/publications/queue",
    "/coverage", "/outlets", "/themes", "/documents", "/search?q=loa", "/operations",
)  # fmt: skip


def empty_pages(at: Studio) -> list[EveryPage]:
    """The main pages of an empty studio, and the very first one."""
    first = EveryPage("first", urlsplit(at.link).path, "", "accounts.link")
    names = [path.strip("/").partition("?")[0].replace("/", "-") or "today" for path in EMPTY]
    return [
        first,
        *(EveryPage(f"empty-{name}", path, FIRST, "") for name, path in zip(names, EMPTY, strict=True)),
    ]
