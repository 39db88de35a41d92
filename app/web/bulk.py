"""Bulk actions of a list: what was ticked, the page that asks before what cannot be undone, one summary after it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import flash, redirect, request, session
from flask.typing import ResponseReturnValue

from app.bulk import MOST, Picked, Summary
from app.errors import N_, Invalid
from app.web.forms import Choices, say, tidy
from app.web.identity import safe_next
from app.web.render import render

MOST_UNDONE = 100  # rows whose undoing is offered: it travels in the browser's cookie


@dataclass(frozen=True)
class Deed:
    """One thing that can be done to many rows.

    *needs* names the fields it asks for; *asks* is the sentence shown before what cannot be taken back; *done*
    and *not_done* are the two halves of the summary, with {done} and {refused} in them.
    """

    name: str
    label: str
    done: str
    not_done: str
    needs: tuple[str, ...] = ()
    asks: str = ""


@dataclass(frozen=True)
class Undo:
    """Where the deed can be taken back, and the fields to send there."""

    url: str
    fields: dict[str, str]


Given = TypeVar("Given")
Fields = Sequence[dict[str, Any]]


def run(
    deeds: Sequence[Deed],
    *,
    read: Callable[[Deed], Given],
    names: Callable[[Sequence[Picked]], Sequence[tuple[str, str]]],
    fields: Callable[[], Fields],
    act: Callable[[Deed, Given, Sequence[Picked]], tuple[Summary[Any], Undo | None]],
) -> ResponseReturnValue:
    """One bulk action from the list's form to its summary.

    *read* takes what the deed asks for out of the form (or raises Invalid), *names* tells the picked rows that this
    person may know as (value, name), *act* does it in one transaction.
    """
    deed: Deed | None = None
    picked: list[Picked] = []
    try:
        picked = _picked_rows()
        deed = _asked_deed(deeds)
        given = read(deed)
        if not deed.asks or request.form.get("sure") == "1":
            return _tell(deed, *act(deed, given, picked))
    except Invalid as fault:  # of what was typed; what a row refuses is told in the summary
        problem = say(fault.sentence, **fault.values)
    else:
        problem = ""
    return render(
        "bulk_ask.html",
        deed=deed,
        deeds=deeds,
        rows=names(picked),
        action=request.path,
        fields=[one for one in fields() if deed is None or one["name"] in deed.needs],
        problem=problem,
        next_url=_back(),
        status=422 if problem else 200,
    )


def typed(name: str) -> str:
    """What stands in a field of the form, tidied."""
    return tidy(request.form.get(name, "")) or ""


def field(name: str, label: str, *, kind: str = "text", choices: Choices | None = None) -> dict[str, Any]:
    """A field that a deed may ask for, as the macros show it."""
    made: dict[str, Any] = {"name": name, "label": say(label), "kind": kind, "value": typed(name)}
    return made if choices is None else {**made, "choices": choices}


def read_reason(*, longest: int = 300) -> str:
    """The reason that was typed.

    Raises:
        Invalid: there is none, or it is too long.
    """
    reason = typed("reason")
    if not any(letter.isalnum() for letter in reason):
        raise Invalid(N_("Ghi lý do, để người sau hiểu."))
    if len(reason) > longest:
        raise Invalid(N_("Lý do dài nhất {most} ký tự."), most=longest)
    return reason


def read_choice(name: str, choices: Choices, sentence: str) -> int:
    """The key that was chosen in a field.

    Raises:
        Invalid: none of *choices* was; *sentence* says so.
    """
    chosen = request.form.get(name, "")
    if chosen not in {value for value, _ in choices}:
        raise Invalid(sentence)
    return int(chosen)


def _picked_rows() -> list[Picked]:
    """The rows that were ticked, each as "key.version"; an undoing names its own in one field.

    Raises:
        Invalid: none was ticked, or more than ``MOST``.
    """
    sent = [*request.form.getlist("row"), *request.form.get("rows", "")[:10_000].split()]
    found = [_read(raw) for raw in dict.fromkeys(sent)]
    rows = [one for one in found if one is not None]
    if not rows:
        raise Invalid(N_("Chưa chọn dòng nào. Hãy đánh dấu những dòng cần làm rồi bấm lại."))
    if len(rows) > MOST:
        raise Invalid(N_("Chọn nhiều nhất {most} dòng một lần; đang chọn {rows}."), most=MOST, rows=len(rows))
    return rows


def _read(raw: str) -> Picked | None:
    key, _, version = raw.partition(".")
    if all(part.isascii() and part.isdecimal() and len(part) < 19 for part in (key, version)):
        return Picked(int(key), min(int(version), 2**31 - 1))
    return None


def _back() -> str:
    """The address of the list with its filters, from where the rows were ticked."""
    return safe_next(request.form.get("next"))


def _asked_deed(deeds: Sequence[Deed]) -> Deed:
    """The deed that was chosen.

    Raises:
        Invalid: none was, or one that is not offered.
    """
    name = request.form.get("deed", "")
    for deed in deeds:
        if deed.name == name:
            return deed
    raise Invalid(N_("Chưa chọn việc cần làm với các dòng đã đánh dấu."))


def _tell(deed: Deed, summary: Summary[Any], undo: Undo | None) -> ResponseReturnValue:
    """One summary: a message on the list when everything was done, else a page that says why of each other row."""
    sentence = say(deed.done, done=len(summary.done))
    if not summary.refused:
        flash(sentence, "success")
        if undo is not None and len(summary.done) <= MOST_UNDONE:
            session["undo"] = {"url": undo.url, "fields": {**undo.fields, "next": _back()}}
        return redirect(_back(), 303)
    reasons = [(one.label, say(one.fault.sentence, **one.fault.values)) for one in summary.refused]
    return render(
        "bulk_told.html",
        deed=deed,
        done=sentence if summary.done else "",
        not_done=say(deed.not_done, refused=len(reasons)),
        reasons=reasons,
        next_url=_back(),
        status=200 if summary.done else 409,
    )


def take_undo() -> dict[str, Any] | None:
    """What can be undone just now, offered once."""
    found: dict[str, Any] | None = session.pop("undo", None)
    return found
