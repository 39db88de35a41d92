"""The first days: organisations and communes, people with their passwords, documents and themes, outlets."""

from __future__ import annotations

import secrets
from datetime import date, timedelta

from app import audit, clock
from app.accounts.models import Person
from app.accounts.permissions import Role
from app.accounts.services import add_person, give_role
from app.accounts.sign_in import hash_password
from app.organisations.models import OrganisationKind
from app.organisations.services import OrganisationInput, add_organisation
from campaigns.demo import words
from campaigns.demo.province import LEAD, Province
from content.channels.services import open_own_site
from content.outlets.feeds.services import add_feed
from content.outlets.models import Outlet, OutletKind
from content.outlets.services import OutletInput, add_outlet, change_outlet, retire_outlet
from content.references.models import LinkKind
from content.references.services import DocumentInput, ensure_document, link_documents
from content.themes.services import ThemeInput, add_theme

SETUP = audit.SystemActor("Dữ liệu minh họa")
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another
ORGANISATIONS = {
    "UBND": OrganisationKind.PEOPLES_COMMITTEE,
    "Sở": OrganisationKind.DEPARTMENT,
    "ban ngành": OrganisationKind.AGENCY,
    "Đảng": OrganisationKind.PARTY,
    "Mặt trận": OrganisationKind.FRONT,
    "đoàn thể": OrganisationKind.FRONT,
    "báo chí": OrganisationKind.PRESS,
    "trường": OrganisationKind.SCHOOL,
    "doanh nghiệp": OrganisationKind.ENTERPRISE,
    "khác": OrganisationKind.OTHER,
}
OUTLETS = {
    "báo": OutletKind.NEWSPAPER,
    "đài": OutletKind.BROADCASTER,
    "cổng": OutletKind.PORTAL,
    "trang": OutletKind.WEBSITE,
    "mạng xã hội": OutletKind.SOCIAL_PAGE,
    "loa": OutletKind.LOUDSPEAKER,
}
OWN_SITE = "Trang tin Khoa học và Công nghệ Quảng Ngãi"
CLOSED = "Báo Kon Tum điện tử"
COMMUNES_BEGAN = date(2025, 7, 1)
COMMITTEE = "Ủy ban nhân dân tỉnh Quảng Ngãi"


def add_ground(province: Province) -> None:
    """Everything that stands before the plan is read."""
    _organisations(province)
    _communes(province)
    _people(province)
    _documents_and_themes(province)
    _outlets(province)


def _organisations(province: Province) -> None:
    """In the order of the file: what a body is under, or what came after it, stands before it."""
    known = province.organisations
    for kind, name, aliases, parent, begins, ends, heir in words.rows("organisations.txt", 7):
        wanted = OrganisationInput(
            name,
            ORGANISATIONS[kind],
            words.several(aliases),
            parent_id=known[parent].id if parent else None,
            successor_id=known[heir].id if heir else None,
            valid_from=_day(begins),
            valid_to=_day(ends),
        )
        known[name] = add_organisation(province.session, wanted, actor=SETUP, now=province.begun)


def _day(written: str) -> date | None:
    """The day of "30/6/2025"; None where nothing is written."""
    if not written:
        return None
    day, month, year = map(int, written.split("/"))
    return date(year, month, day)


def _communes(province: Province) -> None:
    """The people's committee of each commune, ward and special zone, under that of the province."""
    above = province.organisations[COMMITTEE]
    for line in words.lines("communes.txt"):
        kind, _, names = line.partition(": ")
        for name in names.split(", ") if kind != "nơi" else ():
            full = f"Ủy ban nhân dân {kind} {name}"
            wanted = OrganisationInput(
                full,
                OrganisationKind.COMMUNE,
                (f"UBND {kind} {name}", f"{kind} {name}"),
                parent_id=above.id,
                valid_from=COMMUNES_BEGAN,
            )
            made = add_organisation(province.session, wanted, actor=SETUP, now=province.begun)
            province.organisations[full] = made


def _people(province: Province) -> None:
    """Everybody with a role since the beginning; the first of each role has a password, which is shown once."""
    begun = province.begun
    passwords = {role: key for key, _, _, _, role in reversed(words.rows("people.txt", 5))}
    for key, name, email, body, role in words.rows("people.txt", 5):
        person = add_person(province.session, name, email, now=begun)
        province.people[key] = person
        if passwords[role] == key:
            province.passwords[key] = _set_password(province, person)
        give_role(
            province.session,
            person,
            organisation_id=province.organisations[body].id,
            role=Role(role),
            starts_on=clock.local_day(begun),
            actor=province.people["administrator"],
            now=begun + timedelta(minutes=40),
        )


def _set_password(province: Province, person: Person) -> str:
    """A password that nobody guesses, and that can be typed from a printed line: 59 bits."""
    password = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))
    person.password_hash = hash_password(password)
    province.session.flush()
    audit.record(province.session, SETUP, "person.set_password", person, at=province.begun)
    return password


def _documents_and_themes(province: Province) -> None:
    """The documents that the themes are of, what rests on them, and the themes with their phrases."""
    session, now = province.session, province.begun + timedelta(hours=2)
    actor = province.people["coordinator"]
    known = {}
    for number, doc_type, issuer, issued, subject, basis in words.rows("documents.txt", 6):
        wanted = DocumentInput(number, doc_type, issuer, _day(issued), subject)
        known[number] = ensure_document(session, wanted, actor=actor, now=now)
        if basis:
            link_documents(session, known[number], known[basis], LinkKind.IMPLEMENTS)
    for code, colour, name, phrases, number, exclusions in words.rows("themes.txt", 6):
        wanted_theme = ThemeInput(
            name,
            words.several(phrases),
            words.several(exclusions),
            code,
            int(colour),
            known[number].id if number else None,
        )
        province.themes[code] = add_theme(session, wanted_theme, actor=actor, now=now)


def _outlets(province: Province) -> None:
    """Our own site with its channel, then everybody else's; the paper that closed is retired."""
    session, now = province.session, province.begun + timedelta(hours=3)
    actor, own = province.people["coordinator"], province.organisations[LEAD]
    province.channel = open_own_site(session, own, actor=actor, now=now)
    site = session.get_one(Outlet, province.channel.outlet_id)
    renamed = OutletInput(
        OutletKind.PORTAL, OWN_SITE, own.id, f"{province.site}/tin", "Toàn tỉnh", is_own=True
    )
    change_outlet(session, site, renamed, seen=site.version, actor=actor, now=now)
    province.outlets[OWN_SITE] = site
    for kind, name, body, address, area, languages, feeds in words.rows("outlets.txt", 7):
        wanted = OutletInput(
            OUTLETS[kind],
            name,
            province.organisations[body].id,
            address,
            area,
            tuple(languages.split()) or ("vi",),
        )
        made = province.outlets[name] = add_outlet(session, wanted, actor=actor, now=now)
        for feed in feeds.split():
            kept = add_feed(session, made, feed, is_watched=False, actor=actor, now=now)
            province.feeds.setdefault(name, kept)
    closed = province.outlets[CLOSED]
    retire_outlet(session, closed, seen=closed.version, actor=actor, now=now)
