"""The same plan in other layouts gives the same facts."""

import importlib.util
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from campaigns.planfile.as_json import to_json
from campaigns.planfile.reader import read_plan

_SPEC = importlib.util.spec_from_file_location("layouts", Path(__file__).with_name("layouts.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
layouts = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(layouts)

Judge = Callable[[dict[str, Any]], Counter[tuple[str, str]]]
LOST = {"status", "date_partial"}
"""The floating "Dự thảo" is not carried over into the other layouts."""


@pytest.mark.parametrize("name", ["ke-hoach", "cong-van", "khong-dau"])
@pytest.mark.parametrize(
    "layout", [(60, "\n\n"), (78, "\n"), (100, "\n\n"), (100, "\n"), (10_000, "\n"), (10_000, "\n\n")]
)
def test_another_width_gives_the_same_facts(
    name: str,
    layout: tuple[int, str],
    text: Callable[[str], str],
    expected: Callable[[str], dict[str, Any]],
    facts: Judge,
) -> None:
    source = layouts.wrap(layouts.unwrap(text(name)), *layout)
    want = Counter({key: n for key, n in facts(expected(name)).items() if key[0] not in LOST})
    got = Counter({key: n for key, n in facts(to_json(read_plan(source))).items() if key[0] not in LOST})
    assert (want - got, got - want) == (Counter(), Counter())


@pytest.mark.parametrize("width", [60, 80, 100])
def test_blank_lines_between_paragraphs_are_heeded(
    width: int, text: Callable[[str], str], expected: Callable[[str], dict[str, Any]], facts: Judge
) -> None:
    paragraphs = layouts.unwrap(text("ke-hoach"))
    source = "\n\n".join(layouts.wrap([paragraph], width, "\n") for paragraph in paragraphs)
    want = Counter({key: n for key, n in facts(expected("ke-hoach")).items() if key[0] not in LOST})
    got = Counter({key: n for key, n in facts(to_json(read_plan(source))).items() if key[0] not in LOST})
    assert (want - got, got - want) == (Counter(), Counter())
