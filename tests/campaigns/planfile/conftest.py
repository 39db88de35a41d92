"""The documents written for these tests, and the judge that compares with the answers beside them."""

import importlib.util
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
PLANS = ROOT / "tests" / "data" / "plans"

Facts = Counter[tuple[str, str]]


def _judge() -> Callable[[dict[str, Any]], Facts]:
    spec = importlib.util.spec_from_file_location("plan_judge", ROOT / "bench" / "plan_reader.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Callable[[dict[str, Any]], Facts] = module.facts
    return found


@pytest.fixture(scope="session")
def facts() -> Callable[[dict[str, Any]], Facts]:
    """Return the judge's function from a document to its comparable facts."""
    return _judge()


@pytest.fixture(scope="session")
def expected() -> Callable[[str], dict[str, Any]]:
    """Return the hand-made answer for a document by its name."""

    def load(name: str) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads((PLANS / f"{name}.expected.json").read_text("utf-8"))
        return answer

    return load


@pytest.fixture(scope="session")
def text() -> Callable[[str], str]:
    """Return the text of a document by its name."""
    return lambda name: (PLANS / f"{name}.txt").read_text("utf-8")
