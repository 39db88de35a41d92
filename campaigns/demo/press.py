"""What outlets made of it: taken over, retold or found by themselves, logged, and matched the morning after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from app import clock
from app.accounts.models import Person
from app.text import slug
from campaigns.demo import words
from campaigns.demo.ground import CLOSED, OWN_SITE
from campaigns.demo.pieces import Dated
from campaigns.demo.province import Province
from campaigns.demo.sending import due_of
from campaigns.demo.texts import text_of
from campaigns.demo.timeline import Life
from content.items.models import ItemType, Stage
from content.outlets.models import Outlet, OutletKind
from content.publications.found.entry import FoundEntry
from content.publications.found.services import record_found
from content.publications.matching import match_publication
from content.publications.models import Publication
from content.publications.services import PublicationInput, dismiss_publication, log_publication

PAPER, PORTAL = "Báo Quảng Ngãi điện tử", "Cổng Thông tin điện tử tỉnh Quảng Ngãi"
STATION, HIGHLANDS = "Phát thanh, truyền hình Quảng Ngãi", "VOV Tây Nguyên"
LITERACY, PAGE, TRAVEL = (
    "Trang Bình dân học vụ số Quảng Ngãi",
    "Trang Facebook Quảng Ngãi số",
    "Zalo Du lịch Quảng Ngãi",
)
ABROAD = "Vietnam.vn"
ASIDE = "!"  # in the place of a theme
NOT_OURS = "Không thuộc chủ đề theo dõi của kế hoạch."
WRITING = (OutletKind.NEWSPAPER, OutletKind.WEBSITE, OutletKind.PORTAL, OutletKind.BROADCASTER)
WATCHED = timedelta(days=5)  # how long feeds were tried before watching was switched off again
READ = (ItemType.ARTICLE, ItemType.PRESS_RELEASE, ItemType.VIDEO_SCRIPT)


def press_lives(province: Province, pieces: list[Dated]) -> Iterator[Life]:
    """The lives of all that others published of our pieces, and of what they wrote themselves."""
    for number, piece in enumerate(pieces):
        if piece.day is None or piece.day > province.today or piece.fate:
            continue
        for turn, outlet in enumerate(_takers(province, piece, number)):
            yield _taken_over(province, piece, number, outlet, turn)
    yield from _own_stories(province)


def _takers(province: Province, piece: Dated, number: int) -> list[Outlet]:
    """The outlets that take a piece of this type and theme; others for each piece."""
    kind, theme = piece.written.kind, piece.written.theme
    if kind is ItemType.LOUDSPEAKER_BULLETIN:
        all_of_them = province.outlets_of(OutletKind.LOUDSPEAKER)
        return [one for place, one in enumerate(all_of_them) if (number + place) % 3 or place == 2]
    if kind is ItemType.SOCIAL_POST:
        return [province.outlets[TRAVEL if piece.written.unit == "V" else PAGE]]
    names = [PORTAL] if number % 3 else []
    if kind in READ:
        names += [PAPER] if number % 4 else []
        names += [STATION] if number % 2 else []
        names += [LITERACY] if theme == "bdhvs" and number % 3 else []
        names += [HIGHLANDS] if theme in {"bdhvs", "ttdn"} and number % 4 == 2 else []
        names += [ABROAD] if theme == "ttdn" and number % 3 else []
        names += [_national(province, number).name] if number % 5 == 4 else []
    return [province.outlets[name] for name in dict.fromkeys(names)]


def _national(province: Province, number: int) -> Outlet:
    """One of the papers of the whole country, by turns."""
    papers = [one for one in province.outlets_of(OutletKind.NEWSPAPER) if one.area == "Cả nước"]
    return papers[number // 5 % len(papers)]


def _taken_over(province: Province, piece: Dated, number: int, outlet: Outlet, turn: int) -> Life:
    """Published some hours after ours, logged soon after, matched to the piece the morning after."""
    moment = due_of(province, piece, number) + timedelta(hours=1 + (number + turn) % 5, minutes=7 * turn)
    yield moment + timedelta(minutes=25)
    item = province.items.get(piece.written.title)
    if item is None or item.stage is not Stage.APPROVED:
        return  # ours did not go out
    retold = piece.written.headline and (turn or outlet.area == "Cả nước")
    title = piece.written.headline if retold else piece.written.title
    told = text_of(piece.written).summary
    made = _seen(province, outlet, (title, told), moment, number * 10 + turn)
    yield _morning_after(made.logged_at, province)
    _match(province, made, item.id, piece.written.theme)


def _seen(
    province: Province, outlet: Outlet, said: tuple[str, str], moment: datetime, number: int
) -> Publication:
    """What was published, title and summary, as the house came to know of it: the newest in a feed, the others logged."""
    title, summary = said
    feed = province.feeds.get(outlet.name)
    if feed is None or province.now - moment > WATCHED:
        return _log(province, outlet, title, moment, number)
    entry = FoundEntry(
        title,
        _address(outlet, title, moment, number),
        f"{outlet.id}-{number}",
        moment,
        moment.isoformat(),
        summary,
    )
    record_found(province.session, feed, [entry], now=moment + timedelta(minutes=25))
    asked = select(Publication).where(Publication.outlet_id == outlet.id, Publication.published_at == moment)
    made = province.session.scalars(asked.order_by(Publication.id.desc()).limit(1)).one()
    province.publications.append(made)
    return made


def _address(outlet: Outlet, title: str, moment: datetime, number: int) -> str:
    """An address of the outlet that leads nowhere, and says so."""
    return f"{outlet.address}/minh-hoa/{slug(title)[:60]}-{clock.local_day(moment):%Y%m%d}{number:05}.html"


def _log(province: Province, outlet: Outlet, title: str, moment: datetime, number: int) -> Publication:
    """What was published, logged by whoever sees to that outlet."""
    on_air = outlet.kind in {OutletKind.LOUDSPEAKER, OutletKind.BROADCASTER}
    address = "" if on_air else _address(outlet, title, moment, number)
    wanted = PublicationInput(outlet, title, moment, address)
    now = moment + timedelta(minutes=25)
    made = log_publication(province.session, wanted, actor=_clerk(province, outlet), now=now)
    province.publications.append(made)
    return made


def _clerk(province: Province, outlet: Outlet) -> Person:
    """Who logs for an outlet: its own person, else our officer."""
    own = {"Báo và phát thanh, truyền hình Quảng Ngãi": "outlet", "Ủy ban nhân dân xã Ba Tơ": "loudspeaker"}
    return province.people[own.get(outlet.organisation.name, "officer")]


def _morning_after(moment: datetime, province: Province) -> datetime:
    """Half past eight of the next working day: when the officer goes through the list."""
    day = clock.local_day(moment) + timedelta(days=1)
    day += timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))
    return province.at(day, 8, 30)


def _match(province: Province, made: Publication, item_id: int | None, theme: str) -> None:
    now = _morning_after(made.logged_at, province)
    match_publication(
        province.session,
        made,
        item_id=item_id,
        theme_ids=(province.themes[theme].id,),
        seen=made.version,
        actor=province.people["officer"],
        now=now,
    )


def _own_stories(province: Province) -> Iterator[Life]:
    """Headlines that are not of our pieces, over the ten months past, the newest today; some are beside the matter."""
    rows = words.rows("headlines.txt", 3)
    stories, aside = ([row for row in rows if (row[0] == ASIDE) is beside] for beside in (False, True))
    outlets = [one for one in province.outlets_of(*WRITING) if one.name not in {OWN_SITE, CLOSED, LITERACY}]
    for place in range(len(stories)):
        number = place * 7 % len(stories)
        days = 300 * (1 - place / (len(stories) - 1)) ** 1.6
        moment = province.now - timedelta(days=days, hours=2 + place % 3)
        outlet = outlets[number * 5 % len(outlets)]
        yield _own_story(province, stories[number], outlet, moment=moment, number=5000 + number)
    for number, row in enumerate(aside):
        moment = province.now - timedelta(days=2 * (len(aside) - 1 - number), hours=4)
        outlet = province.outlets[PAPER]
        yield _own_story(province, row, outlet, moment=moment, number=6000 + number)


def _own_story(
    province: Province, row: tuple[str, ...], outlet: Outlet, *, moment: datetime, number: int
) -> Life:
    """Logged, and the morning after matched to its theme or put aside."""
    theme, title, summary = row
    yield moment + timedelta(minutes=25)
    made = _seen(province, outlet, (title, summary), moment, number)
    now = _morning_after(made.logged_at, province)
    yield now
    if theme != ASIDE:
        _match(province, made, None, theme)
        return
    dismiss_publication(
        province.session,
        made,
        reason=NOT_OURS,
        seen=made.version,
        actor=province.people["officer"],
        now=now,
    )
