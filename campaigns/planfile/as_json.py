"""A draft as JSON in the schema of the plan files, with the lines of every value beside."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

from campaigns.planfile.draft import SURE, Assignment, Due, Item, PlanDraft, Quantity, Text, Traced
from content.references.numbers import parts_of

Trace = dict[str, list[int]]


class _Writer:
    """Collects values and, by dotted path, the lines they were read from."""

    def __init__(self) -> None:
        self.trace: Trace = {}
        self.doubtful: list[str] = []

    def note(self, path: str, traced: Traced[Any] | None) -> None:
        if traced is not None:
            self.trace[path] = [traced.line_from, traced.line_to]
            self.doubtful += [path] if traced.confidence <= SURE else []

    def text(self, path: str, traced: Text | None) -> str | None:
        self.note(path, traced)
        return traced.value if traced else None

    def texts(self, path: str, traced: Iterable[Text]) -> list[str]:
        return [self.text(f"{path}.{i}", one) or "" for i, one in enumerate(traced)]

    def each(
        self, path: str, things: Iterable[Any], write: Callable[[str, Any], dict[str, Any]]
    ) -> list[dict[str, Any]]:
        return [write(f"{path}.{i}", thing) for i, thing in enumerate(things)]

    def assignment(self, path: str, given: Assignment) -> dict[str, Any]:
        return {
            "lead": self.texts(f"{path}.lead", given.lead),
            "cooperating": self.texts(f"{path}.cooperating", given.cooperating),
            "timing": self.text(f"{path}.timing", given.timing),
            **self.stated(path, product=given.product, budget=given.budget),
        }

    def stated(self, path: str, **texts: Text | None) -> dict[str, str]:
        """Return those of *texts* that the document states; the schema has no room for an empty one."""
        return {name: self.text(f"{path}.{name}", text) or "" for name, text in texts.items() if text}

    def item(self, path: str, item: Item) -> dict[str, Any]:
        text = self.text(path, item.text) or ""
        written = {
            "ordinal": item.ordinal,
            "text_start": text[:60],
            "text_end": text[-30:],
            "length": len(text) - text.count("#"),
            "text": text,
        }
        return (
            written if item.assignment == Assignment() else written | self.assignment(path, item.assignment)
        )


def _due(due: Due) -> dict[str, Any]:
    written: dict[str, Any] = {"day": due.day, "month": due.month}
    written |= {
        key: value for key, value in (("year", due.year), ("op", due.op), ("every", due.every)) if value
    }
    return written


def _bases(w: _Writer, draft: PlanDraft) -> list[dict[str, Any]]:
    written = []
    for i, basis in enumerate(draft.legal_bases):
        w.note(f"legal_bases.{i}", basis.named)
        number = basis.number.value if basis.number else None
        one: dict[str, Any] = {
            "number": number, "date": basis.issued_on.value.isoformat() if basis.issued_on else None,
            "issuer_or_type": basis.named.value, "role": basis.role.value,
        }  # fmt: skip
        if basis.number and basis.number.words != number:
            one["number_in_text"] = basis.number.words
        one |= {k: v for k, v in (("subject", basis.subject), ("short_name", basis.short_name)) if v}
        written.append(one)
    return written


def _tasks(w: _Writer, draft: PlanDraft) -> dict[str, Any]:
    return {
        "goals": w.each("goals", draft.goals, w.item),
        "task_groups": w.each("task_groups", draft.task_groups, lambda path, group: {
            "ordinal": group.ordinal, "title": w.text(f"{path}.title", group.title),
            "items": w.each(f"{path}.items", group.items, w.item), **w.assignment(path, group.assignment),
        }),
        "annex_tasks": w.each("annex_tasks", draft.annex_tasks, lambda path, task: {
            "no": int(task.no) if task.no and task.no.isdecimal() else task.no,
            "section": task.section, "text_start": (w.text(path, task.text) or "")[:60],
            "text": task.text.value, **w.assignment(path, task.assignment),
        }),
        "duties": w.each("duties", draft.duties, lambda path, duty: {
            "ordinal": duty.ordinal, "org": w.text(path, duty.org),
            "items": w.each(f"{path}.items", duty.items, w.item),
        }),
    }  # fmt: skip


def _obligations(w: _Writer, draft: PlanDraft) -> dict[str, Any]:
    return {
        "funding": w.text("funding", draft.funding),
        "reporting": w.each("reporting", draft.reporting, lambda path, one: {
            "who": w.texts(f"{path}.who", one.who), "to": w.texts(f"{path}.to", one.to),
            "via": w.text(f"{path}.via", one.via), "cadence": list(one.cadence),
            "due": [_due(due) for due in one.due], "adhoc": one.adhoc, "text": w.text(path, one.text),
            **({"then_to": w.texts(f"{path}.then_to", one.then_to)} if one.then_to else {}),
        }),
        "key_dates": w.each("key_dates", draft.key_dates, lambda path, day: {
            "day": day.day, "month": day.month, "year": day.year,
            "name": w.text(path, day.name), "kind": day.kind.value,
        }),
        "recipients": w.texts("recipients", draft.recipients),
    }  # fmt: skip


def _head(w: _Writer, draft: PlanDraft) -> dict[str, Any]:
    w.note("date", draft.issued_on)
    signer = draft.signer
    return {
        "source_file": draft.name,
        "doc_type": w.text("doc_type", draft.doc_type), "title": w.text("title", draft.title),
        "issuer": w.text("issuer", draft.issuer),
        "parent_body": w.text("parent_body", draft.parent_body), "number": w.text("number", draft.number),
        "number_parts": _number_parts(draft.number), "symbol": w.text("symbol", draft.symbol),
        "date": draft.issued_on.value.isoformat() if draft.issued_on else None,
        "date_partial": w.text("date_partial", draft.date_partial), "place": w.text("place", draft.place),
        "status": w.text("status", draft.status),
        "signer": {
            "authority": w.text("signer.authority", signer.authority),
            "position": w.text("signer.position", signer.position),
            "name": w.text("signer.name", signer.name),
        },
        "addressees": w.texts("addressees", draft.addressees),
    }  # fmt: skip


def _number_parts(number: Text | None) -> dict[str, Any] | None:
    parts = parts_of(number.value) if number else None
    return {**asdict(parts), "bodies": list(parts.bodies)} if parts else None


def _whole(number: float | None) -> float | None:
    """A number as JSON has it: without a point where it is whole."""
    return int(number) if number is not None and number.is_integer() else number


def _quantity(w: _Writer) -> Callable[[str, Quantity], dict[str, Any]]:
    def write(path: str, one: Quantity) -> dict[str, Any]:
        w.note(path, one.text)
        return {
            "text": one.words, "number": _whole(one.number), "upper": _whole(one.upper), "at_least": one.at_least,
            "unit": one.unit, "every": one.every, "percent": one.percent, "in": one.at,
        }  # fmt: skip

    return write


def to_json(draft: PlanDraft) -> dict[str, Any]:
    """Return the draft as plain data in the schema of the plan files.

    Beside the schema stand ``text`` of items, ``symbol``, ``number_parts``, ``goals``, ``themes`` and ``quantities``,
    which name by ``in`` the path that they stand in; ``trace``, which maps a dotted path ("task_groups.0.items.2")
    to the first and last line, from 1, in the original text; and ``doubtful``, the paths that want a second look.
    """
    w = _Writer()
    written = _head(w, draft)
    written |= {"legal_bases": _bases(w, draft), **_tasks(w, draft), **_obligations(w, draft)}
    written["themes"] = w.each("themes", draft.themes, lambda path, theme: {
        "name": w.text(path, theme.name), "phrases": list(theme.phrases), "number": theme.number,
        "kind": theme.kind.value, "mentions": theme.mentions,
    })  # fmt: skip
    written["quantities"] = w.each("quantities", draft.quantities, _quantity(w))
    written["notes"] = list(draft.remarks)
    written["trace"], written["doubtful"] = w.trace, w.doubtful
    return written
