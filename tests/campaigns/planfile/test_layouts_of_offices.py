"""Documents in the layouts of other provinces, ministries and committees, written by people who did not know the reader."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from campaigns.planfile.as_json import to_json
from campaigns.planfile.reader import read_plan
from tests.campaigns.planfile.conftest import PLANS

Facts = Counter[tuple[str, str]]
Judge = Callable[[dict[str, Any]], Facts]

LEAST = 0.95  # of the facts of one document, read and right
ALL = 0.99  # of the facts of them all
FILES = sorted(answer for answer in PLANS.glob("set-*/*.expected.json"))


def _source(answer: Path) -> Path:
    """The document beside its answer."""
    stem = answer.name.removesuffix(".expected.json")
    [found] = [one for one in answer.parent.glob(f"{stem}.*") if one != answer]
    return found


def _read(answer: Path, facts: Judge) -> tuple[Facts, Facts]:
    source = _source(answer)
    return facts(json.loads(answer.read_text("utf-8"))), facts(
        to_json(read_plan(source.read_bytes(), name=source.name))
    )


@pytest.mark.parametrize("answer", FILES, ids=lambda one: f"{one.parent.name}/{one.stem.split('.')[0]}")
def test_a_document_of_another_office_is_read(answer: Path, facts: Judge) -> None:
    want, got = _read(answer, facts)
    right = (want & got).total()
    missed = [
        *(f"- {name}: {key}" for name, key in want - got),
        *(f"+ {name}: {key}" for name, key in got - want),
    ]
    assert right >= LEAST * max(want.total(), got.total()), "\n".join(missed)


def test_hardly_a_fact_of_all_of_them_is_missed(facts: Judge) -> None:
    wanted, read, right = 0, 0, 0
    for answer in FILES:
        want, got = _read(answer, facts)
        wanted, read, right = wanted + want.total(), read + got.total(), right + (want & got).total()
    assert right >= ALL * max(wanted, read), (right, wanted, read)
