"""Figures read back as they were written, and no bench leaves this machine."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bench.__main__ import benches
from bench.figures import Figure, table
from bench.guard import _is_here


@pytest.mark.parametrize(
    ("figure", "reached"),
    [
        (Figure("a", 99.5, "ms", 100.0), True),
        (Figure("b", 100.5, "ms", 100.0), False),
        (Figure("c", 2_000.0, "/s", 1_000.0, at_most=False), True),
        (Figure("d", 0.9, "×", 1.0, at_most=False), False),
    ],
)
def test_a_figure_is_read_back_as_it_was_written(figure: Figure, reached: bool) -> None:
    assert Figure.read(figure.line() + "\n") == figure
    assert figure.reached is reached
    assert ("yes" if reached else "no") in table([figure]).splitlines()[1]


@pytest.mark.parametrize("line", ["", "GOAL", "GOAL\ta\tb", "goal\ta\t1\tms\tat most\t2", "read 3 plans"])
def test_any_other_line_is_no_figure(line: str) -> None:
    assert Figure.read(line) is None


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        (b"localhost", True),
        (None, True),
        ("128.0.0.1", False),
        ("10.0.0.1", False),
        ("example.vn", False),
        ("127.0.0.1.example.vn", False),
    ],
)
def test_only_this_machine_is_here(host: object, here: bool) -> None:
    assert _is_here(host) is here


def test_a_closed_network_refuses_at_the_socket() -> None:
    script = (
        "import socket; from bench.guard import close_network; close_network()\n"
        "try:\n    socket.create_connection(('192.0.2.1', 80), timeout=1)\n"
        "except PermissionError as fault:\n    print('refused', fault)\n"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert said.stdout.startswith("refused"), said.stderr


def test_the_runner_knows_the_benches() -> None:
    assert {"pages", "startup"} <= set(benches())
