"""Judge the plan reader: ``python -m bench.plan_reader DIR [-v]``.

For every document in DIR, of any format, with an expected answer ``NAME.expected.json`` beside it: precision and
recall per field, the misses with -v, and the seconds and peak memory that each document took in a process of its
own. The exit code is always 0; a figure is not a test.
"""

import argparse
import json
import re
import resource
import subprocess
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
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
        yield "item_start", f"{where}.{i} {item['ordinal']} {plain(item['text_start'])[:40]}"


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
            yield "cited", basis["number"]
            yield "cited_date", f"{basis['number']} {basis['date']}"
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


@dataclass(frozen=True)
class Verdict:
    """Expected and read facts of one document, and what reading it took."""

    wanted: Facts
    read: Facts
    seconds: float
    megabytes: float


def answer_of(file: Path) -> Path:
    """Return where the expected answer of a document lies."""
    return file.parent / f"{file.stem}.expected.json"


def measure(file: Path) -> dict[str, Any]:
    """Return what is read from a file, the seconds it took and the peak of memory, helpers of the reader included."""
    data = file.read_bytes()
    start = time.perf_counter()
    read = to_json(read_plan(data, name=file.name))
    seconds = time.perf_counter() - start
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {"read": read, "seconds": seconds, "megabytes": max(peaks) / 1024}


def judge(file: Path) -> Verdict:
    """Return how one file was read, in a process of its own."""
    wanted = json.loads(answer_of(file).read_text("utf-8"))
    command = [sys.executable, __file__, "--measure", str(file)]
    done = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    read_facts, want_facts = facts(done["read"]), facts(wanted)
    misses = (
        ("type_word", type_misses(done["read"], wanted)),
        ("report_text", text_misses(done["read"], wanted)),
    )
    for name, count in misses:
        want_facts[(name, f"{count} not found in what was read")] += count
    return Verdict(want_facts, read_facts, done["seconds"], done["megabytes"])


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


def _add(table: dict[str, list[int]], verdict: Verdict) -> None:
    for counts, column in ((verdict.wanted & verdict.read, 0), (verdict.wanted, 1), (verdict.read, 2)):
        for (name, _), count in counts.items():
            table[name][column] += count


def _show(file: Path, verdict: Verdict, *, verbose: bool) -> None:
    hits = (verdict.wanted & verdict.read).total()
    share = f"P{_share(hits, verdict.read.total())} R{_share(hits, verdict.wanted.total())}"
    print(f"{file.name[:50]:52}{verdict.seconds:8.3f} s{verdict.megabytes:7.0f} MB  {share}")
    if verbose:
        for sign, missed in (("-", verdict.wanted - verdict.read), ("+", verdict.read - verdict.wanted)):
            for name, key in sorted(missed):
                print(f"    {sign} {name}: {key}")


def main() -> None:
    """Judge every document in the folder and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("-v", "--verbose", action="store_true")
    parser.add_argument("--double", action="store_true", help="also time doubled texts")
    parser.add_argument(
        "--measure", action="store_true", help="only read the one document, and print what it took"
    )
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(measure(given.folder)))
        return
    table: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for file in sorted(given.folder.rglob("*")):
        if file.suffix == ".json" or not file.is_file() or not answer_of(file).exists():
            continue
        verdict = judge(file)
        _add(table, verdict)
        _show(file, verdict, verbose=given.verbose)
        if given.double and file.suffix == ".txt":
            double(file)
    if table:
        _report(table)


if __name__ == "__main__":
    main()
