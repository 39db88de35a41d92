"""Judge the plan reader: ``python -m bench.plan_reader DIR [-v]``.

For every text in DIR with an expected answer beside it: precision and recall per field, the misses
with -v, and the time each document took. The exit code is always 0; a figure is not a test.
"""

import argparse
import json
import re
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from campaigns.planfile.as_json import to_json
from campaigns.planfile.reader import read_plan

Facts = Counter[tuple[str, str]]


def plain(value: object) -> str:
    """Return a value as the schema compares it: NFC, no Markdown, single blanks, lower case."""
    text = unicodedata.normalize("NFC", "" if value is None else str(value))
    text = re.sub(r"<[^>]+>|[*_#]", "", text)
    return " ".join(text.split()).lower().replace("–", "-")


def _flat(things: object) -> str:
    return " | ".join(sorted(plain(thing) for thing in things)) if isinstance(things, list) else plain(things)


def _items(where: str, items: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for i, item in enumerate(items):
        ends = f"{plain(item['text_start'])} … {plain(item['text_end'])} {item['length']}"
        yield "item", f"{where}.{i} {item['ordinal']} {ends}"


def _assigned(where: str, given: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for field in ("lead", "cooperating"):
        for name in given.get(field) or []:
            yield field, f"{where}: {plain(name)}"
    if given.get("timing"):
        yield "timing", f"{where}: {plain(given['timing'])}"


def _tasks(doc: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for i, group in enumerate(doc["task_groups"]):
        yield "group", f"{group['ordinal']} {plain(group['title'])}"
        yield from _items(f"g{i}", group["items"])
        yield from _assigned(f"g{i}", group)
        for j, item in enumerate(group["items"]):
            yield from _assigned(f"g{i}.{j}", item)
    for task in doc.get("annex_tasks") or []:
        where = f"annex {task['no']}"
        yield "annex", f"{where} {task.get('section')} {plain(task['text_start'])}"
        yield from _assigned(where, task)
    for i, duty in enumerate(doc["duties"]):
        yield "duty", f"{duty['ordinal']} {plain(duty['org'])}"
        yield from _items(f"d{i}", duty["items"])


def _head(doc: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for field in ("doc_type", "title", "issuer", "number", "date", "date_partial", "place"):
        if doc.get(field):
            yield field, plain(doc[field])
    if doc.get("status"):
        yield "status", "present"
    for field, value in (doc.get("signer") or {}).items():
        if value:
            yield "signer", f"{field} {plain(value)}"
    for name in doc.get("addressees") or []:
        yield "addressee", plain(name)
    for entry in doc.get("recipients") or []:
        yield "recipient", plain(entry)


def _bases(doc: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for basis in doc["legal_bases"]:
        if basis["number"]:
            yield "basis", f"{basis['number']} {basis['date']} {basis['role']}"
        else:
            words = re.split(r"\s[–-]\s", plain(basis["issuer_or_type"]))
            name = " ".join(words) if words[0] == "nghị quyết" else words[0]
            yield "basis", f"{name} {basis['role']}"


def _rest(doc: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if doc.get("funding"):
        yield "funding", "present"
    for one in doc.get("reporting") or []:
        due = sorted(
            f"{d['day']}/{d.get('month')}/{d.get('year')}/{d.get('op')}/{d.get('every')}" for d in one["due"]
        )
        told = [_flat(one["who"]), _flat(one["to"]), plain(one["via"]), _flat(one.get("then_to") or [])]
        yield "reporting", " ; ".join([*told, _flat(one["cadence"]), ",".join(due), str(bool(one["adhoc"]))])
    for day in doc.get("key_dates") or []:
        name = plain(day["name"]) if day["kind"] == "commemorative" else ""
        yield "key_date", f"{day['day']}/{day['month']}/{day['year']} {day['kind']} {name}"


def facts(doc: dict[str, Any]) -> Facts:
    """Return everything a document states, as pairs of field and comparable text."""
    return Counter([*_head(doc), *_bases(doc), *_tasks(doc), *_rest(doc)])


def type_misses(read: dict[str, Any], wanted: dict[str, Any]) -> int:
    """Count the numbered documents whose expected type word is not in what was read."""
    named = {basis["number"]: plain(basis["issuer_or_type"]) for basis in read["legal_bases"]}
    misses = 0
    for basis in wanted["legal_bases"]:
        word = plain(basis["issuer_or_type"]).split(" - ")[0]
        misses += bool(basis["number"] and word not in named.get(basis["number"], word))
    return misses


def text_misses(read: dict[str, Any], wanted: dict[str, Any]) -> int:
    """Count the obligations whose expected words are not part of what was read, nor the reverse."""
    got = [plain(one["text"]) for one in read["reporting"]]
    want = [plain(one["text"]) for one in wanted["reporting"]]
    return sum(1 for w in want if not any(w in g or g in w for g in got))


def judge(file: Path) -> tuple[Facts, Facts, float]:
    """Return expected and read facts of one file, and the seconds the reading took."""
    wanted = json.loads(file.with_suffix("").with_suffix(".expected.json").read_text("utf-8"))
    data = file.read_bytes()
    start = time.perf_counter()
    read = to_json(read_plan(data, name=file.name))
    seconds = time.perf_counter() - start
    read_facts, want_facts = facts(read), facts(wanted)
    for name, count in (("type_word", type_misses(read, wanted)), ("report_text", text_misses(read, wanted))):
        want_facts[(name, f"{count} not found in what was read")] += count
    return want_facts, read_facts, seconds


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:6.1f}%" if whole else "      –"


def _report(table: dict[str, list[int]]) -> None:
    print(f"{'field':14}{'precision':>10}{'recall':>10}{'expected':>10}{'read':>8}")
    total = [sum(column) for column in zip(*table.values(), strict=True)]
    for name, (hit, want, got) in [*sorted(table.items()), ("ALL", total)]:
        print(f"{name:14}{_share(hit, got):>10}{_share(hit, want):>10}{want:>10}{got:>8}")


def double(file: Path) -> None:
    """Print how the time grows when the text is doubled three times."""
    text = file.read_text("utf-8")
    for times in (1, 2, 4, 8):
        start = time.perf_counter()
        read_plan(text * times)
        print(f"  {file.name} x{times}: {time.perf_counter() - start:.3f} s")


def main() -> None:
    """Judge every document in the folder and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("-v", "--verbose", action="store_true")
    parser.add_argument("--double", action="store_true", help="also time doubled texts")
    given = parser.parse_args()
    table: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for file in sorted(one for one in given.folder.rglob("*") if one.suffix in {".txt", ".md"}):
        if not file.with_suffix("").with_suffix(".expected.json").exists():
            continue
        want, got, seconds = judge(file)
        hits = want & got
        share = f"P{_share(hits.total(), got.total())} R{_share(hits.total(), want.total())}"
        print(f"{file.name[:50]:52}{seconds:8.3f} s  {share}")
        for counts, column in ((hits, 0), (want, 1), (got, 2)):
            for (name, _), count in counts.items():
                table[name][column] += count
        if given.verbose:
            for sign, missed in (("-", want - got), ("+", got - want)):
                for (name, key), count in missed.items():
                    print(f"    {sign} {name}: {key}" if count else "", end="\n" if count else "")
        if given.double:
            double(file)
    if table:
        _report(table)


if __name__ == "__main__":
    main()
