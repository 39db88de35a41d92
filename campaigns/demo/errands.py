"""Small things of these days: a pasted link that was read and waits for a yes, a day off, a slogan."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from app.clock import Period
from campaigns.demo import words
from campaigns.demo.press import PAPER
from campaigns.demo.province import Province
from campaigns.occasions.days import days_off, is_working
from campaigns.occasions.days_off.services import set_day_off
from campaigns.occasions.models import Occasion, Occurrence
from campaigns.occasions.occurrences import set_slogan
from content.publications.lookups.models import LookupState
from content.publications.lookups.services import ask_lookup

LINK = "minh-hoa/nguoi-tre-ve-lang-lam-phan-mem-cho-hop-tac-xa-990001.html"
READ = "Người trẻ về làng làm phần mềm cho hợp tác xã, hưởng ứng Nghị quyết 57"


def run_errands(province: Province) -> None:
    """All of them."""
    _pasted_link(province)
    _day_off(province)
    _slogan(province)


def _pasted_link(province: Province) -> None:
    """The paper's person pasted a link; its page was read, and waits for a yes."""
    paper, now = province.outlets[PAPER], province.now - timedelta(minutes=35)
    lookup = ask_lookup(
        province.session,
        f"{paper.address}/{LINK}",
        outlet=paper,
        actor=province.people["outlet"],
        now=now,
    )
    lookup.state, lookup.title = LookupState.FOUND, READ
    lookup.summary = "Sau giờ học, câu lạc bộ của những kỹ sư trẻ mở cửa cho bà con hợp tác xã đến hỏi."
    lookup.published_at = now - timedelta(hours=2)
    province.session.flush()


def _day_off(province: Province) -> None:
    """A working day some weeks ahead that the office takes off."""
    days = Period(province.today + timedelta(days=30), province.today + timedelta(days=60))
    off = days_off(province.session, days)
    day = next(one for one in days.days() if one.weekday() == 0 and is_working(one, off))
    set_day_off(
        province.session,
        day=day,
        name="Nghỉ bù sau ngày hội chuyển đổi số",
        is_off=True,
        actor=province.people["coordinator"],
        now=province.at(-3, 10, 5),
    )


def _slogan(province: Province) -> None:
    """What the next yearly day of the plan stands under."""
    names = [row[0] for row in words.rows("occasions.txt", 8)]
    coming = (
        select(Occurrence)
        .join(Occasion)
        .where(Occasion.name.in_(names), Occurrence.held_on > province.today)
        .order_by(Occurrence.held_on)
    )
    occurrence = province.session.scalars(coming.limit(1)).one()
    set_slogan(
        province.session,
        occurrence,
        slogan="Tri thức gần dân, công nghệ vì dân",
        seen=occurrence.version,
        actor=province.people["coordinator"],
        now=province.at(-2, 9, 40),
    )
