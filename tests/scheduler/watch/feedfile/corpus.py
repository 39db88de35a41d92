"""The expectations that feedparser's own test files carry, as facts about what we read.

Each file begins with a comment: ``Expect:`` and a Python expression over feedparser's answer. The expression is
taken apart (never evaluated): each comparison with a literal that speaks of something in our schema is one fact.
Texts are compared as plain text, which is what we make of all markup.
"""

from __future__ import annotations

import ast
import re
from calendar import timegm
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urljoin

from scheduler.watch.feedfile.feed import ReadFeed
from scheduler.watch.feedfile.plain import plain, shortened

HERE = "http://127.0.0.1:8097/"  # where feedparser's tests serve the files from
CODINGS = ("utf-8", "utf-16-be", "utf-16-le", "utf-32-be", "utf-32-le")
TEXTS = {("summary",), ("description",), ("summary_detail", "value"), ("content", 0, "value")}
DATES = {(f"{name}_parsed",) for name in ("published", "updated", "created", "issued", "modified", "date")}


@dataclass(frozen=True)
class Fact:
    """*path* of feedparser's answer (``entries 0 title``), and what stands there."""

    path: tuple[str | int, ...]
    wanted: object


@dataclass(frozen=True)
class Case:
    """One file, what it is served with, and the facts that we can be asked for."""

    path: Path
    content_type: str
    address: str
    facts: tuple[Fact, ...]


def case_of(path: Path, root: Path) -> Case | None:
    """The file as a case; None where it carries no expectation."""
    text = _text_of(path.read_bytes())
    expected = re.search(r"Expect:\s*(.*?)\s*-->", text, re.DOTALL)
    if expected is None:
        return None
    headers = dict(re.findall(r"Header:\s*([\w-]+):[ \t]*([^\n]*)", text.partition("-->")[0]))
    headers = {name.lower(): value.strip() for name, value in headers.items()}
    tree = ast.parse(expected[1], mode="eval").body
    address = urljoin(HERE + str(path.relative_to(root)), headers.get("content-location", ""))
    return Case(
        path,
        headers.get("content-type", ""),
        address if address.startswith("http") else HERE,
        tuple(_facts(tree)),
    )


def _text_of(body: bytes) -> str:
    for coding in CODINGS:
        text = body.decode(coding, "ignore")
        if "Expect:" in text:
            return text
    return ""


def _facts(node: ast.expr) -> Iterator[Fact]:
    """The facts of a conjunction; an alternative or a negation promises nothing by itself."""
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
        for one in node.values:
            yield from _facts(one)
    elif isinstance(node, ast.Compare) and all(isinstance(one, ast.Eq) for one in node.ops):
        sides = [node.left, *node.comparators]
        try:
            wanted = ast.literal_eval(sides[-1])
        except ValueError:
            return
        for side in sides[:-1]:
            wants_code = isinstance(side, ast.Call) and ast.unparse(side.func) == "ord"
            path = _path(side.args[0] if isinstance(side, ast.Call) and side.args else side)
            if path:
                yield Fact(path, chr(wanted) if wants_code else wanted)


def _path(node: ast.expr) -> tuple[str | int, ...]:
    """``entries[0]['title']`` as a path; empty for anything else."""
    if isinstance(node, ast.Name):
        return (node.id,)
    if isinstance(node, ast.Attribute) and (before := _path(node.value)):
        return (*before, node.attr)
    if (
        isinstance(node, ast.Subscript)
        and isinstance(node.slice, ast.Constant)
        and (before := _path(node.value))
    ):
        key = node.slice.value
        return (*before, key) if isinstance(key, str | int) else ()
    return ()


def ours(fact: Fact, feed: ReadFeed) -> tuple[object, object] | None:
    """What we read and what was wanted, comparable; None where the fact is not in our schema."""
    path = fact.path
    if path[0] == "feed":
        return _compared(path[1:], fact.wanted, {"title": feed.title, "link": feed.link})
    if path[:1] != ("entries",) or len(path) < 3 or not isinstance(path[1], int):
        return None
    if path[1] >= len(feed.entries):
        return "(no such entry)", fact.wanted
    entry = feed.entries[path[1]]
    known: dict[str, object] = {
        "title": entry.title,
        "link": entry.link,
        "id": entry.guid,
        "guid": entry.guid,
        "text": entry.summary,
        "moment": entry.published_at,
    }
    return _compared(path[2:], fact.wanted, known)


def _compared(
    path: tuple[str | int, ...], wanted: object, known: dict[str, object]
) -> tuple[object, object] | None:
    if path in {("title",), ("title_detail", "value")} and isinstance(wanted, str):
        return known["title"], plain(wanted)
    if path in {("link",), ("links", 0, "href")}:
        return known["link"], wanted
    if path in {("id",), ("guid",)} and "id" in known:
        return known["id"], wanted
    if "text" in known and isinstance(wanted, str) and path in TEXTS:
        return known["text"], shortened(plain(wanted), 1000)
    if "moment" in known and isinstance(wanted, tuple) and path in DATES:
        return known["moment"], datetime.fromtimestamp(timegm(wanted), UTC)
    return None
