"""The command ``feed read``: a feed's file in, JSON or a readable list out. No database is loaded."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from app import clock
from scheduler.watch.feedfile.feed import ReadFeed
from scheduler.watch.feedfile.reader import read_feed
from scheduler.watch.feedfile.unreadable import Unreadable

MOST_BYTES = 15_000_000  # as much as the poller takes of one answer
MISSING = "Không mở được tệp “{name}”. Hãy kiểm tra đường dẫn và quyền đọc."
TOO_LARGE = "Tệp quá lớn (trên 15 MB), nên không được đọc như một nguồn tin."
CUT = "(Nguồn tin còn nữa; chỉ {count} mục đầu được đọc.)"
UNTITLED = "(không có tiêu đề)"


def as_json(feed: ReadFeed) -> dict[str, Any]:
    """*feed* in the shape of ``--json``: title, and entries with title, link, guid, published (UTC or null), summary."""
    return {
        "title": feed.title,
        "entries": [
            {
                "title": entry.title,
                "link": entry.link,
                "guid": entry.guid,
                "published": f"{entry.published_at:%Y-%m-%dT%H:%M:%SZ}" if entry.published_at else None,
                "summary": entry.summary,
            }
            for entry in feed.entries
        ],
    }


def as_text(feed: ReadFeed) -> str:
    """*feed* as a list for people, with local times."""
    lines = [feed.title or UNTITLED, f"{len(feed.entries)} mục"]
    for entry in feed.entries:
        when = f"{clock.local(entry.published_at):%d/%m/%Y %H:%M}" if entry.published_at else "(không rõ giờ)"
        lines += ["", f"{when}  {entry.title or UNTITLED}", f"  {entry.link or '(không có đường dẫn)'}"]
        lines += [f"  {entry.summary}"] if entry.summary else []
    return "\n".join([*lines, *(["", CUT.format(count=len(feed.entries))] if feed.is_cut else [])])


@click.group()
def feed() -> None:
    """Nguồn tin: đọc RSS, Atom, JSON Feed."""


@feed.command("read")
@click.argument("file", type=click.Path(allow_dash=True))
@click.option("--json", "wants_json", is_flag=True, help="In kết quả dạng JSON.")
@click.option("--address", default="", help="Địa chỉ của nguồn tin, để đọc các đường dẫn tương đối.")
def read(file: str, *, wants_json: bool, address: str) -> None:
    """Đọc nguồn tin từ FILE; dấu "-" là đọc từ đầu vào chuẩn."""
    try:
        found = read_feed(_body_of(file), address=address, now=clock.now())
    except Unreadable as refusal:
        click.echo(f"✗ {refusal}", err=True)
        sys.exit(1)
    told = json.dumps(as_json(found), ensure_ascii=False, indent=1) if wants_json else as_text(found)
    sys.stdout.buffer.write(f"{told}\n".encode())  # UTF-8 whatever the console is set to


def _body_of(file: str) -> bytes:
    """What is in the file, or comes from standard input.

    Raises:
        Unreadable: it cannot be opened, or is larger than any answer may be.
    """
    try:
        if file == "-":
            body = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(file).open("rb") as source:
                body = source.read(MOST_BYTES + 1)
    except OSError as error:
        raise Unreadable(MISSING, name=Path(file).name) from error
    if len(body) > MOST_BYTES:
        raise Unreadable(TOO_LARGE)
    return body
