"""Other projects' feeds, read as their own expectations say. ``LOA_SHARED`` names the folder that holds feeds/."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scheduler.watch.feedfile import reader
from scheduler.watch.feedfile.dates import read_moment
from scheduler.watch.feedfile.reader import read_feed
from scheduler.watch.feedfile.unreadable import Unreadable
from tests.scheduler.watch.feedfile.corpus import case_of, ours

NOW = datetime(2026, 11, 20, tzinfo=UTC)
EXPECTED = Path(__file__).with_name("corpus_expected.json")

# What we read otherwise than feedparser, on purpose; every other fact of its files must be right.
OTHERWISE = {
    "encoding/bozo_linenoise.xml": "UTF-8 with one broken byte: its letters are kept, feedparser garbles them",
    "wellformed/atom10/entry_link_rel_license.xml": "a licence is not the page of the entry",
    "wellformed/base/feed_link_xml_base_iri.xml": "the feed's own address is not the page that it is of",
    "wellformed/base/http_entry_id_base_content_location.xml": "an id is compared, never resolved (RFC 4287, 4.2.6)",
    "wellformed/base/http_entry_id_base_docuri.xml": "an id is compared, never resolved",
    "wellformed/rss/item_description_and_summary.xml": "one summary is kept, RSS's own element first",
    "wellformed/rss/item_summary_and_description.xml": "one summary is kept, RSS's own element first",
    "wellformed/atom10/tag_in_attr.xml": 'a tag inside an attribute leaves its tail ("dog\\">") as text',
    "wellformed/sanitize/item_content_encoded_script_nested_cdata.xml": "marks of CDATA inside CDATA, with a space",
}
# Nothing to read: pages, a plain note, and an empty document.
NO_FEEDS = {
    "feedparser/illformed/rss_empty_document.xml",
    "miniflux/dates.txt",
    "miniflux/inline-parser/TestDetectJSONWithWhitespaceSmallerThanBuffer.json",
    "miniflux/inline-parser/TestDetectUnknown.xml",
    "miniflux/inline-parser/TestParseUnknownFeed.xml",
    "miniflux/xml/iso88591.xml",
    "miniflux/xml/iso88591_utf8_mismatch.xml",
    "reader/custom",
}


@pytest.fixture(scope="module")
def feeds() -> Path:
    """The corpus, or a loud skip."""
    shared = os.environ.get("LOA_SHARED")
    if not shared:
        pytest.skip(
            "SKIPPED, NOT PASSED: set LOA_SHARED to the folder that holds feeds/ to judge the real feeds"
        )
    return Path(shared) / "feeds"


def test_what_feedparsers_files_expect_is_read(feeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = feeds / "feedparser"
    cases = [case for path in sorted(root.rglob("*.xml")) if (case := case_of(path, root))]
    asked, wrong = 0, {}
    for case in cases:
        name = str(case.path.relative_to(root))
        try:
            feed = read_feed(
                case.path.read_bytes(), content_type=case.content_type, address=case.address, now=NOW
            )
        except Unreadable:
            assert f"feedparser/{name}" in NO_FEEDS
            assert case.facts == ()
            continue
        for fact in case.facts:
            if (sides := ours(fact, feed)) is None:
                continue
            asked += 1
            if sides[0] != sides[1]:
                wrong[name] = (fact.path, *sides)
    with capsys.disabled():
        print(f"\nfeedparser: {len(cases)} files, {asked} facts, {asked - len(wrong)} as expected there")
    assert {name: why for name, why in wrong.items() if name not in OTHERWISE} == {}
    assert set(OTHERWISE) - set(wrong) == set()
    assert len(cases) > 2000
    assert asked > 1200


@pytest.mark.parametrize(("folder", "files"), [("miniflux", 247), ("reader", 11)])
def test_titles_and_links_are_read(feeds: Path, folder: str, files: int) -> None:
    """Written down where feedparser reads the document alike, by hand where it does not or cannot."""
    expected = json.loads(EXPECTED.read_text("utf-8"))
    wanted = {name: one for name, one in expected.items() if name.startswith(f"{folder}/")}
    assert len(wanted) == files
    for name, one in wanted.items():
        feed = read_feed((feeds / name).read_bytes(), address="https://example.org/", now=NOW)
        read = [[entry.title, entry.link] for entry in feed.entries]
        assert (name, feed.title, len(read)) == (name, one["title"], one["count"])
        assert (name, read[: len(one["entries"])]) == (name, one["entries"])


def test_the_forgiving_reader_reads_whole_feeds_as_the_quick_one_does(
    feeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = {}
    for path in sorted(feeds.rglob("*.*")):
        with suppress(Unreadable):
            feed = read_feed(path.read_bytes(), now=NOW)
            if not feed.used_fallback and feed.kind != "json":
                whole[path] = feed
    monkeypatch.setattr(reader, "read_strict", lambda _: None)
    differing = {
        path.name
        for path, feed in whole.items()
        if read_feed(path.read_bytes(), now=NOW) != replace(feed, used_fallback=True)
    }
    assert len(whole) > 2000
    assert differing == {
        "atomsvgdctitle.xml"
    }  # metadata of a drawing, with a prefix that SVG's own do not have


def test_no_file_of_the_corpus_raises_anything_but_a_refusal(feeds: Path) -> None:
    """Pages, lists and results among them; what is refused is named above, or is HTML."""
    refused = set()
    for path in sorted(one for one in feeds.rglob("*") if one.is_file() and one.name != "README.md"):
        try:
            read_feed(path.read_bytes(), now=NOW)
        except Unreadable:
            refused.add(str(path.relative_to(feeds)))
    assert {name for name in refused if ".html" not in name} == NO_FEEDS


def test_every_date_that_miniflux_must_read_is_read(feeds: Path) -> None:
    lines = (feeds / "miniflux" / "dates.txt").read_text("utf-8").splitlines()
    unread = [line for line in lines if line.strip() and read_moment(line) is None]
    assert unread == ["invalid"]
    assert len(lines) > 50
