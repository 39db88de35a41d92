"""Matching in the process: themes by 2,000 phrases in titles and summaries, our own items among 20,000, one poll kept.

Texts are made from syllables in the frequencies of Vietnamese (a few hundred are most of a text). The finder does all
of its work inside the time: NFC, small letters, tone placement, folding, both ways of looking. Beside it, in the same
run, one regular expression with all phrases over the folded text, which finds without tone marks only and misses
overlaps.
"""

from __future__ import annotations

import random
import re
import resource
import statistics
import tempfile
import time
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import accumulate
from pathlib import Path

from sqlalchemy import Engine, event

from app.db import make_engine, transaction
from app.feature import load_models
from app.migrations import schema
from app.organisations.models import Organisation, OrganisationKind
from app.text import fold, sort_key
from bench.figures import Figure, show
from content.outlets.feeds.models import Feed
from content.outlets.models import Outlet, OutletKind
from content.publications.found.entry import FoundEntry
from content.publications.found.recognise import OwnText, OwnTexts
from content.publications.found.services import record_found
from content.themes.matching import Phrase, ThemeFinder

ARTICLES, PHRASES, ITEMS, ENTRIES = 10_000, 2_000, 20_000, 2_000
TITLE, SUMMARY, BODY = 13, 26, 600  # syllables, as measured on real articles
DAY, NOW = date(2026, 5, 4), datetime(2026, 5, 4, 1, 30, tzinfo=UTC)
_FIRST = [
    "b",
    "c",
    "ch",
    "d",
    "đ",
    "g",
    "gi",
    "h",
    "k",
    "kh",
    "l",
    "m",
    "n",
    "ng",
    "nh",
    "ph",
    "qu",
    "r",
    "s",
    "t",
    "th",
    "tr",
    "v",
    "x",
]
_LAST = [
    "a",
    "ă",
    "â",
    "e",
    "ê",
    "i",
    "o",
    "ô",
    "ơ",
    "u",
    "ư",
    "ai",
    "ay",
    "ao",
    "au",
    "ang",
    "anh",
    "an",
    "am",
    "ap",
    "at",
    "en",
    "iên",
    "iêu",
    "oa",
    "oai",
    "oan",
    "ôi",
    "ong",
    "ông",
    "uc",
    "ung",
    "uy",
    "uôn",
    "ương",
    "ưu",
]
_TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")


class Writer:
    """Texts of Vietnamese syllables, the same in every run."""

    def __init__(self) -> None:
        self._dice = random.Random(57)
        known = {
            unicodedata.normalize("NFC", first + last[0] + tone + last[1:])
            for first in _FIRST
            for last in _LAST
            for tone in _TONES
        }
        self._syllables = self._dice.sample(sorted(known), k=len(known))
        self._weights = list(accumulate(1 / (place + 40) for place in range(len(known))))

    def text(self, length: int) -> str:
        """So many syllables."""
        return " ".join(self._dice.choices(self._syllables, cum_weights=self._weights, k=length)).capitalize()

    def phrase(self) -> str:
        """A phrase of two to five syllables."""
        return self.text(self._dice.choice((2, 3, 3, 4, 4, 5)))


def _seconds(do: Callable[[], object], runs: int = 3) -> float:
    """The median seconds of the processor that *do* takes: other work on the machine does not count."""
    taken = []
    for _ in range(runs):
        began = time.process_time()
        do()
        taken.append(time.process_time() - began)
    return statistics.median(taken)


