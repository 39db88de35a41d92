"""``python -m bench [names…]``: run the benches and show every promised figure beside its goal.

A bench is a module here with a ``main()`` that shows Figures (bench/figures.py). Each runs in a process of its
own with the network closed. The exit code is always 0: a figure is not a test.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bench.figures import MARK, Figure, table

HERE = Path(__file__).resolve().parent
START = (
    "import runpy, sys; from bench.guard import close_network; close_network(); "
    "sys.argv = sys.argv[1:]; runpy.run_module('bench.' + sys.argv[0], run_name='__main__', alter_sys=True)"
)
HELPERS = {"__init__", "__main__", "figures", "guard"}


def benches() -> list[str]:
    """The modules that show figures, in order of the alphabet."""
    found = []
    for path in sorted(HERE.glob("*.py")):
        source = path.read_text("utf-8")
        if path.stem not in HELPERS and "def main(" in source and ("Figure(" in source or MARK in source):
            found.append(path.stem)
    return found


def run(name: str) -> list[Figure]:
    """The figures of one bench; what else it says is passed on as it comes."""
    print(f"== {name}", flush=True)
    figures: list[Figure] = []
    with subprocess.Popen(
        [sys.executable, "-c", START, name], cwd=HERE.parent, stdout=subprocess.PIPE, text=True
    ) as process:
        for line in process.stdout or ():
            figure = Figure.read(line)
            if figure is None:
                print(line, end="", flush=True)
            else:
                figures.append(figure)
    if process.returncode:
        print(f"!! {name} ended with {process.returncode}", flush=True)
    return figures


def main(names: list[str]) -> None:
    """Run the named benches, or all, and end with one table."""
    known = benches()
    for name in [one for one in names if one not in known]:
        print(f"!! no such bench: {name} (there are: {', '.join(known)})")
    figures = [figure for name in known if not names or name in names for figure in run(name)]
    if figures:
        print()
        print(table(figures))
        print(f"{sum(one.reached for one in figures)} of {len(figures)} reached")


if __name__ == "__main__":
    main(sys.argv[1:])