def measure_themes(writer: Writer) -> list[Figure]:
    """Articles in a second at 2,000 phrases, and how much faster than one regular expression."""
    articles = [(writer.text(TITLE), writer.text(SUMMARY)) for _ in range(ARTICLES)]
    phrases = [Phrase(place % 60, writer.phrase()) for place in range(PHRASES)]
    phrases += [Phrase(1, "57-NQ/TW"), Phrase(1, "Nghị quyết 57"), Phrase(2, "57-KL/TW")]
    finder = ThemeFinder.compile(phrases)
    ours = _seconds(lambda: [finder.find(*article) for article in articles])
    pattern = re.compile("|".join(re.escape(f" {fold(one.text)} ") for one in phrases))
    some = articles[: ARTICLES // 10]
    naive = 10 * _seconds(lambda: [pattern.findall(f" {fold(' '.join(one))} ") for one in some], runs=1)
    return [
        Figure("articles matched with 2,000 phrases", ARTICLES / ours, "/s", 20_000, at_most=False),
        Figure("as fast as one regular expression", naive / ours, "×", 5, at_most=False),
    ]


def measure_items(writer: Writer) -> list[Figure]:
    """What 20,000 texts of ours cost to keep ready, and one entry to look up; all that are there are found."""
    texts = [OwnText(place, DAY, DAY, writer.text(TITLE), writer.text(BODY)) for place in range(ITEMS)]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    own, began = OwnTexts(), time.process_time()
    own.add(texts)
    built = time.process_time() - began
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    carried = [(one.title, writer.text(SUMMARY)) for one in texts[: ENTRIES // 4]]
    carried += [(writer.text(TITLE), " ".join(one.text.split()[:SUMMARY])) for one in texts[: ENTRIES // 4]]
    other = [(writer.text(TITLE), writer.text(SUMMARY)) for _ in range(ENTRIES // 2)]
    missed = sum(own.recognise(*entry, DAY) is None for entry in carried)
    false = sum(own.recognise(*entry, DAY) is not None for entry in other)
    each = _seconds(lambda: [own.recognise(*entry, DAY) for entry in carried + other]) / ENTRIES
    return [
        Figure("one entry recognised among 20,000 items", each * 1e6, "µs", 1_000),
        Figure("20,000 items read and made ready", built, "s", 10),
        Figure("memory that they take", grown, "MB", 150),
        Figure("carried items missed, others found", missed + false, "", 0),
    ]


def measure_polls(writer: Writer) -> list[Figure]:
    """A poll of thirty entries on SQLite: all new, and all known, with the queries that the second one takes."""
    load_models()
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{Path(folder) / 'matching.sqlite3'}")
        schema.upgrade(engine)
        feed_id = _make_feed(engine)
        polls = [[_entry(writer, poll * 30 + place) for place in range(30)] for poll in range(6)]
        new = [_seconds(partial(_poll, engine, feed_id, shown), runs=1) for shown in polls]
        queries: list[str] = []
        known = _seconds(lambda: _poll(engine, feed_id, polls[0]))
        event.listen(engine, "before_cursor_execute", lambda *told: queries.append(told[2]))
        _poll(engine, feed_id, polls[0])
        engine.dispose()
    return [
        Figure("a poll of 30 new entries, SQLite", statistics.median(new) * 1e3, "ms", 100),
        Figure("a poll of 30 known entries, SQLite", known * 1e3, "ms", 20),
        Figure("statements of a poll of known entries", len(queries), "", 12),
    ]


def _poll(engine: Engine, feed_id: int, entries: list[FoundEntry]) -> None:
    with transaction(engine) as session:
        record_found(session, session.get_one(Feed, feed_id), entries, now=NOW)


def _entry(writer: Writer, number: int) -> FoundEntry:
    moment = NOW - timedelta(minutes=number)
    link = f"https://bao.example.vn/tin-{1_000_000 + number}.html"
    return FoundEntry(writer.text(TITLE), link, str(number), moment, moment.isoformat(), writer.text(SUMMARY))


def _make_feed(engine: Engine) -> int:
    """One outlet with one feed, and sixty themes."""
    with transaction(engine) as session:
        name = "Báo Sông Trà"
        names = {"name": name, "name_folded": fold(name), "sort_key": sort_key(name)}
        unit = Organisation(kind=OrganisationKind.PRESS, **names)
        session.add(unit)
        session.flush()
        outlet = Outlet(organisation_id=unit.id, kind=OutletKind.NEWSPAPER, languages=["vi"], **names)
        session.add(outlet)
        session.flush()
        feed = Feed(
            outlet_id=outlet.id,
            address="https://bao.example.vn/rss",
            address_key="0" * 64,
            host="bao.example.vn",
            next_poll_at=NOW,
        )
        session.add(feed)
        session.flush()
        return feed.id


def main() -> None:
    """Show each figure beside its goal."""
    writer = Writer()
    show([*measure_themes(writer), *measure_items(writer), *measure_polls(writer)])


if __name__ == "__main__":
    main()
